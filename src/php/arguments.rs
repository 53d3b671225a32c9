//! PHP values in, checked requests out. The last place that can say "bad argument".

use std::collections::HashMap;

use ext_php_rs::convert::FromZval;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ZendHashTable, Zval};

use super::connection::Connection;
use crate::db::config::ConnectionParts;
use crate::error::{Error, Result};
use crate::request::{
    Action, Budget, Claim, ContentPolicy, Counting, DeletionRequest, Part, PostType, Taxonomy,
    TrashTime, UserId,
};
use crate::sql::Tables;

/// A user id as WordPress hands them around: an int or a string of digits. What it is not is only
/// said when it is read, with the argument's name.
#[derive(Debug)]
pub(super) struct UserIdArgument(Option<i64>);

impl FromZval<'_> for UserIdArgument {
    const TYPE: DataType = DataType::Long;

    fn from_zval(zval: &Zval) -> Option<Self> {
        let zval = zval.dereference();
        (!zval.is_null()).then(|| Self(integer(zval)))
    }
}

impl UserIdArgument {
    fn read(self, name: &str) -> Result<UserId> {
        let id = self.0.ok_or_else(|| {
            Error::argument(name, "must be a positive integer or a string of its digits")
        })?;
        UserId::new(name, id)
    }
}

/// An int, or a string that is exactly the digits of one.
fn integer(zval: &Zval) -> Option<i64> {
    if let Some(number) = zval.long() {
        return Some(number);
    }
    let text = zval.str()?;
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

/// Everything one call needs.
pub(super) struct Call<'a> {
    pub(super) connection: &'a Connection,
    pub(super) tables: Tables,
    pub(super) request: DeletionRequest,
}

/// Reads the arguments of either function.
pub(super) fn call(
    user_id: UserIdArgument,
    reassign: Option<UserIdArgument>,
    request: &ZendHashTable,
) -> Result<Call<'_>> {
    let user = user_id.read("user_id")?;
    let policy = match reassign {
        None => ContentPolicy::Delete,
        Some(heir) => ContentPolicy::ReassignTo(heir.read("reassign")?),
    };
    let keys = Keys::new("request", request);
    keys.only(&[
        "connection",
        "tables",
        "part",
        "proof",
        "post_types",
        "taxonomies",
        "hidden_statuses",
        "time",
        "budget",
        "resume",
        "claim",
    ])?;
    let connection = <&Connection>::from_zval(keys.required("connection")?)
        .ok_or_else(|| keys.wrong("connection", "must be a WpfDelete\\Native\\Connection"))?;
    let request = DeletionRequest {
        user,
        policy,
        part: part(&keys)?,
        proof: {
            let proof = keys.table("proof")?;
            (proof.bytes("key")?, proof.bytes("value")?)
        },
        post_types: post_types(&keys.table("post_types")?)?,
        taxonomies: taxonomies(&keys.table("taxonomies")?)?,
        hidden_statuses: keys.byte_list("hidden_statuses")?,
        trash_time: {
            let time = keys.table("time")?;
            TrashTime {
                unix: time.count("unix")?,
                local: time.bytes("local")?,
                gmt: time.bytes("gmt")?,
            }
        },
        budget: {
            let budget = keys.table("budget")?;
            Budget {
                seconds: budget.number("seconds")?,
                posts: budget.size("posts")?,
                batch: budget.size("batch")?,
                transaction: budget.number("transaction")?,
                pace: budget.number("pace")?,
            }
        },
        resume: if keys.optional("resume").is_some() {
            keys.bytes("resume")?
        } else {
            Vec::new()
        },
        claim: keys
            .optional("claim")
            .map(|_| claim(&keys.table("claim")?))
            .transpose()?,
    };
    let tables = tables(&keys.table("tables")?)?;
    if request.claim.is_some() && !tables.has(Tables::DELETIONS) {
        return Err(keys.table("tables")?.wrong(Tables::DELETIONS, "is missing"));
    }
    Ok(Call {
        connection,
        tables,
        request,
    })
}

