#!/usr/bin/env bash
# wordpress.sh [SUITE...]: complete WordPress trees in target/wordpress/SUITE, from Debian's packages.
#
#   bookworm  WordPress 6.1, the oldest one supported
#   trixie    WordPress 6.8
#   sid       the newest one Debian has; remove target/wordpress/sid to fetch it anew
#
# Uses the mirror this machine's apt already uses, with package lists of its own: the machine's apt
# is neither changed nor asked for more. WPF_DEBIAN_MIRROR names another mirror.
set -euo pipefail

repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
trees=$repository/target/wordpress
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
# Debian takes these files out of its wordpress package and links to them.
packages=(
	wordpress wordpress-theme-twentytwentythree php-getid3 libphp-phpmailer
	libjs-cropper libjs-jquery-ui libjs-underscore libjs-lodash
)

fail() {
	echo "wordpress.sh: $*" >&2
	exit 1
}

# download SUITE FOLDER: the suite's packages as FOLDER/*.deb.
download() {
	local suite=$1 folder=$2 apt=$2/apt
	mkdir -p "$apt/none" "$apt/lists/partial" "$apt/cache/archives/partial"
	# Empty: an installed package must not pass for the suite's.
	: >"$apt/status"
	echo "deb [signed-by=$keyring] $mirror $suite main" >"$apt/sources.list"
	cat >"$apt/apt.conf" <<-CONF
		Dir::Etc::sourcelist "$apt/sources.list";
		Dir::Etc::sourceparts "$apt/none";
		Dir::Etc::preferences "/dev/null";
		Dir::Etc::preferencesparts "$apt/none";
		Dir::State::lists "$apt/lists";
		Dir::State::status "$apt/status";
		Dir::Cache "$apt/cache";
		APT::Sandbox::User "root";
		// A mirror that is a few days behind will do for tests; signatures are checked all the same.
		Acquire::Check-Valid-Until "false";
		Acquire::Languages "none";
		Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
	CONF
	export APT_CONFIG=$apt/apt.conf
	apt-get --quiet=2 update || fail "cannot read the package lists of $suite from $mirror"
	(cd "$folder" && apt-get --quiet=2 download "${packages[@]}") || fail "cannot download the packages of $suite"
	unset APT_CONFIG
}

# build SUITE: into a scratch folder first, so that an interrupted run leaves no half tree.
build() {
	local suite=$1 package
	scratch=$(mktemp -d "$trees/.$suite.XXXXXX")
	download "$suite" "$scratch"
	for package in "$scratch"/*.deb; do
		dpkg-deb --extract "$package" "$scratch/root"
	done
	# The only link that leads out of the packages to a file that is not there.
	rm -f "$scratch/root/usr/share/wordpress/.htaccess"
	mkdir "$scratch/tree"
	cp --recursive --dereference "$scratch/root/usr/share/wordpress/." "$scratch/tree/"
	mv --no-target-directory "$scratch/tree" "$trees/$suite"
	rm -rf "$scratch"
}

# Debian's own wp-config.php chooses a site by host name; ours by an environment variable.
configure() {
	local temporary
	temporary=$(mktemp "$1/.wp-config.XXXXXX")
	cat >"$temporary" <<-'PHP'
		<?php
		// The site to serve: a folder with a config.php that defines the constants and $table_prefix.
		if ( ! is_file( getenv( 'WPF_SITE' ) . '/config.php' ) ) {
			die( "The environment variable WPF_SITE must name a site's folder, one with a config.php in it.\n" );
		}
		require getenv( 'WPF_SITE' ) . '/config.php';

		defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
		require_once ABSPATH . 'wp-settings.php';
	PHP
	chmod 644 "$temporary"
	mv "$temporary" "$1/wp-config.php"
}

suites=("$@")
((${#suites[@]} > 0)) || suites=(bookworm trixie sid)
for suite in "${suites[@]}"; do
	case $suite in
	bookworm | trixie | sid) ;;
	*) fail "unknown suite '$suite': bookworm, trixie or sid" ;;
	esac
done

mkdir -p "$trees"
exec 9>"$trees/.lock"
flock 9
scratch=
trap '[[ -z $scratch ]] || rm -rf "$scratch"' EXIT
for suite in "${suites[@]}"; do
	if [[ ! -d $trees/$suite ]]; then
		mirror=${mirror:-$("$repository/tests/support/debian-mirror.sh")}
		build "$suite"
	fi
	configure "$trees/$suite"
	# shellcheck disable=SC2016 # PHP's variables
	version=$(php -r 'require $argv[1]; echo $wp_version;' "$trees/$suite/wp-includes/version.php")
	echo "WordPress $version ($suite) in target/wordpress/$suite"
done
