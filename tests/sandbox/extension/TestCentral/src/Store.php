<?php
namespace EventSafety\TestCentral;

/** The shared account and event databases of the test wiki: central.json, read once in a request and never written. */
class Store {
	private static ?Store $store = null;
	/** @var array[] */
	public array $accounts;
	/** @var array[] */
	public array $blocks;
	/** @var array[] */
	public array $events;
	/** @var array<string,int>|null name => position */
	private ?array $byName = null;
	/** @var array<int,int>|null central id => position */
	private ?array $byId = null;

	private function __construct( array $data ) {
		$this->accounts = $data['accounts'];
		$this->blocks = $data['blocks'];
		$this->events = $data['events'];
	}

	public static function get(): self {
		global $wgTestCentralFolder;
		self::$store ??= new self( json_decode( file_get_contents( "$wgTestCentralFolder/central.json" ), true ) );
		return self::$store;
	}

	public static function switchedOn( string $name ): bool {
		global $wgTestCentralSwitches;
		return in_array( $name, $wgTestCentralSwitches['on'] );
	}

	/** @return array|null the account, hidden ones included, but not one whose central account was deleted */
	public function byName( string $name ): ?array {
		$this->byName ??= array_flip( array_column( $this->accounts, 'name' ) );
		return $this->existing( $this->byName[$name] ?? null );
	}

	public function byId( int $id ): ?array {
		$this->byId ??= array_flip( array_column( $this->accounts, 'id' ) );
		return $this->existing( $this->byId[$id] ?? null );
	}

	/** @return array|null the account as the public may see it */
	public function visible( ?array $account ): ?array {
		return $account && $account['hidden'] === '' ? $account : null;
	}

	private function existing( ?int $position ): ?array {
		$account = $position === null ? null : $this->accounts[$position];
		return $account && !$account['deleted'] ? $account : null;
	}
}
