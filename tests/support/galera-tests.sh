#!/usr/bin/env bash
# galera-tests.sh short|long EXTENSION.so: the tests about a Galera cluster, against the private one of galera.sh, which is
# started for them and stopped at the end. Of the engine what needs no time, or all; and deletions on WordPress.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
readonly root
readonly galera=$root/tests/support/galera.sh home=$root/target/galera

case ${1:-} in
# A node that is cut off takes seconds to notice.
short) skip=(--skip cut_off) exclude=(--exclude-group long) ;;
long) skip=() exclude=() ;;
*)
	echo 'galera-tests.sh: say short or long' >&2
	exit 2
	;;
esac
extension=${2:?galera-tests.sh needs the path of the extension}

cd -- "$root"
trap '"$galera" stop >/dev/null' EXIT
"$galera" start

(
	# shellcheck disable=SC1091 # written by stack.sh
	WPF_DB_SOCKET_OF_ANOTHER_NODE=$(. "$home/node2/env" && echo "$WPF_DB_SOCKET")
	export WPF_DB_SOCKET_OF_ANOTHER_NODE
	set -a
	# shellcheck disable=SC1091 # written by stack.sh
	. "$home/node1/env"
	set +a
	cargo test --no-default-features --test engine -- on_galera_ --test-threads=1 "${skip[@]}"
)
WPF_STACK=$home/node1 WPF_SUITES=sid tests/support/phpunit.sh on "$extension" "${exclude[@]}" tests/cluster/GaleraTest.php
