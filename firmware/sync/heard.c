/* SPDX-License-Identifier: Apache-2.0
 *
 * See heard.h.
 */
#include "sync/heard.h"

#include "base/clock.h"

void heard_queues(struct heard *h, const struct news_word *w)
{
    h->queues = *w;
    h->queues_at = clock_mono_ms();
}

void heard_halts(struct heard *h, const struct news_word *w)
{
    h->halts = *w;
}

static void say_word(const struct news_word *w, struct peer_line *p, heard_say_fn *say, void *ctx)
{
    struct buf json;

    buf_init(&json, NEWS_WORD_MAX);
    if (news_word_encode(w, &json) == 0) {
        p->bytes = buf_str(&json);
        say(ctx, p);
    }
    buf_finish(&json);
}

void heard_say_queues(const struct heard *h, heard_say_fn *say, void *ctx)
{
    if (h->queues_at)
        say_word(&h->queues, &(struct peer_line){.kind = PEER_QUEUES, .ms = clock_mono_ms() - h->queues_at}, say, ctx);
}

void heard_say_halts(const struct heard *h, heard_say_fn *say, void *ctx)
{
    if (h->halts.state[0])
        say_word(&h->halts, &(struct peer_line){.kind = PEER_HALTS}, say, ctx);
}
