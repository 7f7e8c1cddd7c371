#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Taste that can be a program: licence lines, length of files, unfinished marks, text for people outside assets/strings,
# formatting. Each message names the remedy. Exit 1 when there is one.
set -u
cd "$(dirname "$0")/../.."
bad=0
complain() { printf '%s\n' "$*"; bad=1; }

code=$(git ls-files -co --exclude-standard '*.c' '*.h' '*.def' | while read -r f; do [ ! -f "$f" ] || echo "$f"; done)
# shellcheck disable=SC2086
awk 'FNR == 1 && !/SPDX-License-Identifier: Apache-2\.0/ { print FILENAME ":1: begin with the SPDX line" }
     FNR == 601 { print FILENAME ": more than 600 lines: find the missing noun and split it" }' $code | grep . && bad=1
# shellcheck disable=SC2086
grep -nE 'TO''DO|FIX''ME|not implem''ented' $code && complain "finish it or take it out"

# Chinese in code (comments aside) belongs to assets/strings; wire files, tests and the names on cards are what they are:
# nations as the standard names them, what devices are made to show, where Chinese lines may break. As bytes, U+4000 to 9FFF.
git ls-files -co --exclude-standard 'firmware/*.c' 'ui/*.c' 'tools/*.c' 'drivers/*.c' |
    grep -vE '^(firmware/model/identity.*|drivers/virtual/.*|ui/node/wrap)\.c$' |
    xargs perl -ne 's://.*$::; s:/\*.*\*/::; next if /^ \*/;
        print "$ARGV: text for people belongs to assets/strings: $_" if /"[^"]*[\xE4-\xE9][\x80-\xBF]{2}[^"]*"/' |
    grep . && bad=1

# what decodes bytes from outside is fuzzed: a target of its own name, or one that includes its header
for f in $(git ls-files -co --exclude-standard 'firmware/*_wire.c' 'firmware/wire/*.c' 'drivers/*_wire.c'); do
    case $f in */manifest_sign.c | */chain.c | */escpos_wire.c) continue ;; esac # they encode, or only hash
    header=${f#firmware/}
    [ -e "tests/fuzz/fuzz_$(basename "${f%.c}").c" ] || grep -qs "#include \"${header%.c}.h\"" tests/fuzz/fuzz_*.c ||
        complain "$f: add tests/fuzz/fuzz_$(basename "${f%.c}").c and a small corpus"
done

if command -v clang-format >/dev/null; then
    # shellcheck disable=SC2046
    clang-format --dry-run -Werror $(git ls-files -co --exclude-standard '*.c' '*.h') 2>/tmp/tongban-format.$$ ||
        complain "run clang-format -i on: $(grep -o '^[^:]*' /tmp/tongban-format.$$ | grep '\.[ch]$' | sort -u | tr '\n' ' ')"
    rm -f /tmp/tongban-format.$$
fi
exit $bad
