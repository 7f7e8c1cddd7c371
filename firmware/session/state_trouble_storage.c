/* SPDX-License-Identifier: Apache-2.0
 *
 * The journal takes no records: nothing was handed in and nothing typed is lost. Trying again is all that can be done here.
 */
#include "base/must.h"
#include "session/card.h"
#include "session/cases.h"
#include "session/internal.h"
#include "session/queues.h"
#include "session/review.h"

static void retry(struct session *s)
{
    must(s->storage_from == SCREEN_REVIEW || s->storage_from == SCREEN_QUEUE || s->storage_from == SCREEN_ITEM ||
             s->storage_from == SCREEN_SUPPLEMENT_CHECK || s->storage_from == SCREEN_SPEAK_CHECK,
         "nothing there is to be tried again");
    if (s->storage_from == SCREEN_REVIEW)
        review_submit(s);
    else if (s->storage_from == SCREEN_QUEUE)
        queues_take_again(s);
    else if (s->storage_from == SCREEN_SUPPLEMENT_CHECK)
        cases_submit(s);
    else if (s->storage_from == SCREEN_SPEAK_CHECK)
        speak_submit(s);
    else
        card_begin(s, CARD_FOR_ITEM);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_RETRY)
        retry(s);
    else if (i.kind == INTENT_BACK)
        session_go(s, s->storage_from);
}

/* Nothing was pressed for nothing: once the journal takes records again, the errand begins. */
static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_HEALTH && s->view.health.storage && s->view.storage.before)
        card_begin(s, CARD_FOR_ITEM);
}

const struct state state_TROUBLE_STORAGE = {.intent = intent, .input = input, .trouble = true, .can_back = true};
