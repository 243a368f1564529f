<?php
namespace MediaWiki\Extension\CampaignEvents;

use EventSafety\TestCentral\Store;
use MediaWiki\Hook\BeforePageDisplayHook;
use Title;

/** Puts the registration's id and header on the viewed page of an event. */
class EventPageHooks implements BeforePageDisplayHook {
	private const NAMESPACES = [ 1728, NS_PROJECT ];

	public function onBeforePageDisplay( $out, $skin ): void {
		$title = $out->getTitle();
		if ( !$out->isArticle() || !$title->inNamespaces( self::NAMESPACES ) ) {
			return;
		}
		$event = $this->eventOf( $title );
		if ( !$event ) {
			return;
		}
		$out->addJsConfigVars( [
			'wgCampaignEventsEventID' => $event['fields']['id'],
			'wgCampaignEventsParticipantIsPublic' => null,
			'wgCampaignEventsEventQuestions' => [
				'questions' => [ 'age' => [ 'type' => 'select', 'label' => 'What is your age? (optional)', 'options' => [
					'campaignevents-register-question-age-placeholder' => [ 'value' => 0, 'message' => 'Select age range' ],
				] ] ],
				'answers' => [],
			],
			'wgCampaignEventsAnswersAlreadyAggregated' => false,
			'wgCampaignEventsAggregationTimestamp' => null,
		] );
		$out->prependHTML( ( new EventPageHeader( $event, $out ) )->html() );
	}

	private function eventOf( Title $title ): ?array {
		foreach ( Store::get()->events as $event ) {
			if ( !$event['deleted'] && in_array( $title->getPrefixedText(), $event['pages'] ) ) {
				return $event;
			}
		}
		return null;
	}
}
