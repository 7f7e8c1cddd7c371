/* SPDX-License-Identifier: Apache-2.0
 *
 * From a paper to the bytes of a printer, in both widths. The limit is what nobody can leave out: the same words in the
 * printer's code, and the QR code worked out.
 */
#include <iconv.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/qr.h"
#include "drivers/printer/script.h"
#include "tests/bench/bench.h"
#include "tests/printer/papers.h"

#define ROUNDS 41

/* Nothing here waits, so processor time is what counts: on a busy machine it says the same. */
static double own_cpu_ms(void)
{
    return cpu_ms(getpid(), false);
}

static size_t encode(const struct paper *p, const struct profile *f)
{
    struct glyphs *g = NULL;
    struct layout *l;
    struct script *s;
    struct err e = {0};

    if (glyphs_open(&g, &e) < 0 || layout_create(p, f, g, &l, &e) < 0 ||
        script_create(l, f, "J001", f->confirm[f->n_confirm - 1], false, &s, &e) < 0)
        die("encode a receipt", &e);
    size_t len = s->bytes.len;

    script_destroy(s);
    layout_destroy(l);
    glyphs_close(g); /* as the driver does: opened for each paper */
    return len;
}

static void convert(iconv_t to_gb, const char *text)
{
    char out[PAPER_TEXT_MAX], *from = (char *)(uintptr_t)text, *to = out;
    size_t left = strlen(text), room = sizeof out;

    if (left && iconv(to_gb, &from, &left, &to, &room) == (size_t)-1)
        iconv(to_gb, NULL, NULL, NULL, NULL); /* a sign it does not know ends the block */
}

static void least_work(const struct paper *p, iconv_t to_gb)
{
    for (size_t i = 0; i < p->n_blocks; i++) {
        const struct paper_block *b = &p->blocks[i];
        struct qr qr;

        if (b->op == PAPER_QR)
            qr_encode(b->text, &qr, NULL);
        else if (b->text)
            convert(to_gb, b->text);
        if (b->value)
            convert(to_gb, b->value);
    }
}

static void encode_for(const struct paper *p, const struct profile *f, const char *what, iconv_t to_gb)
{
    static struct samples own, least;
    size_t len = 0;

    own.n = least.n = 0;
    for (int i = 0; i < ROUNDS; i++) {
        double begin = own_cpu_ms();

        len = encode(p, f);
        add_sample(&own, own_cpu_ms() - begin);
        begin = own_cpu_ms();
        least_work(p, to_gb);
        add_sample(&least, own_cpu_ms() - begin);
    }
    double o = quantile(&own, 0.5), l = quantile(&least, 0.5);

    row(o <= 25 ? MET : MISSED, text("receipt -> bytes, %s", what), "<= 25 ms, 1/4 of a ticket's",
        text("%.1f ms of CPU, %zu bytes", o, len), text("bare iconv + QR %.2f ms: %.1f x", l, o / l));
}

void bench_receipt(const char *build)
{
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct paper *p = receipt_compose(&f);
    iconv_t to_gb = iconv_open("GB18030", "UTF-8");
    struct profiles *ps = NULL;
    struct err e = {0};

    if (profiles_load(text("%s/assets/printers", build), &ps, &e) < 0 || !p)
        die("the printers' profiles", &e);
    encode_for(p, profiles_by_name(ps, "epson-tm-t20iii"), "80 mm", to_gb);
    encode_for(p, profiles_by_name(ps, "generic-58"), "58 mm", to_gb);
    profiles_free(ps);
    iconv_close(to_gb);
    paper_destroy(p);
}
