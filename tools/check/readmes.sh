#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the READMEs name is there: files and folders of the tree, targets of make, programs and their commands; and the table
# of programs lists those the Makefile builds. What only a running terminal or hall has (root.json, DATA/…) is not looked for:
# names count that end as sources do, or begin with a folder of the tree. Exit 1 when something is missing.
set -u
cd "$(dirname "$0")/../.." || exit 2
bad=0
complain() { printf '%s\n' "$*"; bad=1; }

files=$(git ls-files -co --exclude-standard)
top=$(printf '%s\n' "$files" | grep / | cut -d/ -f1 | sort -u | paste -sd'|')
readmes=$(printf '%s\n' "$files" | grep -E '(^|/)README\.md$|^tests/promises\.md$')

# README:LINE<TAB>WORD for each word between backticks, and each target of a link
words() {
    perl -ne 'while (/`([^`]+)`|\]\(([^)#:]+)\)/g) { print "$ARGV:$.\t$_\n" for split / /, $1 // $2 }
              while (/(?<![\w.\/-])((?:'"$top"')\/[\w.\/-]*\w\/?)(?![\w*<{\$])/g) { print "$ARGV:$.\t$1\n" }
              close ARGV if eof' "$@"
}

# a path as a README may give it: from its own folder, from the top, from firmware/ or tests/, and without .c and .h; or the
# bare name of any file
there() { # README PATH
    local dir base
    dir=$(dirname "$1")
    for base in "$dir/" '' firmware/ tests/ "$dir/../"; do
        compgen -G "$base${2%/}" >/dev/null || compgen -G "$base$2.[ch]" >/dev/null && return 0
    done
    # shellcheck disable=SC2053 # it may be a pattern
    [[ $2 != */* && $files$'\n' == */$2$'\n'* ]]
}

while IFS=$'\t' read -r at word; do
    word=${word%[,;:.]}
    case $word in
    *[\<\>\$\{\}\(\)\"=\|…]* | -* | .* | build/* | *NAME* | *N.* | *TYPE* | *LANG* | *FILE* | /*) continue ;;
    esac
    if [[ $word =~ \.(c|h|def|sh|mk|sql|md|awk|mjs|py|inc|rules|conf|example)$ || $word =~ ^($top)/ ]]; then
        there "${at%:*}" "$word" || complain "$at: $word is not in the tree"
    fi
done < <(words $readmes | sort -u)

# `make TARGET`, `hallctl COMMAND`, `kioskctl COMMAND`
while IFS=$'\t' read -r at program command; do
    case $program in
    make) grep -qE "^$command:" Makefile ./*/rules.mk ./*/*/rules.mk || complain "$at: there is no target $command" ;;
    *) grep -qF "\"$command\"" "tools/$program/main.c" || complain "$at: $program has no command $command" ;;
    esac
done < <(perl -ne 'print "$ARGV:$.\t$1\t$2\n" while /(?:`|^    )(make|hallctl|kioskctl) ([a-z][a-z-]*)/g; close ARGV if eof' $readmes)

# the programs, in the README and in the Makefile
told=$(sed -n '/^## The programs/,/^## Where/s/^| `\([a-z-]*\)` .*/\1/p' README.md | sort)
built=$(sed -n 's/^PROGRAMS := \(\$(B)\/.*\)/\1/p' Makefile | tr ' ' '\n' | sed 's/.*\///' | sort)
[ "$told" = "$built" ] || complain "README.md: the table of programs and PROGRAMS of the Makefile differ: $(
    comm -3 <(printf '%s\n' "$told") <(printf '%s\n' "$built") | tr -d '\t' | paste -sd' ')"

# the fields of an item
for key in $(sed -nE 's/^(TEXT|WORDS|INT|FLAG|LIST|PART)\(([a-z_]+).*/\2/p' firmware/model/item_field.def); do
    grep -qE "[\`\"]$key\b" assets/catalog/README.md || complain "assets/catalog/README.md: say what $key of firmware/model/item_field.def is"
done

# the types of form fields
told=$(grep '^| `type` |' assets/catalog/README.md | grep -o '`[a-z-]*`' | tail -n +2 | tr -d '`' | sort)
known=$(sed -n 's/^FIELD_TYPE([A-Z_]*, "\([a-z-]*\)".*/\1/p' firmware/model/form_type.def | sort)
[ "$told" = "$known" ] || complain "assets/catalog/README.md: its types of form fields are not those of firmware/model/form_type.def"
exit $bad
