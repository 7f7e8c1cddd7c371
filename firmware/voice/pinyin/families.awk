# SPDX-License-Identifier: Apache-2.0
# Family names of assets/ime/surnames.txt that have a reading behind them, the first one of it; before them those that differ in
# the tone alone, which a keyboard does not hear (Xiandai Hanyu Cidian, 7th edition, under "surname").
BEGIN {
    n = split("任ren2 华hua4 燕yan1 葛ge3 应ying1 纪ji3 曲qu1 哈ha3 要yao1", tones, " ")
    for (k = 1; k <= n; k++)
        name(tones[k])
}
function name(word, letters) {
    if (!match(word, /[a-z].*/))
        return
    letters = substr(word, RSTART)
    sub(/\|.*/, "", letters)
    gsub(/'/, " ", letters)
    printf "NAMED(\"%s\", \"%s\")\n", substr(word, 1, RSTART - 1), letters
}
FILENAME ~ /surnames/ && !/^#/ { for (i = 1; i <= NF; i++) name($i) }
