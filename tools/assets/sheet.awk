# SPDX-License-Identifier: Apache-2.0
# Puts all icons on one SVG sheet, ten in a row, so that one run of the rasteriser makes a whole size.
# awk -v size=40 -f sheet.awk icon.svg…   A cell is size + 4 wide; from 112 px on the stroke is thinner.  check is drawn once more, bold.
BEGIN {
    RS = "\001"
    cell = size + 4
    stroke = size >= 112 ? 1.6 : 2
}
{
    body = $0
    sub(/^.*<svg[^>]*>/, "", body)
    sub(/<\/svg>.*$/, "", body)
    add(body, stroke)
    if (FILENAME ~ /\/check\.svg$/) bold = body
}
function add(what, width) {
    cells = cells sprintf("<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"#000\" color=\"#000\" stroke-width=\"%s\" stroke-linecap=\"round\" stroke-linejoin=\"round\">%s</svg>\n", \
        (n % 10) * cell + 2, int(n / 10) * cell + 2, size, size, width, what)
    n++
}
END {
    add(bold, 3)
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\">\n%s</svg>\n", 10 * cell, int((n + 9) / 10) * cell, cells
}
