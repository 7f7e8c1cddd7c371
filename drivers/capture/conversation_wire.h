/* SPDX-License-Identifier: Apache-2.0
 *
 * A captured conversation with a device: a text file, one transfer a line, in the order they ended. Pure.
 *
 *   tongban-conversation 1 reader 0400:c35a masked         or `personal`: as it was, with what cards and papers say
 *   interface 0 0 ff 00 00 02:2:64 81:2:64                 number alternate class subclass protocol endpoint:type:packet…
 *   125 > 02 aaaaaa96690003                                ms, to the device, endpoint, bytes
 *   131 < 81 aaaaaa9669 timeout                            from the device; a word when it did not end well
 *   140 = a101000000000100 18                              a control request: setup, data
 */
#ifndef DRIVERS_CAPTURE_CONVERSATION_WIRE_H
#define DRIVERS_CAPTURE_CONVERSATION_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define CONVERSATION_BYTES_MAX 16384

struct conversation_transfer {
    int64_t ms;
    char direction; /* '>', '<', '=' */
    uint8_t endpoint, setup[8];
    const char *failed; /* "": it ended well; inside the line or the caller's */
    size_t len;
    uint8_t data[CONVERSATION_BYTES_MAX];
};

/* Appends the line without its newline. */
void conversation_put(struct buf *out, const struct conversation_transfer *t);
/* Changes `line` (t->failed points into it). False when it is no transfer: another line, or broken. */
bool conversation_take(char *line, struct conversation_transfer *t);

#endif
