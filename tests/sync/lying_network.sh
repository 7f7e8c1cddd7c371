#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Between terminal and hall stands what hotels and offices have: a box that answers 200 to whatever is asked, in the open, or under a
# certificate of its own; or nobody knows the hall's name. Nothing counts as delivered, the terminal says that there is no hall, a technician
# is told what it is that answers,
# and all of it is delivered when the way is clear. Usage: lying_network.sh BUILD
build=$(realpath "$1")
[ "$(id -u)" -eq 0 ] || { echo "skip lying_network # needs root, for names of its own"; exit 0; }
command -v python3 >/dev/null || { echo "skip lying_network # python3 is not installed"; exit 0; }
if [ "${2:-}" != inside ]; then
    unshare -n -m true 2>/dev/null || { echo "skip lying_network # no network of its own can be had here"; exit 0; }
    exec unshare -n -m "$0" "$build" inside
fi
source=$(realpath "$(dirname "$0")/../..")
# shellcheck source=tests/prepared.bash
. "$source/tests/prepared.bash"
work=$(mktemp -d)
pids=() liar=''
trap 'kill "${pids[@]}" $liar 2>/dev/null; wait; rm -rf "$work"' EXIT
cd "$work" || exit 2
PATH=$build:$PATH
ip link set lo up
ip link add eth0 type veth peer name eth9 && ip link set eth9 up && ip link set eth0 up && ip addr add 10.3.2.7/24 dev eth0 &&
    ip route add default via 10.3.2.1 && mount -t sysfs sysfs /sys ||
    { echo "skip lying_network # no network card can be had here"; exit 0; }
echo '127.0.0.1 localhost hall.test' >hosts
echo 'nameserver 127.0.0.1' >resolv.conf # where nobody listens
mount --bind hosts /etc/hosts && mount --bind resolv.conf "$(realpath /etc/resolv.conf)" ||
    { echo "skip lying_network # names cannot be had here"; exit 0; }

verdict() { # NAME CODE
    if [ "$2" = 0 ]; then
        echo "ok lying_network_$1"
    else
        { echo "status: $(cat now.json)"; tail -n 12 out sync.log liar.log hall.log; } 2>&1 | sed 's/^/# /'
        echo "not ok lying_network_$1"
    fi
}
kioskctl_says() { kioskctl status --json --run run >now.json 2>/dev/null && jq -e "$1" now.json >/dev/null; }
# STEP FINDING: the test of the line, and kioskctl's word on it
line_says() {
    kioskctl network --test --json --run run >now.json 2>/dev/null
    jq -e --arg s "$1" --arg f "$2" '.state == "tested" and any(.steps[]; .step == $s and .finding == $f)' now.json >/dev/null
}
wait_for() { # SECONDS COMMAND…
    local end=$((SECONDS + $1))
    shift
    while ((SECONDS < end)); do
        "$@" && return
        sleep 0.2
    done
    return 1
}

cat >liar.py <<'PY'
import socket, ssl, sys
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
context = None
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2])
print("ready", flush=True)
while True:
    line, _ = server.accept()
    print("asked", flush=True)
    try:
        line.settimeout(2)
        if context:
            line = context.wrap_socket(line, server_side=True)
        line.recv(4000)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"ok\":true}")
    except OSError as e:
        print(e, flush=True)
    line.close()
PY
lie() { # [CERTIFICATE]
    [ -z "$liar" ] || { kill "$liar"; wait "$liar"; } 2>/dev/null
    : >liar.log
    python3 liar.py "$port" "$@" >liar.log 2>&1 &
    liar=$!
    wait_for 20 grep -q ready liar.log
}
asked() { [ "$(grep -c asked liar.log)" -ge 3 ]; }
no_hall='(.hall | not) and .acknowledged == 0 and .last_record > 0'

mkdir term
hallctl keys init --keys keys --data hall --host hall.test >out 2>&1
coproc hall { exec hall --data hall --listen 127.0.0.1:0 2>hall.log; }
read -r _ _ address <&"${hall[0]}"
port=${address##*:}
hallctl terminal add --data hall --id t-1 --office 1103 --place "$source/tools/scenario/place.json" --hall "https://hall.test:$port" \
    --out sheet.json >out 2>&1 && kioskctl enrol --sheet sheet.json --data term >out 2>&1
prepared lying_network_enrolled $? out hall.log
kill "$hall_PID" && wait "$hall_PID"

lie
SDL_VIDEODRIVER=dummy kiosk --data term --run run --assets "$build/assets" 2>kiosk.log &
pids+=($!)
kiosk-sync --data term --run run 2>sync.log &
sync=$!
pids+=($sync)
wait_for 60 kioskctl_says '.last_record > 0' && wait_for 120 asked && kioskctl_says "$no_hall"
verdict in_the_open_is_not_believed $?
line_says certificate answers-everything && line_says address by-dhcp && line_says gateway gateway && line_says name name-found
verdict in_the_open_is_named $?
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3 -subj '/CN=hall.test' \
    -addext 'subjectAltName=DNS:hall.test' -keyout liar.pem -out cert.pem 2>/dev/null && cat cert.pem >>liar.pem
lie liar.pem
wait_for 120 asked && kioskctl_says "$no_hall"
verdict under_its_own_certificate_is_not_believed $?
line_says certificate answers-everything && kioskctl network --test --run run >now.json 2>&1
[ $? = 1 ] && grep -q 'It stops at “Hall’s certificate”.*sign in' now.json
verdict under_its_own_certificate_is_named $?

echo '127.0.0.1 localhost' >hosts
kill "$liar" && wait "$liar" 2>/dev/null
liar=''
# started anew: one that runs remembers the address for a minute, and by then may not ask for several
kill "$sync" && wait "$sync" 2>/dev/null
from=$(wc -l <sync.log)
kiosk-sync --data term --run run 2>>sync.log &
pids+=($!)
names_are_gone() { tail -n +$((from + 1)) sync.log | grep -qi 'resolve'; }
wait_for 120 names_are_gone && kioskctl_says "$no_hall"
verdict without_names_nothing_counts $?
line_says name-server name-server-silent
verdict a_name_server_that_is_silent_is_named $?
cat >nobody.py <<'PY'
import socket
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 53))
while True:
    question, asker = server.recvfrom(600)
    end = question.index(0, 12) + 5  # of the one question: name, type, class
    server.sendto(question[:2] + bytes([0x81, 0x83, 0, 1, 0, 0, 0, 0, 0, 0]) + question[12:end], asker)
PY
python3 nobody.py &
pids+=($!)
wait_for 60 line_says name name-unknown
verdict a_name_that_nobody_knows_is_named $?

echo '127.0.0.1 localhost hall.test' >hosts
hall --data hall --listen "127.0.0.1:$port" >hall.out 2>hall.log &
pids+=($!)
wait_for 180 kioskctl_says '.hall and .acknowledged > 0 and .acknowledged == .last_record'
verdict all_is_delivered_when_the_way_is_clear $?
line_says hall hall-answers && line_says time time-good && line_says certificate certificate-good
verdict the_line_is_good_then $?
