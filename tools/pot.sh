#!/usr/bin/env bash
# pot.sh [check]: writes wp-plugin/languages/wpf-delete.pot, all texts of the plugin that can be translated; or fails
# when the file is not what the plugin says.
#
# The file has neither line numbers nor a date, so that it changes only when a text does.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../wp-plugin"
# shellcheck source=tools/plugin.sh
source ../tools/plugin.sh
pot=languages/wpf-delete.pot

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# WordPress's functions. The number before `t` counts the arguments with the text domain: without it, or with more,
# a text is WordPress's own.
keywords=()
for keyword in \
	__:1,2t _e:1,2t esc_html__:1,2t esc_html_e:1,2t esc_attr__:1,2t esc_attr_e:1,2t \
	_x:1,2c,3t _ex:1,2c,3t esc_html_x:1,2c,3t esc_attr_x:1,2c,3t \
	_n:1,2,4t _nx:1,2,4c,5t _n_noop:1,2,3t _nx_noop:1,2,3c,4t; do
	keywords+=("--keyword=$keyword")
done
extract() {
	xgettext --from-code=UTF-8 --keyword "${keywords[@]}" --add-comments=translators: --add-location=file \
		--no-wrap --sort-by-file "$@"
}

# WordPress translates what a plugin's header says, too.
quoted() {
	local text=${1//\\/\\\\}
	echo "${text//\'/\\\'}"
}
cat >"$scratch/wpf-delete.php" <<PHP
<?php
/* translators: name of the plugin. */
__( '$(quoted "$(plugin_header 'Plugin Name')")', 'wpf-delete' );
/* translators: description of the plugin. */
__( '$(quoted "$(plugin_header Description)")', 'wpf-delete' );
PHP

mapfile -t php < <(find . -name '*.php' | LC_ALL=C sort)
mapfile -t js < <(find . -name '*.js' ! -name '*.min.js' | LC_ALL=C sort)
extract --language=PHP --directory="$scratch" --output="$scratch/php.pot" wpf-delete.php
extract --language=PHP --join-existing --output="$scratch/php.pot" "${php[@]}"
if ((${#js[@]} > 0)); then
	extract --language=JavaScript --join-existing --output="$scratch/php.pot" "${js[@]}"
fi

# Its own head: xgettext's asks translators to fill in what is known.
{
	cat <<-HEAD
		# Texts of $(plugin_header 'Plugin Name'), under the licence of the plugin: $(plugin_header License).
		msgid ""
		msgstr ""
		"Project-Id-Version: $(plugin_header 'Plugin Name') $(plugin_header Version)\n"
		"MIME-Version: 1.0\n"
		"Content-Type: text/plain; charset=UTF-8\n"
		"Content-Transfer-Encoding: 8bit\n"
		"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\n"
		"X-Domain: wpf-delete\n"

	HEAD
	sed '1,/^$/d; s/^#: \.\//#: /; s/ \.\// /g' "$scratch/php.pot"
} >"$scratch/wpf-delete.pot"
msgfmt --check-format --check-domain --output-file=/dev/null "$scratch/wpf-delete.pot"

if [[ ${1:-} == check ]]; then
	diff -u "$pot" "$scratch/wpf-delete.pot" || {
		echo "wp-plugin/$pot is out of date: run make pot" >&2
		exit 1
	}
	exit 0
fi
mkdir -p "${pot%/*}"
cp "$scratch/wpf-delete.pot" "$pot"
echo "wp-plugin/$pot: $(grep -c '^msgid' "$pot") texts"
