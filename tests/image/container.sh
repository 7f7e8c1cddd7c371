#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The root file system of the image's variant with the probe, under its own systemd in a container: what systemd makes of the units,
# and what happens when kiosk dies, stands still, and dies again and again. Without firmware, kernel, devices and panel of its own,
# but a hundred times faster than the virtual machine. Usage: container.sh BOARD
set -u
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/image/machine.bash
. tests/image/machine.bash

[ "$(uname -m)" = "$cpu" ] || skip "programs of $cpu under systemd need a machine of their own: boot.sh"
enrolled_data
prepared image-container-data $? "$work/enrolled"
mkdir -p "$work/var/etc/tongban" "$work/container" "$work/efi/EFI"
mkdir "$work/efi/EFI/Linux"
echo b >"$work/slot"
touch "$work/efi/EFI/Linux/tongban-b-1.5.2+1-2.efi" "$work/efi/EFI/Linux/tongban-a-1.5.1.efi"
echo SDL_VIDEODRIVER=dummy >"$work/var/etc/tongban/terminal.conf"
chmod 755 "$work" "$work/var" "$work/var/lib"

# All that is mounted is gone with its last process. The clock is this machine's and stays as it is.
# shellcheck disable=SC2016
unshare --pid --fork --mount --uts --ipc --net --cgroup --kill-child sh -euc '
    root=$1 work=$2 m=$2/container/merged
    mount --make-rprivate /
    mount -t tmpfs container "$work/container"
    mkdir "$work/container/upper" "$work/container/work" "$m"
    mount -t overlay -o "lowerdir=$root,upperdir=$work/container/upper,workdir=$work/container/work" overlay "$m"
    mount -t proc proc "$m/proc"
    mount -t sysfs sysfs "$m/sys"
    mount -t cgroup2 cgroup2 "$m/sys/fs/cgroup"
    mount -t tmpfs -o mode=755 dev "$m/dev"
    for node in null zero full random urandom tty; do
        touch "$m/dev/$node"
        mount --bind "/dev/$node" "$m/dev/$node"
    done
    mkdir "$m/dev/shm" "$m/dev/pts"
    mount -t devpts -o newinstance,ptmxmode=666 devpts "$m/dev/pts"
    ln -s pts/ptmx "$m/dev/ptmx"
    ln -s /proc/self/fd "$m/dev/fd"
    for place in dev/shm run tmp; do mount -t tmpfs -o mode=755 tmp "$m/$place"; done
    chmod 1777 "$m/tmp" "$m/dev/shm"
    cp "$work/slot" "$m/run/tongban-slot" # init would have written it; RAUC asks
    # no partition `note` here: each start of kiosk would wait for it until systemd gives it up
    ln -s /dev/null "$m/etc/systemd/system/dev-tongban-note.device"
    mount --bind "$work/var" "$m/var"
    mount --bind "$work" "$m/srv"
    echo "# nothing" >"$m/etc/fstab"
    ip link set lo up
    exec setpriv --bounding-set=-sys_time --inh-caps=-sys_time \
        chroot "$m" env -i container=test /usr/lib/systemd/systemd --show-status=0' container \
    "$(realpath "$kept/root-test")" "$work" >"$work/machine.log" 2>&1 &
machine_pid=$!
trap 'kill -KILL "$machine_pid" 2>/dev/null; rm -rf "$work"' EXIT # a gentle signal does not reach what it has forked
inside=''
# shellcheck disable=SC2317
find_inside() { # its first process, once that is systemd
    local first
    first=$(pgrep -P "$machine_pid")
    [ -n "$first" ] && grep -q systemd "/proc/$first/comm" && [ -S "/proc/$first/root/run/systemd/private" ] && inside=$first
}
wait_for 120 find_inside
prepared image-container-starts $? "$work/machine.log"
nsenter -t "$inside" --mount --pid --net --ipc --uts --cgroup chroot "/proc/$inside/root" \
    env PATH=/usr/bin:/usr/sbin PLAN=container /usr/lib/tongban-test/probe >"$work/probe" 2>&1 &
probe_pid=$!
# the container's end stops the probe before it kills it, and nsenter stands still with what it has started: nobody else wakes it
while kill -CONT "$probe_pid" 2>/dev/null; do sleep 1; done
sed -n 's/^\(ok\|not ok\) /\1 image-container-/p; /^# /p' "$work/probe"
grep -q '^ok crash-loop-is-given-up' "$work/probe"
verdict container-probe-ends $? <"$work/probe"
# the probe is ended before the machine is
wait_gone 120 && ls "$work/efi/EFI/Linux" >"$work/out" && [ "$(paste -sd ' ' "$work/out")" = 'tongban-a-1.5.1.efi tongban-b-1.5.2+0.efi' ]
verdict container-crash-loop-starts-the-other-version $? < <(cat "$work/out" "$work/machine.log")
exit 0
