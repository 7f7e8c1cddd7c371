/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever text stands on a paper, at whatever width: its lines fit, no character is cut, and a script comes out of it. No
 * fonts: what is drawn is FreeType's; where text stands is ours.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "drivers/printer/script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static char text[1024];

/* The next piece of the input as a string of well-formed text; what is not is left out. */
static const char *piece(const uint8_t **data, size_t *len)
{
    const uint8_t *nul = memchr(*data, 0, *len);
    size_t n = nul ? (size_t)(nul - *data) : *len;
    const char *p = (const char *)*data, *end = p + (n < sizeof text / 2 ? n : sizeof text / 2);
    size_t used = 0;

    while (p < end) {
        int32_t cp = utf8_next(&p, end);

        if (cp == '\n' || cp >= 0x20)
            used += utf8_put((uint32_t)cp, text + used);
    }
    text[used] = '\0';
    *data += n + (nul != NULL);
    *len -= n + (nul != NULL);
    return text;
}

static void check_lines(const struct layout *l, const struct profile *f)
{
    for (int i = 0; i < l->n; i++) {
        const struct layout_line *line = &l->lines[i];
        int columns = line->framed ? 2 : 0;

        for (int r = 0; r < line->n_runs; r++) {
            const char *run = layout_run_text(l, &line->runs[r]);

            if (!utf8_valid(run, line->runs[r].len))
                abort();
            columns += paper_columns(run, line->runs[r].len) * line->scale;
        }
        if (columns * LAYOUT_COLUMN > f->dots)
            abort();
    }
}

static void lay_out(const struct paper *p, const struct profile *f)
{
    struct layout *l;
    struct script *s;
    struct err e;

    if (layout_create(p, f, NULL, &l, &e) < 0)
        return;
    check_lines(l, f);
    if (script_create(l, f, "J001", PROFILE_MARKER_PAPER, false, &s, &e) == 0)
        script_destroy(s);
    else if (e.code != ERR_TOOLONG)
        abort(); /* what the layout lets through can be encoded */
    layout_destroy(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct profile f = {.name = "fuzz", .band_rows = 24, .cut = PROFILE_CUT_PARTIAL, .column_image = true};
    struct paper *p;
    bool frame = false;

    if (len < 3)
        return 0;
    f.dots = 256 + data[0] % 73 * 8;
    f.chinese = (enum gb_range)(data[1] % 3);
    f.scale_max = 1 + data[2] % 8;
    data += 3;
    len -= 3;
    p = paper_create();
    while (len > 2) {
        uint8_t op = data[0], how = data[1];

        data += 2;
        len -= 2;
        if (op % 4 == 0)
            paper_frame(p, frame = !frame);
        else if (op % 4 == 1)
            paper_text(p, (enum paper_size)(how % 4), (enum paper_align)(how / 4 % 3), how & 0x80, piece(&data, &len));
        else if (op % 4 == 2)
            paper_row(p, 1 + how % 20, how & 0x40 ? "标签" : " Label é", piece(&data, &len), how & 0x80);
        else
            paper_row(p, 1 + how % 20, piece(&data, &len), "值", how & 0x80);
    }
    if (paper_ok(p))
        lay_out(p, &f);
    paper_destroy(p);
    return 0;
}
