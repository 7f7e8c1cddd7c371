# SPDX-License-Identifier: Apache-2.0
# Makes STR(id, "zh-CN", "en") lines of assets/strings/<language>/<group>.tsv; with -v others="en zh-Hant", of all those
# languages, TEXT(EN, id, "…") lines; and with -v ids=FILE lines STR(id) there, which
# stay as they are when only a text changes. The build ends, naming id and file, when an id
# stands twice, a language lacks one or has one too many, the texts fill in different things, or a sentence has quotation
# marks of a typewriter (but with -v console=1, where columns need narrow ones). A group whose first line begins with "#!" has
# no translation: its Chinese stands in every language (papers, names set by a standard).
BEGIN { FS = "\t"; n = 0; bad = 0; base = "zh-CN"; n_others = split(others ? others : "en", other, " ") }
function complain(where, what) { print where ": " what > "/dev/stderr"; bad = 1 }
function quoted(text) { gsub(/"/, "\\\"", text); return "\"" text "\"" }
# "0 1": the numbers of what is filled in, whatever their order, {0} or {0|one|many}
function slots(text, i, set) {
    for (i = 0; i < 10; i++)
        if (index(text, "{" i "}") || index(text, "{" i "|"))
            set = set " " i
    return set
}
# what `lang` says for `id`; a group that stands in Chinese alone says that
function check(id, lang) {
    if (alone[groups[id, base]]) {
        text[id, lang] = text[id, base]
    } else if (!((id, lang) in place)) {
        complain("assets/strings/" lang "/" groups[id, base], id " is missing: translate \"" text[id, base] "\"")
    } else if (groups[id, base] != groups[id, lang]) {
        complain(place[id, lang], id " stands in " groups[id, base] " of " base ": move it there")
    } else if (slots(text[id, base]) != slots(text[id, lang])) {
        complain(place[id, lang], id " fills in" slots(text[id, lang]) ", in " base " it is" slots(text[id, base]))
    }
}
# zh-Hant is ZH_HANT in C
function entry(id, lang, name) {
    name = toupper(lang)
    gsub(/-/, "_", name)
    printf "TEXT(%s, %s, %s)\n", name, id, quoted(text[id, lang])
}
FNR == 1 {
    count = split(FILENAME, parts, "/")
    lang = parts[count - 1]; group = parts[count]
    if ($0 ~ /^#!/) alone[group] = 1
}
/^#/ || /^$/ { next }
NF != 2 { complain(FILENAME ":" FNR, "write id<TAB>text"); next }
$1 !~ /^[a-z][a-z0-9_]*$/ { complain(FILENAME ":" FNR, "an id is lower case letters, digits and _: " $1) }
!console && $2 ~ /['"]/ && $1 !~ /^key_/ { complain(FILENAME ":" FNR, $1 " has a straight quotation mark: write ’ or “ ”") }
($1, lang) in place { complain(FILENAME ":" FNR, $1 " stands twice: rename one"); next }
{ place[$1, lang] = FILENAME ":" FNR; text[$1, lang] = $2; groups[$1, lang] = group }
lang == base { order[n++] = $1; next }
{ strange[$1, lang] = $1 }
END {
    for (i = 0; i < n; i++) {
        id = order[i]
        for (k = 1; k <= n_others; k++) {
            check(id, other[k])
            delete strange[id, other[k]]
        }
        if (ids)
            printf "STR(%s)\n", id > ids
        if (!others)
            printf "STR(%s, %s, %s)\n", id, quoted(text[id, base]), quoted(text[id, other[1]])
        if (others)
            entry(id, base)
        for (k = 1; others && k <= n_others; k++)
            entry(id, other[k])
    }
    for (key in strange)
        complain(place[key], strange[key] " is not in assets/strings/" base ": add it there or take it out")
    exit bad
}
