#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Writes the manual page (man(7)) of a program from what it says of itself with --help, its commands' too, so that the page is
# never older than the program. Usage: man.sh BUILD PROGRAM
set -eu
build=$1 program=$2
LC_ALL=C.UTF-8 && export LC_ALL

line() { # FILE KEY: what board/man.tsv says
    awk -F '\t' -v p="$program" -v key="$1" '$1 == p && $2 == key {print $3}' "$(dirname "$0")/../board/man.tsv"
}
literal() { # text as it stands
    sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/^[.']/\\\\\&&/" -e 's/`/\\`/g' -e "s/'/\\\\(aq/g"
}
section() { # TITLE, its text on stdin
    printf '.SH %s\n.nf\n' "$1"
    literal
    printf '.fi\n'
}

help=$("$build/$program" --help)
name=$(line name)
[ -n "$name" ] || { echo "man.sh: board/man.tsv has no name of $program" >&2; exit 1; }
printf '.TH %s 8 "" "%s" "Tongban"\n' "$(printf %s "$program" | tr a-z A-Z)" "$("$build/$program" --version)"
printf '.SH NAME\n%s \\- %s\n' "$program" "$name"
printf '%s\n' "$help" | section DESCRIPTION
# a line of two blanks, a word, two blanks: a command that has a --help of its own
for command in $(printf '%s\n' "$help" | sed -n 's/^  \([a-z][a-z]*\)  *[a-z].*/\1/p'); do
    "$build/$program" "$command" --help >/dev/null 2>&1 || continue
    printf '.SH "COMMAND %s"\n.nf\n' "$(printf %s "$command" | tr a-z A-Z)"
    "$build/$program" "$command" --help | literal
    printf '.fi\n'
done
line file | section FILES
printf '.SH "SEE ALSO"\n%s\n' "$(line see)"
