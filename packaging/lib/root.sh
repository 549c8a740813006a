# Makes the private Debian 13 root: a folder of the user's cache whose /usr holds compiler, libraries and tools.
# shellcheck shell=bash

readonly root_release=trixie
read -r -a more_sections <<<"${HALFSHAKE_SECTIONS:-}"
readonly root_sections=(build run test check "${more_sections[@]}")
# Raise it when this file makes the same packages into a different root.
readonly root_recipe=1
readonly root_needs_mb=2200
readonly keyring=/usr/share/keyrings/debian-archive-keyring.gpg

root_folder() {
    local hash
    hash=$({ echo "$root_release $root_recipe"; package_names "${root_sections[@]}"; } | sha256sum)
    printf '%s/root-%s\n' "$cache" "${hash:0:12}"
}

# Sets `root`. Several starts may come here at the same time: one makes it, the others wait.
require_root() {
    root=$(root_folder)
    if [ ! -d "$root" ]; then
        mkdir -p "$cache"
        take_lock "$cache/root.lock" "another start is making the toolchain root"
        [ -d "$root" ] || make_root
        release_lock
    fi
    # Held for as long as anything runs in the root: nobody removes it meanwhile.
    exec 8<"$root"
    flock -s 8
}

make_root() {
    require_root_tools
    require_space "$cache" "$root_needs_mb"
    is_root || require_space /var/tmp "$root_needs_mb"
    remove_tree "$root.partial"
    local start=$SECONDS
    say "Making the Debian 13 toolchain root (about 1 minute, 1.4 GB, once):"
    say "  $root"
    find_mirror
    download_root
    unpack_root
    adapt_root "$root.partial"
    mv "$root.partial" "$root"
    remove_tree "$cache/downloads"
    remove_unused_roots
    say "The toolchain root is ready after $((SECONDS - start)) s."
}

# The host's own Debian mirror, so that proxies and local mirrors are honoured; empty leaves the choice to mmdebstrap.
find_mirror() {
    # shellcheck disable=SC2016 # apt's own variables
    mirror=$(apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        sed -n 's/^Debian|Debian|//p' | head -n 1) || mirror=
    [ -z "$mirror" ] || mirror="deb [$(signed_by)] $mirror $root_release main"
}

signed_by() { [ ! -e "$keyring" ] || printf 'signed-by=%s' "$keyring"; }

# Packages are fetched before mmdebstrap runs and kept until the root is complete: an interrupted download goes on.
download_root() {
    [ -n "$mirror" ] || return 0
    local apt=$cache/downloads log=$cache/download.log
    mkdir -p "$apt/lists/partial" "$apt/archives/partial"
    : >"$apt/status"
    printf '%s\n' "$mirror" >"$apt/sources.list"
    if ! run_job "$log" describe_lists private_apt "$apt" -o APT::Update::Error-Mode=any update; then
        say "  The host's mirror does not answer for Debian 13 (see $log); trying the default one."
        mirror=
        return 0
    fi
    mapfile -t names < <(package_names "${root_sections[@]}")
    run_job "$log" describe_download private_apt "$apt" install --yes --download-only --no-install-recommends \
        '?essential' apt "${names[@]}" || explain_failure "$log" "downloading the packages failed"
}

# apt-get with a state of its own: it neither needs nor changes the host's.
private_apt() { # FOLDER ARGUMENTS...
    local apt=$1
    shift
    apt-get -o Dir::State="$apt" -o Dir::State::lists="$apt/lists" -o Dir::State::status="$apt/status" \
        -o Dir::Cache="$apt" -o Dir::Cache::archives="$apt/archives" \
        -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o APT::Sandbox::User=root -o APT::Get::List-Cleanup=false -o Acquire::Languages=none \
        -o Acquire::Retries=3 -o Debug::NoLocking=true "$@"
}

unpack_root() {
    local log=$cache/root.log
    run_job "$log" describe_unpack run_mmdebstrap || explain_failure "$log" "making the toolchain root failed"
}

