#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# board/common/wall.nft in the kernel, in a network of its own: a terminal, a cable, and the zone's network with a hall, another
# machine and a name server in it. Who may reach what. Usage: wall.sh
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/prepared.bash
. tests/prepared.bash
[ "$(id -u)" -eq 0 ] || { echo "skip wall # needs root"; exit 0; }
for tool in nft ip setpriv python3 unshare; do
    command -v $tool >/dev/null || { echo "skip wall # $tool is not installed"; exit 0; }
done
if [ "${1:-}" != inside ]; then
    unshare -n true 2>/dev/null || { echo "skip wall # no network of its own can be had here"; exit 0; }
    exec unshare -n -m "$0" inside
fi
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait; rm -rf "$work"' EXIT
verdict() { # NAME CODE, what to show where it failed on stdin
    if [ "$2" = 0 ]; then
        echo "ok wall_$1"
    else
        sed 's/^/# /' | head -n 40
        echo "not ok wall_$1"
    fi
}

# --- the zone: 10.7.0.1 answers on every port that is asked for, also as a second machine and a name server ---
cat >"$work/zone.py" <<'PY'
import select, socket, sys
socks = []
for port in (53, 443, 4460, 8443, 22):
    s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("", port)); s.listen(); socks.append(s)
for port in (53, 123, 999):
    s = socket.socket(type=socket.SOCK_DGRAM); s.bind(("", port)); socks.append(s)
print("ready", flush=True)
while True:
    for s in select.select(socks, [], [])[0]:
        if s.type == socket.SOCK_DGRAM:
            data, who = s.recvfrom(100); s.sendto(data, who)
        else:
            s.accept()[0].close()
PY
unshare -n sleep 600 &
zone=$!
pids+=("$zone")
until ip link add cable type veth peer name cable netns "$zone" 2>/dev/null; do sleep 0.1; done
in_zone() { nsenter -n -t "$zone" "$@"; }
ip link set lo up && ip addr add 10.7.0.2/24 dev cable && ip link set cable up
in_zone ip link set lo up && in_zone ip addr add 10.7.0.1/24 dev cable && in_zone ip addr add 10.7.0.9/24 dev cable &&
    in_zone ip link set cable up
in_zone python3 "$work/zone.py" >"$work/said" 2>&1 &
pids+=("$!")
for _ in $(seq 100); do
    grep -q ready "$work/said" && break
    sleep 0.1
done
grep -q ready "$work/said"
prepared wall_the_zone_answers $? "$work/said"

# names are those of the image's users; here any numbers will do
sed 's/skuid "tongban-sync"/skuid 2002/; s/skuid "systemd-resolve"/skuid 2003/; s/skuid "systemd-network"/skuid 2004/
    s/skuid "_chrony"/skuid 2005/' board/common/wall.nft >"$work/wall.nft"
kiosk=2001 sync=2002 names=2003 clock=2005 root=0

# shellcheck disable=SC2016
try='exec 3<>"/dev/$1/$2/$3" || exit 1; [ "$1" = tcp ] || { echo "?" >&3; read -r -N 1 -t 3 -u 3 answer; }'
reach() { setpriv --reuid="$1" --clear-groups timeout 5 bash -c "$try" try "$2" "$3" "$4" >"$work/out" 2>&1; } # USER tcp|udp HOST PORT
chmod 755 "$work"
may() { # NAME USER tcp|udp HOST PORT
    reach "$2" "$3" "$4" "$5"
    verdict "$1" $? <"$work/out"
}
may_not() {
    ! reach "$2" "$3" "$4" "$5"
    verdict "$1" $? <"$work/out"
}

may without_it_all_is_open $sync tcp 10.7.0.9 22
# a port of ours, asked from the zone and from ourselves
python3 -c 'import socket; s = socket.create_server(("", 7000)); print("ready", flush=True)
while True: s.accept()' >"$work/own" &
pids+=("$!")
for _ in $(seq 100); do
    grep -q ready "$work/own" && break
    sleep 0.1
done
come_in() { in_zone timeout 5 bash -c "$try" try tcp 10.7.0.2 7000 >"$work/out" 2>&1; }
come_in
verdict without_it_anybody_comes_in $? <"$work/out"
nft -f "$work/wall.nft" >"$work/out" 2>&1
verdict stands $? <"$work/out"
may_not sync_before_the_hall_is_known $sync tcp 10.7.0.1 8443
printf '{"hall":"https://10.7.0.1:8443"}' >"$work/terminal.json"
TERMINAL=$work/terminal.json board/common/hall-address.sh --once | nft -f - >"$work/out" 2>&1
verdict takes_the_halls_address $? <"$work/out"
may sync_to_the_hall $sync tcp 10.7.0.1 8443
may_not sync_to_another_port_of_it $sync tcp 10.7.0.1 443
may_not sync_to_another_machine $sync tcp 10.7.0.9 8443
may_not sync_asks_names_itself $sync udp 10.7.0.1 53
may_not sync_by_udp $sync udp 10.7.0.1 999
may names_are_asked $names udp 10.7.0.1 53
may names_are_asked_by_tcp $names tcp 10.7.0.1 53
may_not names_elsewhere $names tcp 10.7.0.1 443
may the_clock $clock udp 10.7.0.1 123
may the_clock_with_nts $clock tcp 10.7.0.1 4460
may_not the_clock_elsewhere $clock tcp 10.7.0.1 443
may_not kiosk $kiosk tcp 10.7.0.1 8443
may_not root $root tcp 10.7.0.1 8443
may loopback $kiosk tcp 127.0.0.1 7000
! come_in
verdict nobody_comes_in $? <"$work/out"
# told anew, as when the machine's unit is started again: the hall is asked for once more, and nobody slips through meanwhile
nft -f "$work/wall.nft" && may_not told_anew_it_is_shut $sync tcp 10.7.0.1 8443
