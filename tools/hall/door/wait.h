/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /v1/wait?catalogue=N&queues=V&halts=H&whole=1: the long poll. Answers at once with wire/news.h when the hall's
 * catalogue, the queues of the terminal's office or the list of halted items differ (the terminal fetches at a moment of its
 * own within the spread), and also when no catalogue is given, which is how a terminal asks whether the hall is there; else
 * after 50 s ± 10 s. Whoever asks for queues gets them with every answer, so that what it shows is never older than a poll;
 * for others there is then nothing: 204. "Next-Delay-Ms" says how long to stay away before the next poll.
 */
#ifndef HALL_WAIT_H
#define HALL_WAIT_H

#include "tools/hall/door/server.h"
#include "wire/news.h"

struct wait;

int wait_create(struct event_base *base, struct wait **ret, struct err *e);
void wait_destroy(struct wait *w); /* answers all; takes NULL */
void wait_add(struct wait *w, struct exchange *x, int office);
/* Who knows the queues: the hall's word for how they stand now, borrowed for the call, NULL when it cannot be had; or false:
 * it is being read, and wait_word() brings it. And their version alone. Until set there are none. */
struct wait_queues {
    bool (*now)(void *ctx, int office, const struct news_word **ret);
    int64_t (*version)(void *ctx, int office);
    void *ctx;
};
/* NULL: it could not be read. Who waits goes on waiting, for at most as long as for anything, and not in a circle: until
 * wait_queues_changed(). */
void wait_word(struct wait *w, int office, const struct news_word *word);
void wait_set_queues(struct wait *w, const struct wait_queues *q);
/* An office's queues have another version: wakes its terminals that know an older one. */
void wait_queues_changed(struct wait *w, int office);
/* The list of halted items in the hall's word (wire/halts.h), and its version: `whole` for those who say that they take a
 * long one, `few` for all others. Wakes those who know another one than theirs. Until it is set, nobody is told of any. */
struct wait_halts {
    int64_t version; /* -1: not known yet */
    struct news_word word;
};
void wait_set_halts(struct wait *w, const struct wait_halts *whole, const struct wait_halts *few);
/* Another version is offered to all: wakes those who know another one than they are offered. */
void wait_set_version(struct wait *w, int64_t catalogue);
/* What a terminal is offered, in place of that: 0: that. `known`: what it says it has dealt with; -1: nothing. */
typedef int64_t wait_offer_fn(void *ctx, const char *terminal, int64_t known);
void wait_set_offer(struct wait *w, wait_offer_fn *fn, void *ctx);
void wait_offer_changed(struct wait *w);
/* The clock was moved: answers those whose time has come. */
void wait_check(struct wait *w);

#endif
