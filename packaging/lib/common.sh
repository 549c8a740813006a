# What every script of this folder needs: where things are, messages, locks, jobs that show how far they are.
# shellcheck shell=bash

source_dir=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd -P)
packaging_dir=$source_dir/packaging

: "${HOME:=$(getent passwd "$(id -u)" | cut -d: -f6)}"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/halfshake

# Exit status when set-up or build fails: none of those the program itself uses.
readonly set_up_failed=70

# Standard output belongs to the program (`analyze --json -`): everything these scripts say goes to standard error.
say() { printf '%s\n' "$*" >&2; }

die() {
    say "halfshake: $*"
    exit "$set_up_failed"
}

is_root() { [ "$(id -u)" -eq 0 ]; }

has() { command -v "$1" >/dev/null 2>&1; }

# Holds the lock until release_lock. Children inherit it: work that outlives a killed script still keeps others out.
take_lock() { # FILE REASON
    exec 9>"$1"
    flock -n 9 && return
    say "Waiting: $2."
    flock 9
}

release_lock() { exec 9>&-; }

# Runs a long command with its output in a log and, meanwhile, a line now and then from the function DESCRIBE.
# The command has its own process group, so that an interrupted script takes everything down that it started.
run_job() { # LOG DESCRIBE COMMAND...
    local log=$1 describe=$2 status=0 waited=0
    shift 2
    set -m
    "$@" >"$log" 2>&1 </dev/null &
    job=$!
    set +m
    trap stop_job INT TERM HUP
    while kill -0 "$job" 2>/dev/null; do
        sleep 0.5
        waited=$((waited + 1))
        [ $((waited % 10)) -ne 0 ] || show_progress "$((waited / 2))" "$("$describe" "$log")"
    done
    wait "$job" || status=$?
    trap - INT TERM HUP
    [ ! -t 2 ] || printf '\r\033[K' >&2
    return "$status"
}

stop_job() {
    trap - INT TERM HUP
    kill -TERM -- "-$job" 2>/dev/null || true
    wait "$job" 2>/dev/null || true
    say ""
    die "interrupted; the next start goes on from here"
}

# One line that is rewritten on a terminal; elsewhere a new line every 10 seconds is enough.
show_progress() { # SECONDS TEXT
    if [ -t 2 ]; then
        printf '\r\033[K  %3d s  %s' "$1" "$2" >&2
    elif [ $(($1 % 10)) -eq 0 ]; then
        say "  $1 s  $2"
    fi
}

explain_failure() { # LOG MESSAGE
    say ""
    tail -n 25 "$1" | sed 's/^/  | /' >&2
    die "$2; the whole log is $1"
}
