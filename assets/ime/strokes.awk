# SPDX-License-Identifier: Apache-2.0
#
# Makes strokes.dict.yaml: awk -f utf8.awk -f strokes.awk pinyin_simp.dict.yaml READINGS stroke.dict.yaml. What is written often comes first,
# then the other characters of 通用规范汉字表, then the rest.
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
FNR == 1 { file++ }
file == 1 { if (NF >= 3 && length($1) < 5) often[$1] += $3; next }
file == 2 { split($0, part, /[ \t]+/); listed[utf8(hex(substr(part[1], 3)))] = 1; next }
NF >= 2 && $2 ~ /^[hspnz]+$/ && length($1) < 5 { print $1 "\t" $2 "\t" (listed[$1] ? 100 + often[$1] : int(often[$1] / 10)) }
