#!/usr/bin/env bash
# galera-tests.sh [ARGUMENTS OF THE TEST BINARY…]: the engine's tests about a Galera cluster, against the private one of
# galera.sh, which is started for them and stopped at the end unless it ran before.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
readonly root
readonly galera=$root/tests/support/galera.sh home=$root/target/galera

if ! "$root/tests/support/stack.sh" status "$home/node1" >/dev/null 2>&1; then
	trap '"$galera" stop >/dev/null' EXIT
fi
"$galera" start

# shellcheck disable=SC1091 # written by stack.sh
WPF_DB_SOCKET_OF_ANOTHER_NODE=$(. "$home/node2/env" && echo "$WPF_DB_SOCKET")
export WPF_DB_SOCKET_OF_ANOTHER_NODE
set -a
# shellcheck disable=SC1091 # written by stack.sh
. "$home/node1/env"
set +a
cd -- "$root"
cargo test --no-default-features --test engine -- on_galera_ "$@"
