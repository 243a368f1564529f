<?php
namespace MediaWiki\Extension\CampaignEvents;

use DateTime;
use DateTimeZone;
use EventSafety\TestCentral\Store;
use Html;
use Linker;
use MessageLocalizer;
use SpecialPage;
use Throwable;

/** The box above an event page and its dialog, in the form of the real extension. */
class EventPageHeader {
	private array $event;
	private MessageLocalizer $context;

	public function __construct( array $event, $context ) {
		$this->event = $event;
		$this->context = $context;
	}

	public function html(): string {
		$id = $this->event['fields']['id'];
		$count = $this->count( 'campaignevents-eventpage-header-participants-number', count( $this->event['participants'] ) );
		$info = $this->line( 'mapPin', 'Location', htmlspecialchars( $this->place(), ENT_QUOTES ) )
			. $this->line( 'clock', 'Start and end time', $this->times( ' – ' ) )
			. $this->line( 'userGroup', 'Number of participants', $count )
			. "<div class='ext-campaignevents-eventpage-header-buttons'>" . $this->button(
				'ext-campaignevents-eventpage-details-btn', [ 'frameless', 'progressive' ], "Special:EventDetails/$id", 'More details' );
		if ( $this->event['fields']['status'] === 'open' ) {
			$info .= $this->button( 'ext-campaignevents-eventpage-register-btn ext-campaignevents-eventpage-action-element',
				[ 'framed', 'primary', 'progressive' ], "Special:RegisterForEvent/$id", 'Register for event' );
		}
		return "<div dir='ltr' lang='en' class='ext-campaignevents-eventpage-header oo-ui-layout oo-ui-panelLayout oo-ui-panelLayout-padded oo-ui-panelLayout-framed'>"
			. "<div class='ext-campaignevents-eventpage-header-eventinfo'>$info</div></div></div>" . $this->dialog( $count );
	}

	private function dialog( string $count ): string {
		$name = htmlspecialchars( $this->event['fields']['name'] );
		$organizers = implode( ', ', array_filter( array_map( fn ( $row ) => $this->link( $row[1] ), $this->event['organizers'] ) ) );
		return '<div id="ext-campaignevents-eventpage-details-dialog-content">'
			. "<h2 class=\"ext-campaignevents-detailsdialog-header\">$name</h2>"
			. "<div class=\"ext-campaignevents-detailsdialog-organizers\">Organized by: $organizers</div>"
			. '<div class="ext-campaignevents-detailsdialog-body-container"><div class="ext-campaignevents-detailsdialog-eventinfo-container">'
			. $this->section( 'clock', 'Start and end time', $this->times( ' to ' ) )
			. $this->section( 'mapPin', 'Location', "<h4 class='ext-campaignevents-eventpage-detailsdialog-location-header'>"
				. htmlspecialchars( $this->place() ) . '</h4><p>Register to view the event link.</p>' )
			. $this->section( 'speechBubbles', 'Join event chat group', 'No chat group is available for this event.' )
			. '</div>' . $this->participants( $count ) . '</div></div>';
	}

	private function participants( string $count ): string {
		$public = array_filter( $this->event['participants'], static fn ( $row ) => !$row[3] );
		$private = count( $this->event['participants'] ) - count( $public );
		$items = '';
		foreach ( array_slice( $public, 0, 10 ) as $row ) {
			$hidden = '<span class="ext-campaignevents-userlink-hidden">username suppressed</span>';
			$items .= '<li>' . ( $this->link( $row[1] ) ?: $hidden ) . '</li>';
		}
		$url = htmlspecialchars( SpecialPage::getTitleFor( 'EventDetails', $this->event['fields']['id'] )->getLocalURL( [ 'tab' => 'ParticipantsPanel' ] ) );
		$all = $this->buttonHtml( '', [ 'frameless', 'progressive' ], $url, 'View all' );
		$footer = '';
		if ( $private ) {
			$text = $this->count( 'campaignevents-eventpage-private-participants', $private );
			$footer = "<div class='ext-campaignevents-detailsdialog-private-participants-footer'>"
				. $this->icon( 'lock', '' ) . "<span class='ext-campaignevents-detailsdialog-private-participants-footer-text'>$text</span></div>";
		}
		return $this->section( 'userGroup', $count, "<ul class='ext-campaignevents-detailsdialog-participants-list'>$items</ul>$all", $footer );
	}

