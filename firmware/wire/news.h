/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall answers to a long poll (GET /v1/wait?catalogue=N&queues=V&halts=H&whole=1):
 *     {"catalogue":N,"spread_ms":S,"queues":{"state":text,"key":16 hex digits,"sig":hex of the DER signature},"halts":{…}}
 * catalogue and spread_ms are unsigned and harmless: they make kiosk-sync look. `state` is how the queues of an office stood
 * at the hall's time `at`, JSON in its turn,
 *     {"office":1103,"at":ms,"version":V,"list":[
 *         {"id":"general","waiting":12,"minutes":25,"paused_until":ms,"reason":text}]}
 * signed by a key of the root's role acknowledgement over "tongban-queues-v1\n" ‖ the bytes of that text. waiting and
 * minutes are left out when they are not known, paused_until and reason when the queue is not paused. kiosk-sync hands the
 * value of `queues` on to kiosk, who verifies it: of what stands there nothing is kiosk-sync's own choice. `halts`
 * (wire/halts.h) is the same for the items that are taken off, and is there where the list has another version than H.
 */
#ifndef WIRE_NEWS_H
#define WIRE_NEWS_H

#include "base/buf.h"
#include "base/err.h"
#include "model/ticket.h"
#include "wire/manifest.h"

#define NEWS_QUEUES_PREFIX "tongban-queues-v1\n"
#define NEWS_QUEUES_MAX 8192 /* of `state` */
#define NEWS_WORD_MAX 24576  /* with `state` quoted once more */
#define NEWS_BYTES_MAX (2 * NEWS_WORD_MAX)
#define NEWS_SPREAD_MAX_MS (10 * 60 * 1000)

struct news_queues { /* how an office's queues stand */
    int office;
    int64_t at_ms; /* the hall's time */
    struct queues_now now;
};
struct news_word { /* what the hall signed: the same, or wire/halts.h */
    char state[NEWS_QUEUES_MAX + 1];
    struct manifest_signature by;
};
struct news {
    int64_t catalogue, spread_ms; /* the published version; over how long to spread the download */
    bool has_queues, has_halts;
    struct news_word queues, halts;
};
int news_encode(const struct news *n, struct buf *out);
int news_decode(const void *data, size_t len, struct news *ret, struct err *e);

/* The value of `queues` or `halts` alone, in one line. */
int news_word_encode(const struct news_word *w, struct buf *out);
int news_word_decode(const void *data, size_t len, struct news_word *ret, struct err *e);
/* 0 or -ERR_SIGNATURE. */
int news_word_verify(const struct manifest_role *hall, const struct news_word *w, struct err *e);

/* `state` alone: what is signed. */
int news_queues_encode(const struct news_queues *q, struct buf *out);
int news_queues_decode(const void *data, size_t len, struct news_queues *ret, struct err *e);

#endif
