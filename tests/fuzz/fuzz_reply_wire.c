/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a printer sends back, whatever was asked before. First byte: the printer's habits; then FE n asks.
 */
#include <stdlib.h>

#include "drivers/printer/reply_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct reply_parser p;
    struct printer_status s = {0};

    if (!len)
        return 0;
    reply_parser_init(
        &p, &(struct reply_habits){
                .no_fixed_bits = data[0] & 1, .automatic = data[0] & 2, .untorn_bit = data[0] & 4, .in_order = data[0] & 8});
    for (size_t i = 1; i < len; i++) {
        struct reply r;

        if (data[i] == 0xFE && i + 1 < len) {
            i++;
            if (data[i] & 16)
                reply_asked_id(&p, REPLY_ID_FIRST + data[i] % 4);
            else if (data[i] & 4)
                reply_asked_paper(&p);
            else
                reply_asked_status(&p, data[i] & 8 ? REPLY_FULL_N : data[i] % 4 + 1);
            continue;
        }
        r = reply_take(&p, data[i]);
        if (r.kind == REPLY_STATUS && (r.n < 1 || r.n > 4))
            abort();
        if (r.kind == REPLY_ID && (r.n < REPLY_ID_FIRST || r.n >= REPLY_ID_FIRST + REPLY_IDS))
            abort();
        for (const char *c = r.text; *c; c++)
            if (c - r.text == REPLY_TEXT_MAX || *c < 0x20 || *c > 0x7E)
                abort();
        if (r.kind != REPLY_NONE && p.n_held)
            abort();
        if (p.n_asked < 0 || p.n_asked > REPLY_QUEUE_MAX)
            abort();
        reply_status(&s, &r);
    }
    return 0;
}
