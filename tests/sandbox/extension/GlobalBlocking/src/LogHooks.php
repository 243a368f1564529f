<?php
namespace MediaWiki\Extension\GlobalBlocking;

use MediaWiki\Hook\GetLogTypesOnUserHook;

/** Lets a rename rewrite the titles of this log, as it does on Wikimedia. */
class LogHooks implements GetLogTypesOnUserHook {
	public function onGetLogTypesOnUser( &$types ) {
		$types[] = 'gblblock';
	}
}
