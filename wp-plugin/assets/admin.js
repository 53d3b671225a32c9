/**
 * Keeps Tools → User deletion up to date, and spares reloading it.
 *
 * Everything works without this file: each button belongs to a form. What is shown comes from the server; this only
 * changes what is in the rows that are there, as text.
 */
( function ( wp, settings ) {
	'use strict';

	const { __, _n, sprintf } = wp.i18n;

	/** Milliseconds between two looks, by what is going on. */
	const LOOK = { running: 1000, waiting: 5000, quiet: 15000 };

	/** States after which a job does not change by itself. */
	const OVER = [ 'done', 'cancelled', 'failed', 'observed', 'refused' ];

	/** Quarters of which screen readers were told, by job. */
	const told = new Map();

	let isOffline = false;

	/** The next look: undefined until the first one, null while one is under way. */
	let next;

	/** A number as people of this language write it. */
	function number( value ) {
		return value.toLocaleString( document.documentElement.lang || undefined );
	}

	/** Says something, to be read and to be heard. */
	function say( text ) {
		const live = document.querySelector( '.wpf-delete-live' );
		if ( live ) {
			live.textContent = text;
		}
	}

	/** A part of a row. */
	function part( row, name ) {
		return row.querySelector( `[data-part="${ name }"]` );
	}

	/** Shows a text, or nothing where there is none. */
	function show( element, text ) {
		element.textContent = text;
		element.hidden = text === '';
	}

	/** The name in a row; the account may be gone by now. */
	function nameIn( row ) {
		return row.querySelector( '.wpf-delete-name' ).textContent;
	}

	/** What a row says of posts. */
	function posts( item ) {
		if ( item.progress ) {
			/* translators: 1: a number, 2: another one. */
			return sprintf( __( '%1$s of %2$s posts', 'wpf-delete' ), number( item.progress.done ), number( item.progress.total ) );
		}
		/* translators: %s: a number. */
		return item.posts ? sprintf( _n( '%s post', '%s posts', item.posts, 'wpf-delete' ), number( item.posts ) ) : '';
	}

	/** Has a row say what the job is like now. Returns whether its state is another one. */
	function update( row, item ) {
		const isOther = row.dataset.state !== item.state;
		const bar = part( row, 'progress' );
		row.dataset.state = item.state;
		part( row, 'state' ).textContent = settings.states[ item.state ] || item.state;
		bar.hidden = ! item.progress;
		if ( item.progress ) {
			bar.firstElementChild.max = Math.max( 1, item.progress.total );
			bar.firstElementChild.value = item.progress.done;
		}
		show( part( row, 'posts' ), posts( item ) );
		show( part( row, 'reason' ), item.reason );
		show( part( row, 'error' ), item.reason === '' ? item.last_error : '' );
		if ( item.state !== 'queued' ) {
			part( row, 'due' ).hidden = true;
		}
		row.querySelectorAll( 'button[name="do"]' ).forEach( ( button ) => {
			button.hidden = ! item.can.includes( button.value );
		} );
		const box = row.querySelector( '.check-column input' );
		if ( box && item.state !== 'held' ) {
			box.checked = false;
			box.disabled = true;
		}
		return isOther;
	}

	/** Tells screen readers how far a deletion is, four times. */
	function tell( row, item ) {
		const quarter = item.progress ? Math.floor( ( 4 * item.progress.done ) / Math.max( 1, item.progress.total ) ) : 0;
		if ( quarter > ( told.get( item.id ) || 0 ) && quarter < 4 ) {
			told.set( item.id, quarter );
			/* translators: 1: name of a user, 2: a number from 25 to 75. */
			wp.a11y.speak( sprintf( __( '%1$s: %2$d percent', 'wpf-delete' ), nameIn( row ), quarter * 25 ) );
		}
	}

	/** Rows by the number of their job. */
	function rows() {
		return new Map( Array.from( document.querySelectorAll( 'tr[data-job]' ), ( row ) => [ Number( row.dataset.job ), row ] ) );
	}

	/** Says what has become of a job. */
	function announce( row, item ) {
		/* translators: 1: name of a user, 2: state of their deletion, e.g. "Deleted". */
		say( sprintf( __( '%1$s: %2$s', 'wpf-delete' ), nameIn( row ), settings.states[ item.state ] || item.state ) );
	}

	/** Counts jobs by their state. */
	function count( items ) {
		document.querySelectorAll( '[data-number]' ).forEach( ( element ) => {
			const found = items.filter( ( item ) => item.state === element.dataset.number ).length;
			element.textContent = number( found );
			if ( element.matches( '.wpf-delete-count' ) ) {
				element.hidden = found === 0;
			} else {
				element.parentElement.classList.toggle( 'is-some', found > 0 );
			}
		} );
	}

	/** Offers to show jobs that were not there when the page was made. */
	function offer( isNew ) {
		const queue = document.querySelector( '[data-live="queue"]' );
		if ( isNew && queue && ! document.querySelector( '.wpf-delete-new' ) ) {
			const text = document.createElement( 'p' );
			const link = document.createElement( 'a' );
			text.className = 'wpf-delete-new';
			link.href = window.location.href;
			link.textContent = __( 'There are new requests. Show them.', 'wpf-delete' );
			text.append( link );
			queue.before( text );
			wp.a11y.speak( link.textContent );
		}
	}

	/** Looks what has changed. Returns how long to wait until the next look. */
	async function look() {
		const shown = rows();
		const items = await wp.apiFetch( { path: `${ settings.path }/jobs?open=true&per_page=100` } );
		const open = new Map( items.map( ( item ) => [ item.id, item ] ) );
		for ( const [ id, row ] of shown ) {
			if ( ! open.has( id ) && ! OVER.includes( row.dataset.state ) ) {
				items.push( await wp.apiFetch( { path: `${ settings.path }/jobs/${ id }` } ) );
			}
		}
		items.filter( ( item ) => shown.has( item.id ) ).forEach( ( item ) => {
			const row = shown.get( item.id );
			tell( row, item );
			if ( update( row, item ) ) {
				announce( row, item );
			}
		} );
		if ( items.length < 100 ) {
			count( items );
		}
		offer( items.some( ( item ) => ! shown.has( item.id ) && [ 'running', 'queued' ].includes( item.state ) ) );
		if ( items.some( ( item ) => item.state === 'running' ) ) {
			return LOOK.running;
		}
		return items.some( ( item ) => item.state === 'queued' ) ? LOOK.waiting : LOOK.quiet;
	}

	/** Looks again and again, while somebody can see it. */
	async function watch() {
		let wait = LOOK.quiet;
		next = null;
		if ( ! document.hidden ) {
			try {
				wait = await look();
				if ( isOffline ) {
					isOffline = false;
					say( __( 'The site answers again.', 'wpf-delete' ) );
				}
			} catch ( error ) {
				if ( ! isOffline ) {
					isOffline = true;
					/* translators: %s: an error message. */
					say( sprintf( __( 'This page is not up to date, because the site does not answer as expected: %s It is tried again.', 'wpf-delete' ), error.message || '' ) );
				}
			}
		} else {
			await new Promise( ( resolve ) => document.addEventListener( 'visibilitychange', resolve, { once: true } ) );
			wait = 0;
		}
		next = window.setTimeout( watch, wait );
	}

	/** Has the next look be soon: something was done. */
	function lookSoon() {
		if ( next !== null ) {
			window.clearTimeout( next );
			next = window.setTimeout( watch, LOOK.running );
		}
	}

	/** Keeps the focus near a button that is not there any more. */
	function refocus( row ) {
		const following = [ row, row.nextElementSibling, row.previousElementSibling ].filter( Boolean );
		const button = following.map( ( each ) => each.querySelector( 'button[name="do"]:not([hidden])' ) ).find( Boolean );
		const live = document.querySelector( '.wpf-delete-live' );
		if ( button ) {
			button.focus();
		} else if ( live ) {
			live.tabIndex = -1;
			live.focus();
		}
	}

	/** Does what a button of a row says, without leaving the page. */
	async function act( event ) {
		const form = event.target;
		const button = event.submitter;
		if ( ! form.matches( '.wpf-delete-job' ) || ! button || button.name !== 'do' ) {
			return;
		}
		event.preventDefault();
		const row = button.closest( 'tr' );
		button.setAttribute( 'aria-disabled', 'true' );
		try {
			const item = await wp.apiFetch( { path: `${ settings.path }/jobs/${ row.dataset.job }/${ button.value }`, method: 'POST' } );
			update( row, item );
			announce( row, item );
			lookSoon();
		} catch ( error ) {
			say( error.message );
		}
		button.removeAttribute( 'aria-disabled' );
		if ( button.hidden ) {
			refocus( row );
		}
	}

	wp.domReady( () => {
		document.addEventListener( 'submit', act );
		const heir = document.getElementById( 'wpf-delete-heir' );
		const reassign = document.getElementById( 'wpf-delete-mode-reassign' );
		if ( heir && reassign ) {
			heir.addEventListener( 'input', () => {
				reassign.checked = true;
			} );
		}
		if ( document.querySelector( '[data-live]' ) ) {
			watch();
		}
	} );
} )( window.wp, window.wpfDelete );
