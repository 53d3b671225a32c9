<?php
/**
 * Fields of a form, in WordPress's markup.
 *
 * @package WpfDelete
 */

namespace WpfDelete;

/**
 * Prints rows of a form table. A field that is wrong says so, to screen readers, too, and the first of them has
 * the focus when the page is shown again.
 */
final class FormFields {

	/**
	 * What the fields hold.
	 *
	 * @var array<string, string|string[]>
	 */
	private $values;

	/**
	 * What is wrong with them.
	 *
	 * @var array<string, string>
	 */
	private $wrong;

	/**
	 * Whether a field has the focus already.
	 *
	 * @var bool
	 */
	private $focused = false;

	/**
	 * Prints nothing yet.
	 *
	 * @param array<string, string|string[]> $values By name.
	 * @param array<string, string>          $wrong  Messages by name.
	 */
	public function __construct( array $values, array $wrong ) {
		$this->values = $values;
		$this->wrong  = $wrong;
	}

	/**
	 * Begins a section.
	 *
	 * @param string $title What it is about.
	 */
	public function begin( string $title ): void {
		echo '<h3>' . esc_html( $title ) . '</h3><table class="form-table" role="presentation"><tbody>';
	}

	/**
	 * Ends it.
	 */
	public function end(): void {
		echo '</tbody></table>';
	}

