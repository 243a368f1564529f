<?php
// What LocalSettings.php of a test wiki includes: everything that differs from a plain installation.
// $testCentralFolder is the sandbox's folder; switches.json in it is read anew on each request.

$testCentralSandbox = json_decode( file_get_contents( "$testCentralFolder/sandbox.json" ), true );
$testCentralSwitches = json_decode( file_get_contents( "$testCentralFolder/switches.json" ), true );
$wgTestCentralFolder = $testCentralFolder;
$wgTestCentralSwitches = $testCentralSwitches;

$wgServer = $testCentralSandbox['url'];
$wgSitename = 'Meta';
$wgMetaNamespace = 'Meta';
$wgArticlePath = '/wiki/$1';
$wgLocalInterwikis = [ 'm', 'meta' ];
$wgExtraNamespaces[1728] = 'Event';
$wgExtraNamespaces[1729] = 'Event_talk';
$wgNamespaceAliases['WM'] = NS_PROJECT;
$wgNamespaceAliases['WT'] = NS_PROJECT_TALK;
foreach ( [ NS_MAIN, NS_PROJECT, 1728, 1729 ] as $testCentralNamespace ) {
	$wgNamespacesWithSubpages[$testCentralNamespace] = true;
}

// A reset swaps the database under a running server: nothing but sessions and the localisation may be remembered.
$wgMainCacheType = $wgParserCacheType = $wgMessageCacheType = CACHE_NONE;
$wgSessionCacheType = CACHE_DB;
$wgCacheDirectory = "$testCentralFolder/cache";
$wgLocalisationCacheConf['store'] = 'array';
$wgUseLocalMessageCache = false;
$wgJobRunRate = 0;

$wgRateLimits = [];
$wgPasswordPolicy['policies']['default'] = [];
$wgShowExceptionDetails = true;
$wgEnableEmail = false;
$wgGroupPermissions['steward']['centralauth-suppress'] = true;
$wgGroupPermissions['bot']['apihighlimits'] = true;

wfLoadExtension( 'TestCentral', __DIR__ . '/TestCentral/extension.json' );
foreach ( [ 'CentralAuth', 'GlobalBlocking', 'CampaignEvents' ] as $testCentralName ) {
	if ( !in_array( $testCentralName, $testCentralSwitches['off'] ) ) {
		wfLoadExtension( $testCentralName, __DIR__ . "/$testCentralName/extension.json" );
	}
}
if ( in_array( 'CampaignEvents', $testCentralSwitches['off'] ) ) {
	$wgRestAPIAdditionalRouteFiles[] = __DIR__ . '/noRoutes.json';
}
if ( !in_array( 'CentralAuth', $testCentralSwitches['off'] ) ) {
	$wgCentralIdLookupProviders['CentralAuth'] = [ 'class' => 'MediaWiki\Extension\CentralAuth\CentralAuthIdLookup' ];
	$wgCentralIdLookupProvider = 'CentralAuth';
}
$wgExtensionFunctions[] = static function () use ( $testCentralSwitches ) {
	foreach ( $testCentralSwitches['off'] as $name ) {
		unset( $GLOBALS['wgAPIListModules'][$name], $GLOBALS['wgAPIMetaModules'][$name] );
	}
};
// The world is also changed while the wiki is read-only for everybody else.
if ( !str_contains( $_SERVER['REQUEST_URI'] ?? '', '/testcentral/' ) ) {
	foreach ( $testCentralSwitches['settings'] as $testCentralName => $testCentralValue ) {
		$GLOBALS[$testCentralName] = $testCentralValue;
	}
}
