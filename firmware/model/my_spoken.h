/* SPDX-License-Identifier: Apache-2.0
 *
 * What became of what somebody said, as the hall tells it to a terminal that knows its code (firmware/wire/ask.h carries it
 * sealed). It says nothing of what was said, nor who said it.
 */
#ifndef MODEL_MY_SPOKEN_H
#define MODEL_MY_SPOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "model/speak.h"

#define MY_SPOKEN_WORDS_MAX 600 /* bytes */
#define MY_SPOKEN_POST_MAX 60

enum my_spoken_stage {
    MY_SPOKEN_NEW,      /* delivered; nobody has it yet */
    MY_SPOKEN_ASSIGNED, /* somebody looks into it */
    MY_SPOKEN_ANSWERED,
    MY_SPOKEN_REFUSED, /* it is not theirs to look into; the words say whose */
};
struct my_spoken {
    enum speak_kind kind;
    enum my_spoken_stage stage;
    int64_t said_ms;
    struct date due; /* an answer is owed by then */
    bool provisional;
    struct date answered_on;             /* ANSWERED, REFUSED */
    char post[MY_SPOKEN_POST_MAX + 1];   /* who looks into it; "": nobody yet */
    char words[MY_SPOKEN_WORDS_MAX + 1]; /* ANSWERED, REFUSED: the answer */
};

#endif
