#!/usr/bin/env bash
# mutations.sh [NAME…]: breaks the engine in one place after the other, and has the random sites find out.
#
# WP names the WordPress (default sid), SEEDS how many sites each mutation may survive at most (default 50). Prints a
# table; fails when a mutation survives, or no longer changes anything. Needs the tests' database (stack.sh) to be up.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
readonly suite=${WP:-sid} seeds=${SEEDS:-50} copy=$PWD/target/mutations/copy
export CARGO_TARGET_DIR=$PWD/target/mutations/build
export WPF_EXTENSION=$CARGO_TARGET_DIR/debug/libwpf_delete.so WPF_PLUGIN=$copy/wp-plugin

# Name, file, and what is done to the file: a Perl expression that has to change it.
mutations() {
	cat <<'END'
skips re-parenting of posts | src/sql/posts.rs | s/SET post_parent = CASE ID\? END WHERE/$& 1 = 0 AND/
leaves attachments with a dead parent | src/deletion/purge.rs | s/\(child == ATTACHMENT \|\| same_tree\)/same_tree/
hands children over in flat types, too | src/deletion/purge.rs | s/removed == child && hierarchical.contains\(removed.as_slice\(\)\)/removed == child/
forgets counts | src/sql/terms.rs | s/SET count = CASE term_taxonomy_id\? END \\\n\s*WHERE/$& 1 = 0 AND/
counts attachments without their parents | src/sql/terms.rs | s/AND p.post_parent > 0/AND p.post_parent < 0/
counts every status | src/sql/terms.rs | s/p.post_status IN \(\?\) AND p.post_type/(p.post_status IN (?) OR 1 = 1) AND p.post_type/
recounts terms of drafts in new versions | src/deletion/trash.rs | s/\|statuses\| statuses.contains\(&post.status\)/|_| true/
deletes relationships by object_id alone | src/sql/terms.rs | s/(OF_OBJECTS,.*?)tt.taxonomy IN \(\?\)/$1(tt.taxonomy IN (?) OR 1 = 1)/s
deletes relationships of lost terms | src/sql/terms.rs | s/JOIN \{terms\} t ON/LEFT JOIN {terms} t ON/
takes another suffix | src/sql/slugs.rs | s/CONCAT\(post_name, '__trashed'\)/CONCAT(post_name, '_trashed')/
drops the collation between posts of a batch | src/sql/slugs.rs | s/ON b.post_name = a.post_name/ON BINARY b.post_name = a.post_name/
drops the collation of taken names | src/sql/slugs.rs | s/ON b.post_name = CONCAT/ON BINARY b.post_name = CONCAT/
drops the collation when asked | src/sql/slugs.rs | s/WHERE post_name = \? AND post_type = \?/WHERE BINARY post_name = ? AND post_type = ?/
counts slugs from 3 | src/deletion/slugs.rs | s/next: 2,/next: 3,/
lets slugs of a hierarchy collide across parents | src/deletion/slugs.rs | s/let below = hierarchical.then_some\(post.parent\);/let below = (hierarchical \&\& false).then_some(post.parent);/
forgets attachments among pages | src/sql/slugs.rs | s/post_type IN \(\?, 'attachment'\) AND ID <> \?/post_type IN (?, 'page') AND ID <> ?/
cuts long slugs too late | src/deletion/slug_text.rs | s/LONGEST_BEFORE_SUFFIX: usize = 191/LONGEST_BEFORE_SUFFIX: usize = 195/
cuts numbered slugs too late | src/deletion/slug_text.rs | s/LONGEST - \(number.len\(\) \+ 1\)/LONGEST - number.len()/
notes no slug for nameless drafts | src/deletion/trash.rs | s/if !slug_text::has_suffix\(&post.name\) \{/if !slug_text::has_suffix(&post.name) \&\& !post.name.is_empty() {/
notes slugs with their backslashes | src/deletion/trash.rs | s/slug_text::unslash\(&post.name\)/post.name.clone()/
swaps the two modification dates | src/sql/posts.rs | s/post_modified = \?, \\\n\s*post_modified_gmt = \?/post_modified_gmt = ?, post_modified = ?/
takes Trash for trash | src/sql/posts.rs | s/(NEXT_TO_TRASH,.*?)CAST\(post_status AS BINARY\)/$1post_status/s
takes POST for post | src/sql/posts.rs | s/(NEXT_TO_PURGE,.*?)NOT \(CAST\(post_type AS BINARY\)/$1NOT (post_type/s
leaves revisions of others | src/sql/posts.rs | s/WHERE post_parent IN \(\?\) AND post_type = 'revision'/$& AND post_author = 20/
lets the last menu item type decide | src/sql/nav_menus.rs | s/ORDER BY kind.meta_id LIMIT 1/ORDER BY kind.meta_id DESC LIMIT 1/
sees hidden menu items | src/sql/nav_menus.rs | s/p.post_status NOT IN \(\?\)/(p.post_status NOT IN (?) OR 1 = 1)/
reads references as numbers | src/deletion/purge.rs | s/\(id.to_string\(\) == text\)/(id > 0)/
compares thumbnails as numbers | src/sql/postmeta.rs | s/AND meta_value IN \(\?\)/AND meta_value + 0 IN (?)/
leaves metas of deleted posts | src/sql/postmeta.rs | s/WHERE post_id IN \(\?\)/$& AND meta_key <> '_edit_lock'/
leaves replies with a dead parent | src/sql/comments.rs | s/SET comment_parent = CASE comment_ID\? END \\\n\s*WHERE/$& 1 = 0 AND/
leaves comment metas | src/sql/comments.rs | s/WHERE comment_id IN \(\?\)/$& AND 1 = 0/
spares spam when it trashes comments | src/sql/comments.rs | s/(comment_approved = 'post-trashed' \\\n\s*WHERE comment_post_ID IN \(\?\))/$1 AND comment_approved <> 'spam'/
notes comments in another order | src/sql/comments.rs | s/ORDER BY comment_post_ID, comment_ID FOR/ORDER BY comment_post_ID, comment_ID DESC FOR/
leaves links in their categories | src/deletion/links.rs | s/if request.taxonomies.contains_key\(LINK_CATEGORY\)/if false/
deletes links of others | src/sql/links.rs | s/WHERE link_owner = \? ORDER/WHERE (link_owner = ? OR link_id = 6) ORDER/
keeps revisions from the heir | src/sql/posts.rs | s/(NEXT_OF_AUTHOR,.*?ID > \?)/$1 AND post_type <> 'revision'/s
leaves a usermeta | src/sql/users.rs | s/WHERE user_id = \?"\n/WHERE user_id = ? AND meta_key <> 'description'"\n/
leaves posts sticky | wp-plugin/inc/class-references.php | s/unstick_post\( \$id \);/continue;/
leaves publication events | wp-plugin/inc/class-references.php | s/wp_clear_scheduled_hook\( 'publish_future_post', \$event_args \);/continue;/
leaves the front page | wp-plugin/inc/class-references.php | s/update_option\( 'page_on_front', 0 \);//
unlinks files in use | wp-plugin/inc/class-attachments.php | s/'' : \$file/\$file : \$file/
leaves image sizes | wp-plugin/inc/class-attachments.php | s/\$attachment\['meta'\], \$attachment\['backup'\]/array(), \$attachment['backup']/
END
}

fresh_copy() {
	mkdir -p "$copy"
	rm -rf "$copy/src" "$copy/wp-plugin"
	cp -r src wp-plugin Cargo.toml Cargo.lock "$copy"
}

build() {
	(cd "$copy" && cargo build --lib --locked) >target/mutations/build.log 2>&1
}

random_sites() {
	php tests/random/parity.php --seeds="$seeds" --wp="$suite" --stop --no-shrink --lane=bulk
}

fresh_copy
build
if ! random_sites >target/mutations/parity.log; then
	cat target/mutations/parity.log
	echo "mutations.sh: the engine fails as it is" >&2
	exit 1
fi

survivors=0 count=0
printf '%-48s %-10s %s\n' mutation 'caught at' 'first difference'
while IFS='|' read -r name file change; do
	name=${name%"${name##*[! ]}"} file=${file// /} change=${change# }
	if (($# > 0)) && ! printf '%s\n' "$@" | grep -qxF -- "$name"; then
		continue
	fi
	count=$((count + 1))
	perl -0pi -e "$change" "$copy/$file"
	if cmp -s "$file" "$copy/$file"; then
		result='changes nothing' first="no such text in $file"
		survivors=$((survivors + 1))
	elif ! build; then
		result='not built' first='see target/mutations/build.log'
		survivors=$((survivors + 1))
	elif random_sites >target/mutations/parity.log; then
		result=SURVIVES first="$seeds sites, 0 differences"
		survivors=$((survivors + 1))
	else
		result=$(sed -n 's/^.*  \(seed [0-9]*\): .*$/\1/p' target/mutations/parity.log | tail -n 1)
		first=$(sed -n '/^[0-9]* differences$/ { n; p; q; }' target/mutations/parity.log)
	fi
	printf '%-48s %-10s %s\n' "$name" "$result" "${first:0:100}"
	cp "$file" "$copy/$file"
	touch "$copy/$file"
done < <(mutations)
echo "mutations: $count, $survivors not caught"
((survivors == 0))
