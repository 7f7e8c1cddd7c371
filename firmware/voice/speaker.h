/* SPDX-License-Identifier: Apache-2.0
 *
 * What kiosk-voice does with orders: the text becomes lines of words (voice/spoken.h), the lines one after another samples
 * of an engine, and the samples go to the sink, as loud as is wanted. Whatever waits is forgotten when another order says
 * so.
 */
#ifndef VOICE_SPEAKER_H
#define VOICE_SPEAKER_H

#include <poll.h>

#include "voice/sink.h"
#include "wire/voice.h"

struct speaker;

/* Starts the engines and opens the sink; they end with the process. -ERR_NOTFOUND: nothing to speak with. */
int speaker_create(enum sink_kind kind, const char *card, struct speaker **ret, struct err *e);
void speaker_take(struct speaker *s, const struct voice_order *o);

#define SPEAKER_FDS 8
/* What poll() waits for; returns how many, none while nothing is to be said. */
int speaker_wait(struct speaker *s, struct pollfd fds[SPEAKER_FDS]);
/* One of them is ready. -ERR_STATE, -ERR_IO: an engine or the sink is gone. */
int speaker_step(struct speaker *s);

/* Pure: samples of an engine, quieter: loudness 1 … VOICE_VOLUMES in steps of 5 dB below all there is. */
void speaker_soften(int16_t *samples, int n, int volume);

#endif
