//! Accounts as MySQL makes them, for which the client library needs a plugin file.

use std::env;
use std::fs;
use std::process::Command;

use wpf_delete::db::Connection;
use wpf_delete::db::config::ConnectionParts;
use wpf_delete::error::{Error, Outcome};

use crate::account::Account;
use crate::database::{Database, query, tables};
use crate::stack;

/// `MYSQLI_CLIENT_SSL` and `MYSQLI_CLIENT_SSL_DONT_VERIFY_SERVER_CERT`.
const ENCRYPTED: u64 = 2048 | 64;

fn open(parts: ConnectionParts) -> Result<Connection, Error> {
    Connection::open(&stack::config(parts), tables())
}

#[test]
fn on_mysql_a_new_account_gets_in_every_way() {
    let database = Database::new("ways");
    let tcp = || stack::tcp_parts(&database.name, "127.0.0.1", stack::port());
    let encrypted = ConnectionParts {
        client_flags: ENCRYPTED,
        ..tcp()
    };
    for (host, way, is_encrypted) in [
        ("localhost", stack::parts(&database.name), false),
        ("127.0.0.1", tcp(), false),
        ("127.0.0.1", encrypted, true),
    ] {
        let account = Account::new(&database, host);
        let plugin = format!(
            "SELECT plugin FROM mysql.user WHERE CONCAT(QUOTE(user), '@', QUOTE(host)) = \"{}\"",
            account.quoted()
        );
        assert_eq!(database.column(&plugin), ["caching_sha2_password"]);
        // The first time the server has to be told the password, the second time it remembers it.
        for time in ["first", "second"] {
            let mut connection = open(account.parts(way.clone())).expect(time);
            let status = query(&mut connection, "SHOW SESSION STATUS LIKE 'Ssl_cipher'");
            assert_eq!(!status[0][1].is_empty(), is_encrypted);
        }
        let wrong = ConnectionParts {
            password: b"no secret".to_vec(),
            ..account.parts(way)
        };
        let error = open(wrong).unwrap_err();
        assert!(matches!(error, Error::Connect { errno: 1045 }), "{error:?}");
    }
}

/// Where the client library looks for plugin files, and what a process is told that has none there.
const PLUGIN_FOLDER: &str = "MARIADB_PLUGIN_DIR";
const WITHOUT_PLUGINS: &str = "WPF_WITHOUT_PLUGINS";

#[test]
fn on_mysql_a_client_library_without_the_plugin_file_says_so() {
    if env::var_os(WITHOUT_PLUGINS).is_some() {
        let error = open(stack::parts("mysql")).unwrap_err();
        assert!(matches!(error, Error::Connect { errno: 2059 }), "{error:?}");
        assert_eq!(error.outcome(), Outcome::NothingSent);
        assert!(
            error.to_string().contains("plugin files of libmariadb"),
            "{error}"
        );
        return;
    }
    // A plugin stays loaded for as long as the process, so another process has to miss it.
    let folder = env::temp_dir().join(format!("wpf-no-plugins-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let output = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "authentication::on_mysql_a_client_library_without_the_plugin_file_says_so",
        ])
        .env(PLUGIN_FOLDER, &folder)
        .env(WITHOUT_PLUGINS, "1")
        .output()
        .unwrap();
    fs::remove_dir(&folder).unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}
