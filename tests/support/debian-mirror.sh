#!/usr/bin/env bash
# debian-mirror.sh: prints the address of the mirror that this machine's own release is installed from.
# WPF_DEBIAN_MIRROR names another one.
set -euo pipefail

if [[ -n ${WPF_DEBIAN_MIRROR:-} ]]; then
	echo "$WPF_DEBIAN_MIRROR"
	exit
fi
# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
# shellcheck disable=SC2016 # apt's own placeholders
apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(SITE)' 'Created-By: Packages' |
	awk -v release="$release" '$1 == release && $2 == "main" && !found { print $3; found = 1 } END { exit !found }' || {
	echo "debian-mirror.sh: apt has no 'main' archive of this machine's release ($release); set WPF_DEBIAN_MIRROR" >&2
	exit 1
}
