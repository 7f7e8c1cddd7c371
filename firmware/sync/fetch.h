/* SPDX-License-Identifier: Apache-2.0
 *
 * News from the hall: the long poll (catalogue, queues and halted items), and the download of a published catalogue into
 * DATA/sync/incoming/. What is verified here (download.h) spares the network what kiosk would refuse; kiosk verifies again.
 */
#ifndef SYNC_FETCH_H
#define SYNC_FETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/loop.h"
#include "sync/http.h"
#include "sync/state.h"
#include "wire/news.h"

struct fetch;

struct fetch_events {
    void (*outcome)(void *ctx, enum http_outcome o);      /* of each long poll */
    void (*incoming)(void *ctx);                          /* a catalogue is complete in incoming/, or a head is new */
    void (*trouble)(void *ctx, int64_t given_up);         /* that catalogue cannot be had; 0: that is over */
    void (*queues)(void *ctx, const struct news_word *q); /* how the office's queues stand now, as the hall signed it */
    void (*halts)(void *ctx, const struct news_word *h);  /* which items are taken off now, likewise: before all else */
};
/* http, state and `terminal` (its id spreads downloads over time) are borrowed. */
int fetch_create(struct loop *l, struct http *h, struct state *s, const char *data_dir, const char *terminal,
                 const struct fetch_events *events, void *ctx, struct fetch **ret, struct err *e);
void fetch_destroy(struct fetch *f); /* takes NULL */
/* kiosk cannot use what came of this version (-1: it has none to use, whichever): it is fetched whole, a few times at once,
 * then a few times a day. */
void fetch_whole(struct fetch *f, int64_t version);
/* Kiosk goes by this list of halted items (0: none): where the hall has another one it is asked for, whatever was carried
 * before: that list may have been refused, or be of a hall that was restored since. */
void fetch_halts(struct fetch *f, int64_t version);
/* The hall is heard again, or its time is ours again: a head from before may be past its validity. */
void fetch_head(struct fetch *f);
/* The hall answered someone else: ends the back-off of the long poll. */
void fetch_wake(struct fetch *f);

#endif
