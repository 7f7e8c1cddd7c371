#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The data of a terminal that a hall knows, with the sample catalogue in it: what a technician's enrolment leaves behind. Runs
# in the builder, with what was compiled there. With KEEP the hall's data stays there: virtual machines reach it as 10.0.2.2, port
# 8443. Usage: enrolled.sh DATA [KEEP]
set -eu
data=$1 keep=${2:-} programs=$PWD/build/release sample=$PWD/tests/catalogues/zone place=$PWD/tools/scenario/place.json
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait; rm -rf "$work"' EXIT
mkdir -p "$data" "$work/run"
cd "$work"
PATH=$programs:$PATH
hallctl keys init --keys keys --data hall --host 10.0.2.2 --test
hallctl catalog build "$sample" --out catalogue.db --version 1
hallctl catalog sign catalogue.db --keys keys --data hall
hallctl catalog publish --data hall
coproc hall { exec hall --data hall --listen 127.0.0.1:0 2>hall.log; }
pids+=("$hall_PID")
read -r _ _ address <&"${hall[0]}"
hallctl terminal add --data hall --id t-1103-003 --office 1103 --place "$place" --hall "https://$address" --out sheet.json
kioskctl enrol --sheet sheet.json --data "$data"
SDL_VIDEODRIVER=dummy kiosk --data "$data" --run run --assets "$programs/assets" 2>kiosk.log &
pids+=($!)
kiosk-sync --data "$data" --run run 2>sync.log &
pids+=($!)
# the state is what switches: the file alone may be a start that was cut
installed() { grep -q '"catalogue":1,' "$data/catalog/state.json"; }
for _ in $(seq 1200); do
    if installed 2>/dev/null; then break; fi
    sleep 0.1
done
installed || { tail -n 5 ./*.log; exit 1; }
kill "${pids[@]}"
wait
if [ -n "$keep" ]; then
    sed -i 's,"hall":"[^"]*","hall":"https://10.0.2.2:8443",' "$data/terminal.json"
    cp -r hall "$keep"
fi
