<?php
namespace EventSafety\TestCentral;

use CommentStoreComment;
use ContentHandler;
use DeferredUpdates;
use ManualLogEntry;
use MediaWiki\Block\DatabaseBlock;
use MediaWiki\Block\Restriction\NamespaceRestriction;
use MediaWiki\Block\Restriction\PageRestriction;
use MediaWiki\Extension\AbuseFilter\AbuseFilterServices;
use MediaWiki\Extension\AbuseFilter\Filter\MutableFilter;
use MediaWiki\Extension\Renameuser\RenameuserSQL;
use MediaWiki\MediaWikiServices;
use MediaWiki\Revision\SlotRecord;
use RuntimeException;
use Status;
use Title;
use User;

/** The single changes that a test can order; each returns the id of what it made. */
class Changes {
	private User $performer;
	private MediaWikiServices $services;

	public function __construct( User $performer ) {
		$this->performer = $performer;
		$this->services = MediaWikiServices::getInstance();
	}

	/** @return mixed */
	public function make( array $step ) {
		$made = match ( $step['do'] ) {
			'accounts' => $this->accounts( $step['names'], $step['groups'], $step['at'] ),
			'page' => $this->page( $step ),
			'delete' => $this->delete( $step['title'] ),
			'move' => $this->move( $step['title'], $step['to'], $step['redirect'] ),
			'block' => $this->block( $step ),
			'unblock' => $this->unblock( $step['name'] ),
			'sessions' => $this->endSessions( $step['name'] ),
			'email' => $this->email( $step['name'], $step['address'] ),
			'protect' => $this->protect( $step['title'], $step['level'] ),
			'filter' => $this->filter( $step['rule'], $step['actions'] ),
			'rename' => $this->rename( $step['name'], $step['to'], $step['reason'] ),
			'log' => $this->log( $step ),
			'interwikis' => $this->interwikis( $step['prefixes'] ),
		};
		// First commit: a deferred update that fails would otherwise take the change back with itself.
		$this->services->getDBLoadBalancerFactory()->commitPrimaryChanges( __METHOD__ );
		DeferredUpdates::doUpdates();
		return $made;
	}

	/** Straight into the tables: a thousand accounts by the usual way would take a minute. */
	private function accounts( array $names, array $groups, string $at ): int {
		$dbw = wfGetDB( DB_PRIMARY );
		$time = $dbw->timestamp( $at );
		foreach ( array_chunk( $names, 500 ) as $some ) {
			$rows = [];
			foreach ( $some as $name ) {
				$rows[] = [
					'user_name' => $name, 'user_password' => '', 'user_newpassword' => '', 'user_email' => '',
					'user_touched' => $time, 'user_token' => str_pad( substr( md5( $name ), 0, 31 ), 32, '0' ),
					'user_registration' => $time, 'user_editcount' => 0,
				];
			}
			$dbw->insert( 'user', $rows, __METHOD__, [ 'IGNORE' ] );
			$actors = $memberships = [];
			foreach ( $dbw->select( 'user', [ 'user_id', 'user_name' ], [ 'user_name' => $some ], __METHOD__ ) as $row ) {
				$actors[] = [ 'actor_user' => $row->user_id, 'actor_name' => $row->user_name ];
				foreach ( $groups as $group ) {
					$memberships[] = [ 'ug_user' => $row->user_id, 'ug_group' => $group ];
				}
			}
			$dbw->insert( 'actor', $actors, __METHOD__, [ 'IGNORE' ] );
			$dbw->insert( 'user_groups', $memberships, __METHOD__, [ 'IGNORE' ] );
		}
		return count( $names );
	}

	/** @return int the revision id, the old one when the text is the same */
	private function page( array $step ): int {
		$title = $this->title( $step['title'] );
		$author = User::newFromName( $step['user'] );
		$updater = $this->services->getWikiPageFactory()->newFromTitle( $title )->newPageUpdater( $author );
		$updater->setContent( SlotRecord::MAIN, ContentHandler::makeContent( $step['text'], $title, $step['model'] ?? null ) );
		$updater->saveRevision( CommentStoreComment::newUnsavedComment( $step['summary'] ) );
		$this->demand( $updater->getStatus() );
		return $updater->getNewRevision() ? $updater->getNewRevision()->getId() : $title->getLatestRevID( Title::READ_LATEST );
	}

	private function delete( string $name ): int {
		$page = $this->services->getWikiPageFactory()->newFromTitle( $this->title( $name ) );
		$this->demand( $this->services->getDeletePageFactory()->newDeletePage( $page, $this->performer )
			->forceImmediate( true )->deleteUnsafe( 'Test' ) );
		return $page->getId();
	}

	private function move( string $from, string $to, bool $redirect ): int {
		$this->demand( $this->services->getMovePageFactory()->newMovePage( $this->title( $from ), $this->title( $to ) )
			->move( $this->performer, 'Test', $redirect ) );
		return $this->title( $to )->getArticleID( Title::READ_LATEST );
	}

