<?php
/**
 * What can happen to a deletion.
 *
 * @package WpfDelete
 */

namespace WpfDelete\Tests\Chaos;

/** Kinds of faults, by the names under which they are counted. */
enum Kind: string {

	case Php         = 'SIGKILL of PHP';
	case Server      = 'SIGKILL of MariaDB';
	case Both        = 'SIGKILL of both';
	case CutWpdb     = 'connection cut: $wpdb';
	case CutNative   = 'connection cut: extension';
	case KillWpdb    = 'KILL: $wpdb';
	case KillNative  = 'KILL: extension';
	case QueryWpdb   = 'KILL QUERY: $wpdb';
	case QueryNative = 'KILL QUERY: extension';
	case Disk        = 'disk full';

	/** The connection that it is about; null for any. */
	public function side(): ?string {
		return match ( $this ) {
			self::CutWpdb, self::KillWpdb, self::QueryWpdb => 'wpdb',
			self::CutNative, self::KillNative, self::QueryNative => 'native',
			default => null,
		};
	}

	/** Whether WordPress may come to do what the extension cannot: the process lives on. */
	public function may_be_left_to_core(): bool {
		return ! in_array( $this, array( self::Php, self::Both ), true );
	}

	/** Whether single statements of $wpdb come to nothing, with nobody to notice: a lost connection WordPress does notice. */
	public function fails_statements_of_wordpress(): bool {
		return in_array( $this, array( self::QueryWpdb, self::Disk ), true );
	}

	/** Whether single statements come to nothing, whoever's they are. */
	public function fails_statements(): bool {
		return self::QueryNative === $this || $this->fails_statements_of_wordpress();
	}
}