	/**
	 * A text.
	 *
	 * @param string $name  Its name.
	 * @param string $label Its label.
	 * @param string $help  What it is for.
	 */
	public function text( string $name, string $label, string $help ): void {
		$this->row( $name, $label );
		printf( '<input type="text" class="regular-text" id="%1$s" name="%2$s" value="%3$s"%4$s>', esc_attr( self::id( $name ) ), esc_attr( $name ), esc_attr( $this->values[ $name ] ), $this->described( $name, true ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		$this->help( $name, $help );
	}

	/**
	 * A whole number.
	 *
	 * @param string $name  Its name.
	 * @param string $label Its label.
	 * @param string $help  What it is for.
	 */
	public function number( string $name, string $label, string $help ): void {
		$this->row( $name, $label );
		printf( '<input type="number" class="small-text" min="0" step="1" id="%1$s" name="%2$s" value="%3$s"%4$s>', esc_attr( self::id( $name ) ), esc_attr( $name ), esc_attr( $this->values[ $name ] ), $this->described( $name, true ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		$this->help( $name, $help );
	}

	/**
	 * One of a list.
	 *
	 * @param string                $name    Its name.
	 * @param string                $label   Its label.
	 * @param array<string, string> $choices Labels by value.
	 * @param string                $help    What it is for.
	 */
	public function select( string $name, string $label, array $choices, string $help ): void {
		$this->row( $name, $label );
		printf( '<select id="%1$s" name="%2$s"%3$s>', esc_attr( self::id( $name ) ), esc_attr( $name ), $this->described( $name, true ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		foreach ( $choices as $value => $text ) {
			printf( '<option value="%1$s"%2$s>%3$s</option>', esc_attr( $value ), selected( (string) $value, $this->values[ $name ], false ), esc_html( $text ) );
		}
		echo '</select>';
		$this->help( $name, $help );
	}

	/**
	 * One of a few, each explained.
	 *
	 * @param string                                $name    Its name.
	 * @param string                                $label   Its label.
	 * @param array<string, array{string, string}> $choices Labels and explanations by value.
	 */
	public function radios( string $name, string $label, array $choices ): void {
		$this->group( $name, $label );
		foreach ( $choices as $value => list( $text, $help ) ) {
			$id = self::id( "$name-$value" );
			printf( '<p><input type="radio" id="%1$s" name="%2$s" value="%3$s"%4$s%5$s> <label for="%1$s">%6$s</label></p>', esc_attr( $id ), esc_attr( $name ), esc_attr( $value ), checked( $value, $this->values[ $name ], false ), '' === $help ? '' : ' aria-describedby="' . esc_attr( "$id-help" ) . '"', esc_html( $text ) );
			if ( '' !== $help ) {
				echo '<p class="description" id="' . esc_attr( "$id-help" ) . '">' . esc_html( $help ) . '</p>';
			}
		}
		echo '</fieldset>';
		$this->help( $name, '' );
	}

	/**
	 * Any of a few.
	 *
	 * @param string                $name    Its name.
	 * @param string                $label   Its label.
	 * @param array<string, string> $choices Labels by value.
	 * @param string                $help    What they are for.
	 */
	public function boxes( string $name, string $label, array $choices, string $help ): void {
		$this->group( $name, $label );
		foreach ( $choices as $value => $text ) {
			printf( '<p><input type="checkbox" id="%1$s" name="%2$s[]" value="%3$s"%4$s> <label for="%1$s">%5$s</label></p>', esc_attr( self::id( "$name-$value" ) ), esc_attr( $name ), esc_attr( $value ), checked( in_array( (string) $value, (array) $this->values[ $name ], true ), true, false ), esc_html( $text ) );
		}
		echo '</fieldset>';
		$this->help( $name, $help );
	}

	/**
	 * Yes or no.
	 *
	 * @param string $name  Its name.
	 * @param string $label What it is about.
	 * @param string $text  What is so when it is ticked.
	 */
	public function box( string $name, string $label, string $text ): void {
		echo '<tr><th scope="row">' . esc_html( $label ) . '</th><td>';
		printf( '<input type="checkbox" id="%1$s" name="%2$s" value="1"%3$s> <label for="%1$s">%4$s</label></td></tr>', esc_attr( self::id( $name ) ), esc_attr( $name ), checked( $this->values[ $name ], '1', false ), esc_html( $text ) );
	}

	/**
	 * A warning between the fields.
	 *
	 * @param string $text Plain text.
	 */
	public function note( string $text ): void {
		echo '<tr class="wpf-delete-note"><td colspan="2"><div class="notice notice-warning inline"><p>' . esc_html( $text ) . '</p></div></td></tr>';
	}

	/**
	 * Begins the row of a single field.
	 *
	 * @param string $name  Its name.
	 * @param string $label Its label.
	 */
	private function row( string $name, string $label ): void {
		echo '<tr><th scope="row"><label for="' . esc_attr( self::id( $name ) ) . '">' . esc_html( $label ) . '</label></th><td>';
	}

	/**
	 * Begins the row of several.
	 *
	 * @param string $name  Their name.
	 * @param string $label What they are about.
	 */
	private function group( string $name, string $label ): void {
		echo '<tr><th scope="row">' . esc_html( $label ) . '</th><td><fieldset id="' . esc_attr( self::id( $name ) ) . '"' . $this->described( $name, false ) . '><legend class="screen-reader-text">' . esc_html( $label ) . '</legend>'; // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
	}

	/**
	 * Ends a row.
	 *
	 * @param string $name Of its field.
	 * @param string $help What that is for.
	 */
	private function help( string $name, string $help ): void {
		if ( isset( $this->wrong[ $name ] ) ) {
			echo '<p class="wpf-delete-error" id="' . esc_attr( self::id( "$name-wrong" ) ) . '">' . esc_html( $this->wrong[ $name ] ) . '</p>';
		}
		if ( '' !== $help ) {
			echo '<p class="description" id="' . esc_attr( self::id( "$name-help" ) ) . '">' . esc_html( $help ) . '</p>';
		}
		echo '</td></tr>';
	}

	/**
	 * Attributes that say where a field is explained, and whether it is wrong.
	 *
	 * @param string $name    Its name.
	 * @param bool   $is_input Whether it is one field, that can be focused.
	 * @return string Escaped.
	 */
	private function described( string $name, bool $is_input ): string {
		$is_wrong = isset( $this->wrong[ $name ] );
		$ids      = array_merge( $is_wrong ? array( self::id( "$name-wrong" ) ) : array(), $is_input ? array( self::id( "$name-help" ) ) : array() );
		$text     = $ids ? ' aria-describedby="' . esc_attr( implode( ' ', $ids ) ) . '"' : '';
		if ( $is_wrong && $is_input ) {
			$text         .= ' aria-invalid="true"' . ( $this->focused ? '' : ' autofocus' );
			$this->focused = true;
		}
		return $text;
	}

	/**
	 * Id of a field.
	 *
	 * @param string $name Its name.
	 */
	private static function id( string $name ): string {
		return 'wpf-delete-' . str_replace( '_', '-', $name );
	}
}
