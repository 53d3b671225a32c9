/**
 * What an owner does with the page, from the first day on, in order: each test goes on where the last one stopped.
 */

'use strict';

const assert = require( 'node:assert/strict' );
const fs = require( 'node:fs' );
const { after, before, test } = require( 'node:test' );
const { Site } = require( './site.cjs' );

const people = JSON.parse( process.env.WPF_PEOPLE );
const posts = Number( process.env.WPF_POSTS );
const TAG = 12;

let site;
let page;
let cron;

before( async () => {
	site = await Site.open();
	page = site.page;
	await site.logIn();
	// The CRM's requests and long deletions go on with it.
	cron = setInterval( Site.cron, 3000 );
} );

after( async () => {
	clearInterval( cron );
	await site.close();
} );

test( 'installed, it observes and says so', { timeout: 120000 }, async () => {
	await site.admin( 'plugins.php' );
	await site.click( '#activate-native-user-deletion-for-wp-fusion, [data-plugin="wpf-delete/wpf-delete.php"] .activate a' );
	await site.click( '#menu-tools > a' );
	await site.click( '#menu-tools a[href="tools.php?page=wpf-delete"]' );
	assert.equal( await page.textContent( '.wpf-delete-mode' ), 'Observe mode' );
	assert.match( await page.textContent( '.wpf-delete-warning' ), /Observe mode: nothing that the CRM asks for is deleted\./ );
	assert.match( await page.textContent( '#wpbody-content' ), /Users are deleted natively, by the extension wpf_delete/ );
	await site.look( '01-first-day' );
} );

test( 'a tag is chosen from the CRM’s list', { timeout: 120000 }, async () => {
	await site.tab( 'settings' );
	await site.look( '02-settings' );
	await page.selectOption( '#wpf-delete-tag', { label: 'REMOVE USER' } );
	await page.fill( '#wpf-delete-grace', '-1' );
	await site.click( 'text=Save settings' );
	assert.match( await page.textContent( '.notice-error' ), /Nothing was saved\. Correct what is marked below/ );
	assert.equal( await page.textContent( '#wpf-delete-grace-wrong' ), 'Enter a whole number from 0 to 10,080.' );
	assert.equal( await page.evaluate( () => document.activeElement.id ), 'wpf-delete-grace' );
	assert.equal( await page.inputValue( '#wpf-delete-tag' ), String( TAG ) );
	await site.look( '03-settings-with-a-mistake' );
	await page.fill( '#wpf-delete-grace', '10' );
	await site.click( 'text=Save settings' );
	assert.match( await page.textContent( '.notice-success' ), /Settings saved\./ );
	assert.equal( await page.inputValue( '#wpf-delete-tag' ), String( TAG ) );
} );

test( 'in observe mode requests are recorded, and nobody goes', { timeout: 120000 }, async () => {
	await Site.webhook( people.anna, TAG );
	await Site.webhook( people.bert, 7 );
	await site.tab( 'history' );
	assert.equal( await page.locator( 'tr[data-job]' ).count(), 1 );
	assert.match( await site.row( 'Anna Lindqvist' ).textContent(), /Only recorded.*Would have been deleted\. Asked for 1 time\.Tag in the CRM.*REMOVE USER/s );
	await site.look( '04-observed' );
} );

test( 'a preview says what would happen', { timeout: 120000 }, async () => {
	await site.admin( 'users.php?s=maria' );
	await page.locator( '#the-list tr', { hasText: 'maria' } ).hover();
	await site.click( 'text=Delete natively…' );
	const text = await page.textContent( '#wpbody-content' );
	assert.match( text, new RegExp( `Posts\\s*post\\s*${ posts.toLocaleString( 'en-US' ) }\\s*go to the trash` ) );
	assert.match( text, /about \d+ seconds?/ );
	await site.look( '05-preview' );
	await page.fill( '#wpf-delete-heir', 'heir' );
	assert.equal( await page.isChecked( '#wpf-delete-mode-reassign' ), true );
	await site.click( 'text=Update the preview' );
	assert.match( await page.textContent( '#wpbody-content' ), /go to another author/ );
	await site.look( '06-preview-with-heir' );
	await page.fill( '#wpf-delete-heir', 'nobody' );
	await site.click( 'text=Update the preview' );
	assert.match( await page.textContent( '[role=alert]' ), /There is no user with this login or e-mail address/ );
	assert.equal( await page.locator( 'text=Delete user' ).count(), 0 );
} );

