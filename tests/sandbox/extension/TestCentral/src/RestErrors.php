<?php
namespace EventSafety\TestCentral;

use MediaWiki\Rest\Response;
use MediaWiki\Rest\ResponseFactory;

/** REST errors in the form of MediaWiki 1.43 and newer. */
class RestErrors {
	public static function response(
		ResponseFactory $factory, int $status, string $key, string $english, array $more = []
	): Response {
		return $factory->createHttpError(
			$status, $more + [ 'errorKey' => $key, 'messageTranslations' => [ 'en' => $english ] ]
		);
	}

	public static function badParameter(
		ResponseFactory $factory, string $name, ?string $value, string $code, string $english
	): Response {
		return self::response( $factory, 400, $code, $english, [
			'error' => 'parameter-validation-failed', 'name' => $name, 'value' => $value,
			'failureCode' => $code, 'failureData' => null,
		] );
	}
}
