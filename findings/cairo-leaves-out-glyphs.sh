#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# cairo 1.16 (Debian 12) embeds the glyphs that a PDF needs. Of a CFF font such as Noto Sans CJK SC it leaves outlines out, as it
# seems those in a subroutine that no other glyph of the page calls: 如 in “一次告知如下” is found by every reader of the text, and
# nothing is there to be seen. With all 6,763 characters of GB 2312 on the page none is missing. A test that extracts text
# passes.
#
# Seen: ink of 如 alone: none as text, some as outlines
set -eu
# Debian 12's: libcairo2 1.16.0-7, libpango1.0-dev 1.50.12+ds-1, fonts-noto-cjk 1:20220127+repack1-1; needs root where one is missing
command -v pdftoppm >/dev/null && pkg-config --exists pangocairo && fc-list | grep -q NotoSansCJK-Regular ||
    apt-get -qq -o DPkg::Lock::Timeout=600 install -y gcc pkg-config libpango1.0-dev poppler-utils fonts-noto-cjk >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >draw.c <<'C'
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
int main(int argc, char **argv)
{
    cairo_surface_t *s = cairo_pdf_surface_create(argv[1], 40, 40);
    cairo_t *c = cairo_create(s);
    PangoLayout *l = pango_cairo_create_layout(c);
    pango_layout_set_font_description(l, pango_font_description_from_string("Noto Sans CJK SC 16"));
    pango_layout_set_text(l, "如", -1);
    if (argc > 2) {
        pango_cairo_layout_path(c, l);
        cairo_fill(c);
    } else
        pango_cairo_show_layout(c, l);
    cairo_destroy(c);
    cairo_surface_destroy(s);
    return 0;
}
C
# shellcheck disable=SC2046
cc -o draw draw.c $(pkg-config --cflags --libs pangocairo)
./draw text.pdf
./draw outlines.pdf outlines
ink() { pdftoppm -gray -r 72 -singlefile "$1.pdf" "$1" && tail -c 1600 "$1.pgm" | tr -d '\377' | wc -c; }
text=$(ink text) outlines=$(ink outlines)
echo "cairo $(pkg-config --modversion cairo): as text, $(pdftotext text.pdf - | head -n 1) has $text grey or black pixels; as outlines $outlines"
[ "$text" -eq 0 ] && [ "$outlines" -gt 0 ]
