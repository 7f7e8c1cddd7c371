#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl backup and restore from outside: a hall that runs and is written to is copied; what is damaged, half, another hall's or
# in the way is refused before anything is touched; what is put back is the same, and goes on. On SQLite, or where TEST_DATABASE
# names a PostgreSQL server (hall/postgres.sh) in a schema of its own there. Usage: backup.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
hall=
stop() {
    [ -z "$hall" ] || { kill "$hall"; wait "$hall"; } 2>/dev/null
    hall=
}
trap 'stop; rm -rf "$work"' EXIT
# shellcheck source=tests/tools/database.bash
. tests/tools/database.bash backup
back=()
back_sql() { sqlite3 "$work/back/hall.db" "$1"; }
if [ -n "${TEST_DATABASE:-}" ]; then
    psql -q "$TEST_DATABASE" -c "CREATE DATABASE $schema" || exit 1
    other=${TEST_DATABASE/\/postgres\?/\/$schema?}
    back=(--database "$other&options=-csearch_path%3D$schema")
    back_sql() { PGOPTIONS="-c search_path=$schema" psql -qAt "$other" -c "$1"; }
fi
result() { # NAME CODE
    if [ "$2" = 0 ]; then echo "ok backup: $1"; else
        sed 's/^/# /' "$work/err"
        echo "not ok backup: $1"
    fi
}
check() { # NAME WANTED-EXIT WORDS ARGUMENTS…: the words stand in what it says
    local name=$1 want=$2 words=$3 got
    shift 3
    "$build/hallctl" "$@" >"$work/out" 2>"$work/err"
    got=$?
    [ $got = "$want" ] && cat "$work/out" "$work/err" | grep -q -- "$words"
    result "$name" $?
}
hall_with tests/catalogues/zone assets/catalog/calendar >"$work/err" 2>&1 || { cat "$work/err"; echo "not ok backup: a hall is made"; exit 1; }
start_hall() {
    "$build/hall" --data "$work/hall" --listen 127.0.0.1:0 >"$work/hall.log" 2>&1 &
    hall=$!
    for _ in $(seq 600); do [ -s "$work/hall.log" ] && return; sleep 0.1; done
}
start_hall

# --- while it runs, and somebody writes ---
(for i in $(seq 400); do ask "INSERT INTO audit (office, seq, id, at, who, action, subject, reason) VALUES (9999, $i, $(bytes "$(printf %032x "$i")"), $i, 'w', 'busy', '$i', '')" >/dev/null; done) &
busy=$!
check "of a hall that runs and is written to" 0 "backed up" backup --data "$work/hall" --out "$work/b"
kill $busy 2>/dev/null
wait $busy 2>/dev/null
(cd "$work/b" && sha256sum --quiet -c SHA256SUMS) >"$work/err" 2>&1
result "sha256sum reads its sums" $?
(cd "$work/b" && find . -type f ! -name SHA256SUMS | sed 's,^\./,,' | sort) >"$work/is"
cut -c67- "$work/b/SHA256SUMS" | sort | diff - "$work/is" >"$work/err"
result "every file is in the sums" $?
[ "$(stat -c %a "$work/b")" = 700 ] && ! find "$work/b" -perm /0077 -type d | grep .
result "only its owner reads it" $?
check "checked" 0 "the backup is whole" backup --check "$work/b"
check "not over another one" 4 "is there already" backup --data "$work/hall" --out "$work/b"

# --- what is refused, before anything is touched ---
tree() { (cd "$work/back" 2>/dev/null && find . -type f ! -name hall.lock -exec sha256sum {} + | sort) ; }
damaged() { # NAME WORDS [EXIT]: of $work/bad
    local before
    before=$(tree)
    check "$1" "${3:-1}" "$2" restore --from "$work/bad" --data "$work/back" --reason test "${back[@]}"
    [ "$before" = "$(tree)" ]
    result "$1, and nothing was touched" $?
    rm -rf "$work/bad"
}
cp -r "$work/b" "$work/bad" && printf x >>"$work/bad/tls/ca.crt" && damaged "a changed file is refused" "is not what was saved"
cp -r "$work/b" "$work/bad" && rm "$work/bad/tls/ca.key" && damaged "a missing file is refused" "ca.key is missing"
cp -r "$work/b" "$work/bad" && rm "$work/bad/SHA256SUMS" && damaged "an unfinished one is refused" "not finished" 3
cp -r "$work/b" "$work/bad" && sed -i '1s,  .*,  ../../etc/passwd,' "$work/bad/SHA256SUMS" && damaged "a name that leads out is refused" "leads out"
sums() { (cd "$work/bad" && find . -type f ! -name SHA256SUMS | sed 's,^\./,,' | xargs -d '\n' sha256sum) >"$work/sums" && mv "$work/sums" "$work/bad/SHA256SUMS"; }
cp -r "$work/b" "$work/bad" && sed -i 's/"schema":[0-9]*/"schema":999999/' "$work/bad/backup.json" && sums && damaged "one of a newer hall is refused" "newer hall"
check "not while a hall runs there" 1 "stop it first" restore --from "$work/b" --data "$work/hall" --reason test --replace
stop
check "not over a hall without a word" 4 "--replace" restore --from "$work/b" --data "$work/hall" --reason test
"$build/hallctl" keys init --keys "$work/keys2" --data "$work/hall2" --test >"$work/err" 2>&1
check "not over another hall" 1 "another hall" restore --from "$work/b" --data "$work/hall2" --reason test --replace

