/* SPDX-License-Identifier: Apache-2.0
 *
 * From a reader that can be spoken to, or was just reset, to one that works: its status, then its SAM id, which is known to
 * be wrong sometimes after power-on. A reader without a readable id serves all the same. Pure.
 */
#ifndef DRIVERS_SAM_OPENING_H
#define DRIVERS_SAM_OPENING_H

#include "drivers/sam/sam_wire.h"

enum opening_word {
    OPENING_ASK,    /* opening_command() */
    OPENING_READY,  /* it works */
    OPENING_BROKEN, /* by its own self-test: its answer says how */
};

struct opening {
    enum { OPENING_STATUS, OPENING_RESET, OPENING_ID } asked;
    int id_tries;
    char sam_id[SAM_ID_TEXT_MAX]; /* "" unknown */
};

void opening_begin(struct opening *o); /* ask for its status */
void opening_reset(struct opening *o); /* ask it to reset itself first */
/* `reply` NULL: the SAM id was not told. */
enum opening_word opening_step(struct opening *o, const struct sam_reply *reply);
enum sam_command opening_command(const struct opening *o);
bool opening_optional(const struct opening *o); /* life goes on without an answer */

#endif
