#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Reads the layer tables of firmware/README.md and every #include of the tree; names each include that the tables do not
# allow, and a table that goes in a circle. Exit 1 when there is one.
set -eu
cd "$(dirname "$0")/../.."

files=$(git ls-files -co --exclude-standard 'firmware/*.[ch]' 'drivers/*.[ch]' 'ui/*.[ch]' 'tools/*.[ch]')
# shellcheck disable=SC2086
awk '
function trim(s) { gsub(/^[ \t]+|[ \t]+$/, "", s); return s }
FILENAME == "firmware/README.md" {
    if (/^\| layer \|/) table = "layer"
    else if (/^\| header \|/) table = "header"
    else if (!/^\|/) table = ""
    else if (table != "" && !/^\|---/) {
        split($0, cell, "|")
        if (table == "layer") allowed[trim(cell[2])] = " " trim(cell[3]) " "
        else foreign[trim(cell[2])] = " " trim(cell[3]) " "
    }
    next
}
FNR == 1 {
    layer = FILENAME
    sub(/\/[^\/]*$/, "", layer)
    program = FILENAME ~ /^firmware\/kiosk[a-z_]*\.c$/
}
match($0, /^#include "[^"]+"/) {
    inc = substr($0, 11, RLENGTH - 11)
    if (inc !~ /\//) next                                  # a neighbour
    from = inc
    if (from ~ /^(base|model|crypto|wire|catalog|session|journal|sync|ime|voice|kiosk)\//) from = "firmware/" from
    folder = from
    sub(/\/[^\/]*$/, "", folder)
    if (folder == layer) next
    if (program) {
        if (FILENAME ~ /kiosk_sync/ ? folder ~ /^(firmware\/session|drivers|ui)/ : folder == "firmware/sync")
            complain(inc)
        next
    }
    if (!(layer in allowed)) { print FILENAME ":" FNR ": folder " layer " is not in the table of firmware/README.md"; bad = 1; next }
    short = folder
    sub(/^firmware\//, "", short)
    file = from
    sub(/^firmware\//, "", file)
    sub(/\.[a-z]+$/, "", file)
    n = split(trim(allowed[layer]), may, " ")
    for (i = 1; i <= n; i++)
        if (may[i] == short || may[i] == file || index(short, may[i] "/") == 1) next
    complain(inc)
}
match($0, /^#include <[^>]+>/) {
    inc = substr($0, 11, RLENGTH - 11)
    for (h in foreign) {
        if (index(inc, h) != 1) continue
        n = split(trim(foreign[h]), may, " ")
        ok = 0
        for (i = 1; i <= n; i++) if (index(FILENAME, may[i]) == 1) ok = 1
        if (!ok) { print FILENAME ":" FNR ": <" inc "> belongs to" foreign[h] "only: use their header"; bad = 1 }
    }
}
function complain(what) {
    print FILENAME ":" FNR ": " layer " may not include \"" what "\": see the layer table in firmware/README.md"
    bad = 1
}
# A layer that may include, over others, itself: each stands in `path` while what it may include is walked.
function walk(layer, path,    may, n, i, next_layer) {
    if (index(path, " " layer " ")) {
        print "firmware/README.md: the layer table goes in a circle:" path layer
        bad = circle = 1
        return
    }
    if (layer in walked || circle) return
    n = split(trim(allowed[layer]), may, " ")
    for (i = 1; i <= n; i++) {
        next_layer = (may[i] in allowed) ? may[i] : "firmware/" may[i]
        if (next_layer in allowed && next_layer != layer && !(layer " " next_layer in twins)) walk(next_layer, path layer " ")
    }
    walked[layer] = 1
}
END {
    # one thing in two folders
    twins["drivers/virtual drivers/virtual/usbfs"] = twins["drivers/virtual/usbfs drivers/virtual"] = 1
    for (layer in allowed) walk(layer, " ")
    exit bad
}
' firmware/README.md $files
