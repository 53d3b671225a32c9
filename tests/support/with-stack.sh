#!/usr/bin/env bash
# with-stack.sh COMMAND…: runs a command with the tests' database up, and leaves it as it was found.
set -euo pipefail

stack=$(dirname -- "${BASH_SOURCE[0]}")/stack.sh

if ! "$stack" status >/dev/null 2>&1; then
	trap '"$stack" stop >/dev/null' EXIT
	"$stack" start
fi
"$@"
