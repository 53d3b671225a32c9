#!/usr/bin/env bash
# Installs the Debian packages that building and testing need. Silent and quick when nothing is missing.
#
# Only mariadb-server-core, never mariadb-server: the core package has no service to start.
# The tests run a server of their own (stack.sh).
set -euo pipefail

packages=(
	# PHP, and what the extension is built against
	php-cli php-dev php-mysql php-xml php-mbstring php-gd
	libmariadb-dev libclang-dev clang gcc make pkg-config
	# a private database server and its clients
	mariadb-server-core mariadb-client-core mariadb-client
	# tests and checks
	phpunit php-codesniffer faketime shellcheck ca-certificates
)

missing=()
for package in "${packages[@]}"; do
	status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) || status=none
	[[ $status == installed ]] || missing+=("$package")
done

if ((${#missing[@]} == 0)); then
	exit 0
fi

if ((EUID != 0)); then
	echo "Missing packages: ${missing[*]}" >&2
	echo "Run this script as root, or install them: apt-get install --no-install-recommends ${missing[*]}" >&2
	exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update --quiet
apt-get install --quiet --yes --no-install-recommends "${missing[@]}"
