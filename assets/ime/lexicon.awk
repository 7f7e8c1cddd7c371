# SPDX-License-Identifier: Apache-2.0
#
# Makes tongban.dict.yaml: awk -f utf8.awk -f lexicon.awk pinyin_simp.dict.yaml READINGS use.txt names.txt readings.txt divisions.tsv
# words.txt surnames.txt TITLES (README.md says what each is). Every word of ours has its reading written: librime silently drops a
# reading that makes less than a twentieth of a character's weight, 都 as du. A word that stands twice keeps its greatest weight.
BEGIN {
    FS = "\t"
    n_toned = split("ā á ǎ à ē é ě è ī í ǐ ì ō ó ǒ ò ū ú ǔ ù ǖ ǘ ǚ ǜ ü ń ň ǹ ḿ", toned, " ")
    split("a a a a e e e e i i i i o o o o u u u u v v v v v n n n m", plain, " ")
    USE = 6          # pinyin_simp's weights are a sixth of jieba's counts, about
    RARE = 3         # of a standard character nobody has counted
    OTHER = 1        # at most, of characters that are not in the standard table
    SECOND = 30      # of a reading that pinyin_simp does not have
    NAME = 800       # at least, of characters that people are called by
    FIRST_ROW = 5    # so many surnames of a syllable stand within so many candidates,
    FIRST_PAGE = 10  # and so many within so many
    PIECE = 15       # bytes of the longest piece of readings.txt
    NATIONS = "(蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|" \
              "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|赫哲|门巴|珞巴|基诺)族$"
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
    for (i = 1; i <= n_toned; i++)
        gsub(toned[i], plain[i], s)
    return s
}

# --- characters ---
function one(c, code, w) {
    if (!((c, code) in weight))
        codes[c] = codes[c] " " code
    if (w >= weight[c, code])
        weight[c, code] = w
    if (!(c in best) || w > weight[c, best[c]])
        best[c] = code
}
function at_least(c, code, w) { if (weight[c, code] < w) weight[c, code] = w }
function heard_as(c, code) { return (c, code) in raised && raised[c, code] > weight[c, code] ? raised[c, code] : weight[c, code] }
# The weight that leaves at most `room` of the n_heard characters in front.
function bar(room,   i, m) {
    split("", used)
    for (; room >= 0; room--) {
        m = 0
        for (i = 1; i <= n_heard; i++)
            if (!(i in used) && (!m || heard[i] > heard[m]))
                m = i
        if (!m)
            return 0
        used[m] = 1
    }
    return heard[m]
}
function raise_surnames(s,   list, said, n, k, i, row, page) {
    k = split(surnames[s], list, " ")
    n_heard = 0
    n = split(spoken[s], said, " ")
    for (i = 1; i <= n; i++)
        if (!((said[i], s) in surname))
            heard[++n_heard] = weight[said[i], s]
    row = bar(k < FIRST_ROW ? FIRST_ROW - 1 - k : 0) # a word may stand among them: 吉安 for jian
    page = bar(k < FIRST_PAGE ? FIRST_PAGE - 1 - k : 0)
    for (i = 1; i <= k; i++)
        raised[list[i], s] = int(i <= FIRST_ROW ? row : page) + 1 + k - i
}

# --- words ---
function word(w, points) {
    if (characters(w) < 2 || w ~ /[ -~]/)
        return
    if (points > ours[w])
        ours[w] = points
}
# "chang du|chang dou": how w is read; "" where a character of it is not known.
function read(w, by_character,   at, n, piece, out, other) {
    for (at = 1; at <= length(w); at += length(piece)) {
        piece = character(w, at)
        if (!by_character)
            for (n = PIECE; n > length(piece); n -= 3)
                if (substr(w, at, n) in pieces)
                    piece = substr(w, at, n)
        if (!by_character && piece in pieces) {
            split(pieces[piece], other, "|")
            out = both(out, other[1], other[2])
        } else if (piece in best)
            out = both(out, best[piece], "")
        else
            return ""
    }
    return out
}
function both(said, code, or,   a) {
    split(said, a, "|")
    if (!(2 in a) && or == "")
        return said (said == "" ? "" : " ") code
    if (!(2 in a))
        a[2] = a[1]
    return a[1] (a[1] == "" ? "" : " ") code "|" a[2] (a[2] == "" ? "" : " ") (or == "" ? code : or)
}
function say_word(w, reading, points,   way, k, i, plainly) {
    k = split(reading, way, "|")
    for (i = 1; i <= k; i++) {
        print w "\t" way[i] "\t" points
        run_together(w, way[i], points)
    }
    plainly = read(w, 1)
    if (k == 1 && plainly != "" && plainly != reading)
        print w "\t" plainly "\t" int(points / 10) # as it is often misread
}
# "xi an shi" is typed "xianshi", which librime takes for two syllables first: it is written as those too.
function run_together(w, code, points,   part, k, i, j, joined) {
    k = split(code, part, " ")
    for (i = 2; i <= k; i++)
        if (part[i] ~ /^[aeo]/ && (part[i - 1] part[i]) in spoken) {
            joined = part[1]
            for (j = 2; j <= k; j++)
                joined = joined (j == i ? "" : " ") part[j]
            print w "\t" joined "\t" points
        }
}
# 芷江侗族自治县 is 芷江, 喀什地区 喀什; "" where nothing is left that could stand alone.
function short_name(w,   s, before) {
    s = w
    if (sub(/自治(区|州|县|旗)$/, "", s)) {
        if (s == "内蒙古")
            return s
        sub(/(各族|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|蒙古)$/, "", s)
        do {
            before = s
            sub(NATIONS, "", s)
        } while (s != before && s != "")
        if (s == "") # 东乡族自治县
            s = substr(before, 1, length(before) - 3)
        return s
    }
    if (s ~ /(新|林|矿|特)区$/ && characters(s) > 3)
        return substr(s, 1, length(s) - 6)
    if (!sub(/(特别行政区|地区|群岛|省|市|盟|县|区|旗)$/, "", s) || s ~ /(前|后|左|右|中)$/)
        return ""
    return s
}

