/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the answer to a long poll, as the hall's word for the queues that kiosk-sync hands on, and as what it says.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The signed bytes are handed on as they were. */
static void hand_on(const struct news_word *w)
{
    struct news_word back;
    struct buf out;

    buf_init(&out, 8 * NEWS_BYTES_MAX); /* escapes may be longer than what was read */
    if (news_word_encode(w, &out))
        abort();
    if (out.len <= NEWS_BYTES_MAX && (news_word_decode(out.data, out.len, &back, NULL) || strcmp(back.state, w->state)))
        abort();
    buf_finish(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct news_queues q;
    struct news_word w;
    struct news n;

    news_queues_decode(data, size, &q, NULL);
    if (!news_word_decode(data, size, &w, NULL))
        hand_on(&w);
    if (!news_decode(data, size, &n, NULL) && n.has_queues)
        hand_on(&n.queues);
    return 0;
}
