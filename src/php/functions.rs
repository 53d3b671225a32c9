//! The two functions.

use ext_php_rs::boxed::ZBox;
use ext_php_rs::exception::PhpResult;
use ext_php_rs::prelude::*;
use ext_php_rs::types::ZendHashTable;

use super::arguments::{self, UserIdArgument};
use super::report;
use crate::deletion;

/// Adds both to the module; here, because what the macro generates for a function is private to its
/// module.
pub(super) fn register(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(wpf_delete_user))
        .function(wrap_function!(wpf_plan_user_deletion))
}

/// Does one slice of a user's deletion and returns what it did.
///
/// Call it again with `resume` from the answer until `done` is true. Batches are short transactions:
/// whatever interrupts a call, batches that were committed stay and the next call goes on after them.
/// Never calls back into PHP. Follows `wp_delete_user()` of the running WordPress, see the README for
/// the few deliberate differences.
///
/// `request`: `array{connection: Connection, tables: array<string, string>, part: 'content'|'terms'|'user'|
/// array{purge: list<int>}|array{trash: list<int>}, proof: array{key: string, value: string}, post_types: array<string, array{action:
/// 'purge'|'trash'|'keep', hierarchical: bool, taxonomies: list<string>}>, taxonomies: array<string,
/// array{count: 'posts'|'objects'|'callback', types?: list<string>, attachments?: bool, statuses?:
/// list<string>, recount_when_trashed_from: list<string>|null}>, hidden_statuses: list<string>, time:
/// array{unix: int, local: string, gmt: string}, budget: array{seconds: float, posts: int, batch:
/// int, transaction: float, pace: float}, resume?: string, claim?: array{job: int, owner: string,
/// lease: int}}`
///
/// With a `claim` each batch also writes, in its own transaction, into the row `job` of
/// `tables.deletions`: where to go on (`resume`), and what it did, as a line of JSON with the keys of
/// the answer (`unsettled`), `noted` bytes in all. A batch that finds the row's `owner` to be another, or its `state` not to
/// be `running`, is undone.
///
/// Returns `array{done: bool, stopped: 'done'|'budget'|'phase', phase: string, resume: string, rows:
/// array<string, array{inserted: int, updated: int, deleted: int}>, purged: array<string, list<int>>,
/// trashed: array<string, list<int>>, reassigned: array<string, list<int>>, unpublished: array{purged:
/// array<string, int>, trashed: array<string, int>}, changed_posts: list<int>, deleted_comments: list<int>,
/// changed_comments: list<int>, counted_terms: array<string, list<int>>, terms_to_count: array<string,
/// list<int>>, links: list<int>, noted: int, statements: int, seconds: float}`
#[php_function]
pub(super) fn wpf_delete_user(
    user_id: UserIdArgument,
    reassign: Option<UserIdArgument>,
    request: &ZendHashTable,
) -> PhpResult<ZBox<ZendHashTable>> {
    let call = arguments::call(user_id, reassign, request)?;
    let report = call.connection.with_server(|server, worker| {
        server.use_tables(&call.tables)?;
        worker.run(server, &call.request)
    })?;
    Ok(report::of_slice(report)?)
}

/// Counts what `wpf_delete_user()` would do with the same arguments, and changes nothing.
///
/// Returns `array{posts: array<string, array<string, int>>, rows: array<string, array{inserted: int,
/// updated: int, deleted: int}>}`: posts per type and action (`purge`, `trash`, `reassign`, `keep`),
/// and rows per table.
#[php_function]
pub(super) fn wpf_plan_user_deletion(
    user_id: UserIdArgument,
    reassign: Option<UserIdArgument>,
    request: &ZendHashTable,
) -> PhpResult<ZBox<ZendHashTable>> {
    let call = arguments::call(user_id, reassign, request)?;
    let plan = call.connection.with_server(|server, _| {
        server.use_tables(&call.tables)?;
        deletion::plan(server, &call.request)
    })?;
    Ok(report::of_plan(plan)?)
}
