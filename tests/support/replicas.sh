#!/usr/bin/env bash
# replicas.sh start [-- OPTION…] | stop: a private MariaDB with two replicas, in target/replication/primary, replica1 and
# replica2, each reached as its env says (stack.sh). `start` makes them anew; what comes after -- is for the primary.
set -euo pipefail

support=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
readonly support stack=$support/stack.sh home=${support%/tests/support}/target/replication
export WPF_DB_SERVER=mariadb

stop() {
	local server
	for server in replica1 replica2 primary; do
		"$stack" stop "$home/$server"
	done
}

# A replica that nobody but its primary writes to, and that has all the primary has logged, which is everything.
start_replica() {
	local number=$1 socket
	"$stack" start "$home/replica$number" -- --server-id="$((number + 1))" --read-only
	socket=$(cat "$home/replica$number/socket")
	mariadb --no-defaults --socket="$socket" --user=root <<-SQL
		CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = $port, MASTER_USER = 'replica', MASTER_PASSWORD = '',
			MASTER_CONNECT_RETRY = 1, MASTER_USE_GTID = slave_pos;
		START SLAVE;
	SQL
}

start() {
	stop >/dev/null
	rm -rf "$home"
	mkdir -p "$home"
	port=$("$support/free-ports.sh")
	"$stack" start --port "$port" "$home/primary" -- --log-bin=binlog --server-id=1 "$@"
	mariadb --no-defaults --socket="$(cat "$home/primary/socket")" --user=root <<-SQL
		CREATE USER replica@127.0.0.1;
		GRANT REPLICATION SLAVE ON *.* TO replica@127.0.0.1;
	SQL
	start_replica 1
	start_replica 2
}

case ${1:-} in
start)
	shift
	[[ ${1:-} != -- ]] || shift
	start "$@"
	;;
stop) stop ;;
*)
	echo 'replicas.sh: say start or stop' >&2
	exit 2
	;;
esac
