/**
 * The site in the browser, in words of who uses it.
 */

'use strict';

const assert = require( 'node:assert/strict' );
const fs = require( 'node:fs' );
const http = require( 'node:http' );
const { chromium } = require( 'playwright-core' );

const HOME = 'http://example.test';
const axe = fs.readFileSync( require.resolve( 'axe-core/axe.min.js' ), 'utf8' );

/** A browser at the site's door. */
class Site {

	/** Everything that the page's scripts complained about. */
	complaints = [];

	static async open() {
		const site = new Site();
		site.browser = await chromium.launch( {
			executablePath: '/usr/bin/chromium',
			args: [ `--host-resolver-rules=MAP example.test 127.0.0.1:${ process.env.WPF_PORT }`, ...( process.getuid() === 0 ? [ '--no-sandbox' ] : [] ) ],
		} );
		await site.enter( {} );
		return site;
	}

	/** A new window, with or without JavaScript. */
	async enter( options ) {
		const cookies = this.context ? await this.context.cookies() : [];
		await this.context?.close();
		this.context = await this.browser.newContext( { viewport: { width: 1200, height: 700 }, locale: 'en-US', reducedMotion: 'reduce', ...options } );
		await this.context.addCookies( cookies );
		this.page = await this.context.newPage();
		this.page.setDefaultTimeout( 15000 );
		this.page.on( 'pageerror', ( error ) => this.complaints.push( String( error ) ) );
		this.page.on( 'console', ( message ) => {
			// Refusals are answers with a status that the browser calls an error.
			if ( message.type() === 'error' && ! /status of 4\d\d/.test( message.text() ) ) {
				this.complaints.push( message.text() );
			}
		} );
	}

	async close() {
		await this.browser.close();
	}

	async logIn() {
		await this.page.goto( `${ HOME }/wp-login.php` );
		await this.page.fill( '#user_login', 'admin' );
		await this.page.fill( '#user_pass', 'password' );
		await this.click( '#wp-submit' );
	}

	/** A page below wp-admin/. */
	async admin( path ) {
		await this.page.goto( `${ HOME }/wp-admin/${ path }` );
	}

	/** A tab of the page. */
	async tab( tab, more = '' ) {
		await this.admin( `tools.php?page=wpf-delete&tab=${ tab }${ more }` );
	}

	/** Does something that leads to another page, and waits until all of it is there. */
	async go( act ) {
		await Promise.all( [ this.page.waitForEvent( 'load' ), act() ] );
	}

	/** Clicks on what leads to another page. */
	async click( what ) {
		await this.go( () => this.page.click( what ) );
	}

	/** The row of somebody's deletion. */
	row( name ) {
		return this.page.locator( 'tr[data-job]', { hasText: name } ).first();
	}

	/** Waits until a deletion is in a state, without loading the page again. */
	async until( name, state, timeout = 30000 ) {
		await this.page.locator( `tr[data-state="${ state }"]`, { hasText: name } ).first().waitFor( { timeout } );
	}

	/** A webhook of the CRM, to which nobody is logged in. */
	static webhook( user, ...tags ) {
		return Site.get( `/?user=${ user }&crm=${ tags.join( ',' ) }` );
	}

	/** What the server's cron does every now and then. */
	static cron() {
		return Site.get( '/wp-cron.php' );
	}

	/** A request without a browser. */
	static get( path ) {
		return new Promise( ( resolve, reject ) => {
			const request = http.get( { host: '127.0.0.1', port: process.env.WPF_PORT, path, headers: { Host: 'example.test' } }, ( answer ) => {
				answer.resume();
				answer.on( 'end', () => answer.statusCode === 200 ? resolve() : reject( new Error( `${ path } got ${ answer.statusCode }.` ) ) );
			} );
			request.on( 'error', reject );
		} );
	}

	/** Keeps a picture, and asks axe about what the plugin has put on the page. */
	async look( name ) {
		// As tall as the page is: WordPress's menu is as tall as the window.
		const { width, height } = this.page.viewportSize();
		await this.page.setViewportSize( { width, height: Math.max( height, await this.page.evaluate( () => document.documentElement.scrollHeight ) ) } );
		await this.page.screenshot( { path: `${ process.env.WPF_SCREENSHOTS }/${ name }.png` } );
		await this.page.setViewportSize( { width, height } );
		await this.page.evaluate( axe );
		const found = await this.page.evaluate( () => window.axe.run( '#wpbody-content', { resultTypes: [ 'violations' ] } ) );
		assert.deepEqual( found.violations.map( ( each ) => [ each.id, each.nodes.map( ( node ) => `${ node.html } ${ node.failureSummary }` ) ] ), [], name );
		assert.ok( found.passes.length > 5, 'axe has looked at the page.' );
	}
}

module.exports = { Site };
