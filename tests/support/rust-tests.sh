#!/usr/bin/env bash
# rust-tests.sh [ARGUMENTS OF THE TEST BINARY…]: the engine's tests against a private MariaDB, or MySQL if
# WPF_DB_SERVER=mysql, which is started for them in target/stack-rust and stopped at the end.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
readonly root
readonly stack=$root/tests/support/stack.sh
# MySQL sees nothing but its own folder.
[[ ${WPF_DB_SERVER:-} != mysql ]] || dir=$root/target/mysql-root/stack-rust
readonly dir=${dir:-$root/target/stack-rust}

"$stack" stop "$dir" >/dev/null
"$stack" start --port free "$dir"
trap '"$stack" stop "$dir" >/dev/null' EXIT

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
