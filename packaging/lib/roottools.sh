# The few programs of the host that make and enter the root.
# shellcheck shell=bash

require_root_tools() {
    local wanted=()
    has mmdebstrap || wanted+=(mmdebstrap)
    has bwrap || wanted+=(bubblewrap)
    [ -e "$keyring" ] || wanted+=(debian-archive-keyring)
    has mount || wanted+=(mount)
    is_root || has newuidmap || wanted+=(uidmap)
    if [ ${#wanted[@]} -gt 0 ]; then
        if is_root && has apt-get; then
            install_packages "${wanted[@]}"
        else
            say "The private Debian 13 root that builds Halfshake on this host needs, once, as root:"
            say "  apt-get install ${wanted[*]}"
            die "missing on this host: ${wanted[*]}"
        fi
    fi
    require_namespaces
}

# Making and entering the root needs mount namespaces, for an ordinary user inside user namespaces.
require_namespaces() {
    local why
    if ! why=$(bwrap --dev-bind / / true 2>&1); then
        say "bubblewrap cannot enter a namespace here: $why"
        if is_root; then
            say "Inside a container, give it CAP_SYS_ADMIN (for example: --privileged), or start from Debian 13,"
            say "whose own packages are used without a private root."
        else
            say "User namespaces are switched off for this user. As root, one of:"
            say "  sysctl kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000"
            say "  sysctl kernel.apparmor_restrict_unprivileged_userns=0      (Ubuntu 24.04 and later)"
        fi
        die "the toolchain root cannot be used on this host"
    fi
    is_root || require_subordinate_ids
}

require_subordinate_ids() {
    local user file
    user=$(id -un 2>/dev/null) || true
    for file in /etc/subuid /etc/subgid; do
        if ! grep -qE "^($user|$(id -u)):" "$file" 2>/dev/null; then
            say "Unpacking packages as an ordinary user needs subordinate ids. As root, once:"
            say "  usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $user"
            die "$user has no entry in $file"
        fi
    done
}
