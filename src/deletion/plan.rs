//! What a deletion would do, counted without changing anything.
//!
//! Rows are those that the site has less afterwards, has more, or has otherwise: one that is written on
//! the way and deleted later counts once, as it ends.

use std::collections::{BTreeMap, BTreeSet};

use super::batch::in_lists;
use super::children::movable_types;
use super::menus::Menus;
use super::recount::Recount;
use crate::db::value::Param;
use crate::db::{Connection, Server};
use crate::error::Result;
use crate::report::{Plan, Rows};
use crate::request::{ATTACHMENT, Action, ContentPolicy, DeletionRequest};
use crate::sql::{self, Sql};

/// Counts posts per type and action, and rows per table. Counts are those of the moment.
///
/// # Errors
///
/// As [`super::run`], except that no proof row is asked for.
pub fn plan(server: &mut Server, request: &DeletionRequest) -> Result<Plan> {
    request.check()?;
    server.read(|connection| super::find_users(connection, request))?;
    match request.policy {
        ContentPolicy::Delete => {
            let menus = Menus::read(server, request)?;
            server.read(|connection| Count::new(connection, request).deletion(&menus))
        }
        ContentPolicy::ReassignTo(_) => {
            server.read(|connection| Count::new(connection, request).reassignment())
        }
    }
}

/// What tells the author's posts that go.
struct Going<'a> {
    user: u64,
    types: Vec<&'a [u8]>,
    /// Those among them whose posts go to the trash.
    trash_types: Vec<&'a [u8]>,
}

impl Going<'_> {
    /// For the author's posts that go for good.
    fn for_good(&self) -> [Param<'_>; 3] {
        [self.user(), self.types(), self.trash_types()]
    }

    fn user(&self) -> Param<'_> {
        Param::Id(self.user)
    }

    fn types(&self) -> Param<'_> {
        Param::Names(&self.types)
    }

    fn trash_types(&self) -> Param<'_> {
        Param::Names(&self.trash_types)
    }
}

/// Posts that go along with the author's, whoever wrote them: revisions, and menu items that point at them.
#[derive(Default)]
struct Along {
    posts: BTreeSet<u64>,
    comments: BTreeSet<u64>,
}

/// How many posts of the author's go, and how.
#[derive(Default)]
struct Posts {
    purged: u64,
    trashed: u64,
    reassigned: u64,
    has_purged_attachments: bool,
}

/// A count in progress.
struct Count<'a> {
    connection: &'a mut Connection,
    request: &'a DeletionRequest,
    going: Going<'a>,
    plan: Plan,
}

impl<'a> Count<'a> {
    fn new(connection: &'a mut Connection, request: &'a DeletionRequest) -> Self {
        let going = Going {
            user: request.user.get(),
            types: request.types_to(&[Action::Purge, Action::Trash]),
            trash_types: request.types_to(&[Action::Trash]),
        };
        Self {
            connection,
            request,
            going,
            plan: Plan::default(),
        }
    }

    fn reassignment(mut self) -> Result<Plan> {
        let posts = self.posts()?;
        self.rows("posts").updated = posts.reassigned;
        self.rows("links").updated = self.links()?.len() as u64;
        self.own_rows()
    }

    fn deletion(mut self, menus: &Menus) -> Result<Plan> {
        let posts = self.posts()?;
        let along = self.along(menus)?;
        let children = self.children(&along)?;
        *self.rows("posts") = Rows {
            updated: posts.trashed + children,
            deleted: posts.purged + along.posts.len() as u64,
            ..Rows::default()
        };
        self.postmeta(&posts, &along)?;
        self.comments(&along)?;
        let links = self.links()?;
        self.rows("links").deleted = links.len() as u64;
        self.terms(&along, &links)?;
        self.own_rows()
    }

    fn rows(&mut self, table: &'static str) -> &mut Rows {
        self.plan.rows.entry(table).or_default()
    }

    /// The author's posts by type and action.
    fn posts(&mut self) -> Result<Posts> {
        let by_author = [
            self.going.trash_types(),
            self.going.types(),
            self.going.user(),
        ];
        let mut posts = Posts::default();
        for row in self.connection.query(&sql::plan::POSTS, &by_author)? {
            let (name, count) = (row.owned(0)?, row.id(2)?);
            let action = match (&self.request.policy, row.bytes(1)?) {
                (ContentPolicy::ReassignTo(_), _) => "reassign",
                (_, b"purge") => "purge",
                (_, b"trash") => "trash",
                _ => "keep",
            };
            match action {
                "reassign" => posts.reassigned += count,
                "purge" => {
                    posts.purged += count;
                    posts.has_purged_attachments |= name == ATTACHMENT;
                }
                "trash" => posts.trashed += count,
                _ => {}
            }
            let actions: &mut BTreeMap<_, _> = self.plan.posts.entry(name).or_default();
            *actions.entry(action).or_default() += count;
        }
        Ok(posts)
    }