test( 'switched to delete, the cap holds requests; one is approved, one rejected', { timeout: 120000 }, async () => {
	await site.tab( 'settings' );
	await page.check( '#wpf-delete-mode-delete' );
	await page.fill( '#wpf-delete-cap-hour', '1' );
	await site.click( 'text=Save settings' );
	assert.equal( await page.textContent( '.wpf-delete-mode' ), 'Delete mode' );
	assert.equal( await page.locator( '.wpf-delete-warning' ).count(), 0 );
	for ( const login of [ 'fatma', 'anna', 'bert', 'carla', 'deniz' ] ) {
		await Site.webhook( people[ login ], TAG );
	}
	await site.tab( 'held' );
	assert.equal( await page.textContent( '.wpf-delete-count' ), '4' );
	await site.look( '07-held' );
	await site.row( 'Carla Núñez' ).getByRole( 'button', { name: 'Approve' } ).click();
	await site.until( 'Carla Núñez', 'done' );
	assert.match( await page.textContent( '.wpf-delete-live' ), /Carla Núñez \(carla\): Deleted/ );
	await site.row( 'Anna Lindqvist' ).getByRole( 'button', { name: 'Reject' } ).click();
	await site.until( 'Anna Lindqvist', 'cancelled' );
	assert.equal( await page.evaluate( () => document.activeElement.getAttribute( 'aria-label' ) ), 'Approve the deletion of Bert Janssen (bert)', 'The focus goes on to the next request.' );
} );

test( 'several at once, all of the rest, and one before its time, without JavaScript', { timeout: 120000 }, async () => {
	await site.enter( { javaScriptEnabled: false } );
	page = site.page;
	try {
		await site.tab( 'held' );
		await site.click( 'text=Apply' );
		assert.match( await page.textContent( '.notice-error' ), /Nothing was changed: tick requests in the list/ );
		await site.row( 'Bert Janssen' ).locator( 'input[type=checkbox]' ).check();
		await page.selectOption( '#wpf-delete-do', 'reject' );
		await site.click( 'text=Apply' );
		assert.match( await page.textContent( '.notice-success' ), /1 request rejected: the user stays\./ );
		await page.check( '#wpf-delete-sure' );
		await site.click( 'text=Approve all' );
		assert.match( await page.textContent( '.notice-success' ), /1 request approved/ );
		assert.match( await page.textContent( '#wpbody-content' ), /No request is held\./ );
		await site.tab( 'queue' );
		await site.go( () => site.row( 'Fatma Haddad' ).getByRole( 'button', { name: 'Run now' } ).click() );
		assert.match( await page.textContent( '.notice-success' ), /The deletion begins now\./ );
		await site.tab( 'history' );
		// Nobody knows their names any more.
		for ( const [ login, text ] of [ [ 'fatma', /Deleted/ ], [ 'deniz', /Deleted2 posts/ ] ] ) {
			for ( let tries = 0; tries < 100 && await page.locator( 'tr[data-state="done"]', { hasText: `User ${ people[ login ] }` } ).count() === 0; tries++ ) {
				await page.waitForTimeout( 200 );
				await page.reload();
			}
			assert.match( await site.row( `User ${ people[ login ] }` ).textContent(), text );
		}
	} finally {
		await site.enter( {} );
		page = site.page;
	}
} );

