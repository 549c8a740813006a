# Configures and builds in the user's cache folder: the source tree stays clean.
# shellcheck shell=bash

# Sets `build_dir`. OPTION...: for CMake, beside the preset's own.
build() { # PRESET TARGET [OPTION...]
    local preset=$1 target=$2 hash
    shift 2
    hash=$(printf '%s' "$source_dir" | sha256sum)
    build_dir=$cache/build-${hash:0:12}/$preset
    mkdir -p "$build_dir"
    take_lock "$build_dir.lock" "another build of this tree is running"
    use_ccache
    configure "$preset" "$@"
    if has_work "$target"; then
        say "Building $target ($preset) in $build_dir"
        "${in_toolchain[@]}" ninja -C "$build_dir" "$target" >&2 || die "the build failed"
    fi
    release_lock
}

# CMake looks by itself whether its files changed; here only what it cannot see makes it run again.
configure() { # PRESET OPTION...
    local preset=$1 stamp=$build_dir/.halfshake-configured wanted kept='' log=$build_dir.log
    shift
    wanted="${root:-native}"$'\n'"$*"$'\n'"$(cksum <"$source_dir/CMakePresets.json")"
    [ ! -r "$stamp" ] || kept=$(<"$stamp")
    [ "$kept" != "$wanted" ] || return 0
    # Objects of another compiler or other headers are of no use, and their dates may look newer.
    if [ -n "$kept" ] && [ "${kept%%$'\n'*}" != "${root:-native}" ]; then
        remove_tree "$build_dir"
        mkdir "$build_dir"
    fi
    say "Configuring ($preset)"
    rm -f "$stamp"
    "${in_toolchain[@]}" cmake --preset "$preset" -S "$source_dir" -B "$build_dir" -G Ninja \
        "-DCMAKE_CXX_COMPILER_LAUNCHER=$launcher" "$@" >"$log" 2>&1 || explain_failure "$log" "CMake failed"
    printf '%s' "$wanted" >"$stamp"
}

has_work() { # TARGET
    local plan
    plan=$("${in_toolchain[@]}" ninja -C "$build_dir" -n "$1" 2>&1) || true
    [[ $plan != *"no work to do"* ]]
}

# A second clone, a second build folder or a cleaned one compiles from the cache.
use_ccache() {
    launcher=
    [ "$toolchain" = native ] && ! has ccache && return
    launcher=ccache
    export CCACHE_DIR=${CCACHE_DIR:-$cache/ccache} CCACHE_BASEDIR=$source_dir CCACHE_NOHASHDIR=1
}