    fn along(&mut self, menus: &Menus) -> Result<Along> {
        let mut along = Along::default();
        let going = &self.going;
        let params = [
            going.user(),
            going.types(),
            going.trash_types(),
            going.types(),
        ];
        let mut found = self.connection.ids(&sql::plan::REVISIONS, &params)?;
        while !found.is_empty() {
            found.retain(|id| along.posts.insert(*id));
            let mut below = Vec::new();
            in_lists(&found, |ids| {
                let params = [Param::Ids(ids), self.going.user(), self.going.types()];
                below.extend(self.connection.ids(&sql::plan::REVISIONS_BELOW, &params)?);
                Ok(())
            })?;
            found = below;
        }
        // A menu item may be pointed at by another one.
        let mut gone = self.own_that_go(&menus.targets())?;
        gone.extend(along.posts.iter().copied());
        while !gone.is_empty() {
            let items: BTreeSet<u64> = gone
                .iter()
                .flat_map(|id| menus.pointing_at(*id))
                .copied()
                .filter(|id| !along.posts.contains(id))
                .collect();
            let items: Vec<u64> = items.into_iter().collect();
            let own = self.own_that_go(&items)?;
            gone = items.into_iter().filter(|id| !own.contains(id)).collect();
            along.posts.extend(gone.iter().copied());
        }
        let posts: Vec<u64> = along.posts.iter().copied().collect();
        in_lists(&posts, |ids| {
            let found = self
                .connection
                .ids(&sql::plan::COMMENTS_OF, &[Param::Ids(ids)])?;
            along.comments.extend(found);
            self.own_of_types_that_stay(ids)
        })?;
        Ok(along)
    }

    /// Posts that go along although they are the author's, and of a type that stays.
    fn own_of_types_that_stay(&mut self, along: &[u64]) -> Result<()> {
        let params = [Param::Ids(along), self.going.user()];
        for row in self.connection.query(&sql::plan::OWN_AMONG, &params)? {
            let actions = self.plan.posts.entry(row.owned(0)?).or_default();
            *actions.entry("purge").or_default() += row.id(1)?;
            let kept = actions.entry("keep").or_default();
            *kept = kept.saturating_sub(row.id(1)?);
            actions.retain(|_, count| *count > 0);
        }
        Ok(())
    }

    /// Those of these posts that are the author's and go for good by themselves.
    fn own_that_go(&mut self, posts: &[u64]) -> Result<BTreeSet<u64>> {
        let mut own = BTreeSet::new();
        in_lists(posts, |ids| {
            let [user, types, trash_types] = self.going.for_good();
            let params = [Param::Ids(ids), user, types, trash_types];
            own.extend(self.connection.ids(&sql::plan::GOING_AMONG, &params)?);
            Ok(())
        })?;
        Ok(own)
    }

    /// Posts that stay and get a new parent.
    fn children(&mut self, along: &Along) -> Result<u64> {
        let movable = movable_types(self.request);
        let mut trees: Vec<&[u8]> = movable.into_iter().skip(1).collect();
        if trees.is_empty() {
            trees.push(b"");
        }
        let [user, types, trash_types] = self.going.for_good();
        let params = [
            user,
            types,
            trash_types,
            Param::Names(&trees),
            self.going.types(),
        ];
        let below_own = number(self.connection, &sql::plan::CHILDREN, &params)?;
        let below_others = self.sum_of(along.posts.iter(), |count, ids| {
            let params = [Param::Ids(ids), count.going.user(), count.going.types()];
            number(count.connection, &sql::plan::CHILDREN_OF, &params)
        })?;
        Ok(below_own + below_others)
    }

    fn postmeta(&mut self, posts: &Posts, along: &Along) -> Result<()> {
        let mut deleted = number(
            self.connection,
            &sql::plan::POSTMETA,
            &self.going.for_good(),
        )?;
        deleted += self.sum_of(along.posts.iter(), |count, ids| {
            let params = [Param::Ids(ids)];
            number(count.connection, &sql::plan::POSTMETA_OF, &params)
        })?;
        if posts.has_purged_attachments {
            let params = [
                self.going.types(),
                self.going.trash_types(),
                self.going.user(),
                self.going.trash_types(),
            ];
            let featuring = self.connection.ids(&sql::plan::FEATURING, &params)?;
            let staying = featuring.iter().filter(|id| !along.posts.contains(id));
            deleted += staying.count() as u64;
        }
        let mut inserted = 0;
        if posts.trashed > 0 {
            let params = [self.going.user(), self.going.trash_types()];
            for row in self.connection.query(&sql::plan::NOTED_IN_TRASH, &params)? {
                // Status and time; the name; the comments' statuses.
                inserted = 2 * posts.trashed + row.id(0)? + row.id(1)?;
            }
        }
        *self.rows("postmeta") = Rows {
            inserted,
            deleted,
            ..Rows::default()
        };
        Ok(())
    }

