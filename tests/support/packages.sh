#!/usr/bin/env bash
# packages.sh [build|bench|live|galera|browser]: installs the Debian packages that building and testing need; or
# building alone; or also those of `make bench`, `make bench-live`, `make galera` or `make browser`. Tests of the page
# need those of `live`.
# Silent and quick when nothing is missing.
#
# Only mariadb-server-core, never mariadb-server: the core package has no service to start.
# The tests run a server of their own (stack.sh).
set -euo pipefail

# PHP's headers, and what the extension is built against
packages=(php-cli php-dev libmariadb-dev libclang-dev clang gcc make pkg-config)
if [[ ${1:-} != build ]]; then
	# what WordPress needs, a private database server and its clients, tests and checks
	packages+=(php-mysql php-xml php-mbstring php-gd)
	packages+=(mariadb-server-core mariadb-client-core mariadb-client)
	packages+=(phpunit php-codesniffer faketime strace valgrind shellcheck ca-certificates)
	# texts to translate, and packages (tools/pot.sh, tools/dist.sh)
	packages+=(gettext zip unzip binutils openssl)
	# a persistent object cache
	packages+=(php-redis redis-server)
	# MySQL (mysql-root.sh)
	packages+=(debootstrap)
fi
if [[ ${1:-} == bench ]]; then
	# pt-archiver, and what draws pictures
	packages+=(percona-toolkit librsvg2-bin)
fi
if [[ ${1:-} == live ]]; then
	packages+=(php-fpm nginx)
fi
if [[ ${1:-} == galera ]]; then
	# the cluster's library, and what its nodes copy their data to each other with (galera.sh)
	packages+=(galera-4 rsync lsof)
fi
if [[ ${1:-} == browser ]]; then
	packages+=(php-fpm nginx chromium fonts-liberation)
	# Node.js may be there from elsewhere, which Debian's npm would not like.
	command -v npm >/dev/null || packages+=(nodejs npm)
fi

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

# redis-server, php-fpm, nginx and rsync come with services, which nobody here wants started.
if [[ ! -e /usr/sbin/policy-rc.d ]]; then
	printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
	chmod +x /usr/sbin/policy-rc.d
	trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update --quiet
apt-get install --quiet --yes --no-install-recommends "${missing[@]}"
