<?php
namespace MediaWiki\Extension\CentralAuth\Api;

use ApiBase;
use ApiQueryBase;
use ApiResult;
use EventSafety\TestCentral\Store;
use MediaWiki\Block\DatabaseBlock;
use MediaWiki\ParamValidator\TypeDef\UserDef;
use MediaWiki\User\UserIdentityValue;
use User;
use WikiMap;
use Wikimedia\ParamValidator\ParamValidator;

/** meta=globaluserinfo: one account a request. */
class ApiQueryGlobalUserInfo extends ApiQueryBase {
	public function __construct( $query, $moduleName ) {
		parent::__construct( $query, $moduleName, 'gui' );
	}

	public function execute() {
		$params = $this->extractRequestParams();
		$this->requireMaxOneParameter( $params, 'user', 'id' );
		$store = Store::get();
		if ( isset( $params['id'] ) ) {
			$account = $store->visible( $store->byId( $params['id'] ) );
			if ( !$account ) {
				$this->dieWithError( [ 'apierror-invaliduserid', wfEscapeWikiText( $params['id'] ) ] );
			}
		} else {
			$account = $store->visible( $store->byName( $params['user'] ?? $this->getUser()->getName() ) );
		}
		$data = $account ? $this->describe( $account, array_flip( $params['prop'] ?? [] ) ) : [ 'missing' => true ];
		$this->getResult()->addValue( 'query', $this->getModuleName(), $data );
	}

	private function describe( array $account, array $props ): array {
		$data = [
			'home' => $account['home'], 'id' => $account['id'],
			'registration' => wfTimestamp( TS_ISO_8601, $account['registration'] ), 'name' => $account['name'],
		];
		if ( $account['locked'] ) {
			$data['locked'] = true;
		}
		if ( isset( $props['groups'] ) ) {
			$data['groups'] = $account['groups'] ?? [];
			ApiResult::setIndexedTagName( $data['groups'], 'g' );
		}
		if ( isset( $props['merged'] ) ) {
			$data['merged'] = array_map( fn ( $wiki ) => $this->mergedWiki( $account, $wiki ), $account['wikis'] );
			ApiResult::setIndexedTagName( $data['merged'], 'account' );
		}
		if ( isset( $props['editcount'] ) ) {
			$data['editcount'] = $account['editcount'];
		}
		return $data;
	}

	private function mergedWiki( array $account, string $wiki ): array {
		$time = wfTimestamp( TS_ISO_8601, $account['registration'] );
		$here = WikiMap::isCurrentWikiId( $wiki );
		$data = [
			'wiki' => $wiki, 'url' => $here ? $this->getConfig()->get( 'Server' ) : "https://$wiki.example.org",
			'id' => $here ? User::newFromName( $account['name'] )->getId() : $account['id'], 'timestamp' => $time,
			'method' => $wiki === $account['home'] ? 'primary' : 'login', 'editcount' => 0, 'registration' => $time,
		];
		$block = $here ? DatabaseBlock::newFromTarget( UserIdentityValue::newAnonymous( $account['name'] ) ) : null;
		if ( $block ) {
			$data['blocked'] = [
				'expiry' => ApiResult::formatExpiry( $block->getExpiry(), 'infinity' ), 'reason' => $block->getReasonComment()->text,
			];
		}
		return $data;
	}

	public function getAllowedParams() {
		return [
			'user' => [
				ParamValidator::PARAM_TYPE => 'user', UserDef::PARAM_ALLOWED_USER_TYPES => [ 'name' ],
				ApiBase::PARAM_HELP_MSG => 'rawmessage',
			],
			'id' => [ ParamValidator::PARAM_TYPE => 'integer', ApiBase::PARAM_HELP_MSG => 'rawmessage' ],
			'prop' => [
				ParamValidator::PARAM_TYPE => [ 'groups', 'rights', 'merged', 'unattached', 'editcount' ],
				ParamValidator::PARAM_ISMULTI => true, ApiBase::PARAM_HELP_MSG => 'rawmessage',
			],
		];
	}
}
