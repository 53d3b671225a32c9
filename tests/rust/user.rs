//! The user's own rows.

use wpf_delete::deletion;
use wpf_delete::report::Stopped;
use wpf_delete::request::{DeletionRequest, Part};

use crate::database::{Database, sql};
use crate::site::{Post, deletion};

fn user_part() -> DeletionRequest {
    DeletionRequest {
        part: Part::User,
        ..deletion()
    }
}

#[test]
fn metas_and_row_go_and_nothing_of_anybody_else() {
    let database = Database::site("user");
    database.post(Post {
        id: 10,
        ..Post::default()
    });
    let before = database.contents();
    let report = deletion::run(&mut database.server(), &user_part()).unwrap();
    let mut expected = before;
    expected
        .get_mut("wp_users")
        .unwrap()
        .retain(|row| row[0] != "7");
    expected
        .get_mut("wp_usermeta")
        .unwrap()
        .retain(|row| row[1] != "7");
    assert_eq!(database.contents(), expected);
    assert_eq!(report.stopped, Stopped::Done);
    assert_eq!(report.slice.rows["usermeta"].deleted, 2);
    assert_eq!(report.slice.rows["users"].deleted, 1);
}

#[test]
fn a_meta_written_while_the_row_goes_is_swept_up() {
    let database = Database::site("sweep");
    let mut elsewhere = database.connect();
    let mut request = elsewhere.begin().unwrap();
    // A request that still knows the user holds the row, and writes a meta when the engine is under way.
    request
        .query(&sql("SELECT ID FROM wp_users WHERE ID = 7 FOR UPDATE"), &[])
        .unwrap();
    let engine = database.in_background(|server| deletion::run(server, &user_part()));
    database.wait_for_lock_wait();
    let insert = "INSERT INTO wp_usermeta (user_id, meta_key, meta_value) VALUES (7, 'late', '')";
    request.execute(&sql(insert), &[]).unwrap();
    request.commit().unwrap();
    engine.join().unwrap().unwrap();
    assert_eq!(
        database.number("SELECT COUNT(*) FROM wp_usermeta WHERE user_id = 7"),
        0
    );
    assert_eq!(database.ids("SELECT ID FROM wp_users"), [8]);
}

#[test]
fn the_content_part_leaves_the_user_alone() {
    let database = Database::site("content");
    database.delete(&deletion());
    assert_eq!(
        database.number("SELECT COUNT(*) FROM wp_usermeta WHERE user_id = 7"),
        2
    );
    assert_eq!(database.ids("SELECT ID FROM wp_users"), [7, 8]);
}
