#!/usr/bin/env bash
# To be sourced: what the plugin says of itself.

# plugin_header NAME: that line of the plugin's header.
plugin_header() {
	sed -n "s/^ \* $1: *//p" "$(dirname -- "${BASH_SOURCE[0]}")/../wp-plugin/wpf-delete.php"
}