/// Reads a connection's settings.
pub(super) fn connection_parts(settings: &ZendHashTable) -> Result<ConnectionParts> {
    let keys = Keys::new("connection", settings);
    keys.only(&[
        "host",
        "port",
        "socket",
        "user",
        "password",
        "database",
        "charset",
        "collation",
        "sql_mode",
        "client_flags",
    ])?;
    Ok(ConnectionParts {
        host: keys.string("host")?,
        port: keys
            .optional("port")
            .map(|_| keys.count("port"))
            .transpose()?,
        socket: keys
            .optional("socket")
            .map(|_| keys.string("socket"))
            .transpose()?,
        user: keys.string("user")?,
        password: keys.bytes("password")?,
        database: keys.string("database")?,
        charset: keys.string("charset")?,
        collation: keys.string("collation")?,
        sql_mode: keys.string("sql_mode")?,
        client_flags: keys
            .optional("client_flags")
            .map_or(Ok(0), |_| keys.count("client_flags"))?,
    })
}

fn tables(keys: &Keys<'_>) -> Result<Tables> {
    let mut known: Vec<&str> = Tables::REQUIRED.to_vec();
    known.extend([Tables::LINKS, Tables::DELETIONS]);
    keys.only(&known)?;
    for table in known {
        if keys.optional(table).is_some() {
            keys.string(table)?;
        }
    }
    Tables::new(|table| keys.optional(table).and_then(Zval::string))
}

fn claim(keys: &Keys<'_>) -> Result<Claim> {
    keys.only(&["job", "owner", "lease"])?;
    Ok(Claim {
        job: keys.count("job")?,
        owner: keys.bytes("owner")?,
        lease: keys.count("lease")?,
    })
}

fn part(keys: &Keys<'_>) -> Result<Part> {
    let value = keys.required("part")?;
    match value.str() {
        Some("content") => return Ok(Part::Content),
        Some("terms") => return Ok(Part::Terms),
        Some("user") => return Ok(Part::User),
        _ => {}
    }
    let wrong = || {
        keys.wrong(
            "part",
            "must be 'content', 'terms', 'user', or one list of post ids under 'purge' or 'trash'",
        )
    };
    if value.array().is_none_or(|parts| parts.len() != 1) {
        return Err(wrong());
    }
    let parts = keys.table("part")?;
    if parts.optional("purge").is_some() {
        Ok(Part::Purge(parts.ids("purge")?))
    } else if parts.optional("trash").is_some() {
        Ok(Part::Trash(parts.ids("trash")?))
    } else {
        Err(wrong())
    }
}

fn post_types(keys: &Keys<'_>) -> Result<Vec<PostType>> {
    keys.each(|name, post_type| {
        post_type.only(&["action", "hierarchical", "taxonomies"])?;
        Ok(PostType {
            name: name.into_bytes(),
            action: match post_type.string("action")?.as_str() {
                "purge" => Action::Purge,
                "trash" => Action::Trash,
                "keep" => Action::Keep,
                _ => return Err(post_type.wrong("action", "must be 'purge', 'trash' or 'keep'")),
            },
            hierarchical: post_type.flag("hierarchical")?,
            taxonomies: post_type.string_list("taxonomies")?,
        })
    })
}

fn taxonomies(keys: &Keys<'_>) -> Result<HashMap<String, Taxonomy>> {
    let taxonomies = keys.each(|name, taxonomy| {
        taxonomy.only(&[
            "count",
            "types",
            "attachments",
            "statuses",
            "recount_when_trashed_from",
        ])?;
        let counting = match taxonomy.string("count")?.as_str() {
            "posts" => Counting::Posts {
                types: taxonomy.byte_list("types")?,
                attachments: taxonomy.flag("attachments")?,
                statuses: taxonomy.byte_list("statuses")?,
            },
            "objects" => Counting::Objects,
            "callback" => Counting::Callback,
            _ => return Err(taxonomy.wrong("count", "must be 'posts', 'objects' or 'callback'")),
        };
        let recount_when_trashed_from = taxonomy
            .optional("recount_when_trashed_from")
            .map(|_| taxonomy.byte_list("recount_when_trashed_from"))
            .transpose()?;
        Ok((
            name,
            Taxonomy {
                counting,
                recount_when_trashed_from,
            },
        ))
    })?;
    Ok(taxonomies.into_iter().collect())
}

/// The keys of one array of the request; every complaint names the path to the key.
struct Keys<'a> {
    path: String,
    table: &'a ZendHashTable,
}

impl<'a> Keys<'a> {
    fn new(path: impl Into<String>, table: &'a ZendHashTable) -> Self {
        Self {
            path: path.into(),
            table,
        }
    }

    fn wrong(&self, key: &str, reason: &str) -> Error {
        Error::argument(format!("{}.{key}", self.path), reason)
    }

