/* SPDX-License-Identifier: Apache-2.0
 *
 * See chart.h.
 */
#include "tools/hall/reports/chart.h"

#include "base/text.h"
#include "tools/hall/papers/html.h"

/* One unit is a pixel of a screen. */
#define WIDTH 720
#define MARGIN 12
#define TITLE_Y 24
#define TOP 44 /* below the title */
#define FONT 14
#define BAR 18
#define BAR_STEP 28
#define LABEL_WIDTH 264 /* left of the bars */
#define WORDS_WIDTH 96  /* right of the longest */
#define LINE_HEIGHT 200
#define LABELS_HEIGHT 28

static double most(const struct chart_point *points, int n)
{
    double max = 0;

    for (int i = 0; i < n; i++)
        max = points[i].value > max ? points[i].value : max;
    return max > 0 ? max : 1;
}

static void put_text(struct buf *out, double x, double y, const char *anchor, const char *text)
{
    buf_addf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
    html_text(out, text);
    buf_adds(out, "</text>\n");
}

static void begin(struct buf *out, const char *title, int height)
{
    buf_addf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
             " font-family=\"Noto Sans CJK SC,sans-serif\" font-size=\"%d\">\n<title>",
             WIDTH, height, WIDTH, height, FONT);
    html_text(out, title);
    buf_addf(out, "</title>\n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n<g font-weight=\"bold\">", WIDTH, height);
    put_text(out, MARGIN, TITLE_Y, "start", title);
    buf_adds(out, "</g>\n");
}

/* A label that is too long is told whole by the page's table; here it gives way to the bar. */
static void put_label(struct buf *out, double x, double y, const char *text)
{
    char cut[100];
    size_t len = utf8_prefix(text, LABEL_WIDTH / FONT - 2);

    if (!text[len]) {
        put_text(out, x, y, "end", text);
        return;
    }
    text_copy(cut, len + 1 < sizeof cut ? len + 1 : sizeof cut, text);
    buf_addf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\"><title>", x, y);
    html_text(out, text);
    buf_adds(out, "</title>");
    html_text(out, cut);
    buf_adds(out, "…</text>\n");
}

void chart_bars(struct buf *out, const char *title, const struct chart_point *points, int n)
{
    double scale = (WIDTH - LABEL_WIDTH - WORDS_WIDTH - 2 * MARGIN) / most(points, n);

    begin(out, title, TOP + n * BAR_STEP + MARGIN);
    for (int i = 0; i < n; i++) {
        double y = TOP + i * BAR_STEP, width = points[i].value > 0 ? points[i].value * scale : 0;

        put_label(out, LABEL_WIDTH, y + FONT, points[i].label);
        buf_addf(out, "<rect x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"#444\" stroke=\"#000\"/>\n",
                 LABEL_WIDTH + MARGIN, y, width, BAR);
        put_text(out, LABEL_WIDTH + MARGIN + width + 6, y + FONT, "start", points[i].words);
    }
    buf_addf(out, "<path d=\"M%d %dV%d\" stroke=\"#000\" fill=\"none\"/>\n</svg>\n", LABEL_WIDTH + MARGIN, TOP - 4,
             TOP + n * BAR_STEP);
}

void chart_line(struct buf *out, const char *title, const struct chart_point *points, int n)
{
    double bottom = TOP + LABELS_HEIGHT + LINE_HEIGHT, scale = LINE_HEIGHT / most(points, n);
    double step = (double)(WIDTH - 8 * MARGIN) / (n > 1 ? n - 1 : 1);

    begin(out, title, TOP + LINE_HEIGHT + 2 * LABELS_HEIGHT + MARGIN);
    buf_addf(out, "<path d=\"M%d %.1fH%d\" stroke=\"#000\" fill=\"none\"/>\n<path d=\"", MARGIN, bottom, WIDTH - MARGIN);
    for (int i = 0; i < n; i++) /* no line leads over what is not there */
        if (points[i].value >= 0)
            buf_addf(out, "%c%.1f %.1f", i > 0 && points[i - 1].value >= 0 ? 'L' : 'M', 4 * MARGIN + i * step,
                     bottom - points[i].value * scale);
    buf_adds(out, "\" stroke=\"#000\" stroke-width=\"2\" fill=\"none\"/>\n");
    for (int i = 0; i < n; i++) {
        double x = 4 * MARGIN + i * step, y = points[i].value < 0 ? bottom : bottom - points[i].value * scale;

        if (points[i].value >= 0)
            buf_addf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#fff\" stroke=\"#000\" stroke-width=\"2\"/>\n", x,
                     y);
        put_text(out, x, y - 10, "middle", points[i].words);
        put_text(out, x, bottom + LABELS_HEIGHT - 8, "middle", points[i].label);
    }
    buf_adds(out, "</svg>\n");
}
