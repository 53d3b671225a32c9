#!/usr/bin/env bash
# mutations.sh [NAME…]: breaks the engine in one place after the other, and has the random sites find out.
#
# mutations.txt is the list. WP names the WordPress (default sid), SEEDS how many sites each mutation may survive at most
# (default 50), FROM the first one's seed (default 1). Prints a table; fails when a mutation survives, or no longer changes
# anything. Needs the tests' database (stack.sh) to be up.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
exec php tests/random/mutations.php --wp="${WP:-sid}" --seeds="${SEEDS:-50}" --from="${FROM:-1}" -- "$@"
