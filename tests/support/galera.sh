#!/usr/bin/env bash
# galera.sh start [NODE…] | stop [NODE…] | kill NODE | [-- OPTION…]: a private Galera cluster of three MariaDB nodes
# on 127.0.0.1, in target/galera/node1 to node3; all of them when none is named. Each is reached as its env says
# (stack.sh), by socket and by port.
#
# `start` where no node runs makes a new, empty cluster. A node that was away joins those that run and fetches what it
# has missed. `kill` is SIGKILL. What comes after -- is for the servers.
set -euo pipefail

support=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
readonly support stack=$support/stack.sh home=${support%/tests/support}/target/galera
readonly all=(1 2 3) limit=60
export WPF_DB_SERVER=mariadb

fail() {
	echo "galera.sh: $*" >&2
	exit 1
}

# The scripts by which a node copies its data to another one are in the package of the server, which would
# start one. What they copy to belongs to whoever runs the tests, not to a user of its own.
fetch_scripts() {
	[[ ! -x $home/scripts/wsrep_sst_rsync ]] || return 0
	local scratch
	scratch=$(mktemp -d "$home/.package.XXXXXX")
	(cd "$scratch" && apt-get download -qq mariadb-server 2>"$home/download.log") ||
		fail "mariadb-server could not be downloaded, see $home/download.log"
	dpkg -x "$scratch"/mariadb-server_*.deb "$scratch/package"
	mkdir -p "$home/scripts"
	sed -i "s/^use chroot = no$/&\\nuid = $(id -u)\\ngid = $(id -g)/" "$scratch/package/usr/bin/wsrep_sst_rsync"
	mv "$scratch/package/usr/bin/"wsrep_sst_{common,rsync} "$home/scripts/"
	rm -rf "$scratch"
}

# Four ports a node: for the group, for catching up, for the copy of all data, for clients.
ports() {
	[[ -f $home/ports ]] || "$support/free-ports.sh" 12 >"$home/ports"
	mapfile -t port <"$home/ports"
}

runs() {
	"$stack" status "$home/node$1" >/dev/null 2>&1
}

any_runs() {
	local node
	for node in "${all[@]}"; do
		! runs "$node" || return 0
	done
	return 1
}

start_node() {
	local node=$1 group=() first=()
	local own=$((4 * (node - 1)))
	for other in "${all[@]}"; do
		group+=("127.0.0.1:${port[4 * (other - 1)]}")
	done
	if any_runs; then
		# It is given the data of another one.
		mkdir -p "$home/node$node/data"
	else
		first=(--wsrep-new-cluster)
	fi
	PATH=$home/scripts:$PATH "$stack" start --port "${port[own + 3]}" "$home/node$node" -- \
		--binlog-format=ROW --innodb-autoinc-lock-mode=2 \
		--wsrep-on=ON --wsrep-provider=/usr/lib/galera/libgalera_smm.so "${first[@]}" \
		--wsrep-node-name="node$node" --wsrep-node-address="127.0.0.1:${port[own]}" \
		--wsrep-cluster-address="gcomm://$(IFS=,; echo "${group[*]}")" \
		--wsrep-sst-method=rsync --wsrep-sst-receive-address="127.0.0.1:${port[own + 2]}" \
		--wsrep-provider-options="gmcast.listen_addr=tcp://127.0.0.1:${port[own]};ist.recv_addr=127.0.0.1:${port[own + 1]};gcache.size=128M;pc.recovery=FALSE" \
		"${options[@]}"
}

# A node that has been held up, as the machine's sleep does, is back in a moment.
wait_until_ready() {
	local socket deadline=$((SECONDS + limit))
	socket=$(cat "$home/node$1/socket")
	until [[ $(mariadb --no-defaults --socket="$socket" --user=root --skip-column-names \
		--execute="SHOW STATUS LIKE 'wsrep_ready'" 2>/dev/null) == *ON ]]; do
		((SECONDS <= deadline)) || fail "node $1 is not ready after $limit seconds, see $home/node$1/error.log"
		sleep 0.1
	done
}

start_nodes() {
	local node
	mkdir -p "$home"
	fetch_scripts
	any_runs || rm -rf "$home"/node*/data
	ports
	for node in "$@"; do
		start_node "$node"
	done
	for node in "$@"; do
		wait_until_ready "$node"
	done
}

stop_nodes() {
	local node
	for node in "$@"; do
		"$stack" stop "$home/node$node"
	done
}

(($# > 0)) || fail 'say start, stop or kill'
command=$1
shift
nodes=()
while (($# > 0)) && [[ $1 != -- ]]; do
	[[ $1 =~ ^[123]$ ]] || fail "there is no node $1"
	nodes+=("$1")
	shift
done
options=("${@:2}")

case $command in
start) start_nodes "${nodes[@]:-${all[@]}}" ;;
stop) stop_nodes "${nodes[@]:-${all[@]}}" ;;
kill) ((${#nodes[@]} == 1)) && kill -KILL "$(cat "$home/node${nodes[0]}/mysqld.pid")" ;;
*) fail 'say start, stop or kill' ;;
esac
