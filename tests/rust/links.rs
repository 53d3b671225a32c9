//! Links of the user.

use crate::database::Database;
use crate::site::{OTHER, VICTIM, deletion, in_batches};

#[test]
fn links_go_with_their_categories_and_nothing_of_the_same_number() {
    for batch in [1, 2, 100] {
        let database = Database::site("links");
        database.term(1, "link_category", 9);
        database.term(2, "genre", 9);
        database.term(3, "not_registered", 9);
        for (id, owner) in [(1, VICTIM), (2, OTHER), (3, VICTIM), (4, VICTIM)] {
            database.link(id, owner);
            for term in [1, 2, 3] {
                database.relate(id, term);
            }
        }
        let slice = database.delete(&in_batches(batch, deletion()));
        assert_eq!(database.ids("SELECT link_id FROM wp_links"), [2]);
        assert_eq!(database.objects_of(1), [2]);
        assert_eq!(database.objects_of(2), [1, 2, 3, 4]);
        assert_eq!(database.objects_of(3), [1, 2, 3, 4]);
        assert_eq!([1, 2, 3].map(|term| database.count_of(term)), [1, 9, 9]);
        assert_eq!(slice.links, [1, 3, 4]);
        assert_eq!(slice.rows["links"].deleted, 3);
        assert_eq!(slice.counted_terms["link_category"], [1001]);
    }
}

#[test]
fn links_without_the_taxonomy_leave_relationships_alone() {
    let database = Database::site("no_category");
    database.term(1, "link_category", 9);
    database.link(1, VICTIM);
    database.relate(1, 1);
    let mut request = deletion();
    request.taxonomies.remove("link_category");
    database.delete(&request);
    assert_eq!(database.number("SELECT COUNT(*) FROM wp_links"), 0);
    assert_eq!(database.objects_of(1), [1]);
}
