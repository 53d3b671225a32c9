#!/usr/bin/env bash
# dist.sh EXTENSION.so [FOLDER]: what is handed out, in FOLDER or target/dist.
#
#   wpf-delete-VERSION.zip                           the plugin, for Plugins → Add New → Upload
#   wpf_delete-VERSION-phpX.Y-MACHINE-linux.tar.gz   the extension, for the PHP and machine it was built on
#   SHA256SUMS                                       of both
#
# The same files give the same bytes, whoever packs them, when and where. Their time is SOURCE_DATE_EPOCH, or that of the
# last commit.
set -euo pipefail

extension=$(realpath -- "${1:?dist.sh needs the built extension}")
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
target=${2:-$repository/target/dist}
php=${PHP:-php}
cd -- "$repository"
# shellcheck source=tools/plugin.sh
source tools/plugin.sh
export LC_ALL=C TZ=UTC
umask 022

fail() {
	echo "dist.sh: $*" >&2
	exit 1
}

version=$(plugin_header Version)
crate=$(sed -n '/^\[package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
readme=$(sed -n 's/^Stable tag: *//p' wp-plugin/readme.txt)
[[ $version == "$crate" && $version == "$readme" ]] ||
	fail "three versions: $version in wpf-delete.php, $crate in Cargo.toml, $readme in readme.txt"
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null)} || fail 'no commit to take the time from; say SOURCE_DATE_EPOCH'

read -r numbers loaded threads < <("$php" -n -d "extension=$extension" -r '
	printf( "%d.%d %s %s\n", PHP_MAJOR_VERSION, PHP_MINOR_VERSION, phpversion( "wpf_delete" ), PHP_ZTS ? "thread safe" : "not thread safe" );
') || fail "$php does not load $extension"
[[ $loaded == "$version" ]] || fail "$extension is version $loaded, the plugin $version: build it anew"
# Which of the two, and its number: MariaDB's or MySQL's.
library=$(readelf --dynamic "$extension" | grep --only-matching 'lib\(mariadb\|mysqlclient\)\.so\.[0-9]*') || fail "$extension is linked to no client library"
archive=wpf_delete-$version-php$numbers-$(uname -m)-linux

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/wpf-delete" "$scratch/$archive"

# Everything in wp-plugin/ is the plugin.
cp -R wp-plugin/. "$scratch/wpf-delete/"

cp "$extension" "$scratch/$archive/wpf_delete.so"
cp LICENSE LICENSE-APACHE LICENSE-MIT php-stubs/wpf_delete.stubs.php "$scratch/$archive/"
echo 'extension=wpf_delete.so' >"$scratch/$archive/wpf_delete.ini"
cat >"$scratch/$archive/README" <<README
wpf_delete $version: the PHP extension of Native User Deletion for WP Fusion.

For PHP $numbers ($threads) on Linux, $(uname -m). It needs the client library $library; where that is libmariadb and the
database is MySQL, also the library's plugin file caching_sha2_password. Debian's package libmariadb3 has both.

    sha256sum --check SHA256SUMS
    cp wpf_delete.so "\$(php-config --extension-dir)/"
    cp wpf_delete.ini /etc/php/$numbers/mods-available/ && phpenmod -v $numbers wpf_delete

Where there is no phpenmod, put wpf_delete.ini into the folder that "php --ini" names for additional files. Then restart
PHP. "php --ri wpf_delete" says whether it is there; WordPress says so in Tools, Site Health.

wpf_delete.stubs.php describes the extension to editors and is never loaded.
README
(cd "$scratch/$archive" && sha256sum -- * >"$scratch/sums" && mv "$scratch/sums" SHA256SUMS)

find "$scratch" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
find "$scratch" -exec touch --no-dereference --date="@$epoch" {} +

mkdir -p "$target"
rm -f "$target"/*.zip "$target"/*.tar.gz "$target/SHA256SUMS"
# Names in order, no owners, no times but one.
(cd "$scratch" && find wpf-delete -type f | sort | zip -q -X -9 -@ "$target/wpf-delete-$version.zip")
tar --create --directory="$scratch" --format=ustar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$epoch" "$archive" |
	gzip -n -9 >"$target/$archive.tar.gz"
(cd "$target" && sha256sum -- *.zip *.tar.gz >SHA256SUMS)
cat "$target/SHA256SUMS"
