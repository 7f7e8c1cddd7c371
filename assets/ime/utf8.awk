# SPDX-License-Identifier: Apache-2.0
#
# Characters among bytes (LC_ALL=C), for the makers of dictionaries: from a code point, a code point from hexadecimal, the one
# that begins at a byte, how many there are.
function utf8(cp) {
    if (cp < 65536)
        return sprintf("%c%c%c", 224 + int(cp / 4096), 128 + int(cp / 64) % 64, 128 + cp % 64)
    return sprintf("%c%c%c%c", 240 + int(cp / 262144), 128 + int(cp / 4096) % 64, 128 + int(cp / 64) % 64, 128 + cp % 64)
}
function hex(s,   i, v) {
    v = 0
    for (i = 1; i <= length(s); i++)
        v = v * 16 + index("0123456789ABCDEF", substr(s, i, 1)) - 1
    return v
}
function character(s, at,   n) {
    n = 1
    while (substr(s, at + n, 1) ~ /[\200-\277]/)
        n++
    return substr(s, at, n)
}
function characters(s,   copy) {
    copy = s
    return gsub(/[\340-\367]/, "", copy)
}
