/* SPDX-License-Identifier: Apache-2.0
 *
 * See opening.h.
 */
#include "drivers/sam/opening.h"

#include "base/must.h"

#define ID_TRIES 3

void opening_begin(struct opening *o)
{
    o->asked = OPENING_STATUS;
}

void opening_reset(struct opening *o)
{
    o->asked = OPENING_RESET;
}

static enum opening_word take_id(struct opening *o, const struct sam_reply *reply)
{
    must(o->id_tries >= 0 && o->id_tries < ID_TRIES, "more tries than there are");
    bool good = reply && sam_wire_id_text(reply, o->sam_id) == 0;

    return !good && reply && ++o->id_tries < ID_TRIES ? OPENING_ASK : OPENING_READY;
}

enum opening_word opening_step(struct opening *o, const struct sam_reply *reply)
{
    must(reply || o->asked == OPENING_ID, "a reader is opened without its answer");
    switch (o->asked) {
    case OPENING_RESET: /* whatever it said to that */
        o->asked = OPENING_STATUS;
        return OPENING_ASK;
    case OPENING_STATUS:
        if (reply->status != SAM_OK)
            return OPENING_BROKEN;
        o->asked = OPENING_ID;
        o->id_tries = 0;
        return OPENING_ASK;
    case OPENING_ID:
        break;
    }
    return take_id(o, reply);
}

enum sam_command opening_command(const struct opening *o)
{
    return o->asked == OPENING_RESET ? SAM_RESET : o->asked == OPENING_STATUS ? SAM_STATUS : SAM_READ_ID;
}

bool opening_optional(const struct opening *o)
{
    return o->asked == OPENING_ID;
}
