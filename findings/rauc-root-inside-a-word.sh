#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# RAUC 1.8-2 (Debian 12; 1.13-3+deb13u1 of Debian 13 does the same): which slot the system runs from is taken from `root=` of the
# kernel's command line, and that is looked for anywhere in it, also inside another word. An image whose own initrd is told a
# root hash by `example.root=HASH` gives RAUC the hash for a device: its service ends at every start, no start is called good and
# no bundle can be installed, while all that the word is for works. A word of another name, or `rauc.slot=NAME`, is the remedy.
# The kernel's own rule (Documentation/admin-guide/kernel-parameters): parameters are separate words.
#
# Seen: with "quiet example.root=0123456789abcdef"  Failed to resolve realpath for '0123456789abcdef'
#       with "quiet example.hash=0123456789abcdef", and with rauc.slot=A beside the first: nothing of that
# Needs root, for a mount of its own over /proc/cmdline.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -qq -o APT::Sandbox::User=root download rauc=1.8-2
dpkg -x rauc_*.deb root
mkdir data
cat >system.conf <<TXT
[system]
compatible=example
bootloader=noop
data-directory=$work/data
[slot.rootfs.0]
device=/dev/null
[slot.rootfs.1]
device=/dev/zero
TXT
looked_for() { # COMMAND-LINE: what it takes for the device of the running system
    echo "$1" >cmdline
    # shellcheck disable=SC2016
    unshare --mount sh -c 'mount --bind cmdline /proc/cmdline; root/usr/bin/rauc -c system.conf status 2>&1 || true' |
        sed -n "s/.*realpath for '\(.*\)'.*/\1/p"
}
for line in 'quiet example.root=0123456789abcdef' 'quiet example.hash=0123456789abcdef' 'quiet rauc.slot=A example.root=0123456789abcdef'; do
    echo "\"$line\": $(looked_for "$line")"
done | tee seen
diff seen - <<'TXT' || { echo "another behaviour than the one described" >&2; exit 1; }
"quiet example.root=0123456789abcdef": 0123456789abcdef
"quiet example.hash=0123456789abcdef": 
"quiet rauc.slot=A example.root=0123456789abcdef": 
TXT
