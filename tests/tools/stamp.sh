#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What tests/run does not run again, in a small tree of its own: a unit test while it and the data are the same, a script while the
# whole tree and the programs are; and nothing that failed, nothing with FORCE=1. Usage: stamp.sh BUILD
set -u
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/tests" "$work/build/t/tests/a" && cp tests/run tests/stamp.bash "$work/tests/" && cd "$work" || exit 1
export TEST_STAMPS=build/stamps HOME=$work
unset FORCE
# it says what it has been run for
make_test() { # FILE WORDS: a program that starts no other
    printf '#include <stdio.h>\nint main(void) { FILE *f = fopen("ran", "a"); fputs("%s ", f); fclose(f); puts("ok %s"); return 0; }\n' "$2" "$2" |
        cc -x c -o "$1" -
}
make_test build/t/tests/a/test_a unit
make_test build/t/program program
printf '#!/bin/sh\nprintf "script " >>ran\necho "ok script"\n' >tests/script.sh
printf '#!/bin/sh\nprintf "failing " >>ran\necho "not ok failing"\nexit 1\n' >tests/failing.sh
chmod +x tests/*.sh
printf 'build/\nran\n' >.gitignore
echo 'int a;' >a.c
echo data >data.txt
git init -q . && git add -A && git -c user.name=t -c user.email=t@example.org commit -qm tree || exit 1
again() { # NAME WHAT-RAN [PROGRAM…]
    : >ran
    tests/run "${@:3}" >out 2>&1
    if [ "$(cat ran)" = "$2" ]; then echo "ok stamp: $1"; else
        sed 's/^/# /' out
        echo "not ok stamp: $1: ran '$(cat ran)', expected '$2'"
    fi
}
both=(build/t/tests/a/test_a "tests/script.sh build/t")
: >ran
tests/run "${both[@]}" >out 2>&1
result() { # NAME CODE
    if [ "$2" = 0 ]; then echo "ok stamp: $1"; else sed 's/^/# /' out; echo "not ok stamp: $1"; fi
}
[ "$(tr ' ' '\n' <ran | sort | tr -d '\n')" = scriptunit ]
result "at first all run" $?
again "nothing has changed: nothing runs" "" "${both[@]}"
[ "$(tail -n 1 out)" = "2 passed, 0 failed, 0 skipped" ] && grep -q '^2 of 2 were not run again' out
result "they count, and it is said" $?
echo 'int b;' >>a.c
again "a C file: the script, not the unit test" "script " "${both[@]}"
echo more >>data.txt
again "data: the unit test" "unit " build/t/tests/a/test_a
again "data: the script" "script " "tests/script.sh build/t"
echo new >another.txt
again "a file that nobody has added yet" "unit " build/t/tests/a/test_a
make_test build/t/tests/a/test_a other
again "another program" "other " build/t/tests/a/test_a
tests/run "${both[@]}" >out 2>&1
make_test build/t/program changed
again "a program that scripts start" "script " "${both[@]}"
again "what failed is run again: first" "failing " "tests/failing.sh build/t"
again "what failed is run again: then" "failing " "tests/failing.sh build/t"
export FORCE=1
again "FORCE=1" "other " build/t/tests/a/test_a
unset FORCE
export TEST_STAMPS=
again "no folder for stamps" "other " build/t/tests/a/test_a
exit 0
