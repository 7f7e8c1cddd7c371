/* SPDX-License-Identifier: Apache-2.0
 *
 * What follows from blocks and numbers alone.
 */
#include "model/ticket.h"

#include <string.h>

bool queue_id_valid(const char *id)
{
    size_t n = strlen(id);

    return n > 0 && n <= QUEUE_ID_MAX && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-") == n;
}

/* The first number of the block above `last`; 0: none. */
static int64_t first_above(const struct ticket_block *b, int64_t last)
{
    int64_t from = last < b->first ? b->first : last + 1;

    return from < (int64_t)b->first + b->count ? from : 0;
}

int ticket_block_next(const struct ticket_block *blocks, size_t n, int64_t last)
{
    int64_t next = 0;

    for (size_t i = 0; i < n; i++) {
        int64_t here = first_above(&blocks[i], last);
        if (here && (!next || here < next))
            next = here;
    }
    return (int)next;
}

int ticket_block_left(const struct ticket_block *blocks, size_t n, int64_t last)
{
    int64_t left = 0;

    for (size_t i = 0; i < n; i++) {
        int64_t here = first_above(&blocks[i], last);
        if (here)
            left += blocks[i].first + blocks[i].count - here;
    }
    return (int)left;
}

const struct queue_now *queues_now_find(const struct queues_now *q, const char *id)
{
    for (int i = 0; i < q->n; i++)
        if (!strcmp(q->list[i].id, id))
            return &q->list[i];
    return NULL;
}
