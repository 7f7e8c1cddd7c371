# SPDX-License-Identifier: Apache-2.0
# Makes STR(id, "text") lines of assets/strings/zh-CN/*.tsv. An id that stands twice or a line without a tab ends the build.
BEGIN { FS = "\t"; bad = 0 }
/^#/ || /^$/ { next }
NF != 2 { printf "%s:%d: write id<TAB>text\n", FILENAME, FNR > "/dev/stderr"; bad = 1; next }
$1 !~ /^[a-z][a-z0-9_]*$/ { printf "%s:%d: an id is lower case letters, digits and _: %s\n", FILENAME, FNR, $1 > "/dev/stderr"; bad = 1 }
seen[$1]++ { printf "%s:%d: %s stands twice: rename one\n", FILENAME, FNR, $1 > "/dev/stderr"; bad = 1 }
{ text = $2; gsub(/"/, "\\\"", text); printf "STR(%s, \"%s\")\n", $1, text }
END { exit bad }
