<?php
namespace MediaWiki\Extension\CentralAuth;

use CentralIdLookup;
use EventSafety\TestCentral\Store;
use MediaWiki\User\UserIdentity;
use WikiMap;

/** Central ids for list=users; hidden accounts have none for the public. */
class CentralAuthIdLookup extends CentralIdLookup {
	public function isAttached( UserIdentity $user, $wikiId = UserIdentity::LOCAL ): bool {
		$account = Store::get()->byName( $user->getName() );
		return $account && in_array( $wikiId ?: WikiMap::getCurrentWikiId(), $account['wikis'] );
	}

	public function lookupCentralIds( array $idToName, $audience = self::AUDIENCE_PUBLIC, $flags = self::READ_NORMAL ): array {
		foreach ( $idToName as $id => $default ) {
			$account = Store::get()->byId( (int)$id );
			if ( $account ) {
				$idToName[$id] = $account['hidden'] === '' ? $account['name'] : '';
			}
		}
		return $idToName;
	}

	public function lookupUserNames( array $nameToId, $audience = self::AUDIENCE_PUBLIC, $flags = self::READ_NORMAL ): array {
		foreach ( $nameToId as $name => $default ) {
			$account = Store::get()->visible( Store::get()->byName( (string)$name ) );
			if ( $account ) {
				$nameToId[$name] = $account['id'];
			}
		}
		return $nameToId;
	}
}
