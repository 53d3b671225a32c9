//! A server that takes no writes.

use wpf_delete::db::Server;
use wpf_delete::db::config::ConnectionParts;
use wpf_delete::deletion;
use wpf_delete::error::{Error, Outcome};
use wpf_delete::request::{DeletionRequest, Part};

use crate::database::{Database, tables};
use crate::site::{Post, deletion, reassignment};
use crate::stack;

/// An account like a site's, which a read-only server does not make an exception for. Dropped, and
/// the server writable again, with this value.
struct Site<'a> {
    database: &'a Database,
    user: String,
    root: wpf_delete::db::Connection,
}

impl<'a> Site<'a> {
    fn new(database: &'a Database) -> Self {
        let parts = ConnectionParts {
            user: "root".into(),
            password: Vec::new(),
            ..stack::parts(&database.name)
        };
        let root = wpf_delete::db::Connection::open(&stack::config(parts), tables()).unwrap();
        let mut site = Self {
            database,
            user: format!("'site{}'@'localhost'", std::process::id()),
            root,
        };
        site.as_root(&format!("CREATE USER {}", site.user));
        site.as_root(&format!(
            "GRANT ALL ON {}.* TO {}",
            database.name, site.user
        ));
        site
    }

    fn as_root(&mut self, sql: &str) {
        crate::database::execute(&mut self.root, sql, &[]);
    }

    fn server(&self) -> Server {
        let parts = ConnectionParts {
            user: format!("site{}", std::process::id()),
            password: Vec::new(),
            ..stack::parts(&self.database.name)
        };
        let mut server = Server::new(stack::config(parts));
        server.use_tables(&tables()).unwrap();
        server
    }
}

impl Drop for Site<'_> {
    fn drop(&mut self) {
        self.as_root("SET GLOBAL read_only = 0");
        self.as_root(&format!("DROP USER {}", self.user));
    }
}

#[test]
fn every_kind_of_batch_says_so_and_changes_nothing() {
    let database = Database::site_alone("read_only");
    for (id, kind) in [(10, "book"), (11, "post"), (12, "attachment")] {
        database.post(Post {
            id,
            kind,
            ..Post::default()
        });
        database.comment(id, id, 0, "1");
    }
    let trash_only = DeletionRequest {
        resume: b"wpfd1|trash|0|0|0|".to_vec(),
        ..deletion()
    };
    let user = DeletionRequest {
        part: Part::User,
        ..deletion()
    };
    let mut site = Site::new(&database);
    let mut server = site.server();
    site.as_root("SET GLOBAL read_only = 1");
    let before = database.contents();
    for request in [deletion(), trash_only, user, reassignment()] {
        let error = deletion::run(&mut server, &request).unwrap_err();
        assert!(
            matches!(error, Error::ReadOnly { errno: 1290, .. }),
            "{error:?}"
        );
        assert_eq!(error.outcome(), Outcome::RolledBack);
        assert_eq!(database.contents(), before);
    }
    site.as_root("SET GLOBAL read_only = 0");
    assert!(deletion::run(&mut server, &deletion()).is_ok());
    assert_eq!(database.posts(), [11]);
}
