/* SPDX-License-Identifier: Apache-2.0
 *
 * Which kind of number stands here: the patterns of spoken.h, the narrowest first.
 */
#ifndef VOICE_FIGURES_H
#define VOICE_FIGURES_H

#include "voice/words.h"

struct figures {
    struct words *words;
    enum language in;
    const char *text, *end; /* what stands around decides: ordinals, measures */
    bool code;              /* a letter stands right before */
};

/* Says what begins at `p`, a figure or an asterisk, and returns the first byte behind it. */
const char *figures_say(const struct figures *f, const char *p);
/* A sign that belongs to the number behind it: ¥ and −. Its bytes, or 0. */
size_t figures_sign(const char *p, const char *end);

#endif
