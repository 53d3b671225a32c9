#!/usr/bin/env bash
# rust-tests.sh [ARGUMENTS OF THE TEST BINARY…]: the engine's tests against a private MariaDB, or MySQL if
# WPF_DB_SERVER=mysql, which is started for them in target/stack-rust and stopped at the end. A second one has its
# data on a disk of its own, small enough to be filled up, in target/small-disk.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
readonly root
readonly stack=$root/tests/support/stack.sh
# MySQL sees nothing but its own folder.
[[ ${WPF_DB_SERVER:-} != mysql ]] || target=$root/target/mysql-root
readonly target=${target:-$root/target}
readonly dir=$target/stack-rust small=$target/small-disk

stop() {
	"$stack" stop "$dir" >/dev/null
	if mountpoint --quiet "$small"; then
		"$stack" stop "$small/stack" >/dev/null
		umount "$small"
	fi
}

start_small() {
	mkdir -p "$small"
	mount -t tmpfs -o size=400m,mode=755 small-disk "$small" || {
		echo "rust-tests.sh: the tests of a full disk mount a small file system, which needs root" >&2
		exit 1
	}
	local log=--innodb-log-file-size=8M
	[[ $WPF_DB_SERVER != mysql ]] || log=--innodb-redo-log-capacity=8M
	"$stack" start "$small/stack" -- "$log" --innodb-buffer-pool-size=32M --innodb-rollback-on-timeout=ON
	WPF_SMALL_DISK=$small
	WPF_SMALL_SOCKET=$(cat "$small/stack/socket")
	export WPF_SMALL_DISK WPF_SMALL_SOCKET
}

stop
trap stop EXIT
"$stack" start --port free "$dir"
start_small

set -a
# shellcheck disable=SC1091 # written by stack.sh
. "$dir/env"
set +a
# What is drawn by lot is the same each time; tests/fuzz/fuzz.sh draws others.
export PROPTEST_RNG_SEED=1
cd -- "$root"

# Tests about one server say so by name.
case $WPF_DB_SERVER in
mariadb) others=(on_mysql_ on_galera_) ;;
mysql) others=(on_mariadb_ on_galera_) ;;
esac
echo "Not run on this server:"
cargo test --quiet --no-default-features --test engine -- --list "${others[@]}" | sed -n 's/^\(.*\): test$/  \1/p'
cargo test --no-default-features -- "${others[@]/#/--skip=}" "$@"