test( 'a deletion is watched to its end', { timeout: 120000 }, async () => {
	await site.tab( 'preview', `&user=${ people.maria }` );
	await page.check( '#wpf-delete-confirm' );
	await site.click( 'text=Delete user' );
	assert.match( await page.textContent( '.notice-success' ), /Maria Rossi \(maria\) is being deleted\./ );
	const loaded = await page.evaluate( () => performance.timeOrigin );
	const seen = new Set();
	let total = 0;
	let pictured = false;
	const limit = Date.now() + 30000;
	for ( ;; ) {
		const row = site.row( 'Maria Rossi' );
		const state = await row.getAttribute( 'data-state' );
		const value = await row.locator( 'progress' ).evaluate( ( bar ) => [ bar.value, bar.max, bar.parentElement.hidden ] );
		if ( state === 'running' && ! value[ 2 ] ) {
			seen.add( value[ 0 ] );
			total = value[ 1 ];
			if ( ! pictured && value[ 0 ] > value[ 1 ] / 3 ) {
				pictured = true;
				await site.look( '08-live' );
			}
		}
		if ( state === 'done' ) {
			break;
		}
		assert.ok( [ 'queued', 'running' ].includes( state ) && Date.now() < limit, `It is ${ state }: ${ await page.textContent( '.wpf-delete-live' ) } ${ site.complaints }` );
		await page.waitForTimeout( 100 );
	}
	// The posts, a page and twelve photos, which may be gone when somebody looks.
	assert.ok( total >= posts && total <= posts + 13, `It was of ${ total } posts.` );
	assert.ok( seen.size >= 3, `The bar was seen at ${ [ ...seen ] }.` );
	assert.ok( pictured );
	assert.equal( await page.evaluate( () => performance.timeOrigin ), loaded, 'Without loading the page again.' );
	assert.match( await page.textContent( '.wpf-delete-live' ), /Maria Rossi \(maria\): Deleted/ );
	await site.look( '09-done' );
} );

test( 'another one is cancelled half-way, and goes on when it is retried', { timeout: 120000 }, async () => {
	await site.tab( 'preview', `&user=${ people.john }` );
	await page.check( '#wpf-delete-confirm' );
	await site.click( 'text=Delete user' );
	await page.waitForFunction( () => document.querySelector( 'tr[data-state="running"] progress' )?.value > 0 );
	await site.row( 'John Okafor' ).getByRole( 'button', { name: 'Cancel' } ).click();
	await site.until( 'John Okafor', 'cancelled' );
	assert.equal( await page.evaluate( () => document.activeElement.value ), 'retry', 'The focus is on what can be done now.' );
	await site.look( '10-cancelled' );
	const gone = Number( ( await site.row( 'John Okafor' ).locator( '[data-part=posts]' ).textContent() ).replace( /\D/g, '' ) );
	assert.ok( gone > 0 && gone < posts, `${ gone } posts are gone.` );
	await page.waitForTimeout( 1000 );
	await page.reload();
	assert.equal( await site.row( 'John Okafor' ).getAttribute( 'data-state' ), 'cancelled', 'It stays so.' );
	await page.keyboard.press( 'Tab' );
	await site.row( 'John Okafor' ).getByRole( 'button', { name: 'Retry' } ).press( 'Enter' );
	await site.until( 'John Okafor', 'done', 60000 );
} );

