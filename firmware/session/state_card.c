/* SPDX-License-Identifier: Apache-2.0
 *
 * The card: waiting for it, reading it, waiting until it is taken away. The same picture three times.
 */
#include "base/must.h"
#include "session/card.h"
#include "session/cases.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/visit.h"

#define CARD_SLOW 3000
#define CARD_FORGOTTEN 120000

static void back(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK && s->view.visit)
        card_back(s);
}

static bool errand(const struct session *s)
{
    return s->guide.item || s->card.errand != CARD_FOR_ITEM;
}

/* Whoever has no card with him still has the number. */
static void waiting_intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_CASE_BY_NUMBER && s->card.errand == CARD_FOR_CASES) {
        effects_poll(s, false);
        cases_by_number(s, false);
    } else {
        back(s, i);
    }
}

static void waiting_enter(struct session *s)
{
    must(errand(s), "a card is asked for without an errand");
    must(!s->view.reading, "a card is asked for where nothing can be handed in");
    s->view.card.slow = false;
    effects_timer(s, TIMER_CARD, CARD_AWAITED);
    effects_poll(s, true);
}

static void waiting_input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_TIMER && in->timer == TIMER_CARD)
        s->view.card.slow = true;
    else
        card_wait(s, in);
}

const struct state state_CARD_WAITING = {
    .enter = waiting_enter, .intent = waiting_intent, .input = waiting_input, .rest = REST_FORM, .can_back = true};

static void reading_enter(struct session *s)
{
    must(errand(s), "a card is read without an errand");
    s->view.card.slow = false;
    effects_timer(s, TIMER_CARD, CARD_SLOW);
}

static void reading_input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_TIMER && in->timer == TIMER_CARD)
        s->view.card.slow = true;
    else if (in->kind == INPUT_CARD_LIFTED)
        session_go(s, SCREEN_CARD_WAITING);
    else
        card_wait(s, in);
}

const struct state state_CARD_READING = {
    .enter = reading_enter, .intent = back, .input = reading_input, .rest = REST_FORM, .can_back = true};

/* After the visit's end the page stands for a card that was forgotten. */
static void remove_enter(struct session *s)
{
    if (s->view.visit) {
        effects_timer(s, TIMER_CARD, CARD_LEFT_LYING);
    } else {
        card_left(s);
        effects_timer(s, TIMER_PAGE, CARD_FORGOTTEN);
    }
}

/* It blocks nobody: after a while the page is the idle one, which goes on saying that a card lies there. */
static void forgotten(struct session *s, const struct input *in)
{
    bool reader_gone = in->kind == INPUT_HEALTH && s->view.health.reader != READER_READY;
    if (in->kind == INPUT_CARD_LIFTED || in->kind == INPUT_TIMER || reader_gone)
        visit_rest(s);
}

/* The next in the queue need not wait for the owner to come back. */
static void remove_intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_START && !s->view.visit)
        visit_again(s);
    else
        back(s, i);
}

static void remove_input(struct session *s, const struct input *in)
{
    bool reader_gone = in->kind == INPUT_HEALTH && s->view.health.reader != READER_READY;
    if (!s->view.visit) {
        forgotten(s, in);
    } else if (in->kind == INPUT_CARD_LIFTED || reader_gone) {
        card_go_on(s);
    } else if (in->kind == INPUT_TIMER && in->timer == TIMER_CARD) {
        s->view.card.remind = true; /* stays until the card is lifted */
        card_go_on(s);
    }
}

const struct state state_CARD_REMOVE = {
    .enter = remove_enter, .intent = remove_intent, .input = remove_input, .rest = REST_FORM, .can_back = true};
