#!/usr/bin/env bash
# browser.sh EXTENSION.so POSTS: installs what is missing (Chromium from Debian, the rest from npm by its lock file), and
# runs browser.php.
set -euo pipefail

extension=${1:?browser.sh needs the path of the extension}
posts=${2:?browser.sh needs a number of posts}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
support=$here/../support
modules=$here/../../target/browser

"$support/packages.sh" browser
mkdir -p "$modules"
# npm leaves a note of what it has installed.
if [[ ! $modules/node_modules/.package-lock.json -nt $here/package-lock.json ]]; then
	cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$modules/"
	(cd "$modules" && npm ci --no-update-notifier --loglevel=error)
	touch "$modules/node_modules/.package-lock.json"
fi
"$support/with-stack.sh" php "$here/browser.php" "$extension" "$posts"
