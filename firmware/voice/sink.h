/* SPDX-License-Identifier: Apache-2.0
 *
 * Where samples go: the card of this machine, or, for tests, standard output. The only user of ALSA.
 *
 * Private by default: SINK_HEADPHONES is heard only while the card's jack says that something is plugged in, and a card that
 * has no jack to ask is silent; SINK_LOUDSPEAKER is heard by whoever stands near.
 */
#ifndef VOICE_SINK_H
#define VOICE_SINK_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum sink_kind {
    SINK_HEADPHONES,
    SINK_LOUDSPEAKER,
    SINK_SAMPLES, /* to standard output: 16 bits of this machine, mono */
    SINK_WORDS,   /* the lines themselves to standard output; nothing is synthesised */
};
/* "headphones", "loudspeaker", "samples", "words"; false: none of these. */
bool sink_kind_by_name(const char *name, enum sink_kind *ret);

struct sink;

/* `card`: an ALSA name for tests, NULL: the first card that plays. To be called before files are given up. -ERR_NOTFOUND:
 * nothing here can play. */
int sink_create(enum sink_kind kind, const char *card, int rate, struct sink **ret, struct err *e);
void sink_destroy(struct sink *s); /* takes NULL */

/* What poll() waits for until sink_play() takes something; returns how many of `fds` it filled. */
int sink_wait(struct sink *s, struct pollfd *fds, int room);
/* How many of `n` samples it took now, 0: none. Where nobody may hear them it takes all of them. -ERR_IO: it is gone. */
int sink_play(struct sink *s, const int16_t *samples, int n);
/* What it took last is enough to begin with: the end of a sentence, shorter than a card waits for. */
void sink_flush(struct sink *s);
/* Silence, at once. */
void sink_stop(struct sink *s);

#endif
