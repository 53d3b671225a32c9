#!/usr/bin/env bash
# free-ports.sh [N]: prints N ports of this machine that nobody listens on, one by default; below the range from
# which the system picks ports for outgoing connections.
set -euo pipefail

wanted=${1:-1}
declare -A found=()
for _ in {1..500}; do
	((${#found[@]} < wanted)) || break
	port=$((20000 + RANDOM % 10000))
	if ! (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
		found[$port]=
	fi
done
((${#found[@]} == wanted)) || {
	echo "free-ports.sh: found no $wanted free ports" >&2
	exit 1
}
printf '%s\n' "${!found[@]}"
