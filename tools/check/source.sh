#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Taste that can be a program: licence lines, length of files, unfinished marks, text for people outside assets/strings,
# formatting. Each message names the remedy. Exit 1 when there is one. Usage: source.sh [FILE…]: these of the tree, else all.
set -u
cd "$(dirname "$0")/../.."
bad=0
complain() { printf '%s\n' "$*"; bad=1; }
asked=$(printf '%s\n' "$@")
these() { # of those that match the patterns, what is there and asked for
    git ls-files -co --exclude-standard "$@" | while read -r f; do
        if [ -f "$f" ] && [[ -z $asked || $'\n'$asked$'\n' == *$'\n'$f$'\n'* ]]; then echo "$f"; fi
    done
}

code=$(these '*.c' '*.h' '*.def')
[ -n "$code" ] || exit 0
# shellcheck disable=SC2086
awk 'FNR == 1 && !/SPDX-License-Identifier: Apache-2\.0/ { print FILENAME ":1: begin with the SPDX line" }
     FNR == 601 { print FILENAME ": more than 600 lines: find the missing noun and split it" }' $code | grep . && bad=1
# shellcheck disable=SC2086
grep -nE 'TO''DO|FIX''ME|not implem''ented' $code && complain "finish it or take it out"

# how failure is asked for, and how a program ends that cannot go on; what is loaded into other programs has no base/
# shellcheck disable=SC2086
grep -nE '!( *rc\b|\( *rc *\))' $code && complain "ask for failure by rc < 0, chain steps by rc == 0"
printf '%s\n' "$code" | grep -E '^(firmware|drivers|ui|tools)/' |
    grep -vE '^(firmware/base/must\.c|drivers/virtual/usbfs/.*|tools/scenario/disk_log\.c)$' | xargs -r grep -nE '\babort\(\)' |
    grep -vE ':[0-9]+: ?[/ ]\*' && complain "say why: must(condition, \"words\") of base/must.h"

# one noun, one header: what firmware/session/x.h offers is called x_...; the session itself stands in internal.h too. view.h is
# what screens see, and names functions after what they are about
for f in $(git ls-files -co --exclude-standard 'firmware/session/*.h' | grep -v '/view\.h$'); do
    stem=$(basename "$f" .h)
    perl -ne 'print "$ARGV:$.: $1()\n" if /^(?!static|#|\s)[a-z][^(;={]*?\b(\w+)\(/' "$f" | grep -vE ": ${stem/#internal/session}_" &&
        complain "begin its name with ${stem/#internal/session}_, or declare it in the header of its noun"
done

# Chinese in code (comments aside) belongs to assets/strings; wire files, tests and the names on cards are what they are:
# nations as the standard names them, what devices are made to show, where Chinese lines may break, by what signs a voice tells a
# number's kind. As bytes, U+4000 to 9FFF.
these 'firmware/*.c' 'ui/*.c' 'tools/*.c' 'drivers/*.c' |
    grep -vE '^(firmware/model/identity.*|firmware/base/text_break|firmware/voice/(figures|spoken)|drivers/virtual/.*)\.c$' |
    xargs -r perl -ne 's://.*$::; s:/\*.*\*/::; next if /^ \*/;
        print "$ARGV: text for people belongs to assets/strings: $_" if /"[^"]*[\xE4-\xE9][\x80-\xBF]{2}[^"]*"/' |
    grep . && bad=1

# what decodes bytes from outside is fuzzed: a target of its own name, or one that includes its header
fuzzed() { # a .c file
    local header=${1#firmware/}
    [ -e "tests/fuzz/fuzz_$(basename "${1%.c}").c" ] || grep -qsF "#include \"${header%.c}.h\"" tests/fuzz/fuzz_*.c
}
for f in $(these 'firmware/*_wire.c' 'firmware/wire/*.c' 'drivers/*_wire.c'); do
    case $f in */manifest_sign.c | */chain.c | */escpos_wire.c) continue ;; esac # they encode, or only hash
    fuzzed "$f" || complain "$f: add tests/fuzz/fuzz_$(basename "${f%.c}").c and a small corpus"
done
# so is whoever parses JSON, behind whatever name. Not by a target of its own: the test tools, which read what they wrote;
# what kiosk answers to kioskctl and a card's own fields; what is reached by way of a target's neighbour (the signatures of
# fuzz_manifest, the items of fuzz_exchange, the parts of fuzz_catalog_folder, the terminal of fuzz_enrol); a hall's error, of which one word is looked at
for f in $(these 'firmware/*.c' 'drivers/*.c' 'tools/*.c' | xargs -r grep -lE '\bjson_parse\('); do
    case $f in
    tools/scenario/* | tools/desk/* | tools/platform/* | tools/kioskctl/*) continue ;;
    firmware/wire/manifest_sign.c | firmware/sync/enrol.c) continue ;;
    tools/hallctl/catalog_parts.c | tools/hallctl/catalog_import.c | tools/hallctl/exchange_day.c) continue ;;
    esac
    fuzzed "$f" || complain "$f: it parses JSON: add tests/fuzz/fuzz_$(basename "${f%.c}").c and a small corpus"
done
# and every function that headers offer for it is called by a target
for name in $(these 'firmware/*.h' 'drivers/*.h' 'tools/*.h' | xargs -r grep -hoE '\b[a-z0-9_]+_(decode|parse|unpad|unpack)\(' |
    tr -d '(' | sort -u); do
    case $name in
    printer_decode | search_table_decode | kioskctl_*) continue ;; # inside the virtual printer, search_open(); a command
    esac
    grep -qE "\\b$name\\b|$(echo "$name" | sed -E 's/_[a-z]+_decode$/_##type##_decode/')" tests/fuzz/fuzz_*.c ||
        complain "$name(): call it in a target of tests/fuzz"
done

if command -v clang-format >/dev/null; then
    unformatted=$(these '*.c' '*.h' | xargs -r -n 50 -P "$(nproc)" clang-format --dry-run -Werror 2>&1) ||
        complain "run clang-format -i on: $(grep -oE '^[^:]+\.[ch]:' <<<"$unformatted" | tr -d : | sort -u | tr '\n' ' ')"
else
    echo "skipped: formatting: there is no clang-format here (make setup installs it)"
fi
exit $bad
