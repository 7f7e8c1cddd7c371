/* SPDX-License-Identifier: Apache-2.0
 *
 * A script into a virtual printer, as fast as it takes it.
 */
#ifndef TESTS_PRINTER_SEND_H
#define TESTS_PRINTER_SEND_H

#include "drivers/printer/script.h"
#include "drivers/virtual/device.h"
#include "test.h"

static inline void send_script(struct virtual_device *d, const struct script *s)
{
    size_t at = 0, unused;
    uint8_t endpoint = d->ops->descriptors(d, &unused)[38];
    int64_t now = 0;

    for (int tries = 0; at < s->bytes.len && tries < 100000; tries++) {
        int n = d->ops->out(d, endpoint, s->bytes.data + at, (int)(s->bytes.len - at), now);

        at += n > 0 ? (size_t)n : 0;
        d->ops->tick(d, now += 50);
    }
    CHECK_INT(at, s->bytes.len);
    d->ops->tick(d, now + 60000);
}

#endif
