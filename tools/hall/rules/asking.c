/* SPDX-License-Identifier: Apache-2.0
 *
 * See asking.h.
 */
#include "tools/hall/rules/asking.h"

bool asking_may(struct asking_rate *r, int64_t now_ms)
{
    int64_t due = r->due_ms > now_ms ? r->due_ms : now_ms;

    if (due - now_ms > (ASKING_BURST - 1) * (int64_t)ASKING_EVERY_MS)
        return false;
    r->due_ms = due + ASKING_EVERY_MS;
    return true;
}
