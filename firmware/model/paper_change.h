/* SPDX-License-Identifier: Apache-2.0
 *
 * A roll is changed, as a value and as pure steps: what the printer's own sensors tell moves it on, and where a sensor tells
 * nothing the person does. It is done when somebody has read the slip, not when the printer says that it printed.
 *
 *   open the cover → take the old roll out → put a new one in → shut the cover → try: a slip, read and looked at → done
 *
 * What is wrong leads back to the first step, with what to do.
 */
#ifndef MODEL_PAPER_CHANGE_H
#define MODEL_PAPER_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/device.h"
#include "model/paper.h"
#include "model/place.h"
#include "model/test_number.h"

enum change_step { CHANGE_OPEN, CHANGE_TAKE, CHANGE_PUT, CHANGE_SHUT, CHANGE_TRY, CHANGE_DONE };
#define CHANGE_STEPS CHANGE_DONE

enum change_trouble {
    CHANGE_FINE,
    CHANGE_EMPTY,    /* it was shut, and sees no paper */
    CHANGE_CANNOT,   /* the printer says itself that it cannot print */
    CHANGE_NOTHING,  /* no slip came out */
    CHANGE_BLANK,    /* one without a word: upside down, only one side of such paper takes print */
    CHANGE_MISREAD,  /* another number was read than was printed */
    CHANGE_NARROW,   /* an edge of the slip is missing: a roll of another width */
    CHANGE_TROUBLES, /* how many there are */
};

enum change_ask { CHANGE_ASK_NOTHING, CHANGE_ASK_NUMBER, CHANGE_ASK_EDGES };
/* What can be said to them, behind the index of a number. */
enum change_says { CHANGE_SAYS_NOTHING = 2, CHANGE_SAYS_BLANK };
enum change_edges { CHANGE_EDGES_GOOD, CHANGE_EDGES_NARROW, CHANGE_EDGES_UNCUT };

struct paper_change {
    enum device_role role;
    enum change_step step;
    enum change_trouble trouble;
    enum change_ask ask;
    bool saw_open; /* its sensor tells of the cover */
    bool by_hand;  /* a step was done because somebody said so */
    bool running;  /* a slip is on its way */
    bool uncut;    /* done, and the cutter wants mending */
    struct test_number number;
    unsigned slips;
    int64_t at[CHANGE_STEPS]; /* wall clock, ms: when each step was done */
    int old_papers, old_mm;   /* of the roll that is taken out */
};

/* True when it has moved: from CHANGE_TRY on a slip is due. */
bool paper_change_senses(struct paper_change *c, const struct printer_senses *s, int64_t now_ms);
/* The person says that the step is done. Nothing on CHANGE_TRY and behind it. */
bool paper_change_by_hand(struct paper_change *c, int64_t now_ms);
/* A slip is to be printed: it bears another number than the one before. `seed`: another one each time the program runs. */
void paper_change_slip(struct paper_change *c, uint32_t seed, const struct place *place);
void paper_change_printed(struct paper_change *c, bool nothing);
/* An answer to what is asked. True: the slip is to be printed once more. */
bool paper_change_says(struct paper_change *c, int which, int64_t now_ms);

/* The slip: the number, and a word at each edge. NULL: it did not fit. */
struct paper *paper_change_compose(const struct paper_change *c, const struct place *place, int64_t now_ms);

#endif
