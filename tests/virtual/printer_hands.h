/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of the virtual printer share: somebody who sends bytes, reads what comes back, pokes it and looks at the
 * paper.
 */
#ifndef TESTS_VIRTUAL_PRINTER_HANDS_H
#define TESTS_VIRTUAL_PRINTER_HANDS_H

#include <string.h>

#include "drivers/virtual/printer.h"
#include "test.h"

struct seen {
    int cuts, n_qr, width, height, black;
    size_t n_bytes;
    char text[4096], qr[400];
};

static inline void on_job(void *ctx, const struct virtual_paper *p)
{
    struct seen *s = ctx;

    s->cuts += p->cut;
    s->n_qr = p->n_qr;
    s->width = p->width;
    s->height = p->height;
    s->n_bytes = p->n_bytes;
    snprintf(s->text, sizeof s->text, "%s", p->text);
    snprintf(s->qr, sizeof s->qr, "%s", p->n_qr ? p->qr[0] : "");
    s->black = 0;
    for (int i = 0; i < p->height * p->stride; i++)
        for (int b = 0; b < 8; b++)
            s->black += p->rows[i] >> b & 1;
}

static inline struct virtual_device *make(const char *profile, struct seen *s)
{
    struct err e = {0};
    struct virtual_device *d = virtual_printer_create(profile, &e);

    CHECK(d != NULL);
    memset(s, 0, sizeof *s);
    virtual_printer_on_job(d, on_job, s);
    return d;
}

static inline uint8_t out_of(struct virtual_device *d)
{
    size_t n;
    return d->ops->descriptors(d, &n)[38];
}

static inline uint8_t in_of(struct virtual_device *d)
{
    size_t n;
    const uint8_t *all = d->ops->descriptors(d, &n);
    return all[n - 5]; /* the last endpoint */
}

/* Sends all of it, letting time pass while the buffer is full. */
static inline int64_t send_at(struct virtual_device *d, const void *data, size_t len, int64_t now)
{
    const uint8_t *p = data;

    for (int tries = 0; len && tries < 200000; tries++) {
        int n = d->ops->out(d, out_of(d), p, len > 64 ? 64 : (int)len, now);

        if (n == VIRTUAL_NAK) {
            now += 10;
            d->ops->tick(d, now);
            continue;
        }
        if (n < 0)
            return now;
        p += n;
        len -= (size_t)n;
    }
    return now;
}

#define SEND(d, now, ...) send_at(d, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}), now)

static inline int read_all(struct virtual_device *d, uint8_t *out, int cap, int64_t now)
{
    int n = 0, got;

    while (n < cap && (got = d->ops->in(d, in_of(d), out + n, cap - n, now)) > 0)
        n += got;
    return n;
}

static inline int ask(struct virtual_device *d, int n, int64_t now)
{
    uint8_t b[64];

    read_all(d, b, sizeof b, now);
    SEND(d, now, 0x10, 0x04, (uint8_t)n);
    return read_all(d, b, sizeof b, now) == 1 ? b[0] : -1;
}

static inline void say(struct virtual_device *d, const char *words)
{
    struct buf reply;

    buf_init(&reply, 4096);
    CHECK_INT(d->ops->command(d, words, &reply), 0);
    buf_finish(&reply);
}

/* Does `status` say this? */
static inline bool says(struct virtual_device *d, const char *part)
{
    struct buf reply;
    bool found;

    buf_init(&reply, 4096);
    CHECK_INT(d->ops->command(d, "status", &reply), 0);
    found = strstr(buf_str(&reply), part);
    if (!found)
        printf("# %s\n", buf_str(&reply));
    buf_finish(&reply);
    return found;
}

#endif
