#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The staff's door from outside: staff.py, staff_work.py, staff_fleet.py, staff_map.py, staff_duty.py, staff_publish.py, staff_system.py.
# Usage: staff.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 2
failed=0
if (cd tools/hall/staff/pages/vendor && sha256sum --quiet -c SHA256SUMS); then echo "ok staff: vendored as it was fetched"; else
    echo "not ok staff: vendored as it was fetched"
    failed=1
fi
keys() { for f in assets/strings/hall/"$1"/console*.tsv; do echo "# ${f##*/}" && cut -f1 "$f"; done; }
if diff <(keys zh-CN) <(keys en); then echo "ok staff: every word in both languages"; else
    echo "not ok staff: every word in both languages"
    failed=1
fi
twice=$(for f in assets/strings/hall/zh-CN/console*.tsv; do cut -f1 "$f"; done | grep -v '^#' | grep . | sort | uniq -d)
if [ -z "$twice" ]; then echo "ok staff: no word stands twice"; else
    echo "# $twice"
    echo "not ok staff: no word stands twice"
    failed=1
fi
# what the guide shows, the walk takes pictures of
taken() { grep -ohE "shot\([a-z]+, '[^']+'" tests/hall/staff_walk*.mjs | cut -d"'" -f2 | sort -u; }
shown() { grep -ohE "<!-- shot [^ ]+" tools/hall/staff/guide/*.html | cut -d' ' -f3 | sort -u; }
missing=$(comm -13 <(taken) <(shown))
if [ -z "$missing" ]; then echo "ok staff: every picture of the guide is taken"; else
    echo "# $missing"
    echo "not ok staff: every picture of the guide is taken"
    failed=1
fi
python3 tests/hall/staff.py "$build" "$build/staff" || failed=1
python3 tests/hall/staff_work.py "$build" "$build/staff" || failed=1
python3 tests/hall/staff_fleet.py "$build" "$build/staff" || failed=1
python3 tests/hall/staff_map.py "$build" "$build/staff" || failed=1
python3 tests/hall/staff_duty.py "$build" "$build/staff" || failed=1
python3 tests/hall/staff_publish.py "$build" "$build/staff" || failed=1
python3 tests/hall/staff_system.py "$build" "$build/staff" || failed=1
exit $failed
