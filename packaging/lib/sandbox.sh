# Runs commands in the toolchain: directly on a host that can build, else with the root's /usr in place of the host's.
# Everything but /usr stays the host's: files have the same path inside and outside, displays, sockets and devices work.
# shellcheck shell=bash

# Sets `in_toolchain`, the words to put before a command. PATH...: files it will use, which may lie below /usr.
prepare_toolchain() { # SECTION... [-- PATH...]
    local sections=()
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        sections+=("$1")
        shift
    done
    decide_toolchain "${sections[@]}" "${more_sections[@]}"
    in_toolchain=()
    [ "$toolchain" = root ] || return 0
    require_root
    in_toolchain=(bwrap --dev-bind / / --ro-bind "$root/usr" /usr --ro-bind "$root/etc/ld.so.cache" /etc/ld.so.cache)
    bind_unmerged
    show_below_usr "$source_dir" "$cache" "$PWD" "${@:2}"
    set_environment
    # bubblewrap does not pass signals on: its end ends the command
    in_toolchain+=(--chdir "$PWD" setpriv --pdeathsig TERM --)
}

# Hosts where /bin, /lib and so on are folders of their own.
bind_unmerged() {
    local name
    for name in bin sbin lib lib64; do
        [ ! -d "/$name" ] || [ -L "/$name" ] || in_toolchain+=(--ro-bind "$root/usr/$name" "/$name")
    done
}

# Files of the host below /usr are hidden by the root's. Where the root has nothing, the host's are mounted into it:
# at the first step of the path that the root lacks, which is made there as an empty place to mount on.
show_below_usr() { # PATH...
    local paths=() path place rest
    for path in "$@"; do
        [[ $path != --*=* ]] || path=${path#--*=}
        [[ $path == /* ]] || path=$PWD/$path
        [ -e "$path" ] || path=${path%/*}
        paths+=("${path:-/}")
    done
    while IFS= read -r -d '' path; do
        [[ $path == /usr/* ]] || continue
        place=/usr
        rest=${path#/usr/}/
        while [ -n "$rest" ] && ! is_vacant "$root$place"; do
            place+=/${rest%%/*}
            rest=${rest#*/}
        done
        if [ -e "$place" ] && is_vacant "$root$place"; then
            make_place "$place"
            in_toolchain+=(--bind "$place" "$place")
        fi
    done < <(readlink --zero --canonicalize-missing -- "${paths[@]}")
}

is_vacant() { [ ! -e "$1" ] || [ -n "$(find "$1" -maxdepth 0 -empty)" ]; }

make_place() { # PATH of the host
    if [ -d "$1" ]; then
        [ -d "$root$1" ] || { rm -f "$root$1" && mkdir "$root$1"; }
    else
        [ -f "$root$1" ] || { rm -rf "${root:?}$1" && : >"$root$1"; }
    fi
}

set_environment() {
    local name
    # The root has no other locale.
    in_toolchain+=(--setenv PATH /usr/bin:/usr/sbin:/bin:/sbin
        --setenv LC_ALL C.UTF-8
        --setenv FONTCONFIG_PATH "$root/etc/fonts"
        --setenv XDG_CONFIG_DIRS "${XDG_CONFIG_DIRS:-/etc/xdg}:$root/etc/xdg")
    # These speak of the host's compiler and libraries.
    for name in CC CXX CPATH LIBRARY_PATH LD_LIBRARY_PATH LD_PRELOAD PKG_CONFIG_PATH CMAKE_PREFIX_PATH \
        QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH; do
        [ -z "${!name:-}" ] || in_toolchain+=(--unsetenv "$name")
    done
}
