#!/usr/bin/env bash
# memcheck.sh CALLS RELEASE.so DEBUG.so [asan]: the extension in one PHP process for so many calls, (1) as it is, (2)
# as a debug build with rubbish in all memory that is given out or given back, (3) under valgrind, and with `asan` (4)
# the engine's tests under AddressSanitizer. Stops at the first error.
#
# No error of PHP's or the client library's is left out: there were none to leave out. Allocators that are put in
# front of the C library's do not see what an extension does, which PHP binds to the C library itself.
set -euo pipefail

calls=${1:?memcheck.sh needs a number of calls}
release=${2:?memcheck.sh needs the path of the extension}
debug=${3:?memcheck.sh needs the path of the extension as a debug build}
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
readonly stack=$root/tests/support/stack.sh dir=$root/target/stack-memory
log=$(mktemp)
"$stack" stop "$dir" >/dev/null
"$stack" start --port free "$dir"
trap '"$stack" stop "$dir" >/dev/null; rm -f "$log"' EXIT
set -a
# shellcheck disable=SC1091 # written by stack.sh
. "$dir/env"
set +a
cd -- "$root"

# Without PHP's own allocator each piece of memory is one of the C library's, and none is used again in silence.
readonly bare=(env USE_ZEND_ALLOC=0 ZEND_DONT_UNLOAD_MODULES=1)

# php_calls COMMAND… EXTENSION.so: the calls in a PHP that has nothing but what they need. It changes code at run time
# to match regular expressions, which valgrind would have to follow.
php_calls() {
	"${@:1:$#-1}" php -n -d pcre.jit=0 -d extension=mysqlnd -d extension=mysqli -d extension="${*: -1}" tests/memory/calls.php "$calls"
}

echo "(1) as it is:"
php_calls env "$release"
echo "(2) with rubbish in fresh and freed memory:"
php_calls "${bare[@]}" GLIBC_TUNABLES=glibc.malloc.perturb=165:glibc.malloc.tcache_count=0 "$debug"
echo "(3) under valgrind:"
php_calls "${bare[@]}" valgrind --quiet --leak-check=full --show-leak-kinds=definite,indirect,possible \
	--errors-for-leak-kinds=definite,indirect,possible --error-exitcode=99 --log-file="$log" "$release" || {
	cat "$log"
	exit 1
}
if [[ ${4:-} == asan ]]; then
	echo "(4) the engine under AddressSanitizer:"
	# It is part of every toolchain, but only said to be of the nightly ones. The tests keep the texts of their
	# statements for good; leaks are (3)'s.
	RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zsanitizer=address ASAN_OPTIONS=detect_leaks=0 PROPTEST_RNG_SEED=1 \
		cargo test --quiet --no-default-features --target "$(rustc -vV | sed -n 's/^host: //p')" -- --skip on_mysql_ --skip on_galera_ --skip small_disk --skip explain
fi
echo "memcheck: $calls calls, 0 errors, 0 leaks, no growth"
