#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Visits in which programs are killed and the power fails, KILLS times in all, by PLAYERS terminals each with a hall of its
# own; then check.py says of each whether anything was lost or doubled, and whether it would have found it. SEED is printed;
# the same one kills at the same writes and syncs, as far as the machine lets it. What failed keeps its folder.
# Usage: run.sh BUILD KILLS PLAYERS [SEED]
build=$1 kills=$2 players=$3 seed=${4:-$((RANDOM * 32768 + RANDOM))}
here=$(dirname "$0")
work=$(mktemp -d)
export TMPDIR=$work PYTHONDONTWRITEBYTECODE=1
export ASAN_OPTIONS=quarantine_size_mb=1:thread_local_quarantine_size_kb=16:${ASAN_OPTIONS:-}
chmod 755 "$work" # the hall's own user works below it

play() { # number of the player
    local name=chaos-$((seed + $1)) log=$work/$1.log stand
    if ! "$build/scenario" --build "$build" --chaos $(((kills + players - 1) / players)) --seed $((seed + $1)) >"$log" 2>"$log.err"; then
        sed 's/^ok /not ok /' "$log" "$log.err" | sed "s/^not ok chaos/not ok $name/"
        grep -q '^not ok' "$log" || echo "not ok $name"
        return 1
    fi
    stand=$(sed -n 's/^# its folder: //p' "$log")
    python3 "$here/check.py" "$stand" >"$log.found" 2>&1
    local found=$?
    sed 's/^/# /' "$log.found"
    grep '^# seed' "$log"
    [ "$found" = 0 ] && echo "ok $name" || echo "# its folder: $stand"$'\n'"not ok $name"
    return $found
}

echo "# chaos: seeds $seed to $((seed + players - 1)), $kills kills"
failed=0
for ((i = 0; i < players; i++)); do
    play "$i" >"$work/$i.said" &
    pids[i]=$!
done
for ((i = 0; i < players; i++)); do
    wait "${pids[i]}" || failed=1
    cat "$work/$i.said"
done
if [ "$failed" = 0 ]; then
    python3 "$here/check_test.py" "$(sed -n 's/^# its folder: //p' "$work/0.log")" || failed=1
fi
[ "$failed" = 0 ] && rm -rf "$work"
exit "$failed"