	private function block( array $step ): int {
		$restrictions = [];
		foreach ( $step['pages'] as $name ) {
			$restrictions[] = new PageRestriction( 0, $this->title( $name )->getArticleID( Title::READ_LATEST ) );
		}
		foreach ( $step['namespaces'] as $namespace ) {
			$restrictions[] = new NamespaceRestriction( 0, $namespace );
		}
		$partial = (bool)$restrictions;
		$options = [
			'isPartial' => $partial, 'isAutoblocking' => false, 'isCreateAccountBlocked' => !$partial,
			'isUserTalkEditBlocked' => !$partial, 'isHideUser' => $step['hide'],
		];
		$this->demand( $this->services->getBlockUserFactory()->newBlockUser(
			$step['name'], $this->performer, $step['expiry'], $step['reason'], $options, $restrictions
		)->placeBlockUnsafe( true ) );
		return DatabaseBlock::newFromTarget( $step['name'], null, true )->getId();
	}

	private function unblock( string $name ): int {
		$this->demand( $this->services->getUnblockUserFactory()->newUnblockUser( $name, $this->performer, 'Test' )->unblockUnsafe() );
		return 0;
	}

	/** Straight into the table: a session is good as long as its account's token is the one that it began with. */
	private function endSessions( string $name ): int {
		$new = [ 'user_token' => bin2hex( random_bytes( 16 ) ) ];
		wfGetDB( DB_PRIMARY )->update( 'user', $new, [ 'user_name' => $name ], __METHOD__ );
		return 0;
	}

	/** A confirmed address; an empty one takes it away. */
	private function email( string $name, string $address ): int {
		$confirmed = $address === '' ? null : wfGetDB( DB_PRIMARY )->timestamp();
		$new = [ 'user_email' => $address, 'user_email_authenticated' => $confirmed ];
		wfGetDB( DB_PRIMARY )->update( 'user', $new, [ 'user_name' => $name ], __METHOD__ );
		return 0;
	}

	private function protect( string $name, string $level ): int {
		$page = $this->services->getWikiPageFactory()->newFromTitle( $this->title( $name ) );
		$cascade = false;
		$limit = $page->exists() ? [ 'edit' => $level ] : [ 'create' => $level ];
		$this->demand( $page->doUpdateRestrictions( $limit, array_fill_keys( array_keys( $limit ), 'infinity' ), $cascade, 'Test', $this->performer ) );
		return $page->getId();
	}

	/** @return int the filter's id */
	private function filter( string $rule, array $actions ): int {
		$filter = MutableFilter::newDefault();
		$filter->setRules( $rule );
		$filter->setName( 'Test' );
		$filter->setGroup( 'default' );
		$filter->setActions( $actions );
		$saved = AbuseFilterServices::getFilterStore()->saveFilter( $this->performer, null, $filter, MutableFilter::newDefault() );
		if ( !$saved->isGood() ) {
			throw new RuntimeException( $saved->getWikiText( false, false, 'en' ) );
		}
		return $saved->getValue()[0];
	}

	private function rename( string $old, string $new, string $reason ): int {
		$id = (int)User::idFromName( $old, User::READ_LATEST );
		$rename = new RenameuserSQL( $old, $new, $id, $this->performer, [ 'reason' => $reason ] );
		if ( !$rename->rename() ) {
			throw new RuntimeException( 'not renamed' );
		}
		return $id;
	}

	/** @return int the log id */
	private function log( array $step ): int {
		$entry = new ManualLogEntry( $step['type'], $step['action'] );
		$entry->setPerformer( User::newFromName( $step['by'] ) );
		$entry->setTarget( $this->title( $step['title'] ) );
		$entry->setComment( $step['reason'] );
		$entry->setParameters( $step['params'] );
		$entry->setTimestamp( wfTimestamp( TS_MW, $step['at'] ) );
		return $entry->insert();
	}

	private function interwikis( array $prefixes ): int {
		$rows = [];
		foreach ( $prefixes as $prefix => $url ) {
			$rows[] = [ 'iw_prefix' => $prefix, 'iw_url' => $url, 'iw_api' => '', 'iw_wikiid' => '', 'iw_local' => 1, 'iw_trans' => 0 ];
		}
		wfGetDB( DB_PRIMARY )->replace( 'interwiki', 'iw_prefix', $rows, __METHOD__ );
		return count( $rows );
	}

	private function title( string $name ): Title {
		$title = Title::newFromText( $name );
		if ( !$title ) {
			throw new RuntimeException( 'no title' );
		}
		return $title;
	}

	private function demand( $status ): void {
		$status = Status::wrap( $status );
		if ( !$status->isOK() ) {
			throw new RuntimeException( $status->getWikiText( false, false, 'en' ) );
		}
	}
}
