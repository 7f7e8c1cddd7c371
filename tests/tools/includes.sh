#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# tools/check/includes.sh finds a circle of files, and one of folders where no file is in a circle. Usage: includes.sh [BUILD]
set -u
cd "$(dirname "$0")/../.." || exit 2
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir/firmware/base" "$dir/firmware/model" "$dir/tools/check"
cp tools/check/includes.sh "$dir/tools/check/"
git -C "$dir" init -q

# NAME WANTED-STATUS WORDS: the check ends so, and says that
expect() {
    local out status
    out=$("$dir/tools/check/includes.sh" $4 2>&1)
    status=$?
    if [ $status -eq "$2" ] && [[ $out == *"$3"* ]]; then
        echo "ok $1"
    else
        printf '# status %s: %s\n' $status "$out"
        echo "not ok $1"
    fi
}
file() { # PATH INCLUDE…: a file that includes them
    local path=$dir/firmware/$1
    shift
    for i in "$@"; do echo "#include \"$i\""; done >"$path"
}

file base/err.h
file base/log.h base/err.h
file model/item.h base/log.h
file model/item.c model/item.h base/err.h
expect no_circle 0 "" ""
expect drawn 0 '"firmware/model" -> "firmware/base"' --dot
file base/err.h base/log.h
expect circle_of_two_files 1 "firmware/base/err.h firmware/base/log.h firmware/base/err.h" ""
file base/err.h model/item.h
expect circle_by_way_of_a_third 1 "firmware/model/item.h firmware/base/log.h firmware/base/err.h" ""
file base/err.h
file base/log.c model/item.h
expect circle_of_folders_alone 1 "folders include each other in a circle" ""
file base/log.c item.h
expect a_file_of_that_name_elsewhere 0 "" ""
