<?php
namespace MediaWiki\Extension\CentralAuth\Api;

use ApiBase;
use ApiQueryBase;
use EventSafety\TestCentral\Store;
use MediaWiki\MediaWikiServices;
use MediaWiki\User\UserNameUtils;
use WikiMap;
use Wikimedia\ParamValidator\ParamValidator;

/** list=globalusers as CentralAuth has it since May 2026, its faulty continuation included. */
class ApiQueryGlobalUsers extends ApiQueryBase {
	public function __construct( $query, $moduleName ) {
		parent::__construct( $query, $moduleName, 'gus' );
	}

	public function execute() {
		$params = $this->extractRequestParams();
		$this->requireOnlyOneParameter( $params, 'centralids', 'users' );
		$key = isset( $params['users'] ) ? 'users' : 'centralids';
		$rows = $key === 'users' ? $this->rowsByName( $params['users'] ) : $this->rowsById( $params['centralids'] );
		$this->addProps( $rows, array_flip( $params['prop'] ?? [] ) );
		foreach ( $rows as $row ) {
			unset( $row['account'] );
			if ( !$this->getResult()->addValue( [ 'query', $this->getModuleName() ], null, $row ) ) {
				// As the real module does: everything again, so that a naive loop does not end.
				$this->setContinueEnumParameter( $key, implode( '|', $params[$key] ) );
				break;
			}
		}
		$this->getResult()->addValue( 'query', $this->getModuleName(), [] );
		$this->getResult()->addIndexedTagName( [ 'query', $this->getModuleName() ], 'globaluser' );
	}

	private function rowsByName( array $names ): array {
		$utils = MediaWikiServices::getInstance()->getUserNameUtils();
		$rows = [];
		foreach ( $names as $name ) {
			$canonical = $utils->isIP( $name ) ? false : $utils->getCanonical( $name, UserNameUtils::RIGOR_VALID );
			if ( $canonical === false ) {
				$rows["invalid $name"] = [ 'name' => $name, 'invalid' => true ];
			} else {
				$rows["name $canonical"] ??= $this->row( Store::get()->byName( $canonical ), [ 'name' => $canonical ] );
			}
		}
		return array_values( $rows );
	}

	private function rowsById( array $ids ): array {
		$rows = [];
		foreach ( array_unique( $ids ) as $id ) {
			$rows[] = $this->row( Store::get()->byId( $id ), [ 'centralid' => $id ] );
		}
		return $rows;
	}

	private function row( ?array $account, array $asked ): array {
		$seesAll = $this->getAuthority()->isAllowed( 'centralauth-suppress' );
		if ( !$account || ( $account['hidden'] !== '' && !$seesAll ) ) {
			return $asked + [ 'missing' => true ];
		}
		$row = [ 'centralid' => $account['id'], 'name' => $account['name'], 'account' => $account ];
		if ( $account['hidden'] !== '' ) {
			$row[$account['hidden']] = true;
		}
		return $row;
	}

	private function addProps( array &$rows, array $props ): void {
		$found = array_filter( array_column( $rows, 'account' ) );
		$locks = isset( $props['locked'] ) ? $this->lockLogIds( $found ) : [];
		$localIds = isset( $props['localinfo'] ) ? $this->localIds( $found ) : [];
		foreach ( $rows as &$row ) {
			if ( !isset( $row['account'] ) ) {
				continue;
			}
			$account = $row['account'];
			if ( isset( $props['locked'] ) ) {
				$row['locked'] = $account['locked'];
				if ( $account['locked'] && isset( $locks[$account['name']] ) ) {
					$row['locklogid'] = $locks[$account['name']];
				}
			}
			$row += array_intersect_key( [
				'editcount' => $account['editcount'],
				'registration' => wfTimestamp( TS_ISO_8601, $account['registration'] ),
				'localinfo' => $this->localInfo( $account, $localIds ),
				'groups' => [], 'groupmemberships' => [], 'rights' => [],
			], $props );
		}
	}

	private function localInfo( array $account, array $localIds ): array {
		if ( !in_array( WikiMap::getCurrentWikiId(), $account['wikis'] ) ) {
			return [ 'attached' => false ];
		}
		$time = wfTimestamp( TS_ISO_8601, $account['registration'] );
		return [ 'attached' => true, 'localid' => $localIds[$account['name']] ?? 0, 'timestamp' => $time ];
	}

	/** @return int[] name => id of the newest entry that locked it */
	private function lockLogIds( array $accounts ): array {
		$titles = [];
		foreach ( $accounts as $account ) {
			if ( $account['locked'] ) {
				$titles[strtr( $account['name'], ' ', '_' ) . '@global'] = $account['name'];
			}
		}
		if ( !$titles ) {
			return [];
		}
		$ids = [];
		$res = $this->getDB()->newSelectQueryBuilder()->select( [ 'log_id', 'log_title', 'log_params' ] )->from( 'logging' )
			->where( [ 'log_type' => 'globalauth', 'log_action' => 'setstatus', 'log_title' => array_map( 'strval', array_keys( $titles ) ) ] )
			->orderBy( 'log_id' )->caller( __METHOD__ )->fetchResultSet();
		foreach ( $res as $row ) {
			if ( in_array( 'locked', unserialize( $row->log_params )['added'] ?? [] ) ) {
				$ids[$titles[$row->log_title]] = (int)$row->log_id;
			}
		}
		return $ids;
	}

	private function localIds( array $accounts ): array {
		if ( !$accounts ) {
			return [];
		}
		$ids = [];
		$res = $this->getDB()->newSelectQueryBuilder()->select( [ 'user_id', 'user_name' ] )->from( 'user' )
			->where( [ 'user_name' => array_column( $accounts, 'name' ) ] )->caller( __METHOD__ )->fetchResultSet();
		foreach ( $res as $row ) {
			$ids[$row->user_name] = (int)$row->user_id;
		}
		return $ids;
	}

	public function getAllowedParams() {
		return [
			'prop' => [
				ParamValidator::PARAM_TYPE => [ 'editcount', 'groupmemberships', 'groups', 'localinfo', 'locked', 'registration', 'rights' ],
				ParamValidator::PARAM_ISMULTI => true,
				ApiBase::PARAM_HELP_MSG => 'rawmessage',
			],
			'users' => [ ParamValidator::PARAM_ISMULTI => true, ApiBase::PARAM_HELP_MSG => 'rawmessage' ],
			'centralids' => [
				ParamValidator::PARAM_TYPE => 'integer', ParamValidator::PARAM_ISMULTI => true, ApiBase::PARAM_HELP_MSG => 'rawmessage',
			],
			'localgroups' => [ ParamValidator::PARAM_TYPE => 'boolean', ApiBase::PARAM_HELP_MSG => 'rawmessage' ],
		];
	}
}