	private function section( string $icon, string $head, string $content, string $footer = '' ): string {
		return "<div><h3 class='ext-campaignevents-eventpage-detailsdialog-section-header'>"
			. $this->icon( $icon, 'ext-campaignevents-eventpage-detailsdialog-section-icon ' ) . "<span>$head</span></h3>"
			. "<div class='ext-campaignevents-eventpage-detailsdialog-section-content'>$content</div>$footer</div>";
	}

	private function icon( string $icon, string $class ): string {
		return "<span class='{$class}oo-ui-widget oo-ui-widget-enabled oo-ui-iconElement-icon oo-ui-icon-$icon oo-ui-iconElement "
			. "oo-ui-labelElement-invisible oo-ui-iconWidget'></span>";
	}

	private function line( string $icon, string $label, string $content ): string {
		return "<div class='oo-ui-widget oo-ui-widget-enabled oo-ui-iconElement ext-campaignevents-textwithicon-widget'>"
			. "<span title='$label' class='oo-ui-iconElement-icon oo-ui-icon-$icon ext-campaignevents-eventpage-icon'></span>"
			. "<span class='oo-ui-labelElement-label oo-ui-labelElement-invisible'>$label</span>"
			. "<span class='ext-campaignevents-textwithicon-widget-content'>$content</span></div>";
	}

	private function button( string $class, array $flags, string $page, string $label ): string {
		[ $special, $par ] = explode( '/', substr( $page, strlen( 'Special:' ) ) );
		return $this->buttonHtml( "$class ", $flags, htmlspecialchars( SpecialPage::getTitleFor( $special, $par )->getLocalURL() ), $label );
	}

	private function buttonHtml( string $class, array $flags, string $url, string $label ): string {
		$frame = array_shift( $flags );
		$flagged = implode( ' ', array_map( static fn ( $flag ) => "oo-ui-flaggedElement-$flag", $flags ) );
		$image = in_array( 'primary', $flags ) ? 'invert' : 'progressive';
		return "<span class='{$class}oo-ui-widget oo-ui-widget-enabled oo-ui-buttonElement oo-ui-buttonElement-$frame "
			. "oo-ui-labelElement $flagged oo-ui-buttonWidget'><a role='button' tabindex='0' href='$url' rel='nofollow' "
			. "class='oo-ui-buttonElement-button'><span class='oo-ui-iconElement-icon oo-ui-iconElement-noIcon oo-ui-image-$image'></span>"
			. "<span class='oo-ui-labelElement-label'>$label</span>"
			. "<span class='oo-ui-indicatorElement-indicator oo-ui-indicatorElement-noIndicator oo-ui-image-$image'></span></a></span>";
	}

	private function link( int $centralId ): string {
		$account = Store::get()->visible( Store::get()->byId( $centralId ) );
		return $account ? Linker::userLink( 1, $account['name'] ) : '';
	}

	private function count( string $message, int $number ): string {
		return $this->context->msg( $message )->numParams( $number )->params( $number )->escaped();
	}

	private function place(): string {
		$fields = $this->event['fields'];
		return $fields['inperson_meeting'] ? (string)( $fields['meeting_address'] ?? 'In-person event' ) : 'Online event';
	}

	private function times( string $between ): string {
		$format = function ( string $key ): string {
			try {
				$zone = new DateTimeZone( $this->event['fields']['timezone'] );
			} catch ( Throwable $badZone ) {
				$zone = new DateTimeZone( 'UTC' );
			}
			$time = DateTime::createFromFormat( 'YmdHis', $this->event['fields'][$key], $zone );
			return $time->setTimezone( new DateTimeZone( 'UTC' ) )->format( 'H:i, j F Y' );
		};
		return $format( 'start_time' ) . $between . $format( 'end_time' ) . '<div><strong>Timezone:</strong> +00:00</div>';
	}
}
