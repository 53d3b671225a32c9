#!/usr/bin/env bash
# phpt.sh [FILE.phpt…]: the extension's own tests with PHP's run-tests.php, against a private MariaDB, which is started
# for them in target/stack-phpt and stopped at the end. A skipped test is a failure.
#
# WPF_EXTENSION names the extension, target/release/libwpf_delete.so by default.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
readonly root
readonly stack=$root/tests/support/stack.sh dir=$root/target/stack-phpt
readonly extension=${WPF_EXTENSION:-$root/target/release/libwpf_delete.so}
readonly php=${PHP:-php}

fail() {
	echo "phpt.sh: $*" >&2
	exit 1
}

[[ -f $extension ]] || fail "there is no $extension: run cargo build --release"
# The folder of an extension's build files holds PHP's test runner; php-config knows it as part of phpize's prefix.
runner=$(find -L "$("${PHP_CONFIG:-php-config}" --prefix)/lib/php" -name run-tests.php -path '*build*' 2>/dev/null | sort | tail -n 1)
[[ -n $runner ]] || fail "there is no run-tests.php below $("${PHP_CONFIG:-php-config}" --prefix)/lib/php: install PHP's development files"
# shellcheck disable=SC2016 # PHP's variables
"$php" -r 'foreach ( array( "mysqli", "pcntl", "posix" ) as $needed ) extension_loaded( $needed ) || exit( 1 );' ||
	fail "this PHP lacks mysqli, pcntl or posix"
! "$php" -m 2>/dev/null | grep -qx wpf_delete ||
	fail "this PHP loads another wpf_delete by itself; take it out of its configuration first (make uninstall)"

"$stack" stop "$dir" >/dev/null
"$stack" start --port "$("$root/tests/support/free-ports.sh")" "$dir"
trap '"$stack" stop "$dir" >/dev/null' EXIT

set -a
# shellcheck disable=SC1091 # written by stack.sh
. "$dir/env"
set +a
cd -- "$root"
tests=("$@")
((${#tests[@]})) || tests=(tests/phpt)
log=$dir/run.log
status=0
NO_INTERACTION=1 TEST_PHP_EXECUTABLE=$(command -v "$php") "$php" "$runner" \
	-q -g FAIL,BORK,WARN,LEAK,SKIP,XFAIL --show-diff --no-color -p "$(command -v "$php")" -d extension="$extension" \
	"${tests[@]}" 2>&1 | tee "$log" || status=$?
! grep -Eq '^(Tests skipped|Tests borked|Tests warned|Expected fail) +: +[1-9]' "$log" || fail "a test was skipped, or is not one"
grep -Eq '^Tests passed +: +[1-9]' "$log" || fail "no test ran"
exit "$status"
