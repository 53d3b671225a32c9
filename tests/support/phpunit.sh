#!/usr/bin/env bash
# phpunit.sh on EXTENSION.so [TEST…] | off [TEST…]: the WordPress tests, with the extension or without it.
#
# The groups `speed` and `native` are about the extension, and no part of the run without it.
# WPF_SUITES names the WordPress versions; all three by default. A skipped, risky or warning test is a failure.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
export WPF_SUITES=${WPF_SUITES:-bookworm trixie sid}

case ${1:-} in
on)
	groups=()
	export WPF_EXTENSION=${2:?phpunit.sh on needs the path of the extension} WPF_EXPECT_EXTENSION=1
	shift 2
	;;
off)
	groups=(--exclude-group "speed,native")
	unset WPF_EXTENSION
	shift
	;;
*)
	echo 'phpunit.sh: say on or off' >&2
	exit 2
	;;
esac

exec phpunit --bootstrap tests/support/bootstrap.php --do-not-cache-result \
	--fail-on-skipped --fail-on-incomplete --fail-on-risky --fail-on-warning "${groups[@]}" "${@:-tests/wordpress}"
