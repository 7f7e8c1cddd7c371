# SPDX-License-Identifier: Apache-2.0
#
# Makes tongban.dict.yaml: awk -f utf8.awk -f lexicon.awk pinyin_simp.dict.yaml divisions.tsv words.txt surnames.txt titles.txt READINGS
# A word that stands twice keeps its greatest weight. Words of ours have no reading here: librime makes it from the characters.
BEGIN {
    FS = "\t"
    n = split("ā á ǎ à ē é ě è ī í ǐ ì ō ó ǒ ò ū ú ǔ ù ǖ ǘ ǚ ǜ ü ń ň ǹ ḿ", toned, " ")
    split("a a a a e e e e i i i i o o o o u u u u v v v v v n n n m", plain, " ")
    print "# made by lexicon.awk from several sources: see assets/ime/README.md"
    print "---"
    print "name: tongban"
    print "version: \"1\""
    print "sort: by_weight"
    print "columns: [text, code, weight]"
    print "..."
    print ""
}
function bare(s,   i) {
    for (i = 1; i <= n; i++)
        gsub(toned[i], plain[i], s)
    return s
}
function characters(s,   copy) {
    copy = s
    return gsub(/[\340-\367]/, "", copy)
}
function word(w, weight) {
    if (characters(w) < 2 || w ~ /[ -~]/)
        return
    if (weight > ours[w])
        ours[w] = weight
}
FNR == 1 { file++ }
file == 1 {
    if (NF >= 3) {
        seen[$1 " " $2] = 1
        general[$1] = $3
        print $1 "\t" $2 "\t" $3
    }
    next
}
file == 2 {
    if ($2 !~ /^(市辖区|县)$/ && $2 !~ /直辖县级/) {
        short = $2
        if (!sub(/(特别行政区|自治区|省|市|县|区)$/, "", short))
            short = ""
        known = general[short] < 50000 ? general[short] : 50000
        word($2, (length($1) < 6 ? 8000 : 2000) + known)
        if (characters(short) > 1)
            word(short, length($1) < 6 ? 6000 : 1000)
    }
    next
}
/^#/ { next }
file == 3 { k = split($0, list, " "); for (i = 1; i <= k; i++) word(list[i], characters(list[i]) > 2 ? 200000 : 60000); next }
file == 4 { k = split($0, list, " "); for (i = 1; i <= k; i++) if (characters(list[i]) < 4) word(list[i], 3000); next }
file == 5 { k = split($0, list, " "); for (i = 1; i <= k; i++) word(list[i], 100000); next }
file == 6 {
    k = split($0, part, /[ \t]+/)
    c = utf8(hex(substr(part[1], 3)))
    for (i = 3; i <= k; i++) {
        reading = part[i]
        sub(/^[^:]*:/, "", reading)
        m = split(reading, one, ",")
        for (j = 1; j <= m; j++) {
            code = bare(one[j])
            if (code !~ /^[a-z]+$/ || seen[c " " code])
                continue
            seen[c " " code] = 1
            print c "\t" code "\t" (c in general ? 30 : 2)
        }
    }
}
END {
    for (w in ours)
        print w "\t\t" ours[w]
}
