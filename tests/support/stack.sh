#!/usr/bin/env bash
# stack.sh start [--port N] [DIR] [-- OPTION…] | stop [DIR] | status [DIR]: a private MariaDB, by default
# in target/stack.
#
# It listens on a socket of its own; with --port also on 127.0.0.1 and ::1. DIR/env says in shell
# assignments how to reach it. root has no password over the socket. `stop` keeps the data. What comes
# after -- is for the server, and wins over the options here.
#
# WPF_DB_SERVER=mysql: MySQL instead. It sees nothing but the folder it is installed in (mysql-root.sh),
# so DIR has to be below that; by default it is target/mysql-root/stack.
set -euo pipefail

# Spaces and both kinds of quotes: whatever carries a password has to carry this one.
readonly user=wp password="wp \"pass' word"
readonly limit=60 # seconds to wait for a start or a stop

fail() {
	echo "stack.sh: $*" >&2
	exit 1
}

usage() {
	fail "usage: stack.sh start [--port N] [DIR] [-- OPTION…] | stop [DIR] | status [DIR]"
}

# The process id of our server; fails when it does not run. A stale pid file may name a stranger.
running() {
	local pid
	pid=$(cat "$dir/mysqld.pid" 2>/dev/null) || return 1
	[[ $(readlink "/proc/$pid/root") == "${root:-/}" ]] || return 1
	tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qxF -- "--datadir=$(inside "$dir/data")" || return 1
	echo "$pid"
}

# A path as the server sees it.
inside() {
	echo "${1#"$root"}"
}

sql() {
	mariadb --no-defaults --socket="$socket" --user=root "$@"
}

