#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The graph of includes of firmware/ and tools/hall/, between files as between folders. Names each circle and ends with 1 when
# there is one. --dot draws the folders for Graphviz, --dot=files the files: tools/check/includes.sh --dot | dot -Tsvg >graph.svg
# Usage: includes.sh [--dot | --dot=files]
set -eu
cd "$(dirname "$0")/../.."

files=$(git ls-files -co --exclude-standard 'firmware/*.[ch]' 'firmware/*.def' 'tools/hall/*.[ch]' 'tools/hall/*.def')
# shellcheck disable=SC2086
awk -v draw="${1:-}" '
function folder(file) { sub(/\/[^\/]*$/, "", file); return file }
function edge(graph, from, to) {
    if (from == to || (graph, from, to) in known) return
    known[graph, from, to] = 1
    next_of[graph, from] = next_of[graph, from] " " to
    nodes[graph] = nodes[graph] " " from
}
FNR == 1 { there[FILENAME] = 1 }
match($0, /^[ \t]*#[ \t]*include "[^"]+"/) {
    n = split($0, part, "\"")
    including[++includes] = FILENAME
    included[includes] = part[2]
}
END {
    for (i = 1; i <= includes; i++) {
        from = including[i]
        to = included[i]
        if (("firmware/" to) in there) to = "firmware/" to
        else if ((folder(from) "/" to) in there) to = folder(from) "/" to
        else if (!(to in there)) continue                    # of a folder that is not looked at, or a list that is made
        edge("files", from, to)
        edge("folders", folder(from), folder(to))
    }
    if (draw != "") {
        graph = draw == "--dot=files" ? "files" : "folders"
        print "digraph " graph " {\n    rankdir=LR; node [shape=box, fontname=\"sans-serif\"];"
        for (i = split(nodes[graph], from_all, " "); i >= 1; i--) {
            if (from_all[i] in drawn) continue
            drawn[from_all[i]] = 1
            n = split(next_of[graph, from_all[i]], to_all, " ")
            for (j = 1; j <= n; j++) print "    \"" from_all[i] "\" -> \"" to_all[j] "\";"
        }
        print "}"
        exit 0
    }
    circles("files")
    circles("folders")
    exit bad
}
function circles(graph,    n, i, all) {
    n = split(nodes[graph], all, " ")
    for (i = 1; i <= n; i++) walk(graph, all[i], " ")
}
# each node stands in `path` while what it includes is walked
function walk(graph, node, path,    n, i, to) {
    if (index(path, " " node " ")) {
        sub("^.* " node " ", " " node " ", path)
        print graph " include each other in a circle:" path node ": move what both need into one that includes neither"
        bad = 1
        return
    }
    if ((graph, node) in walked) return
    n = split(next_of[graph, node], to, " ")
    for (i = 1; i <= n; i++) walk(graph, to[i], path node " ")
    walked[graph, node] = 1
}
' $files