FNR == 1 { file++ }
/^#/ { next }
file == 1 {
    if (NF < 3)
        next
    if (length($1) > 4 || characters($1) > 1) {
        known[$1] = $3
        print $1 "\t" $2 "\t" $3
    } else
        general[$1] = general[$1] " " $2 " " $3
    next
}
file == 2 {
    k = split($0, part, /[ \t]+/)
    c = utf8(hex(substr(part[1], 3)))
    standard[c] = 1
    m = c in general ? split(general[c], pair, " ") : 0
    for (j = 1; j < m; j += 2)
        one(c, pair[j], pair[j + 1])
    for (i = 3; i <= k; i++) {
        reading = part[i]
        sub(/^[^:]*:/, "", reading)
        m = split(reading, sound, ",")
        for (j = 1; j <= m; j++) {
            code = bare(sound[j])
            sub(/^lve/, "lue", code)
            sub(/^nve/, "nue", code)
            if (code ~ /^[a-z]+$/ && !((c, code) in weight))
                one(c, code, c in general ? SECOND : RARE)
        }
    }
    next
}
file == 3 {
    k = split($0, part, " ")
    for (i = 1; i < k; i += 2)
        if (part[i] in standard)
            at_least(part[i], best[part[i]], int(part[i + 1] / USE))
    next
}
file == 4 {
    for (at = 1; at <= length($0); at += length(c)) {
        c = character($0, at)
        if (c in standard)
            at_least(c, best[c], NAME)
    }
    next
}
file == 5 { at = index($0, " "); pieces[substr($0, 1, at - 1)] = substr($0, at + 1); next }
file == 6 {
    if ($2 !~ /^(市辖区|县)$/ && $2 !~ /直辖县级/) {
        short = $3 == "zone" ? "" : short_name($2)
        points = known[short] < 50000 ? known[short] : 50000
        word($2, (length($1) < 6 ? 8000 : 2000) + points)
        word(short, length($1) < 6 ? 6000 : 1000)
    }
    next
}
file == 7 { k = split($0, list, " "); for (i = 1; i <= k; i++) word(list[i], characters(list[i]) > 2 ? 200000 : 60000); next }
file == 8 {
    k = split($0, list, " ")
    for (i = 1; i <= k; i++) {
        match(list[i], /[a-z|']*$/)
        c = substr(list[i], 1, RSTART - 1)
        code = substr(list[i], RSTART)
        gsub(/'/, " ", code)
        if (characters(c) > 1) {
            word(c, 3000)
            if (code != "")
                pieces[c] = code
            continue
        }
        m = split(code == "" ? best[c] : code, sound, "|")
        for (j = 1; j <= m; j++) {
            if (!((c, sound[j]) in weight))
                one(c, sound[j], SECOND)
            surname[c, sound[j]] = 1
            surnames[sound[j]] = surnames[sound[j]] " " c
        }
    }
    next
}
file == 9 { k = split($0, list, " "); for (i = 1; i <= k; i++) word(list[i], 100000); next }
END {
    for (c in general)
        if (!(c in standard)) {
            m = split(general[c], pair, " ")
            for (j = 1; j < m; j += 2)
                one(c, pair[j], pair[j + 1] < OTHER ? pair[j + 1] : OTHER)
        }
    for (c in codes) {
        k = split(codes[c], list, " ")
        for (i = 1; i <= k; i++)
            spoken[list[i]] = spoken[list[i]] " " c
    }
    for (s in surnames)
        raise_surnames(s)
    for (c in codes) {
        k = split(codes[c], list, " ")
        for (i = 1; i <= k; i++) {
            s = list[i]
            print c "\t" s "\t" heard_as(c, s)
        }
    }
    for (w in ours)
        if ((reading = read(w)) != "")
            say_word(w, reading, ours[w])
}
