#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The words of every command line that can be wrong, as arguments.tsv has them. Whatever is refused leaves no file and no
# folder; wrong arguments are told in one line that names the program. Usage: arguments.sh BUILD [WORDS]: only rows with them
set -u
# a small disk of its own is mounted where that goes, and nobody else sees it
if [ "$(id -u)" = 0 ] && [ -z "${ARGUMENTS_MOUNT:-}" ] && unshare -m true 2>/dev/null; then
    ARGUMENTS_MOUNT=yes exec unshare -m "$0" "$@"
fi
build=$(realpath "$1")
only=${2:-}
source=$(realpath "$(dirname "$0")/../..")
# shellcheck source=tests/prepared.bash
. "$source/tests/prepared.bash"
work=$(mktemp -d) || exit 1
trap 'umount "$work/here/small" 2>/dev/null; rm -rf "$work"' EXIT
mkdir "$work/tmp"
export TMPDIR=$work/tmp
export LC_ALL=C.UTF-8 ASAN_OPTIONS=detect_leaks=0
tab=$'\t'
failed=0

# what the rows may name
for program in hall hall-open hallctl kiosk kiosk-sync kiosk-ime kiosk-voice kioskctl desk scenario fleet flash platform; do
    eval "$program() { timeout -k 5 60 '$build/$program' \"\$@\" </dev/null; }"
done
staff() { printf '%s\n' "${card:-11010519491231002X}" ${pin:-} | "$build/hallctl" staff "$@"; }
# PROGRAM WORD…: as a user who has no right to anything here
nobody() { timeout -k 5 60 setpriv --reuid 65534 --regid 65534 --clear-groups "$build/$1" "${@:2}" </dev/null; }
chmod 755 "$work"
small() { mkdir small && mount -t tmpfs -o "size=$1" none small && cd small; } # SIZE: where the rest of the row works
keys=$work/keys hall=$work/hall items=$source/tests/catalogues/zone calendar=$source/tests/catalogues/zone/calendar
place=$source/tools/scenario/place.json sheet=$work/sheet db=$work/1.db term=$work/term
add="--data $hall --id t-2 --office 1103 --place $place --hall https://127.0.0.1:8443 --out new"
queue="--data $hall --office 1103 --queue general"
green="--data $hall --office 1103 --staff 李 --out new.html"
number=1103001260105000018 who="--data $hall --staff 张三 --post 受理岗"
person="--id a-1 --name 甲 --role 维护 --until 2099-06-30"
mkdir "$term"
{
    hallctl keys init --keys "$keys" --data "$hall" --test &&
        hallctl catalog build "$items" --calendar "$calendar" --out "$db" --version 1 &&
        hallctl catalog sign "$db" --keys "$keys" --data "$hall" && hallctl catalog publish --data "$hall" &&
        hallctl terminal add --data "$hall" --id t-1 --office 1103 --place "$place" --hall https://127.0.0.1:1 --out "$sheet"
} >"$work/made" 2>&1
prepared "what the rows need" $? "$work/made"

# a lock's file stays for whoever comes next (base/fs.h)
files() { find "$work" ! -name '*-wal' ! -name '*-shm' ! -name '*.lock' ! -path "$work/said.*" ! -path "$work/tmp/*" \
    ! -path "$work/here/small" -printf '%y %u %p\n' | sort; }

# One row: the command, its exit code, what it says (several: with " | " between)
row() {
    local command=$1 want=$2 words=$3 got why="" before word
    umount "$work/here/small" 2>/dev/null
    rm -rf "$work/here"
    mkdir "$work/here"
    before=$(files)
    (cd "$work/here" && eval "$command") >"$work/said.out" 2>"$work/said.err"
    got=$?
    [ "$got" = "$want" ] || why+="; exit $got, expected $want"
    while [ -n "$words" ]; do
        word=${words%% | *}
        [ "$words" = "$word" ] && words="" || words=${words#* | }
        grep -qF -- "$word" "$work/said.err" "$work/said.out" || why+="; it does not say \"$word\""
    done
    if [ "$want" != 0 ] && [ "$before" != "$(files)" ]; then
        why+="; it left $(diff <(echo "$before") <(files) | sed -n 's/^[<>] //p' | head -3 | tr '\n' ' ')"
    fi
    [ "$want" != 2 ] || [ "$(wc -l <"$work/said.err")" = 1 ] || why+="; it says more than one line"
    if grep -qE 'AddressSanitizer|runtime error|line -1|\(null\)' "$work/said.err"; then why+="; it says what no program may"; fi
    if [ -z "$why" ]; then
        echo "ok $command"
    else
        head -n 6 "$work/said.err" | sed 's/^/# /'
        echo "not ok $command${why}"
        failed=1
    fi
}

while IFS=$tab read -r command want words; do
    case $command in "" | "#"*) continue ;; esac
    case ${ARGUMENTS_MOUNT:-no$command} in nosmall* | nonobody*)
        echo "skip $command: it takes root to mount a small disk or to become nobody"
        continue
        ;;
    esac
    case $command in *"$only"*) row "$command" "$want" "$words" ;; esac
done <"$source/tests/tools/arguments.tsv"
exit $failed
