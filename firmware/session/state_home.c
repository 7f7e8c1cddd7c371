/* SPDX-License-Identifier: Apache-2.0
 *
 * Home: the main tile, the queue, the items asked for most.
 */
#include "session/card.h"
#include "session/cases.h"
#include "session/effects.h"
#include "session/guide.h"
#include "session/internal.h"
#include "session/searching.h"

/* By card; or, where that could tell nothing, by number. */
static void cases(struct session *s)
{
    if (s->view.health.hall && (s->view.identity || s->view.health.reader == READER_READY))
        card_begin(s, CARD_FOR_CASES);
    else
        cases_by_number(s, false);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BROWSE) {
        effects_browse(s, -1, 0);
        session_go(s, SCREEN_BROWSE);
    } else if (i.kind == INTENT_SEARCH) {
        searching_open(s);
    } else if (i.kind == INTENT_GUIDES) {
        searching_all(s, FOUND_ALL);
    } else if (i.kind == INTENT_QUEUE && s->view.queue.n_queues > 0) {
        session_go(s, SCREEN_QUEUE);
    } else if (i.kind == INTENT_CASES) {
        cases(s);
    } else if (i.kind == INTENT_SPEAK) {
        session_go(s, SCREEN_SPEAK);
    } else if (i.kind == INTENT_ITEM && i.a >= 0 && i.a < s->view.home.n_hot) {
        s->guide.asked = true;
        effects_item(s, s->view.home.hot[i.a].task_code);
    }
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_ITEM && s->guide.asked)
        guide_answer(s, in);
}

static void enter(struct session *s)
{
    s->guide.asked = false;
}

const struct state state_HOME = {.enter = enter, .intent = intent, .input = input, .rest = REST_HOME, .looks_up = true};
