/* SPDX-License-Identifier: Apache-2.0
 *
 * A script, or bytes, into a virtual printer, as fast as it takes them.
 */
#ifndef TESTS_PRINTER_SEND_H
#define TESTS_PRINTER_SEND_H

#include "drivers/printer/script.h"
#include "drivers/virtual/device.h"
#include "test.h"

static inline void send_bytes(struct virtual_device *d, const struct buf *b)
{
    size_t at = 0, unused;
    uint8_t endpoint = d->ops->descriptors(d, &unused)[38];
    int64_t now = 0;

    for (int tries = 0; at < b->len && tries < 100000; tries++) {
        int n = d->ops->out(d, endpoint, b->data + at, (int)(b->len - at), now);

        at += n > 0 ? (size_t)n : 0;
        d->ops->tick(d, now += 50);
    }
    CHECK_INT(at, b->len);
    d->ops->tick(d, now + 60000);
}

static inline void send_script(struct virtual_device *d, const struct script *s)
{
    send_bytes(d, &s->bytes);
}

#endif
