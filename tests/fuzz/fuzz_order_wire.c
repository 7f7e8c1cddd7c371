/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as what a page wants terminals to do: what is taken is in bounds, and in shape to be signed.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tools/hall/staff/ask_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct order_ask o;
    struct buf out;

    if (order_ask_decode(data, size, &o, NULL) != 0)
        return 0;
    if (o.n < 1 || o.n > ORDER_TERMINALS_MAX || !o.why[0] || o.hours < 0 || o.hours > ORDER_HOURS_MAX)
        abort();
    struct act a = {.at_ms = 1, .until_ms = 2, .kind = o.kind, .reason = o.reason, .by = "0601"};
    memcpy(a.terminal, o.terminals[o.n - 1], sizeof a.terminal);
    memcpy(a.zh, o.zh, sizeof a.zh);
    memcpy(a.en, o.en, sizeof a.en);
    buf_init(&out, ACT_TEXT_MAX);
    if (act_encode(&a, &out, NULL) != 0)
        abort();
    buf_finish(&out);
    return 0;
}
