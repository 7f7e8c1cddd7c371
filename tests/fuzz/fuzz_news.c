/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the answer to a long poll and as the queues kiosk-sync hands on.
 */
#include <stdint.h>
#include <stdlib.h>

#include "wire/news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct queues_now q;
    struct news n, back;
    struct buf out;

    news_queues_decode(data, size, &q, NULL);
    if (news_decode(data, size, &n, NULL))
        return 0;
    buf_init(&out, 4 * NEWS_BYTES_MAX); /* escapes may be longer than what was read */
    if (news_encode(&n, &out))
        abort();
    if (out.len <= NEWS_BYTES_MAX && (news_decode(out.data, out.len, &back, NULL) || back.queues.n != n.queues.n))
        abort();
    buf_finish(&out);
    return 0;
}
