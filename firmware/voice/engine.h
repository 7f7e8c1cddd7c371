/* SPDX-License-Identifier: Apache-2.0
 *
 * espeak-ng, one language in a process of its own: a voice reads its files when it is chosen, so each chooses once, then
 * gives up everything but its socket (base/sandbox.h) and only turns words into samples. The only user of espeak-ng.
 */
#ifndef VOICE_ENGINE_H
#define VOICE_ENGINE_H

#include <stdint.h>

#include "base/err.h"
#include "model/strings.h"

#define ENGINE_RATE 22050    /* samples a second, mono, of every voice there is */
#define ENGINE_CHUNK 1024    /* samples in a packet at most */
#define ENGINE_LINE_MAX 8192 /* bytes of words at most; a sentence is made to its end, so short ones stop soon */

struct engine;

/* Forks; to be called before the caller gives anything up. -ERR_NOTFOUND: there is no such voice here. */
int engine_create(enum language in, struct engine **ret, struct err *e);
void engine_destroy(struct engine *n); /* ends the process; takes NULL */
int engine_fd(const struct engine *n); /* readable: there is something to hear */

/* One line of words (voice/words.h, without its "zh "), instead of what it is at. `rate`: words a minute. `serial` comes
 * back with every packet. -ERR_STATE: the process has ended. */
int engine_say(struct engine *n, uint32_t serial, int rate, const char *words);
/* One packet: samples of the line `*ret_serial`, at most ENGINE_CHUNK; 0: that line is at its end. -ERR_STATE: it has ended,
 * or breaks the format. Waits. */
int engine_hear(struct engine *n, uint32_t *ret_serial, int16_t samples[ENGINE_CHUNK]);

#endif
