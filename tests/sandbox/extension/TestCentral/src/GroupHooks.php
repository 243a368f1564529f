<?php
namespace EventSafety\TestCentral;

use MediaWiki\User\Hook\UserEffectiveGroupsHook;

/** Temporary accounts, which this MediaWiki does not have yet, are the accounts named as they are: ~2026-1. */
class GroupHooks implements UserEffectiveGroupsHook {
	public function onUserEffectiveGroups( $user, &$groups ) {
		if ( preg_match( '/^~2\d{3}-\d/', $user->getName() ) ) {
			$groups = [ '*', 'temp' ];
		}
	}
}
