<?php
// The test wiki's front door for PHP's own web server: notes each request, plays faults that a test ordered, then runs MediaWiki.

$folder = getenv( 'TESTCENTRAL_FOLDER' );
$mediawiki = getenv( 'TESTCENTRAL_MEDIAWIKI' );
$path = parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) ?: '/';

if ( !str_contains( $path, '/testcentral/' ) ) {
	$secret = static fn ( $value, $key ) => !preg_match( '/token|password/i', $key );
	$note = [
		'method' => $_SERVER['REQUEST_METHOD'],
		'path' => rawurldecode( $path ),
		'query' => array_filter( $_GET, $secret, ARRAY_FILTER_USE_BOTH ),
		'post' => array_filter( $_POST, $secret, ARRAY_FILTER_USE_BOTH ),
		'agent' => $_SERVER['HTTP_USER_AGENT'] ?? '',
	];
	$flags = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE;
	file_put_contents( "$folder/requests.log", json_encode( $note, $flags ) . "\n", FILE_APPEND | LOCK_EX );
	$fault = takeFault( "$folder/faults.json", $_SERVER['REQUEST_METHOD'] . ' ' . rawurldecode( $_SERVER['REQUEST_URI'] ) . ' ' . json_encode( $note['post'], $flags ) );
	if ( $fault !== null ) {
		usleep( (int)( $fault['delay'] * 1000000 ) );
		if ( $fault['status'] ) {
			http_response_code( $fault['status'] );
			foreach ( $fault['headers'] as $name => $value ) {
				header( "$name: $value" );
			}
			echo $fault['body'];
			return true;
		}
	}
}

if ( preg_match( '#^/w/(api|index|load|rest)\.php(/.*)?$#', $path, $match ) ) {
	[ $entry, $info ] = [ $match[1], $match[2] ?? '' ];
} elseif ( str_starts_with( $path, '/wiki/' ) || $path === '/' ) {
	[ $entry, $info ] = [ 'index', $path ];
} else {
	return false;
}
if ( $info !== '' ) {
	$_SERVER['PATH_INFO'] = rawurldecode( $info );
} else {
	unset( $_SERVER['PATH_INFO'] );
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = "/w/$entry.php";
$_SERVER['SCRIPT_FILENAME'] = "$mediawiki/$entry.php";
chdir( $mediawiki );
require "$mediawiki/$entry.php";

/** Returns the first ordered fault whose pattern stands in $request, counting down its skip and times. */
function takeFault( string $file, string $request ): ?array {
	if ( !is_file( $file ) ) {
		return null;
	}
	$handle = fopen( $file, 'r+' );
	flock( $handle, LOCK_EX );
	$faults = json_decode( stream_get_contents( $handle ), true ) ?: [];
	$taken = null;
	foreach ( $faults as $i => $fault ) {
		if ( $fault['times'] < 1 || !str_contains( $request, $fault['match'] ) ) {
			continue;
		}
		if ( $fault['skip'] > 0 ) {
			$faults[$i]['skip']--;
		} else {
			$faults[$i]['times']--;
			$taken = $fault;
		}
		break;
	}
	rewind( $handle );
	ftruncate( $handle, 0 );
	fwrite( $handle, json_encode( $faults ) );
	fclose( $handle );
	return $taken;
}
