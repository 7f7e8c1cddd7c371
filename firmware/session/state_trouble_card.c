/* SPDX-License-Identifier: Apache-2.0
 *
 * The card cannot be used, or there is no reader: what to do now. A card laid down again is read without a touch.
 */
#include "session/card.h"
#include "session/internal.h"

static void card_intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_RETRY)
        card_begin(s, s->card.errand);
    else if (i.kind == INTENT_BACK)
        card_back(s);
}

const struct state state_TROUBLE_CARD = {.intent = card_intent, .input = card_wait, .trouble = true, .can_back = true};

const struct state state_TROUBLE_READER = {.intent = card_intent, .input = card_wait, .trouble = true, .can_back = true};
