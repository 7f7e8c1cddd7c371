/* SPDX-License-Identifier: Apache-2.0
 *
 * Streams of other authors' encoders on the virtual printer: what foreign.mjs made of them and says must be read. They lie
 * in tests/printer/foreign; with STREAMS=folder, in another one (foreign.sh makes them anew). With PAPERS=folder the
 * pictures are kept there as PBM.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "drivers/virtual/printer.h"
#include "test.h"

#define STREAM_MAX (64 * 1024)
#define TEXT_CAP 4096
#define PICTURE 48 /* its size in foreign.mjs */
#define QR "TB1:1103003261119000274:T-1103-003"

struct seen {
    const char *name;
    int cuts, n_qr;
    bool picture, qr;
    char text[TEXT_CAP];
};

static void path_of(const char *name, const char *end, char out[512])
{
    const char *folder = getenv("STREAMS") ? getenv("STREAMS") : "tests/printer/foreign";

    snprintf(out, 512, "%s/%s.%s", folder, name, end);
}

static size_t read_file(const char *name, const char *end, char *out, size_t cap)
{
    char path[512];
    FILE *f;
    size_t n;

    path_of(name, end, path);
    f = fopen(path, "rb");
    CHECK(f != NULL);
    if (!f)
        return 0;
    n = fread(out, 1, cap - 1, f);
    fclose(f);
    out[n] = '\0';
    return n;
}

/* --- what is on the paper --- */

static bool dark(int x, int y)
{
    return (x * 7 + y * 13) % 11 < 4 || x == 0 || y == 0 || x == PICTURE - 1 || y == PICTURE - 1;
}

static bool black(const struct virtual_paper *p, int x, int y)
{
    return p->rows[y * p->stride + x / 8] & (0x80 >> (x & 7));
}

/* One of the two spreads what is neither black nor white to it over the dots around: one dot in 32 may differ. */
static bool picture_at(const struct virtual_paper *p, int left, int top)
{
    int wrong = 0;

    for (int y = 0; y < PICTURE && wrong <= PICTURE * PICTURE / 32; y++)
        for (int x = 0; x < PICTURE; x++)
            wrong += black(p, left + x, top + y) != dark(x, y);
    return wrong <= PICTURE * PICTURE / 32;
}

static bool has_picture(const struct virtual_paper *p)
{
    for (int y = 0; y + PICTURE <= p->height; y++)
        for (int x = 0; x + PICTURE <= p->width; x++)
            if (picture_at(p, x, y))
                return true;
    return false;
}

static void keep_picture(const char *name, const struct virtual_paper *p)
{
    char path[512];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s.pbm", getenv("PAPERS"), name);
    f = fopen(path, "wb");
    CHECK(f != NULL);
    if (!f)
        return;
    fprintf(f, "P4\n%d %d\n", p->width, p->height);
    fwrite(p->rows, (size_t)p->stride, (size_t)p->height, f);
    fclose(f);
}

static void on_paper(void *ctx, const struct virtual_paper *p)
{
    struct seen *s = ctx;

    s->cuts += p->cut;
    s->picture = has_picture(p);
    for (int i = 0; i < p->n_qr; i++)
        s->qr |= !strcmp(p->qr[i], QR);
    s->n_qr = p->n_qr;
    snprintf(s->text, sizeof s->text, "%s", p->text);
    if (getenv("PAPERS"))
        keep_picture(s->name, p);
}

/* Without what only keeps a distance: spaces, rules, frames, empty lines. */
static void words_only(const char *text, char out[TEXT_CAP])
{
    const char *p = text, *end = text + strlen(text);
    size_t n = 0;

    while (p < end && n + 5 < TEXT_CAP) {
        int32_t cp = utf8_next(&p, end);

        if (cp == ' ' || (cp >= 0x2500 && cp <= 0x257F) || (cp == '\n' && (!n || out[n - 1] == '\n')))
            continue;
        n += utf8_put((uint32_t)cp, out + n);
    }
    out[n] = '\0';
}

static void print(struct virtual_device *d, const char *stream, size_t len)
{
    size_t at = 0, unused;
    uint8_t endpoint = d->ops->descriptors(d, &unused)[38];
    int64_t now = 0;

    for (int tries = 0; at < len && tries < 10000; tries++) {
        int n = d->ops->out(d, endpoint, (const uint8_t *)stream + at, (int)(len - at), now);

        at += n > 0 ? (size_t)n : 0;
        d->ops->tick(d, now += 50);
    }
    CHECK_INT(at, len);
    d->ops->tick(d, now + 60000);
    d->ops->command(d, "take", NULL);
}

static void check_stream(const char *name, const char *profile)
{
    static char stream[STREAM_MAX], want[TEXT_CAP], wanted[TEXT_CAP], got[TEXT_CAP];
    struct seen s = {.name = name};
    struct virtual_device *d = virtual_printer_create(profile, NULL);
    size_t n = read_file(name, "bin", stream, sizeof stream);
    struct buf status;

    virtual_printer_on_job(d, on_paper, &s);
    print(d, stream, n);
    CHECK_INT(s.cuts, 1);
    read_file(name, "txt", want, sizeof want);
    words_only(want, wanted);
    words_only(s.text, got);
    CHECK_STR(got, wanted);
    CHECK(s.qr);
    CHECK_INT(s.n_qr, 1);
    CHECK(s.picture);
    buf_init(&status, 4096);
    d->ops->command(d, "status", &status);
    CHECK(strstr(buf_str(&status), "\"unknown_commands\":0,"));
    buf_finish(&status);
    d->ops->destroy(d);
}

TEST(receiptline_for_epson)
{
    check_stream("receiptline-epson", "odd-four-byte");
}

TEST(receiptline_for_any_printer)
{
    check_stream("receiptline-generic", "odd-four-byte");
}

TEST(receiptline_for_58_mm)
{
    check_stream("receiptline-58", "sunmi-58");
}

TEST(point_of_sale_with_column_images)
{
    check_stream("point-of-sale-column", "epson-tm-t20iii");
}

TEST(point_of_sale_with_rasters)
{
    check_stream("point-of-sale-raster", "xprinter-80");
}

/* The codes of four bytes become two wrong signs each, and nothing else is lost. */
TEST(receiptline_on_a_printer_of_two_byte_codes)
{
    static char stream[STREAM_MAX];
    struct seen s = {.name = "receiptline-two-byte"};
    struct virtual_device *d = virtual_printer_create("epson-tm-t20iii", NULL);
    size_t n = read_file("receiptline-epson", "bin", stream, sizeof stream);

    virtual_printer_on_job(d, on_paper, &s);
    print(d, stream, n);
    CHECK_INT(s.cuts, 1);
    CHECK(strstr(s.text, "镕\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\n") != NULL);
    CHECK(strstr(s.text, "高龄津贴申领") != NULL);
    CHECK(s.qr && s.picture);
    d->ops->destroy(d);
}

TEST_MAIN(T(receiptline_for_epson), T(receiptline_for_any_printer), T(receiptline_for_58_mm),
          T(point_of_sale_with_column_images), T(point_of_sale_with_rasters), T(receiptline_on_a_printer_of_two_byte_codes))