    fn comments(&mut self, along: &Along) -> Result<()> {
        let for_good = self.going.for_good();
        let purged = number(self.connection, &sql::plan::COMMENTS_PURGED, &for_good)?;
        let metas = number(self.connection, &sql::plan::COMMENTMETA, &for_good)?;
        let params = [self.going.user(), self.going.trash_types()];
        let trashed = number(self.connection, &sql::plan::COMMENTS_TRASHED, &params)?;

        let [user, types, trash_types] = self.going.for_good();
        let params = [
            types.clone(),
            trash_types.clone(),
            user.clone(),
            types.clone(),
            trash_types.clone(),
        ];
        let mut replies = Vec::new();
        for row in self.connection.query(&sql::plan::REPLIES, &params)? {
            replies.push((row.id(0)?, row.id(1)?));
        }
        let comments: Vec<u64> = along.comments.iter().copied().collect();
        in_lists(&comments, |ids| {
            let params = [
                user.clone(),
                types.clone(),
                trash_types.clone(),
                Param::Ids(ids),
            ];
            for row in self.connection.query(&sql::plan::REPLIES_TO, &params)? {
                replies.push((row.id(0)?, row.id(1)?));
            }
            Ok(())
        })?;
        let moving: BTreeSet<u64> = replies
            .into_iter()
            .filter(|(_, post)| !along.posts.contains(post))
            .map(|(reply, _)| reply)
            .collect();
        let metas_along = self.sum_of(along.comments.iter(), |count, ids| {
            let params = [Param::Ids(ids)];
            number(count.connection, &sql::plan::COMMENTMETA_OF, &params)
        })?;
        *self.rows("comments") = Rows {
            updated: trashed + moving.len() as u64,
            deleted: purged + along.comments.len() as u64,
            ..Rows::default()
        };
        self.rows("commentmeta").deleted = metas + metas_along;
        Ok(())
    }

    /// The user's links. Many sites have dropped the table.
    fn links(&mut self) -> Result<Vec<u64>> {
        if !self.connection.tables().has_links() {
            return Ok(Vec::new());
        }
        self.connection.ids(&sql::plan::LINKS, &[self.going.user()])
    }

    fn terms(&mut self, along: &Along, links: &[u64]) -> Result<()> {
        let mut recount = Recount::new(self.request);
        let names = recount.names();
        let [user, types, trash_types] = self.going.for_good();
        let params = [trash_types, Param::Names(&names), user, types];
        for row in self.connection.query(&sql::plan::RELATIONSHIPS, &params)? {
            recount.posts(&row)?;
        }
        let posts: Vec<u64> = along.posts.iter().copied().collect();
        in_lists(&posts, |ids| {
            let params = [Param::Names(&names), Param::Ids(ids)];
            for row in self
                .connection
                .query(&sql::plan::RELATIONSHIPS_OF, &params)?
            {
                recount.posts(&row)?;
            }
            Ok(())
        })?;
        in_lists(links, |ids| {
            for row in self
                .connection
                .query(&sql::plan::LINK_CATEGORIES, &[Param::Ids(ids)])?
            {
                recount.links(&row)?;
            }
            Ok(())
        })?;
        self.rows("term_relationships").deleted = recount.deleted;
        self.rows("term_taxonomy").updated = recount.changed();
        Ok(())
    }

    fn own_rows(mut self) -> Result<Plan> {
        let metas = number(self.connection, &sql::plan::USERMETA, &[self.going.user()])?;
        self.rows("usermeta").deleted = metas;
        self.rows("users").deleted = 1;
        Ok(self.plan)
    }

    /// Adds up what is counted of ids, in lists a statement may carry.
    fn sum_of<'b>(
        &mut self,
        ids: impl Iterator<Item = &'b u64>,
        mut count: impl FnMut(&mut Self, &[u64]) -> Result<u64>,
    ) -> Result<u64> {
        let ids: Vec<u64> = ids.copied().collect();
        let mut sum = 0;
        in_lists(&ids, |ids| {
            sum += count(self, ids)?;
            Ok(())
        })?;
        Ok(sum)
    }
}

/// The one number of an answer.
fn number(connection: &mut Connection, sql: &Sql, params: &[Param<'_>]) -> Result<u64> {
    let answer = connection.ids(sql, params)?;
    Ok(answer.first().copied().unwrap_or(0))
}
