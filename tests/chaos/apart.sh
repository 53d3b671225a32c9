#!/usr/bin/env bash
# apart.sh COMMAND…: runs a command in a mount namespace of its own where that is allowed, so that no file system which it
# mounts outlives it.
set -euo pipefail

apart=()
if unshare --mount true 2>/dev/null; then
	apart=(unshare --mount)
fi
exec "${apart[@]}" "$@"
