# SPDX-License-Identifier: Apache-2.0
#
# What tests of cases share: a hall in $work/hall with the catalogue of tests/catalogues/zone and the applications a terminal t-1 has
# delivered, on the database of database.bash. Wants $build and $work; gives $item, $epoch, ${numbers[1…]}.
# Usage: . tests/tools/cases.bash NAME
# shellcheck source=tests/tools/database.bash
. tests/tools/database.bash "$1"

publish() { # FOLDER VERSION
    "$build/hallctl" catalog build "$1" --calendar assets/catalog/calendar --out "$work/$2.db" --version "$2" &&
        "$build/hallctl" catalog sign "$work/$2.db" --keys "$work/keys" --data "$work/hall" &&
        "$build/hallctl" catalog publish --data "$work/hall"
}

item=11110105MB0A0000164000709102000 epoch=01000000000000000000000000000000
numbers=(0 1103001260105000018 1103001260105000026 1103001260105000039 1103001260105000047 1103001260105000052)
zeros=$(printf '0%.0s' {1..64})
deliver() { # SEQ ITEM-VERSION: an application of 5 January 2026, one in the morning, that came two minutes later
    local at=1767546000000 id header
    id=$(printf '%032x' "$1")
    header="{\"v\":1,\"terminal\":\"t-1\",\"epoch\":\"$epoch\",\"seq\":$1,\"at\":$at,\"boot\":\"00000000-0000-4000-8000-000000000000\""
    header+=",\"up\":1,\"clock\":\"trusted\",\"kind\":\"application\",\"id\":\"$id\",\"key\":\"0102030405060708\""
    header+=",\"number\":\"${numbers[$1]}\",\"item\":\"$item\",\"item_version\":$2,\"form_version\":1}"
    header=$(printf '%s' "$header" | od -An -v -tx1 | tr -d ' \n')
    echo "INSERT INTO record VALUES (1103,'t-1',$(bytes $epoch),$1,$(bytes "$id"),'application','${numbers[$1]}',$at,
        $((at + 120000)),0,$(bytes "$zeros"),$(bytes "$header"),$(bytes 00),$(bytes "${digest:-$zeros}"));"
}
make_hall() { # ITEM-VERSION…: of each application
    {
        "$build/hallctl" keys init --keys "$work/keys" --data "$work/hall" --test "${database[@]}" && publish tests/catalogues/zone 1 &&
            "$build/hallctl" terminal add --data "$work/hall" --id t-1 --office 1103 --place tools/scenario/place.json \
                --hall https://127.0.0.1:1 --out "$work/sheet"
    } >"$work/made" 2>&1 || { cat "$work/made"; exit 1; }
    {
        echo "UPDATE terminal SET epoch=$(bytes $epoch), registration=1;"
        echo "INSERT INTO chain VALUES (1103,'t-1',$(bytes $epoch),1,$(bytes 00),4,$(bytes "${digest:-$zeros}"),$(bytes 00),1767546000000);"
        local i=0 version
        for version in "$@"; do deliver $((++i)) "$version"; done
    } | sql && "$build/hallctl" rebuild --data "$work/hall" >/dev/null || exit 1
}
