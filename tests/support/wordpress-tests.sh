#!/usr/bin/env bash
# wordpress-tests.sh EXTENSION.so: all WordPress tests, with the extension and without it.
#
# Both runs go side by side, on sites of their own; the one without the extension is printed when it has
# ended. Speed is measured alone, afterwards; what only compares core with itself runs once.
set -euo pipefail

extension=${1:?wordpress-tests.sh needs the path of the extension}
run=$(dirname -- "${BASH_SOURCE[0]}")/phpunit.sh
log=$(mktemp)
trap 'rm -f "$log"' EXIT

"$run" off >"$log" 2>&1 &
off=$!
failed=0
"$run" on "$extension" --exclude-group "speed,core" tests/wordpress || failed=1
wait "$off" || failed=1
cat "$log"
"$run" on "$extension" --group speed tests/wordpress || failed=1
exit "$failed"
