<?php
namespace MediaWiki\Extension\GlobalBlocking\Api;

use ApiBase;
use ApiQueryBase;
use EventSafety\TestCentral\Store;
use MediaWiki\MediaWikiServices;
use Wikimedia\ParamValidator\ParamValidator;
use Wikimedia\ParamValidator\TypeDef\IntegerDef;

/** list=globalblocks: targets become central ids, rows show the name as it was when blocked. */
class ApiQueryGlobalBlocks extends ApiQueryBase {
	public function __construct( $query, $moduleName ) {
		parent::__construct( $query, $moduleName, 'bg' );
	}

	public function execute() {
		$params = $this->extractRequestParams();
		$this->requireMaxOneParameter( $params, 'targets', 'addresses', 'ip', 'ids' );
		$wanted = $this->wanted( $params );
		$newest = $params['start'] ?? null;
		$blocks = array_filter( Store::get()->blocks, static fn ( $block ) =>
			$wanted( $block ) && ( $newest === null || wfTimestamp( TS_MW, $block['timestamp'] ) <= $newest )
			&& ( $block['expiry'] === 'infinity' || wfTimestamp( TS_UNIX, $block['expiry'] ) > time() ) );
		usort( $blocks, static fn ( $a, $b ) => [ $b['timestamp'], $a['id'] ] <=> [ $a['timestamp'], $b['id'] ] );
		$path = [ 'query', $this->getModuleName() ];
		$this->getResult()->addValue( 'query', $this->getModuleName(), [] );
		foreach ( $blocks as $count => $block ) {
			$full = $count >= $params['limit'];
			if ( $full || !$this->getResult()->addValue( $path, null, $this->row( $block, array_flip( $params['prop'] ) ) ) ) {
				$this->setContinueEnumParameter( 'start', wfTimestamp( TS_ISO_8601, $block['timestamp'] ) );
				break;
			}
		}
		$this->getResult()->addIndexedTagName( $path, 'block' );
	}

	/** @return callable whether a block is asked for */
	private function wanted( array $params ): callable {
		if ( isset( $params['ids'] ) ) {
			return static fn ( $block ) => in_array( $block['id'], $params['ids'] );
		}
		if ( isset( $params['ip'] ) ) {
			return static fn ( $block ) => $block['name'] === $params['ip'];
		}
		$targets = $params['targets'] ?? $params['addresses'] ?? null;
		if ( $targets === null ) {
			return static fn () => true;
		}
		$ids = $this->centralIds( $targets );
		return static fn ( $block ) => !$block['automatic'] &&
			( $block['account'] ? in_array( $block['account'], $ids ) : in_array( $block['name'], $targets ) );
	}

	private function centralIds( array $names ): array {
		$utils = MediaWikiServices::getInstance()->getUserNameUtils();
		$ids = [];
		foreach ( $names as $name ) {
			if ( $utils->isIP( $name ) ) {
				continue;
			}
			$canonical = $utils->getCanonical( $name );
			$account = $canonical === false ? null : Store::get()->visible( Store::get()->byName( $canonical ) );
			if ( $account ) {
				$ids[] = $account['id'];
			} elseif ( Store::switchedOn( 'globalblocks-strict' ) ) {
				$this->dieWithError( [ 'nosuchuser', wfEscapeWikiText( $name ) ], 'nosuchuser' );
			}
		}
		return $ids;
	}

	private function row( array $block, array $props ): array {
		$row = [];
		if ( isset( $props['id'] ) ) {
			$row['id'] = (string)$block['id'];
		}
		if ( isset( $props['target'] ) ) {
			if ( !$block['automatic'] ) {
				$row['target'] = $block['name'];
			}
			$row += [
				'anononly' => false, 'account-creation-disabled' => true, 'autoblocking-enabled' => false,
				'automatic' => $block['automatic'],
			];
		}
		if ( isset( $props['by'] ) ) {
			$row += [ 'by' => $block['by'], 'bywiki' => $block['bywiki'] ];
		}
		return $row + array_intersect_key( [
			'timestamp' => wfTimestamp( TS_ISO_8601, $block['timestamp'] ), 'expiry' => $block['expiry'], 'reason' => $block['reason'],
		], $props );
	}

	public function getAllowedParams() {
		$names = [ ParamValidator::PARAM_ISMULTI => true, ApiBase::PARAM_HELP_MSG => 'rawmessage' ];
		return [
			'start' => [ ParamValidator::PARAM_TYPE => 'timestamp', ApiBase::PARAM_HELP_MSG => 'rawmessage' ],
			'ids' => [ ParamValidator::PARAM_TYPE => 'integer' ] + $names,
			'targets' => $names,
			'addresses' => [ ParamValidator::PARAM_DEPRECATED => true ] + $names,
			'ip' => [ ApiBase::PARAM_HELP_MSG => 'rawmessage' ],
			'limit' => [
				ParamValidator::PARAM_DEFAULT => 10, ParamValidator::PARAM_TYPE => 'limit', IntegerDef::PARAM_MIN => 1,
				IntegerDef::PARAM_MAX => ApiBase::LIMIT_BIG1, IntegerDef::PARAM_MAX2 => ApiBase::LIMIT_BIG2,
				ApiBase::PARAM_HELP_MSG => 'rawmessage',
			],
			'prop' => [
				ParamValidator::PARAM_TYPE => [ 'id', 'target', 'by', 'timestamp', 'expiry', 'reason', 'range' ],
				ParamValidator::PARAM_DEFAULT => 'id|target|by|timestamp|expiry|reason', ParamValidator::PARAM_ISMULTI => true,
				ApiBase::PARAM_HELP_MSG => 'rawmessage',
			],
		];
	}
}
