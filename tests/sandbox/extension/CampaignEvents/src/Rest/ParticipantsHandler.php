<?php
namespace MediaWiki\Extension\CampaignEvents\Rest;

use EventSafety\TestCentral\RestErrors;
use EventSafety\TestCentral\Store;
use MediaWiki\MediaWikiServices;

/** GET …/participants: a bare array of twenty rows a page, served for a deleted registration too. */
class ParticipantsHandler extends EventRoute {
	private const PAGE = 20;
	private const BOOLEANS = [ 'true' => true, 't' => true, 'yes' => true, 'y' => true, 'on' => true, '1' => true,
		'false' => false, 'f' => false, 'no' => false, 'n' => false, 'off' => false, '0' => false ];

	protected function answer( array $event, array $query ) {
		$factory = $this->getResponseFactory();
		$asked = $query['include_private'] ?? null;
		if ( $asked === null ) {
			return RestErrors::badParameter( $factory, 'include_private', null, 'missingparam', 'The "include_private" parameter must be set.' );
		}
		$private = self::BOOLEANS[strtolower( $asked )] ?? null;
		if ( $private === null ) {
			return RestErrors::badParameter(
				$factory, 'include_private', $asked, 'badbool', "Invalid value \"$asked\" for boolean parameter \"include_private\"."
			);
		}
		$after = $query['last_participant_id'] ?? '0';
		if ( !preg_match( '/^\d{1,18}$/', $after ) ) {
			return RestErrors::badParameter(
				$factory, 'last_participant_id', $after, 'badinteger', "Invalid value \"$after\" for integer parameter \"last_participant_id\"."
			);
		}
		if ( ( $query['username_filter'] ?? null ) === '' ) {
			return RestErrors::response( $factory, 400, 'campaignevents-rest-list-participants-empty-filter',
				'The username filter, if specified, must be a non-empty string.' );
		}
		if ( $private && !$this->maySeePrivate( $event ) ) {
			return RestErrors::response( $factory, 403, 'campaignevents-rest-list-participants-cannot-see-private',
				'You are not authorized to view participants who registered privately for this event.' );
		}
		return $this->rows( $this->page( $event, (int)$after, $private, $query ), $private );
	}

	private function isOrganizer( array $event ): bool {
		$account = Store::get()->byName( $this->getAuthority()->getUser()->getName() );
		return $account && in_array( $account['id'], array_column( $event['organizers'], 1 ) );
	}

	private function maySeePrivate( array $event ): bool {
		return $this->isOrganizer( $event ) || $this->getAuthority()->isAllowed( 'campaignevents-view-private-participants' );
	}

	private function page( array $event, int $after, bool $private, array $query ): array {
		$filter = mb_strtolower( strtr( $query['username_filter'] ?? '', '_', ' ' ) );
		$without = explode( '|', $query['exclude_users'] ?? '' );
		$rows = array_filter( $event['participants'], function ( $row ) use ( $after, $private, $filter, $without ) {
			return $row[0] > $after && ( $private || !$row[3] ) && !in_array( (string)$row[1], $without )
				&& ( $filter === '' || str_contains( mb_strtolower( $this->names( [ $row[1] ] )[$row[1]] ?? '' ), $filter ) );
		} );
		return array_slice( $rows, 0, self::PAGE );
	}

	private function rows( array $page, bool $forOrganizer ): array {
		$names = $this->names( array_column( $page, 1 ) );
		$this->preload( $names );
		$language = MediaWikiServices::getInstance()->getContentLanguage();
		$rows = [];
		foreach ( $page as [ $id, $account, $time, $private ] ) {
			$row = [
				'participant_id' => $id, 'user_id' => $account, 'user_registered_at' => $time,
				'user_registered_at_formatted' => $language->timeanddate( $time ), 'private' => (bool)$private,
			];
			if ( isset( $names[$account] ) ) {
				$row += [ 'user_name' => $names[$account], 'user_page' => $this->userPage( $names[$account] ) ];
				$row += $forOrganizer ? [ 'user_is_valid_recipient' => false ] : [];
			} else {
				$row[Store::get()->byId( $account ) ? 'hidden' : 'not_found'] = true;
			}
			if ( $forOrganizer ) {
				$row['non_pii_answers'] = [
					[ 'message' => 'No response', 'questionID' => 4 ], [ 'message' => 'No response', 'questionID' => 5 ],
				];
			}
			$rows[] = $row;
		}
		return $rows;
	}
}
