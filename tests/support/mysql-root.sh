#!/usr/bin/env bash
# mysql-root.sh: MySQL in target/mysql-root, a folder that chroot can be given. Debian has MySQL in sid
# only; remove the folder to fetch the newest one.
set -euo pipefail

support=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
target=${support%/tests/support}/target
root=$target/mysql-root
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

fail() {
	echo "mysql-root.sh: $*" >&2
	exit 1
}

# Into a scratch folder first, so that an interrupted run leaves no half root. What debootstrap may have
# left mounted in it is not removed with it.
build() {
	((EUID == 0)) || fail "debootstrap and chroot need root"
	scratch=$(mktemp -d "$target/.mysql-root.XXXXXX")
	echo "mysql-root.sh: fetching MySQL from Debian's sid" >&2
	debootstrap --variant=minbase --include=mysql-server-core --force-check-gpg --keyring="$keyring" \
		sid "$scratch/root" "$("$support/debian-mirror.sh")" >"$target/mysql-root.log" 2>&1 ||
		fail "debootstrap failed, see $target/mysql-root.log"
	rm -rf "$scratch"/root/var/cache/apt/archives/*.deb "$scratch"/root/var/lib/apt/lists/*
	mv --no-target-directory "$scratch/root" "$root"
}

mkdir -p "$target"
exec 9>"$target/.mysql-root.lock"
flock 9
scratch=
trap '[[ -z $scratch ]] || rm -rf --one-file-system "$scratch"' EXIT
[[ -d $root ]] || build
