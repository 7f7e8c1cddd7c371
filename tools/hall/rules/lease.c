/* SPDX-License-Identifier: Apache-2.0
 *
 * Blocks of numbers.
 */
#include "tools/hall/rules/lease.h"

#include "model/ticket.h"

enum lease_verdict lease_judge(const struct lease_facts *f)
{
    if (f->granted)
        return f->same_words ? LEASE_SAME : LEASE_OTHER_WORDS;
    if (!f->queue_known)
        return LEASE_NO_QUEUE;
    return f->blocks >= LEASE_BLOCKS_MAX ? LEASE_SHARE_USED : LEASE_GRANT;
}

bool lease_in_series(int64_t first)
{
    return first <= TICKET_FIRST_MAX;
}

bool lease_day_near(struct date day, int64_t now_ms)
{
    int64_t off = date_to_days(day) - date_to_days(date_of_ms(now_ms));
    return off >= -1 && off <= 1;
}
