# shellcheck shell=bash
lib=$(dirname "${BASH_SOURCE[0]}")
. "$lib/common.sh"
. "$lib/packages.sh"
. "$lib/host.sh"
. "$lib/roottools.sh"
. "$lib/root.sh"
. "$lib/sandbox.sh"
. "$lib/build.sh"