    /// Refuses keys nobody reads: a misspelt one would otherwise be ignored in silence.
    fn only(&self, known: &[&str]) -> Result<()> {
        for (key, _) in self.entries()? {
            if !known.contains(&key.as_str()) {
                return Err(self.wrong(&key, "is not known"));
            }
        }
        Ok(())
    }

    /// The value of a key; null counts as absent.
    fn optional(&self, key: &str) -> Option<&'a Zval> {
        self.table
            .get(key)
            .map(Zval::dereference)
            .filter(|value| !value.is_null())
    }

    fn required(&self, key: &str) -> Result<&'a Zval> {
        self.optional(key)
            .ok_or_else(|| self.wrong(key, "is missing"))
    }

    fn table(&self, key: &str) -> Result<Keys<'a>> {
        let table = self
            .required(key)?
            .array()
            .ok_or_else(|| self.wrong(key, "must be an array"))?;
        Ok(Keys::new(format!("{}.{key}", self.path), table))
    }

    /// Keys and values. The iterator's own keys panic where one is not UTF-8.
    fn entries(&self) -> Result<Vec<(String, &'a Zval)>> {
        let mut iterator = self.table.iter();
        let mut entries = Vec::with_capacity(self.table.len());
        while let Some((key, value)) = iterator.next_zval() {
            let name = match key.long() {
                Some(number) => number.to_string(),
                None => key
                    .string()
                    .ok_or_else(|| Error::argument(&self.path, "has a key that is not UTF-8"))?,
            };
            entries.push((name, value));
        }
        Ok(entries)
    }

    /// Values alone, whatever their keys are.
    fn values(&self) -> Vec<&'a Zval> {
        let mut iterator = self.table.iter();
        let mut values = Vec::with_capacity(self.table.len());
        while let Some((_, value)) = iterator.next_zval() {
            values.push(value.dereference());
        }
        values
    }

    fn each<T>(&self, read: impl Fn(String, Keys<'a>) -> Result<T>) -> Result<Vec<T>> {
        self.entries()?
            .into_iter()
            .map(|(name, value)| {
                let table = value
                    .dereference()
                    .array()
                    .ok_or_else(|| self.wrong(&name, "must be an array"))?;
                let keys = Keys::new(format!("{}.{name}", self.path), table);
                read(name, keys)
            })
            .collect()
    }

    fn bytes(&self, key: &str) -> Result<Vec<u8>> {
        let text = self
            .required(key)?
            .zend_str()
            .ok_or_else(|| self.wrong(key, "must be a string"))?;
        Ok(text.as_bytes().to_vec())
    }

    fn string(&self, key: &str) -> Result<String> {
        String::from_utf8(self.bytes(key)?).map_err(|_| self.wrong(key, "must be UTF-8"))
    }

    fn flag(&self, key: &str) -> Result<bool> {
        self.required(key)?
            .bool()
            .ok_or_else(|| self.wrong(key, "must be a bool"))
    }

    fn count(&self, key: &str) -> Result<u64> {
        integer(self.required(key)?)
            .and_then(|number| u64::try_from(number).ok())
            .ok_or_else(|| self.wrong(key, "must be an integer of at least 0"))
    }

    fn size(&self, key: &str) -> Result<usize> {
        usize::try_from(self.count(key)?).map_err(|_| self.wrong(key, "is too large"))
    }

    fn number(&self, key: &str) -> Result<f64> {
        f64::from_zval(self.required(key)?).ok_or_else(|| self.wrong(key, "must be a number"))
    }

    fn byte_list(&self, key: &str) -> Result<Vec<Vec<u8>>> {
        self.table(key)?
            .values()
            .into_iter()
            .map(|value| value.zend_str().map(|text| text.as_bytes().to_vec()))
            .collect::<Option<_>>()
            .ok_or_else(|| self.wrong(key, "must be a list of strings"))
    }

    fn ids(&self, key: &str) -> Result<Vec<u64>> {
        self.table(key)?
            .values()
            .into_iter()
            .map(|id| integer(id).and_then(|id| u64::try_from(id).ok()))
            .map(|id| id.filter(|id| *id > 0))
            .collect::<Option<_>>()
            .ok_or_else(|| self.wrong(key, "must be a list of positive integers"))
    }

    fn string_list(&self, key: &str) -> Result<Vec<String>> {
        self.byte_list(key)?
            .into_iter()
            .map(|bytes| String::from_utf8(bytes).map_err(|_| self.wrong(key, "must be UTF-8")))
            .collect()
    }
}
