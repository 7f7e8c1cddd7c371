#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Prints the figures of this machine beside their budgets and their peers. Usage: run.sh BUILD [PART...]
# Parts: start touch card confirm ticket receipt idle memory publish backlog search patch cases hall handwriting touches console beside; without one, all of these. curves, which takes
# hours, only by its name.
set -eu
build=$(realpath "$1")
shift
source=$(realpath "$(dirname "$0")/../..")
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT

wanted() { # of any of these parts
    local w
    for w in "$@"; do
        case " $parts " in "  " | *" $w "*) return 0 ;; esac
    done
    return 1
}
parts="$*"

echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(nproc) processors"
mkdir "$work/large"
cp -r "$source/tests/catalogues/zone/calendar" "$work/"
! wanted start || awk -v n=100000 -v dir="$work/large" -f "$source/tests/bench/items.awk"
! wanted start touch card confirm ticket receipt idle memory publish backlog || "$build/bench" "$build" "$source" "$work" "$work/large" "$@"
if wanted search; then
    "$source/tests/bench/catalogue.sh" "$build" 100000 "$work/large.db"
    "$build/bench-search" "$work/large.db"
fi
! wanted patch || "$source/tests/bench/patch.sh" "$build"
if wanted cases; then # on both databases
    mkdir "$work/cases" "$work/cases-postgres"
    "$build/bench-cases" "$build" "$work/cases" "${CASES:-1000000}"
    cd "$source"
    # shellcheck disable=SC2016
    POSTGRES_FSYNC=on tests/hall/postgres.sh "$build" sh -c '"$0/bench-cases" "$0" "$1" "$2" "$TEST_DATABASE"' "$build" "$work/cases-postgres" "${CASES:-1000000}"
fi
! wanted console || python3 "$source/tests/bench/console.py" "$build" "${CASES:-1000000}" "${TERMINALS:-10000}"
! wanted touches || "$source/tests/bench/touches.sh" "$build"
! wanted beside || python3 "$source/tests/bench/beside.py" "$build" "${CASES:-100000}" "${TERMINALS:-2000}" "${VISITS:-60}" "${SECONDS_EACH:-60}"
! wanted handwriting || "$source/tests/bench/handwriting.sh" "$build"
! wanted hall || "$source/tests/bench/hall.sh" "$build"
case " $parts " in *" curves "*) python3 "$source/tests/bench/curves.py" "$build" ;; esac
