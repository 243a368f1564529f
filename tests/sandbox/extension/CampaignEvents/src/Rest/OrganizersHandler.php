<?php
namespace MediaWiki\Extension\CampaignEvents\Rest;

/** GET …/organizers: eleven rows a page, from which hidden and vanished ones are left out in silence. */
class OrganizersHandler extends EventRoute {
	private const PAGE = 11;

	protected function answer( array $event, array $query ) {
		$after = (int)( $query['last_organizer_id'] ?? 0 );
		$rows = array_filter( $event['organizers'], static fn ( $row ) => $row[0] > $after );
		$rows = array_slice( $rows, 0, self::PAGE );
		$names = $this->names( array_column( $rows, 1 ) );
		$this->preload( $names );
		$answer = [];
		foreach ( $rows as [ $id, $account, $role ] ) {
			if ( isset( $names[$account] ) ) {
				$answer[] = [
					'organizer_id' => $id, 'user_id' => $account, 'user_name' => $names[$account], 'roles' => [ $role ],
					'user_page' => $this->userPage( $names[$account] ),
				];
			}
		}
		return $answer;
	}
}
