#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl system from outside: wrong arguments, what is no bundle, published bytes that would change, a rollout. Usage: system.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/prepared.bash
. tests/prepared.bash
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
    "$build/hallctl" keys init --keys "$work/keys" --data "$work/hall" --test &&
        "$build/hallctl" terminal add --data "$work/hall" --id t-1 --office 1103 --place tools/scenario/place.json \
            --hall https://127.0.0.1:1 --out "$work/sheet"
} >"$work/made" 2>&1
prepared "system: a hall with a terminal" $? "$work/made"

check() { # NAME WANTED-EXIT ARGUMENTS…
    local name=$1 want=$2 got
    shift 2
    "$build/hallctl" --clock 2026-01-06T03:00:00+08:00 system "$@" >"$work/out" 2>"$work/err"
    got=$?
    if [ "$got" = "$want" ]; then echo "ok $name"; else
        sed 's/^/# /' "$work/err"
        echo "not ok $name: exit $got, expected $want"
    fi
}
says() { # NAME TEXT
    if grep -qF -- "$2" "$work/out" "$work/err"; then echo "ok $1"; else echo "not ok $1: $(head -c 300 "$work/out" "$work/err")"; fi
}
bundle() { # VERSION BYTES-OF-IT: as RAUC makes them, with the length of what is signed last
    local text
    text=$(printf '[update]\ncompatible=x\nversion=%s\n.' "$1")
    { head -c 10000 /dev/zero | tr '\0' "$2"; printf '%s' "$text"; printf '%016x' ${#text} | sed 's/../\\x&/g' | xargs -0 printf '%b'; } >"$work/$1.raucb"
}

hall=(--data "$work/hall")
one=("${hall[@]}" --office 1103 --staff one) other=("${hall[@]}" --office 1103 --staff other)
v=(--version 1.6.0 --reason x)
# a hall from before there was any of this
if command -v sqlite3 >/dev/null; then
    for table in release edition running chosen hours terminal; do echo "DROP TABLE system_$table;"; done |
        sqlite3 "$work/hall/hall.db" && sqlite3 "$work/hall/hall.db" 'DROP TABLE ticket; DROP TABLE queue_known; DROP TABLE audit; CREATE TABLE audit (office INTEGER NOT NULL, id BYTEA NOT NULL, at BIGINT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (office, id)); UPDATE hall SET version=1'
    check "system: a hall of version 1 is brought forward" 0 status "${hall[@]}"
    says "system: nothing is rolled out there" 'rolled out: nothing'
fi
check "system: no verb" 2
check "system: a part of more than all" 2 rollout "${one[@]}" "${v[@]}" --percent 101
check "system: a time that is none" 2 hours "${one[@]}" --from 25:00 --to 5:00
check "system: hours of nobody" 2 hours "${hall[@]}" --office 1103 --from 1:00 --to 5:00
check "system: hours of an office without terminals" 3 hours "${hall[@]}" --office 1104 --staff one --from 1:00 --to 5:00
check "system: hours that never come" 2 hours "${one[@]}" --from 5:00 --to 5:00
says "system: and how the whole day is said" 'the whole day is --from 0:00 --to 23:59'
check "system: hours" 0 hours "${one[@]}" --from 1:00 --to 5:00 --reason "the caretaker comes at five"
audit() { python3 -c 'import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchall())' "$work/hall/hall.db" "$1" >"$work/out"; }
audit "SELECT who, subject, reason FROM audit WHERE action='system-hours'"
says "system: who set which hours, and why" "('one', 'office 1103 1:00-5:00', 'the caretaker comes at five')"
echo nothing >"$work/nothing"
check "system: what is no bundle" 1 publish "${one[@]}" --bundle "$work/nothing"
bundle 1.6.0 a
check "system: who brings it" 2 publish "${hall[@]}" --bundle "$work/1.6.0.raucb"
check "system: publish" 0 publish "${one[@]}" --bundle "$work/1.6.0.raucb" --json
says "system: publish says its version" '"version":"1.6.0"'
says "system: and for which board" '"board":"x"'
check "system: the same again" 0 publish "${one[@]}" --bundle "$work/1.6.0.raucb"
exec 9<"$work/hall/public/system" # another hallctl at work
flock -n 9
check "system: two at once" 1 publish "${one[@]}" --bundle "$work/1.6.0.raucb"
says "system: the second is told to do it again" 'somebody else brings a system at this moment'
exec 9<&-
there=$work/hall/public/system/1.6.0.raucb # the bytes of another, of its length
tr a c <"$work/1.6.0.raucb" >"$there"
check "system: other bytes than were published are approved by nobody" 4 approve "${other[@]}" "${v[@]}"
says "system: and it says what to do" 'bring it again'
check "system: published once more" 0 publish "${one[@]}" --bundle "$work/1.6.0.raucb"
if cmp -s "$there" "$work/1.6.0.raucb"; then echo "ok system: is as it was"; else echo "not ok system: is as it was"; fi
cp "$work/1.6.0.raucb" "$work/right"
bundle 1.6.0 b
check "system: other bytes of the same version" 4 publish "${one[@]}" --bundle "$work/1.6.0.raucb"
says "system: other bytes say what to do" 'give this one another version'
cmp -s <(head -c 100 "$work/hall/public/system/1.6.0.raucb" | tr -d a) /dev/null && echo "ok system: what is published stays" ||
    echo "not ok system: what is published stays"
check "system: a version that is not published" 3 rollout "${one[@]}" --version 1.7.0 --reason x
check "system: before another person approved it" 4 rollout "${one[@]}" "${v[@]}" --terminals t-1
check "system: nobody approves his own" 4 approve "${one[@]}" "${v[@]}"
says "system: and is told who may" 'another publisher does'
check "system: another person approves it" 0 approve "${other[@]}" "${v[@]}"
tr a c <"$work/right" >"$there"
check "system: nor does it go to anybody" 4 rollout "${one[@]}" "${v[@]}" --terminals t-1
cp "$work/right" "$there"
check "system: pause of what has not begun" 4 pause "${one[@]}" "${v[@]}"
check "system: all at once is no first stage" 4 rollout "${one[@]}" "${v[@]}" --percent 100
check "system: a terminal that is none" 4 rollout "${one[@]}" "${v[@]}" --terminals t-1,t-9
check "system: a terminal that has never enrolled" 4 rollout "${one[@]}" "${v[@]}" --terminals t-1
says "system: and why that is refused" 'has never enrolled: nothing ever comes to it'
python3 -c 'import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute("UPDATE terminal SET registration=1, cert=x\x2701\x27"); d.commit()' "$work/hall/hall.db"
check "system: chosen first" 0 rollout "${one[@]}" --version 1.6.0 --terminals t-1 --reason "the first one"
check "system: status" 0 status "${hall[@]}"
says "system: status says what runs" 'system 1.6.0 is being rolled out; 0 percent of all and those chosen, stops at 1 failures'
check "system: pause" 0 pause "${one[@]}" --version 1.6.0 --reason "a complaint"
check "system: status as JSON" 0 status "${hall[@]}" --json
says "system: status has the reason" '"why":"a complaint"'
says "system: and both persons" '"approved_by":"other"'
check "system: withdraw" 0 withdraw "${one[@]}" --version 1.6.0 --reason "it prints nothing"
check "system: withdrawn for good" 4 resume "${one[@]}" "${v[@]}"
check "system: nothing failed" 3 retry "${one[@]}" --terminal t-1 --reason x
bundle 1.6.1 a
printf '%s' "$(printf '[update]\nversion=1.6.1')" >"$work/cut.raucb"
check "system: a bundle that is cut short" 1 publish "${one[@]}" --bundle "$work/cut.raucb"
if command -v openssl >/dev/null; then # who signed stands in a real signature
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/k" -out "$work/c" -days 2 -subj "/O=x/CN=某某签名人" -utf8 2>/dev/null
    printf '[update]\ncompatible=board-y\nversion=1.6.2\n\n[meta.tongban]\nreplaces=1.7.0\n' >"$work/manifest"
    openssl cms -sign -binary -nodetach -in "$work/manifest" -signer "$work/c" -inkey "$work/k" -outform DER -out "$work/cms" 2>/dev/null
    { head -c 10000 /dev/zero; cat "$work/cms"; printf '%016x' "$(stat -c %s "$work/cms")" | sed 's/../\\x&/g' | xargs -0 printf '%b'; } >"$work/signed.raucb"
    check "system: a signed bundle" 0 publish "${one[@]}" --bundle "$work/signed.raucb" --json
    says "system: who signed it" '"signer":"某某签名人"'
    says "system: what it may take the place of" '"replaces":"1.7.0"'
fi
# one goes to all, a later one begins, and is withdrawn: what becomes of who waits is said the same everywhere
go() { check "system: $1 $2" 0 "$1" "${other[@]}" --version "$2" --reason x "${@:3}"; }
for version in 1.8.0 1.8.1; do
    bundle "$version" a
    check "system: publish $version" 0 publish "${one[@]}" --bundle "$work/$version.raucb"
    go approve "$version"
done
python3 - "$work/hall/hall.db" <<'EOF'
import sqlite3, sys
d = sqlite3.connect(sys.argv[1])
d.execute("UPDATE system_edition SET state='runs', percent=100, next=-1 WHERE name='1.8.0'")
d.commit()
EOF
go rollout 1.8.1 --terminals t-1
says "system: before a later one begins it says who is passed over" '1 terminals still wait for system 1.8.0: when 1.8.1 begins they are given that no more'
go withdraw 1.8.1
check "system: status after it" 0 status "${hall[@]}"
says "system: nobody is said to wait for the one before" 'system 1.8.0 was superseded: a later system has begun'
says "system: but to have been left" 'left 1 waits 0 silent 0'

