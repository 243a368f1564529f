<?php
namespace EventSafety\TestCentral;

use MediaWiki\Rest\Handler;

/** What a newer MediaWiki without CampaignEvents answers; 1.39 alone would leave the errorKey out. */
class NoRouteHandler extends Handler {
	public function execute() {
		$path = $this->getRequest()->getUri()->getPath();
		$path = substr( $path, strpos( $path, '/campaignevents/' ) );
		return RestErrors::response(
			$this->getResponseFactory(), 404, 'rest-no-match',
			"The requested relative path ($path) did not match any known handler"
		);
	}

	public function needsWriteAccess() {
		return false;
	}
}
