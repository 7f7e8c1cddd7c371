/* SPDX-License-Identifier: Apache-2.0
 *
 * Streams of others on the virtual printer (streams.def): the text that stands on the paper. With PAPERS=folder each paper
 * is kept there as NAME.pbm, and what its codes say as NAME.codes, for streams.sh.
 */
#include <stdlib.h>

#include "virtual/printer_hands.h"

#define H2 "\x1B@\x1D\x68\x50\x1Dw\2" /* codes of 80 dots, two a module */

static const struct stream {
    const char *name, *source;
    const char *bytes;
    size_t len;
    const char *text, *codes;
    int black; /* dots of an image; -1: not counted */
} streams[] = {
#define STREAM(name, source, bytes, text, codes) {name, source, bytes, sizeof bytes - 1, text, codes, -1},
#define IMAGE(name, source, bytes, black) {name, source, bytes, sizeof bytes - 1, "", "", black},
#include "streams.def"
#undef STREAM
#undef IMAGE
};

static void keep(void *ctx, const struct virtual_paper *p)
{
    const struct stream *t = ctx;
    char path[512];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s.pbm", getenv("PAPERS"), t->name);
    f = fopen(path, "wb");
    CHECK(f != NULL);
    if (!f)
        return;
    fprintf(f, "P4\n%d %d\n", p->width, p->height);
    for (int y = 0; y < p->height; y++)
        fwrite(p->rows + y * p->stride, 1, (size_t)(p->width + 7) / 8, f);
    fclose(f);
    snprintf(path, sizeof path, "%s/%s.codes", getenv("PAPERS"), t->name);
    f = fopen(path, "w");
    CHECK(f != NULL);
    if (!f)
        return;
    fprintf(f, "%s%s", t->codes, *t->codes ? "\n" : "");
    fclose(f);
}

/* All of it, by as much as the printer takes. */
static void send_all(struct virtual_device *d, const struct stream *t)
{
    int64_t now = 0;

    for (size_t at = 0; at < t->len; now += 100) {
        int n = d->ops->out(d, out_of(d), (const uint8_t *)t->bytes + at, (int)(t->len - at), now);

        at += n > 0 ? (size_t)n : 0;
        d->ops->tick(d, now);
        if (now > 600000)
            break;
    }
    d->ops->tick(d, now + 600000);
}

TEST(every_stream_prints_its_text)
{
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        const struct stream *t = &streams[i];
        struct seen s;
        struct virtual_device *d = make("epson-tm-t20iii", &s);

        send_all(d, t);
        virtual_printer_unfinished(d, on_job, &s);
        if (strcmp(s.text, t->text))
            printf("# %s (%s)\n", t->name, t->source);
        CHECK_STR(s.text, t->text);
        if (*t->codes)
            CHECK(s.black > 0);
        if (t->black >= 0)
            CHECK_INT(s.black, t->black);
        if (getenv("PAPERS"))
            virtual_printer_unfinished(d, keep, (void *)t);
        d->ops->destroy(d);
    }
}

TEST_MAIN(T(every_stream_prints_its_text))
