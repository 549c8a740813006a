# Decides whether the host itself can build: "native", or else "root" (the private Debian 13 root).
# The answer is kept until the package list, the probe or the host's packages change.
# shellcheck shell=bash

# Sets `toolchain`. HALFSHAKE_TOOLCHAIN=native or =root decides by hand.
decide_toolchain() { # SECTION...
    toolchain=${HALFSHAKE_TOOLCHAIN:-}
    case $toolchain in
    native | root) return ;;
    "" | auto) ;;
    *) die "HALFSHAKE_TOOLCHAIN is '$toolchain'; it may be native, root or auto" ;;
    esac
    local sections=$* answer kept=
    answer=$cache/toolchain-for-${sections// /-}
    if [ -r "$answer" ] && IFS=: read -r kept toolchain <"$answer" && [ "$kept" = "$(answer_key)" ]; then
        return
    fi
    choose_toolchain "$@"
    mkdir -p "$cache"
    # Asked again, because packages installed on the way have changed the key.
    printf '%s:%s\n' "$(answer_key)" "$toolchain" >"$answer.$$"
    mv "$answer.$$" "$answer"
}

answer_key() {
    cat "$packaging_dir/packages" "$packaging_dir/probe/CMakeLists.txt" /etc/os-release 2>/dev/null | cksum | tr -d '\n'
    stat --format ' %Y %s' /var/lib/dpkg/status 2>/dev/null | tr -d '\n' || true
}

choose_toolchain() { # SECTION...
    toolchain=native
    if host_can_build; then
        install_on_host "$@" || say "Some tests need what is missing."
        return
    fi
    if distribution_is_recent; then
        install_on_host "$@" || die "packages are missing (or set HALFSHAKE_TOOLCHAIN=root for a private Debian 13 root)"
        host_can_build && return
    fi
    toolchain=root
    say "This host's own packages cannot build Halfshake; it lacks"
    printf '%s\n' "$host_lacks" | sed 's/^/  /' >&2
    say "so a private Debian 13 root is used."
}

# Sets `host_lacks`.
host_can_build() {
    host_lacks=
    local tool folder log
    for tool in cmake ninja c++; do
        has "$tool" || host_lacks+="${host_lacks:+$'\n'}$tool"
    done
    [ -z "$host_lacks" ] || return 1
    folder=$(mktemp -d)
    log=$folder/log
    if cmake -G Ninja -S "$packaging_dir/probe" -B "$folder/build" "-DPROBE_LACKS=$folder/lacks" >"$log" 2>&1; then
        host_lacks=$(cat "$folder/lacks")
    else
        host_lacks=$(grep -m 1 -A 3 'CMake Error' "$log" || echo "a working CMake 3.25 or later with a C++ compiler")
    fi
    rm -rf "$folder"
    [ -z "$host_lacks" ]
}

# Debian 13 and later, and whatever else packages Qt 6.8 under Debian's names.
distribution_is_recent() {
    has apt-get && has dpkg || return 1
    local version
    version=$(qt_candidate)
    if [ -z "$version" ] && is_root; then
        update_package_lists
        version=$(qt_candidate)
    fi
    [ -n "$version" ] && dpkg --compare-versions "$version" ge 6.8
}

qt_candidate() { apt-cache policy qt6-base-dev 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9].*\)/\1/p'; }

install_on_host() { # SECTION...
    has dpkg-query && has apt-get || return 0
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    if is_root; then
        install_packages "${missing[@]}"
    else
        say "Missing on this host. As root, once:"
        say "  apt-get install ${missing[*]}"
        return 1
    fi
}

update_package_lists() {
    mkdir -p "$cache"
    run_job "$cache/apt.log" describe_update apt-get update || explain_failure "$cache/apt.log" "apt-get update failed"
}

install_packages() { # NAME...
    say "Installing with apt-get: $*"
    update_package_lists
    run_job "$cache/apt.log" describe_install env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "$@" ||
        explain_failure "$cache/apt.log" "apt-get install failed"
}

describe_update() { echo "apt-get update"; }

describe_install() {
    awk '/^Get:/ { ++got } /^Setting up / { ++done } / newly installed/ { total = $3 }
         END { print "apt-get install: got " got + 0 ", set up " done + 0 " of " total " packages" }' "$1"
}
