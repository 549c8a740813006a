# Reads the package list.
# shellcheck shell=bash

package_names() { # SECTION...
    awk -v wanted=" $* " '
        { sub(/#.*/, ""); gsub(/[ \t]/, "") }
        /^\[/ { gsub(/[][]/, ""); on = index(wanted, " " $0 " "); next }
        on && $0 != "" { print }' "$packaging_dir/packages"
}

# Those of the sections that dpkg does not have installed.
missing_packages() { # SECTION...
    local name
    local -A installed=()
    while read -r name; do
        installed[$name]=1
    done < <(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
    for name in $(package_names "$@"); do
        [ -n "${installed[$name]:-}" ] || printf '%s\n' "$name"
    done
}
