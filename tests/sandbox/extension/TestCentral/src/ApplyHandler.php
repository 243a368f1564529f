<?php
namespace EventSafety\TestCentral;

use MediaWiki\Rest\Handler;
use RequestContext;
use Throwable;
use User;
use Wikimedia\Timestamp\ConvertibleTimestamp;

/** POST {"steps": [{"do": …, "at": …}, …]}: makes real accounts, pages, blocks and log entries, at the times given. */
class ApplyHandler extends Handler {
	public function execute() {
		$body = json_decode( $this->getRequest()->getBody()->getContents(), true );
		$user = User::newFromName( 'Steward' );
		RequestContext::getMain()->setUser( $user );
		$changes = new Changes( $user );
		$results = [];
		foreach ( $body['steps'] as $step ) {
			ConvertibleTimestamp::setFakeTime( $step['at'] );
			try {
				$results[] = $changes->make( $step );
			} catch ( Throwable $error ) {
				$what = json_encode( array_intersect_key( $step, [ 'do' => 1, 'title' => 1, 'name' => 1 ] ) );
				return $this->getResponseFactory()->createHttpError( 500, [ 'message' => "$what: $error" ] );
			} finally {
				ConvertibleTimestamp::setFakeTime( null );
			}
		}
		return $this->getResponseFactory()->createJson( [ 'results' => $results ] );
	}

	public function needsWriteAccess() {
		return false;
	}
}