# --- back ---
ask "INSERT INTO audit (office, seq, id, at, who, action, subject, reason) VALUES (9998, 1, $(bytes ff), 1, 'w', 'later', '', '')" >/dev/null
check "into an empty folder" 0 "start the hall" restore --from "$work/b" --data "$work/back" --reason "the disk broke" "${back[@]}"
[ "$(back_sql "SELECT count(*) FROM terminal")" = 1 ] && [ "$(back_sql "SELECT count(*) FROM audit WHERE action = 'later'")" = 0 ]
result "it is what it was" $?
[ "$(back_sql "SELECT reason FROM audit WHERE action = 'restore'")" = "the disk broke" ] &&
    [ "$(back_sql "SELECT count(*) FROM audit WHERE action = 'backup'")" = 1 ]
result "who made it and who put it back stand in the audit" $?
seen=$(back_sql "SELECT count(*), min(at), max(at) FROM audit WHERE action = 'busy'" | tr '|' ' ')
read -r n least most <<<"$seen"
[ "$n" = 0 ] || { [ "$least" = 1 ] && [ "$most" = "$n" ]; }
result "of what was written meanwhile it has the beginning, without holes" $?
"$build/hallctl" terminals --data "$work/back" >"$work/err" 2>&1 && grep -q t-1 "$work/err"
result "hallctl works on it" $?
"$build/hall" --data "$work/back" --listen 127.0.0.1:0 >"$work/err" 2>&1 &
hall=$!
for _ in $(seq 600); do grep -q "catalogue 1" "$work/err" && break; sleep 0.1; done
grep -q "1 terminals" "$work/err" && grep -q "catalogue 1 is published" "$work/err"
result "the hall starts on it" $?
stop
if [ -z "${TEST_DATABASE:-}" ]; then
    printf 'not a lease\n' >>"$work/back/leases.log"
    cp "$work/back/leases.log" "$work/leases"
    : >"$work/back/hall.db"
    rm -f "$work/back/hall.db-wal" "$work/back/hall.db-shm"
    check "over a hall whose database is gone" 0 "start the hall" restore --from "$work/b" --data "$work/back" --reason test --replace
    [ "$(find "$work/back" -path '*replaced-*' -name hall.db | wc -l)" = 1 ]
    result "what was there is kept beside" $?
    cmp -s "$work/leases" "$work/back/leases.log"
    result "leases of later stay" $?
    check "and again" 0 "backed up" backup --data "$work/back" --out "$work/c"
    ! grep -q replaced "$work/c/SHA256SUMS"
    result "a backup leaves out what was replaced" $?
    check "SQLite does not go into PostgreSQL" 1 "cannot take it" restore --from "$work/b" --data "$work/d" --reason test \
        --database postgresql:///none
else
    check "a database that holds a hall is refused" 4 "holds a hall already" restore --from "$work/b" --data "$work/d" --reason test "${back[@]}"
    check "no password in the arguments" 1 "pgpass" restore --from "$work/b" --data "$work/d2" --reason test \
        --database postgresql://u:secret@localhost/none
    psql -q "$TEST_DATABASE" -c "DROP DATABASE $schema"
fi
if [ "$(id -u)" = 0 ] && [ -z "${TEST_DATABASE:-}" ] && unshare -m true 2>/dev/null; then
    unshare -m sh -c "mkdir '$work/small' && mount -t tmpfs -o size=256k none '$work/small' && '$build/hallctl' backup --data '$work/back' --out '$work/small/b'; code=\$?
        ls '$work/small' >'$work/left'; exit \$code" >"$work/out" 2>"$work/err"
    [ $? = 1 ] && grep -qi "no space\|full" "$work/err" && ! grep -qx b "$work/left"
    result "a full disk: it says so, and no folder is called a backup" $?
    # room for a hall, and none for the shared memory that writing needs
    unshare -m sh -c "mkdir '$work/tight' && mount -t tmpfs -o size=8m none '$work/tight' && '$build/hallctl' keys init --keys '$work/tight/k' --data '$work/tight/h' &&
        { dd if=/dev/zero of='$work/tight/rest' bs=4k || :; } && '$build/hallctl' staff add --data '$work/tight/h' --office 1103 --id 0001 --name 测试子 --post 管理岗 --role administrator" >"$work/out" 2>"$work/err"
    [ $? = 1 ] && grep -q "disk is full" "$work/err"
    result "a full disk where no hall runs is called that" $?
else
    echo "skip backup: full disk # needs root and SQLite"
fi
exit 0
