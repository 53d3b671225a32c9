<?php

// Stubs for wpf_delete

namespace WpfDelete\Native {
    /**
     * Somebody else deletes this user, or the job was cancelled or taken over. The batch was rolled
     * back.
     */
    class ClaimedException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }

    /**
     * The connection broke while committing. The last batch may or may not have been kept.
     */
    class CommitUnknownException extends \WpfDelete\Native\ConnectionException {
        public function __construct() {}
    }

    /**
     * How to reach the site's database, and the connection itself once it is needed.
     *
     * An object rather than an array, so that the password is in no variable, dump or backtrace: its
     * settings cannot be read back. They are checked when the object is first used, so that a complaint
     * about them is not thrown with the settings among the arguments.
     */
    class Connection {
        /**
         * `settings`: `array{host: string, port?: int|null, socket?: string|null, user: string,
         * password: string, database: string, charset: string, collation: string, sql_mode: string,
         * client_flags?: int}`, all as WordPress's own connection has them. `client_flags` takes
         * `MYSQL_CLIENT_FLAGS`: `MYSQLI_CLIENT_SSL` asks for encryption.
         *
         * @param array $settings
         */
        public function __construct(array $settings) {}

        /**
         * Ends the work on a user, so that anybody else may take it up; the connection stays open for the
         * next one.
         *
         * @return void
         */
        public function release(): void {}
    }

    /**
     * The database cannot be reached or refused the account.
     */
    class ConnectionException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }

    /**
     * The connection broke. The batch at hand was rolled back by the server; earlier ones stay.
     */
    class ConnectionLostException extends \WpfDelete\Native\ConnectionException {
        public function __construct() {}
    }

    /**
     * The batch was chosen as the victim of a deadlock (error 1213), repeatedly.
     */
    class DeadlockException extends \WpfDelete\Native\LockException {
        public function __construct() {}
    }

    /**
     * Base class of everything this extension throws. `getCode()` is the database's error number, or
     * 0.
     */
    class DeletionException extends \Exception {
        public function __construct() {}
    }

    /**
     * This connection does not see what WordPress has just written. No row was changed.
     */
    class DifferentDatabaseException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }

    /**
     * The database has no room to write to. The batch was rolled back.
     */
    class FullException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }

    /**
     * A promise inside the extension was broken. The batch was rolled back.
     */
    class InternalException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }

    /**
     * The server or an administrator ended the statement. The batch was rolled back.
     */
    class InterruptedException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }

    /**
     * An argument, or a key of the request, is missing, unknown or malformed. Nothing was sent.
     */
    class InvalidArgumentException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }

    /**
     * The user who would inherit does not exist, or is the one to be deleted. No row was changed.
     */
    class InvalidReassignException extends \WpfDelete\Native\InvalidArgumentException {
        public function __construct() {}
    }

    /**
     * Another transaction stood in the way. The batch was rolled back and may be tried again.
     */
    class LockException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }

    /**
     * A row stayed locked for too long (error 1205).
     */
    class LockWaitException extends \WpfDelete\Native\LockException {
        public function __construct() {}
    }

    /**
     * This node of a cluster does not belong to it at the moment. The batch was rolled back.
     */
    class NotReadyException extends \WpfDelete\Native\ConnectionException {
        public function __construct() {}
    }

    /**
     * The database refused a statement. The batch was rolled back.
     */
    class QueryException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }

    /**
     * The database takes no writes. The batch was rolled back.
     */
    class ReadOnlyException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }

    /**
     * A table is missing, cannot roll back, or may not be accessed.
     */
    class SchemaException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }

    /**
     * One post with all that hangs from it, or the user's own rows, are more than the database takes in one
     * transaction. Nothing of it was kept.
     */
    class TooLargeException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }

    /**
     * A statement is longer than the database takes (`max_allowed_packet`). The batch was rolled back; a
     * smaller one may pass.
     */
    class TooLongException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }

    /**
     * There is no such user. No row was changed.
     */
    class UserNotFoundException extends \WpfDelete\Native\DeletionException {
        public function __construct() {}
    }
}

namespace {
    /**
     * Does one slice of a user's deletion and returns what it did.
     *
     * Call it again with `resume` from the answer until `done` is true. Batches are short transactions:
     * whatever interrupts a call, batches that were committed stay and the next call goes on after them.
     * Never calls back into PHP. Follows `wp_delete_user()` of the running WordPress, see the README for
     * the few deliberate differences.
     *
     * `request`: `array{connection: Connection, tables: array<string, string>, part: 'content'|'terms'|'user'|
     * array{purge: list<int>}|array{trash: list<int>}, proof: array{key: string, value: string}, post_types: array<string, array{action:
     * 'purge'|'trash'|'keep', hierarchical: bool, taxonomies: list<string>}>, taxonomies: array<string,
     * array{count: 'posts'|'objects'|'callback', types?: list<string>, attachments?: bool, statuses?:
     * list<string>, recount_when_trashed_from: list<string>|null}>, hidden_statuses: list<string>, time:
     * array{unix: int, local: string, gmt: string}, budget: array{seconds: float, posts: int, batch:
     * int, transaction: float, pace: float}, resume?: string, claim?: array{job: int, owner: string,
     * lease: int}}`
     *
     * With a `claim` each batch also writes, in its own transaction, into the row `job` of
     * `tables.deletions`: where to go on (`resume`), and what it did, as a line of JSON with the keys of
     * the answer (`unsettled`), `noted` bytes in all. A batch that finds the row's `owner` to be another, or its `state` not to
     * be `running`, is undone.
     *
     * Returns `array{done: bool, stopped: 'done'|'budget'|'phase', phase: string, resume: string, rows:
     * array<string, array{inserted: int, updated: int, deleted: int}>, purged: array<string, list<int>>,
     * trashed: array<string, list<int>>, reassigned: array<string, list<int>>, unpublished: array{purged:
     * array<string, int>, trashed: array<string, int>}, changed_posts: list<int>, deleted_comments: list<int>,
     * changed_comments: list<int>, counted_terms: array<string, list<int>>, terms_to_count: array<string,
     * list<int>>, links: list<int>, noted: int, statements: int, seconds: float}`
     *
     * @param int $user_id
     * @param int|null $reassign
     * @param array $request
     * @return array
     */
    function wpf_delete_user(int $user_id, ?int $reassign = null, array $request): array {}

    /**
     * Counts what `wpf_delete_user()` would do with the same arguments, and changes nothing.
     *
     * Returns `array{posts: array<string, array<string, int>>, rows: array<string, array{inserted: int,
     * updated: int, deleted: int}>}`: posts per type and action (`purge`, `trash`, `reassign`, `keep`),
     * and rows per table.
     *
     * @param int $user_id
     * @param int|null $reassign
     * @param array $request
     * @return array
     */
    function wpf_plan_user_deletion(int $user_id, ?int $reassign = null, array $request): array {}
}