test( 'with the keyboard alone', { timeout: 120000 }, async () => {
	await site.tab( 'queue' );
	const press = async ( wanted, key = 'Tab' ) => {
		for ( let times = 0; times < 200; times++ ) {
			const is = await page.evaluate( () => `${ document.activeElement.textContent.trim() } #${ document.activeElement.id }` );
			if ( wanted.test( is ) ) {
				const outline = await page.evaluate( () => {
					const style = getComputedStyle( document.activeElement );
					return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
				} );
				assert.ok( outline, `The focus on ${ is } can be seen.` );
				return;
			}
			await page.keyboard.press( key );
		}
		assert.fail( `${ wanted } cannot be reached.` );
	};
	await press( /^Preview and delete/ );
	await site.go( () => page.keyboard.press( 'Enter' ) );
	await press( /#wpf-delete-find$/ );
	await page.keyboard.type( 'emil' );
	await site.go( () => page.keyboard.press( 'Enter' ) );
	await press( /^Emil Novák/ );
	await site.go( () => page.keyboard.press( 'Enter' ) );
	await press( /#wpf-delete-mode-delete$/ );
	await page.keyboard.press( 'ArrowDown' );
	await press( /^Update the preview/ );
	await site.go( () => page.keyboard.press( 'Enter' ) );
	await press( /#wpf-delete-confirm$/ );
	await page.keyboard.press( 'Space' );
	await press( /^Delete user/ );
	await site.go( () => page.keyboard.press( 'Enter' ) );
	// Nobody knows the name any more when the page is shown late.
	await site.until( /Emil Novák|User / , 'done' );
} );

test( 'the history has all of them, also whom nobody knows any more, and as a file', { timeout: 120000 }, async () => {
	await site.tab( 'history' );
	assert.ok( await page.locator( 'tr[data-job]' ).count() >= 8 );
	await site.look( '11-history' );
	await page.fill( '#wpf-delete-s', 'maria@example.com' );
	await site.click( 'text=Search' );
	assert.equal( await page.locator( 'tr[data-job]' ).count(), 1 );
	assert.match( await site.row( `User ${ people.maria }` ).textContent(), /Deleted.*posts.*This page.*admin/s );
	const [ download ] = await Promise.all( [ page.waitForEvent( 'download' ), page.click( '#wpf-delete-csv' ) ] );
	assert.match( download.suggestedFilename(), /^user-deletions-\d{4}-\d\d-\d\d\.csv$/ );
	const lines = fs.readFileSync( await download.path(), 'utf8' ).trim().split( '\n' );
	assert.equal( lines.length, 2 );
	assert.match( lines[ 1 ], new RegExp( `^\\d+,${ people.maria },,,done,` ) );
	await page.fill( '#wpf-delete-s', 'nobody at all' );
	await site.click( 'text=Search' );
	assert.match( await page.textContent( '.wpf-delete-none' ), /Nothing was found\./ );
} );

test( 'from right to left, and on a telephone', { timeout: 120000 }, async () => {
	await site.context.addCookies( [ { name: 'rtl', value: '1', url: 'http://example.test' } ] );
	for ( const tab of [ 'queue', 'held', 'history', 'preview', 'settings' ] ) {
		await site.tab( tab, tab === 'preview' ? `&user=${ people.bert }` : '' );
		assert.equal( await page.evaluate( () => getComputedStyle( document.querySelector( '.wpf-delete' ) ).direction ), 'rtl' );
		await site.look( `rtl-${ tab }` );
	}
	const badge = await page.locator( '.wpf-delete-mode' ).boundingBox();
	const title = await page.locator( '.wpf-delete h1' ).boundingBox();
	assert.ok( badge.x + badge.width <= title.x, 'What stands behind the title stands on its left.' );
	await site.tab( 'history' );
	const search = await page.locator( '.wpf-delete-search label' ).first().boundingBox();
	const field = await page.locator( '#wpf-delete-s' ).boundingBox();
	assert.ok( field.x + field.width <= search.x, 'What stands behind its label stands on its left.' );
	await site.context.clearCookies( { name: 'rtl' } );
	await page.setViewportSize( { width: 390, height: 844 } );
	for ( const tab of [ 'queue', 'held', 'history', 'preview', 'settings' ] ) {
		await site.tab( tab, tab === 'preview' ? `&user=${ people.bert }` : '' );
		await site.look( `narrow-${ tab }` );
		assert.ok( await page.evaluate( () => document.documentElement.scrollWidth <= window.innerWidth ), `${ tab } is no wider than the screen.` );
		assert.ok( tab !== 'history' || await page.locator( '.wpf-delete-state' ).first().isVisible(), 'The state is not folded away.' );
	}
} );

test( 'no script has complained', { timeout: 120000 }, () => {
	assert.deepEqual( site.complaints, [] );
} );
