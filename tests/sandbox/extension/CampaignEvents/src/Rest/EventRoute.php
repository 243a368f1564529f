<?php
namespace MediaWiki\Extension\CampaignEvents\Rest;

use EventSafety\TestCentral\RestErrors;
use EventSafety\TestCentral\Store;
use LinkBatch;
use MediaWiki\MediaWikiServices;
use MediaWiki\Rest\Handler;
use MediaWiki\Rest\Response;
use RequestContext;
use Title;

/** What the three routes of an event share: finding it, the answers of a failure, links to user pages. */
abstract class EventRoute extends Handler {
	/** @return Response|array */
	abstract protected function answer( array $event, array $query );

	public function execute() {
		$id = $this->getRequest()->getPathParam( 'id' );
		$factory = $this->getResponseFactory();
		if ( !preg_match( '/^-?\d{1,18}$/', $id ) ) {
			return RestErrors::badParameter( $factory, 'id', $id, 'badinteger', "Invalid value \"$id\" for integer parameter \"id\"." );
		}
		$event = Store::get()->events[(int)$id] ?? null;
		if ( !$event ) {
			return RestErrors::response( $factory, 404, 'campaignevents-rest-event-not-found', 'There is no event with this ID.' );
		}
		$answer = $this->answer( $event, $this->getRequest()->getQueryParams() );
		return $answer instanceof Response ? $answer : $factory->createJson( $answer );
	}

	public function needsWriteAccess() {
		return false;
	}

	/** @return string[] the name of each central id that may be named */
	protected function names( array $ids ): array {
		$store = Store::get();
		$names = [];
		foreach ( $ids as $id ) {
			$account = $store->visible( $store->byId( $id ) );
			if ( $account ) {
				$names[$id] = $account['name'];
			}
		}
		return $names;
	}

	/** Which of the pages exist is asked once for all. */
	protected function preload( array $names ): void {
		$batch = MediaWikiServices::getInstance()->getLinkBatchFactory()->newLinkBatch();
		foreach ( $names as $name ) {
			$batch->add( NS_USER, $name );
		}
		$batch->execute();
	}

	protected function userPage( string $name ): array {
		$title = Title::makeTitle( NS_USER, $name );
		if ( $title->exists() ) {
			return [ 'path' => $title->getLocalURL(), 'title' => $title->getPrefixedText(), 'classes' => 'mw-userlink' ];
		}
		$missing = RequestContext::getMain()->msg( 'red-link-title', $title->getPrefixedText() )->inLanguage( 'en' )->text();
		return [
			'path' => $title->getLinkURL( [ 'action' => 'edit', 'redlink' => 1 ] ), 'title' => $missing, 'classes' => 'new mw-userlink',
		];
	}
}
