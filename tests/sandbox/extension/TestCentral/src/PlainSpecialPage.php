<?php
namespace EventSafety\TestCentral;

use UnlistedSpecialPage;

/** A special page that exists, so that links and aliases are real, and says nothing. */
class PlainSpecialPage extends UnlistedSpecialPage {
	public function getDescription() {
		return $this->getName();
	}

	public function execute( $par ) {
		$this->setHeaders();
		$this->getOutput()->addWikiTextAsInterface( wfEscapeWikiText( "{$this->getName()} $par" ) );
	}
}
