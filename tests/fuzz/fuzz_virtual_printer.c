/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes to the virtual printer, in any pieces, with faults between. First byte: which profile; then FF x: time passes
 * and a person does something.
 */
#include <stdlib.h>
#include <string.h>

#include "drivers/virtual/printer.h"

static void on_job(void *ctx, const struct virtual_paper *p)
{
    size_t *sum = ctx;

    *sum += strlen(p->text) + p->n_bytes;
    for (int i = 0; i < p->n_qr; i++)
        *sum += strlen(p->qr[i]);
    if (p->height && p->rows[(size_t)p->height * (size_t)p->stride - 1])
        (*sum)++;
}

static void poke(struct virtual_device *d, uint8_t x)
{
    static const char *const words[] = {"paper-out",
                                        "paper-load",
                                        "cover-open",
                                        "cover-close",
                                        "jam",
                                        "clear",
                                        "slow 5",
                                        "paper-low",
                                        "silent",
                                        "status",
                                        "paper-out-after 3",
                                        "take",
                                        "head-hot",
                                        "cutter-at-cut",
                                        "paper-out-in-line",
                                        "split",
                                        "merge",
                                        "stale-reply",
                                        "swallow 2",
                                        "jam-after 1",
                                        "cover-open-at-cut"};
    struct buf reply;

    buf_init(&reply, 4096);
    if (x >= 0xF0) { /* the mains */
        d->ops->command(d, "power-loss", &reply);
        d->ops->reset(d);
    } else if (d->ops->command(d, words[x % (sizeof words / sizeof *words)], &reply) < 0) {
        abort(); /* it knows them all */
    }
    buf_finish(&reply);
}

static uint8_t in_of(struct virtual_device *d)
{
    size_t n;
    const uint8_t *all = d->ops->descriptors(d, &n);

    return all[n - 5]; /* the last endpoint */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const char *const *names = virtual_printer_profiles();
    struct virtual_device *d;
    size_t sum = 0, n_desc, n_names = 0;
    int64_t now = 0;
    uint8_t in[64];

    if (!len)
        return 0;
    while (names[n_names])
        n_names++;
    d = virtual_printer_create(names[data[0] % n_names], NULL);
    virtual_printer_on_job(d, on_job, &sum);
    for (size_t i = 1; i < len;) {
        size_t n = 0;

        while (i + n < len && data[i + n] != 0xFF)
            n++;
        if (n && d->ops->out(d, d->ops->descriptors(d, &n_desc)[38], data + i, (int)n, now) == VIRTUAL_STALL)
            abort();
        i += n;
        now += 100;
        d->ops->tick(d, now);
        d->ops->in(d, in_of(d), in, sizeof in, now);
        if (i + 1 < len)
            poke(d, data[i + 1]);
        i += 2;
    }
    virtual_printer_unfinished(d, on_job, &sum);
    d->ops->destroy(d);
    return 0;
}