# Root unpacks into the folder. An ordinary user gets the files through a tar stream: made in a user namespace they
# would belong to subordinate user ids, which neither bubblewrap nor rm can use later.
run_mmdebstrap() {
    # force-unsafe-io: a root that a power cut spoils is made again. Documentation is left out by a hook because
    # mmdebstrap's own way (--dpkgopt=path-exclude) pipes the base system through a slow filter.
    # shellcheck disable=SC2016 # $1 is the hook's own
    local options=(--verbose --variant=apt --components=main
        "--include=$(package_names "${root_sections[@]}" | paste -sd,)"
        --aptopt='Acquire::Languages "none"' --aptopt='Acquire::Retries "3"' --dpkgopt=force-unsafe-io
        --essential-hook='printf "path-exclude=/usr/share/%s/*\n" doc man info locale >"$1/etc/dpkg/dpkg.cfg.d/lean"')
    if [ -n "$mirror" ]; then
        # shellcheck disable=SC2016 # $1 is the hook's own
        options+=(--setup-hook='mkdir -p "$1/var/cache/apt/archives"'
            "--setup-hook=sync-in '$cache/downloads/archives' /var/cache/apt/archives")
    fi
    if is_root; then
        TMPDIR=/var/tmp mmdebstrap --mode=root "${options[@]}" "$root_release" "$root.partial" ${mirror:+"$mirror"}
    else
        mkdir "$root.partial"
        TMPDIR=/var/tmp mmdebstrap --mode=unshare --format=tar "${options[@]}" "$root_release" - ${mirror:+"$mirror"} |
            tar -x -C "$root.partial" --no-same-owner --exclude='./dev/*'
    fi
}

describe_lists() { echo "asking the mirror for Debian 13"; }

describe_download() {
    awk -v have="$(find "$cache/downloads/archives" -maxdepth 1 -name '*.deb' | wc -l)" '
        / newly installed/ { total = $3 }
        END { print "downloading: " have " of " total " packages" }' "$1"
}

describe_unpack() {
    awk '/^(Unpacking|Setting up) / { ++n[$1] }
         END { if (n["Setting"] > 60 || n["Unpacking"] > 60) print "unpacked " n["Unpacking"] + 0 ", set up " n["Setting"] + 0 " packages"
               else print "unpacking the base system" }' "$1"
}

# Only /usr of the root is mounted over the host's, so what points out of /usr must find the root's own place.
adapt_root() { # FOLDER, which will be $root
    local link target
    find "$1/usr" -type l -lname '/etc/alternatives/*' -printf '%p\t%l\n' | while IFS=$'\t' read -r link target; do
        ln -sfn "$(readlink "$1$target")" "$link"
    done
    sed -i "s|<cachedir>/var/|<cachedir>$root/var/|" "$1/etc/fonts/fonts.conf"
    rm -rf "$1/var/cache/apt" "$1/var/lib/apt/lists"
}

# Roots of other package lists, unless something still runs in them.
remove_unused_roots() {
    local old
    for old in "$cache"/root-*; do
        if [ ! -d "$old" ] || [ "$old" = "$root" ]; then
            continue
        fi
        exec 7<"$old"
        if flock -n -x 7; then
            say "Removing the toolchain root of an older package list."
            remove_tree "$old"
        fi
        exec 7<&-
    done
}

remove_tree() { # FOLDER
    [ -e "$1" ] || return 0
    if grep -qF " $1/" /proc/self/mountinfo; then
        die "something is mounted below $1; unmount it first (findmnt -R $1)"
    fi
    is_root || chmod -R u+rwX "$1"
    rm -rf --one-file-system "$1"
}

# XDG_CACHE_HOME moves the cache to a larger disk.
require_space() { # FOLDER MB
    local free
    free=$(df --output=avail -m "$1" | tail -n 1)
    [ "$free" -ge "$2" ] || die "the toolchain root needs $2 MB in $1, which has $free MB"
}
