//! What a deletion would do, counted without changing anything.

use crate::db::value::Param;
use crate::db::{Connection, Server};
use crate::error::Result;
use crate::report::{Plan, Rows};
use crate::request::{Action, ContentPolicy, DeletionRequest};
use crate::sql;

/// Counts posts per type and action, and rows per table. Counts are those of the moment.
///
/// # Errors
///
/// As [`super::run`], except that no proof row is asked for.
pub fn plan(server: &mut Server, request: &DeletionRequest) -> Result<Plan> {
    request.check()?;
    server.read(|connection| count(connection, request))
}

fn count(connection: &mut Connection, request: &DeletionRequest) -> Result<Plan> {
    super::find_users(connection, request)?;
    let user = request.user.get();
    let has_links = connection.tables().has_links();
    let mut plan = Plan::default();
    let mut purged = 0;
    let mut trashed = 0;
    let types = request.types_to(&[Action::Purge, Action::Trash]);
    let trash_types = request.types_to(&[Action::Trash]);
    let by_author = [
        Param::Names(&trash_types),
        Param::Names(&types),
        Param::Id(user),
    ];
    for row in connection.query(&sql::plan::POSTS, &by_author)? {
        let (name, count) = (row.owned(0)?, row.id(2)?);
        let action = match (&request.policy, row.bytes(1)?) {
            (ContentPolicy::ReassignTo(_), _) => "reassign",
            (_, b"purge") => "purge",
            (_, b"trash") => "trash",
            _ => "keep",
        };
        match action {
            "purge" => purged += count,
            "trash" | "reassign" => trashed += count,
            _ => {}
        }
        *plan
            .posts
            .entry(name)
            .or_default()
            .entry(action)
            .or_default() += count;
    }
    let mut count = |sql: &sql::Sql, params: &[Param<'_>]| -> Result<u64> {
        Ok(connection.ids(sql, params)?.first().copied().unwrap_or(0))
    };

    let mut posts = Rows {
        updated: trashed,
        deleted: purged,
        ..Rows::default()
    };
    let mut links = Rows::default();
    if has_links {
        links.deleted = count(&sql::plan::LINKS, &[Param::Id(user)])?;
    }
    if matches!(request.policy, ContentPolicy::ReassignTo(_)) {
        links = Rows {
            updated: links.deleted,
            ..Rows::default()
        };
    } else {
        let going = [
            Param::Id(user),
            Param::Names(&types),
            Param::Names(&trash_types),
        ];
        posts.deleted += count(&sql::plan::FOREIGN_REVISIONS, &going)?;
        plan.rows.insert(
            "postmeta",
            Rows {
                deleted: count(&sql::plan::POSTMETA, &going)?,
                ..Rows::default()
            },
        );
        let trashing = [Param::Id(user), Param::Names(&trash_types)];
        plan.rows.insert(
            "comments",
            Rows {
                deleted: count(&sql::plan::COMMENTS_PURGED, &going)?,
                updated: count(&sql::plan::COMMENTS_TRASHED, &trashing)?,
                ..Rows::default()
            },
        );
    }
    let usermeta = count(&sql::plan::USERMETA, &[Param::Id(user)])?;
    plan.rows.insert("posts", posts);
    plan.rows.insert("links", links);
    plan.rows.insert(
        "usermeta",
        Rows {
            deleted: usermeta,
            ..Rows::default()
        },
    );
    plan.rows.insert(
        "users",
        Rows {
            deleted: 1,
            ..Rows::default()
        },
    );
    Ok(plan)
}
