#!/usr/bin/env bash
# replication-tests.sh EXTENSION.so [ARGUMENTS OF PHPUNIT…]: deletions on a primary with two replicas, which are started for
# them and stopped at the end.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
extension=${1:?replication-tests.sh needs the path of the extension}
shift
trap 'tests/support/replicas.sh stop >/dev/null' EXIT
tests/support/replicas.sh start
WPF_STACK=$PWD/target/replication/primary WPF_SUITES=sid \
	tests/support/phpunit.sh on "$extension" "$@" tests/cluster/ReplicationTest.php
