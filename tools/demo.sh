#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The main job, on one machine: throw-away keys, a hall on loopback (as a user that cannot read the sealing key), an enrolled
# terminal, the signed sample catalogue, a simulated desk, kiosk and kiosk-sync. With a display a person plays; without one a
# visit is played and kept as pictures. Usage: demo.sh BUILD
set -eu
build=$(realpath "$1")
cd "$(dirname "$0")/.."

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${CI:-}" ]; then
    echo "making keys, starting the hall, enrolling the terminal, publishing the catalogue"
    coproc stand { exec "$build/scenario" --stand --window --build "$build"; }
    read -r desk <&"${stand[0]}"
    read -r hall <&"${stand[0]}"
    read -r folder <&"${stand[0]}"
    read -r staff <&"${stand[0]}"
    desk=${desk#desk=} hall=${hall#hall_pid=} folder=${folder#folder=} staff=${staff#staff=}
    # the office's people, who begin their accounts with a one-time code as real ones do
    person() { # ID NAME POST ROLE
        "$build/hallctl" staff add --data "$folder/hall" --office 1103 --id "$1" --name "$2" --post "$3" --role "$4" --json |
            sed -n 's/.*"code":"\([^"]*\)".*/\1/p'
    }
    examiner=$(person 0503 测试巳 决定岗 department) boss=$(person 0901 测试午 主管 supervisor) keeper=$(person 0001 测试子 管理岗 administrator)
    [ "$(id -u)" != 0 ] || chown -R nobody "$folder/hall"
    cat <<TXT

The terminal is in the window. From another shell you are its hands and its bad luck:

  put a card on the reader     $build/desk --socket $desk card place $PWD/tests/cards/resident-r1.txt
  take it away                 $build/desk --socket $desk card lift
  take the paper out           $build/desk --socket $desk printer paper-out
  load paper again             $build/desk --socket $desk printer paper-load
  unplug the printer           $build/desk --socket $desk printer unplug
  stop the hall                kill $hall
  what the hall has            $build/hallctl records --data $folder/hall
  open an application          $build/hallctl open NUMBER --data $folder/hall --keys $folder/keys --reason demo

What you hand in there is worked on here, in a browser:

  the staff's pages            $staff (it warns: the certificate is this demo's own)
  第一次来, with id and code    0503 $examiner (takes in, examines, decides)
                               0901 $boss (supervisor)   0001 $keeper (administrator)
  its authenticator            any app on a phone; or: python3 tools/demo_code.py KEY

The paper comes out as pictures in $folder/paper. Close the window to end.
TXT
    wait "${stand_PID}" || true
    exit 0
fi

keep=$PWD/build/demo
rm -rf "$keep"
mkdir -p "$keep/screens" "$keep/paper"
echo "no display: playing a visit (keys, hall, enrolment, catalogue, card, form, receipt), then one with every fault there is"
"$build/scenario" --build "$build" --keep "$keep/visit" tests/scenarios/happy-split.txt
"$build/scenario" --build "$build" --keep "$keep/faults" tests/scenarios/every-screen.txt
number=$("$build/hallctl" records --data "$keep/visit/hall" --json | sed -n 's/.*"kind":"application","number":"\([0-9]*\)".*/\1/p' | tail -1)
"$build/hallctl" open "$number" --data "$keep/visit/hall" --keys "$keep/visit/keys" --reason demo --json >"$keep/application.json"
cp "$keep/visit/shots/"*.png "$keep/screens/"
for shot in "$keep/faults/shots/"*.png; do
    screen=${shot##*/??-}
    ls "$keep/screens/"*"-$screen" >/dev/null 2>&1 || cp "$shot" "$keep/screens/fault-$screen"
done
cp "$keep/visit/paper/"*.png "$keep/paper/"
echo "screens/: every screen   paper/: the receipt   application.json: what the hall opened   visit/, faults/: all the rest"
echo "$keep"
