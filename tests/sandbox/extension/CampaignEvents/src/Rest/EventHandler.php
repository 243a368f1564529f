<?php
namespace MediaWiki\Extension\CampaignEvents\Rest;

use EventSafety\TestCentral\RestErrors;
use EventSafety\TestCentral\Store;

/** GET event_registration/{id}: by default Meta's fields, with the switch campaignevents-old those of MediaWiki 1.43. */
class EventHandler extends EventRoute {
	private const NEWER = [
		'types', 'wikis', 'topics', 'is_test_event', 'tracks_contributions', 'goal_type', 'goal_target', 'meeting_country_code',
	];

	protected function answer( array $event, array $query ) {
		if ( $event['deleted'] ) {
			return RestErrors::response(
				$this->getResponseFactory(), 404, 'campaignevents-rest-get-registration-deleted', 'This event registration was deleted.'
			);
		}
		$fields = $event['fields'];
		if ( Store::switchedOn( 'campaignevents-old' ) ) {
			$fields['meeting_country'] = $fields['meeting_country_code'];
			$fields = array_diff_key( $fields, array_flip( self::NEWER ) );
		}
		return $fields;
	}
}
