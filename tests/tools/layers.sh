#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# tools/check/layers.sh refuses what the layer table does not allow: in a copy of the table and of the hall's rooms, one wrong
# include at a time. Usage: layers.sh [BUILD]
set -u
cd "$(dirname "$0")/../.." || exit 2
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir/firmware" "$dir/tools/check"
cp firmware/README.md "$dir/firmware/"
cp tools/check/layers.sh "$dir/tools/check/"
cp -r tools/hall "$dir/tools/"
git -C "$dir" init -q

# NAME WANTED-STATUS WORDS: the check ends so, and says that
expect() {
    local out status
    out=$("$dir/tools/check/layers.sh" 2>&1)
    status=$?
    if [ $status -eq "$2" ] && [[ $out == *"$3"* ]]; then
        echo "ok $1"
    else
        printf '# status %s: %s\n' $status "$out"
        echo "not ok $1"
    fi
}
refused() { # NAME FILE INCLUDE: allowed before, refused with it
    cp "$dir/$2" "$dir/kept"
    echo "#include $3" >>"$dir/$2"
    expect "$1" 1 "$2:"
    mv "$dir/kept" "$dir/$2"
}

expect rooms_as_they_are 0 ""
refused rules_know_no_sql tools/hall/rules/lease.c '"tools/hall/store/sql.h"'
refused rules_know_no_door tools/hall/rules/lease.c '"tools/hall/door/server.h"'
refused door_knows_no_store tools/hall/door/door.c '"tools/hall/store/store.h"'
refused store_knows_no_handler tools/hall/store/store.c '"tools/hall/terminals/hall.h"'
refused keys_know_no_room tools/hall/keys/pki.c '"tools/hall/store/store.h"'
refused sqlite_in_one_file tools/hall/store/store.c '<sqlite3.h>'
refused postgres_in_one_file tools/hall/store/schema.c '<libpq-fe.h>'
refused a_room_without_a_line tools/hall/door/door.c '"tools/hall/attic/x.h"'
sed -i 's,^| tools/hall/rules | base,& tools/hall/store,' "$dir/firmware/README.md"
expect a_circle_in_the_table 1 "circle"
