# SPDX-License-Identifier: Apache-2.0
#
# Makes strokes.dict.yaml: awk -f utf8.awk -f strokes.awk pinyin_simp.dict.yaml READINGS stroke.dict.yaml strokes.txt. What is written
# often comes first, then the other characters of 通用规范汉字表, then the rest. strokes.txt adds what the table lacks.
BEGIN {
    FS = "\t"
    print "# made by strokes.awk: see assets/ime/README.md"
    print "---"
    print "name: strokes"
    print "version: \"1\""
    print "sort: by_weight"
    print "columns: [text, code, weight]"
    print "..."
    print ""
}
function entry(c, code) { print c "\t" code "\t" (listed[c] ? 100 + often[c] : int(often[c] / 10)) }
# Every way to write the parts of `text` from `at` on, behind `code`.
function compose(c, text, at, code,   part, ways, k, i) {
    if (at > length(text)) {
        entry(c, code)
        return
    }
    part = character(text, at)
    if (part ~ /^[hspnz]$/) {
        compose(c, text, at + 1, code part)
        return
    }
    if (!(part in table)) {
        print "strokes.txt: " c ": the table has no " part > "/dev/stderr"
        exit 1
    }
    k = split(table[part], ways, " ")
    for (i = 1; i <= k; i++)
        compose(c, text, at + length(part), code ways[i])
}
FNR == 1 { file++ }
file == 1 { if (NF >= 3 && length($1) < 5) often[$1] += $3; next }
file == 2 { split($0, part, /[ \t]+/); listed[utf8(hex(substr(part[1], 3)))] = 1; next }
file == 3 {
    if (NF >= 2 && $2 ~ /^[hspnz]+$/ && length($1) < 5) {
        table[$1] = table[$1] " " $2
        entry($1, $2)
    }
    next
}
/^#/ { next }
{ split($0, part, " "); compose(part[1], part[2], 1, "") }
