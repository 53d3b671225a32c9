#!/usr/bin/env bash
# fuzz.sh MINUTES EXTENSION.so: random arguments, values, names, resume points and answers, with other ones in each
# round, until the time is over. Stops at the first finding, and says how to see it again.
set -euo pipefail

minutes=${1:?fuzz.sh needs minutes}
extension=${2:?fuzz.sh needs the path of the extension}
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
# Cases of each property, and calls from PHP, in a round.
readonly cases=1000 calls=50000
readonly stack=$root/tests/support/stack.sh dir=$root/target/stack-fuzz
log=$(mktemp)
"$stack" stop "$dir" >/dev/null
"$stack" start --port free "$dir"
trap '"$stack" stop "$dir" >/dev/null; rm -f "$log"' EXIT
set -a
# shellcheck disable=SC1091 # written by stack.sh
. "$dir/env"
set +a
cd -- "$root"

round=0 seed=${WPF_FUZZ_SEED:-$(date +%s)}
deadline=$((SECONDS + minutes * 60))
declare -A outcomes
while ((SECONDS < deadline)); do
	if ! PROPTEST_RNG_SEED=$seed PROPTEST_CASES=$cases cargo test --no-default-features -- ::any_ >"$log" 2>&1; then
		cat "$log"
		echo "fuzz: see above; again: PROPTEST_RNG_SEED=$seed PROPTEST_CASES=$cases"
		exit 1
	fi
	properties=$(awk '/^test result: ok/ { sum += $4 } END { print sum }' "$log")
	if ! php -d extension="$extension" tests/fuzz/arguments.php "$seed" "$calls" >"$log" 2>&1; then
		cat "$log"
		echo "fuzz: see above; again: tests/fuzz/arguments.php $seed $calls"
		exit 1
	fi
	while read -r count outcome; do
		outcomes[$outcome]=$((${outcomes[$outcome]:-0} + count))
	done <"$log"
	round=$((round + 1)) seed=$((seed + 1))
	echo "fuzz: round $round, $((SECONDS / 60)) min, seed $((seed - 1)): nothing"
done
echo "Calls from PHP, and what came of them:"
for outcome in "${!outcomes[@]}"; do
	printf '%10d  %s\n' "${outcomes[$outcome]}" "$outcome"
done | sort -rn
echo "fuzz: $minutes minutes, $round rounds of $properties properties with $cases cases (of answers a tenth), $((round * calls)) calls: 0 findings"
