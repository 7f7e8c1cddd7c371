/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall answers to a long poll (GET /v1/wait?catalogue=N&queues=V):
 *     {"catalogue":N,"spread_ms":S,"queues":{"version":V,"list":[
 *         {"id":"general","waiting":12,"minutes":25,"paused_until":ms,"reason":text}]}}
 * `queues` is how the office's queues stand at this moment. waiting and minutes are left out when they are not known,
 * paused_until and reason when the queue is not paused. kiosk-sync hands the value of `queues` on to kiosk as it is.
 */
#ifndef WIRE_NEWS_H
#define WIRE_NEWS_H

#include "base/buf.h"
#include "base/err.h"
#include "model/ticket.h"

#define NEWS_BYTES_MAX 8192
#define NEWS_SPREAD_MAX_MS (10 * 60 * 1000)

struct news {
    int64_t catalogue, spread_ms; /* the published version; over how long to spread the download */
    bool has_queues;
    struct queues_now queues;
};
int news_encode(const struct news *n, struct buf *out);
int news_decode(const void *data, size_t len, struct news *ret, struct err *e);

/* The value of `queues` alone, in one line. */
int news_queues_encode(const struct queues_now *q, struct buf *out);
int news_queues_decode(const void *data, size_t len, struct queues_now *ret, struct err *e);

#endif