# A socket's address has room for 107 bytes. A longer one moves to a short folder, recorded in
# DIR/socket so that it stays the same from start to start. A server that cannot see that folder listens
# in its own, where its path is short, and is reached by a link.
choose_socket() {
	socket=$dir/mysqld.sock
	listen=$(inside "$socket")
	if ((${#socket} > 107)); then
		socket=$(cat "$dir/socket" 2>/dev/null) || socket=$(mktemp -d)/mysqld.sock
		[[ -d ${socket%/*} ]] || mkdir -m 700 "${socket%/*}"
		if [[ -n $root ]]; then
			ln -sfn "$dir/mysqld.sock" "$socket"
		else
			listen=$socket
		fi
	fi
	echo "$socket" >"$dir/socket"
}

create_mariadb_data() {
	# --force: a machine that cannot look up its own name is no reason to stop.
	TMPDIR=$dir/tmp mariadb-install-db --no-defaults --user=root --datadir="$1" --skip-test-db --force \
		--auth-root-authentication-method=normal
}

create_mysql_data() {
	"${daemon[@]}" --no-defaults --user=root --initialize-insecure --datadir="$(inside "$1")"
}

create_data() {
	echo "stack.sh: creating $dir/data" >&2
	rm -rf "$dir/data.new"
	"create_${WPF_DB_SERVER}_data" "$dir/data.new" >"$dir/install.log" 2>&1 ||
		fail "no data folder could be made, see $dir/install.log"
	mv "$dir/data.new" "$dir/data"
}

create_user() {
	local host quoted=${password//\'/\'\'}
	for host in localhost 127.0.0.1 ::1; do
		echo "DROP USER IF EXISTS '$user'@'$host';"
		echo "CREATE USER '$user'@'$host' IDENTIFIED BY '$quoted';"
		echo "GRANT ALL ON *.* TO '$user'@'$host';"
	done | sql
}

write_env() {
	{
		printf 'WPF_DB_SERVER=%q\n' "$WPF_DB_SERVER"
		printf 'WPF_DB_SOCKET=%q\n' "$socket"
		printf 'WPF_DB_PORT=%q\n' "$port"
		printf 'WPF_DB_USER=%q\n' "$user"
		printf 'WPF_DB_PASSWORD=%q\n' "$password"
	} >"$dir/env.new"
	mv "$dir/env.new" "$dir/env"
}

start() {
	local network=(--skip-networking) pid
	[[ -z $root ]] || "$support/mysql-root.sh"
	# A starting server clears its folder for temporary tables: in a shared one, of other servers' tables, too.
	mkdir -p "$dir/tmp"
	exec 9>"$dir/lock"
	flock 9
	if pid=$(running); then
		if [[ -n $port ]] && ! tr '\0' '\n' <"/proc/$pid/cmdline" | grep -qxF -- "--port=$port"; then
			fail "it already runs without port $port; stop it first"
		fi
		return
	fi
	choose_socket
	[[ -d $dir/data ]] || create_data
	if [[ -n $port ]]; then
		network=(--port="$port" --bind-address=127.0.0.1)
		if grep -qs ' lo$' /proc/net/if_inet6; then
			network=(--port="$port" "--bind-address=127.0.0.1,::1")
		else
			echo "stack.sh: this machine has no ::1, listening on 127.0.0.1 only" >&2
		fi
	fi

	local files=(--datadir="$(inside "$dir/data")" --tmpdir="$(inside "$dir/tmp")" --socket="$listen"
		--pid-file="$(inside "$dir/mysqld.pid")" --log-error="$(inside "$dir/error.log")")

	: >"$dir/error.log"
	# Names are not resolved: without it 127.0.0.1 would be taken for localhost.
	setsid "${daemon[@]}" --no-defaults --user=root "${files[@]}" "${own[@]}" "${network[@]}" --skip-name-resolve \
		--skip-log-bin --innodb-flush-log-at-trx-commit=2 --innodb-buffer-pool-size=256M \
		--max-allowed-packet=64M --default-storage-engine=InnoDB \
		--character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_520_ci \
		"${options[@]}" \
		</dev/null >>"$dir/error.log" 2>&1 9>&- &
	pid=$!
	local deadline=$((SECONDS + limit))
	until sql --execute='SELECT 1' >/dev/null 2>&1; do
		if [[ ! -d /proc/$pid ]] || ((SECONDS > deadline)); then
			kill "$pid" 2>/dev/null || true
			tail -n 20 "$dir/error.log" >&2
			fail "$name did not start, see $dir/error.log"
		fi
		sleep 0.1
	done
	create_user
	write_env
}

stop() {
	local pid
	pid=$(running) || return 0
	kill "$pid"
	local deadline=$((SECONDS + limit))
	while [[ -d /proc/$pid ]]; do
		((SECONDS <= deadline)) || fail "process $pid did not end within $limit seconds, see $dir/error.log"
		sleep 0.1
	done
	rm -f "$dir/env"
	# A short folder for the socket; the next start makes it again.
	local socket
	socket=$(cat "$dir/socket")
	if [[ $socket != "$dir"/* ]]; then
		rm -f "$socket"
		rmdir "${socket%/*}"
	fi
}

(($# > 0)) || usage
command=$1
shift
support=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
target=${support%/tests/support}/target
: "${WPF_DB_SERVER:=mariadb}"
# `own` are options that the other server does not know.
case $WPF_DB_SERVER in
mariadb)
	name=MariaDB root='' dir=$target/stack
	daemon=(mariadbd) own=()
	;;
mysql)
	name=MySQL root=$target/mysql-root dir=$target/mysql-root/stack
	daemon=(chroot "$root" mysqld) own=(--secure-file-priv=NULL --mysqlx=OFF)
	;;
*) fail "WPF_DB_SERVER is $WPF_DB_SERVER: mariadb or mysql" ;;
esac
port=
options=()
while (($# > 0)); do
	case $1 in
	--port)
		port=${2:-}
		[[ $port =~ ^[0-9]+$ ]] || usage
		shift 2
		;;
	--)
		options=("${@:2}")
		break
		;;
	-*) usage ;;
	*)
		dir=$(realpath --canonicalize-missing -- "$1")
		shift
		;;
	esac
done

[[ -z $root || $dir == "$root"/* ]] || fail "$name sees nothing outside of $root"

case $command in
start)
	start
	socket=$(cat "$dir/socket")
	echo "$name $(sql --skip-column-names --execute='SELECT VERSION()') answers on $socket"
	;;
stop)
	stop
	echo "$name is stopped"
	;;
status)
	running >/dev/null || {
		echo "$name is stopped"
		exit 1
	}
	echo "$name answers on $(cat "$dir/socket")"
	;;
*) usage ;;
esac
