#!/usr/bin/env bash
# install.sh install   WP_PATH PHP PHP_CONFIG EXTENSION.so
# install.sh uninstall WP_PATH PHP PHP_CONFIG
#
# Puts the extension where PHP looks for it, switches it on, and copies the plugin into a WordPress;
# or takes all that back. The plugin is activated by hand, on the Plugins screen.
set -euo pipefail

action=${1:?say install or uninstall} wordpress=${2:-} php=${3:-php} php_config=${4:-php-config}
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
name=wpf_delete
plugin=$wordpress/wp-content/plugins/wpf-delete

fail() {
	echo "install.sh: $*" >&2
	exit 1
}

[[ -n $wordpress ]] || fail "say where WordPress is: make $action WP_PATH=/var/www/html"
[[ -f $wordpress/wp-load.php && -d $wordpress/wp-content/plugins ]] ||
	fail "$wordpress is not the folder of a WordPress: it has no wp-load.php or no wp-content/plugins"
folder=$("$php_config" --extension-dir) || fail "no $php_config; name the one of your PHP with PHP_CONFIG="
running=$("$php" -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')
built=$("$php_config" --version | cut -d . -f 1,2)
[[ $running == "$built" ]] || fail "$php is PHP $running but $php_config belongs to PHP $built"

# Debian keeps one file per extension and links it into each server; elsewhere PHP names a folder.
available=/etc/php/$running/mods-available
scanned=$("$php" -r 'echo PHP_CONFIG_FILE_SCAN_DIR;')

switch_on() {
	if [[ -d $available ]] && command -v phpenmod >/dev/null; then
		printf '; priority=20\nextension=%s.so\n' "$name" >"$available/$name.ini"
		phpenmod -v "$running" "$name"
	elif [[ -n $scanned && -d $scanned ]]; then
		printf 'extension=%s.so\n' "$name" >"$scanned/20-$name.ini"
	else
		fail "PHP scans no folder for settings; add this line to php.ini: extension=$name.so"
	fi
}

switch_off() {
	if [[ -f $available/$name.ini ]]; then
		phpdismod -v "$running" "$name"
		rm -f "$available/$name.ini"
	fi
	rm -f "$scanned/20-$name.ini"
}

case $action in
install)
	extension=${5:?install needs the built extension}
	[[ -w $folder ]] || fail "cannot write to $folder; run this as root"
	# Renamed into place: PHP processes that have the old file open keep it until they restart.
	install -m 644 "$extension" "$folder/.$name.new"
	mv -f "$folder/.$name.new" "$folder/$name.so"
	switch_on
	"$php" --ri "$name" >/dev/null || fail "PHP does not load $folder/$name.so"
	mkdir -p "$plugin"
	cp -R "$repository/wp-plugin/." "$plugin/"
	chown -R --reference="$wordpress/wp-content/plugins" "$plugin"
	cat <<-DONE
		Installed wpf_delete for PHP $running, and the plugin in $plugin.
		Restart PHP (for example: systemctl restart php$running-fpm), then activate
		"Native User Deletion for WP Fusion" on the Plugins screen.
	DONE
	;;
uninstall)
	[[ -w $folder ]] || fail "cannot write to $folder; run this as root"
	switch_off
	rm -f "$folder/$name.so"
	if [[ -f $plugin/wpf-delete.php ]]; then
		rm -rf "$plugin"
	fi
	echo "Removed wpf_delete from PHP $running and the plugin from $wordpress. Restart PHP."
	;;
*)
	fail "say install or uninstall, not $action"
	;;
esac
