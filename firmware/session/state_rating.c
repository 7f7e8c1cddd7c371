/* SPDX-License-Identifier: Apache-2.0
 *
 * How it went, in five equal steps (GB/T 39734), asked once and after the paper: nobody has to answer, nobody is kept by
 * it, and without being asked to, it does not say which case it is about. It is thanked for when it is durable.
 */
#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "session/cases.h"
#include "session/effects.h"
#include "session/fields.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/rating.h"
#include "session/visit.h"

#define REST_RATING 30000
#define RATING_THANKS 8000
#define RATING_SET 1      /* this one question and its five answers; another set gets another number */
#define RATING_SET_CASE 2 /* how a case went from its beginning to its end: asked of whoever has it before him */
#define SCORE_MAX 5

void rating_or_leave(struct session *s)
{
    if (s->view.done.paper == DONE_SPOKEN)
        speak_over(s);
    else if (s->view.done.paper == DONE_APPOINTMENT)
        visit_leave(s);
    else if (s->view.done.paper != DONE_APPLICATION)
        cases_paper_over(s); /* of a case there is more to see */
    else if (s->view.done.number[0] && s->view.health.storage && !jobs_printing(s))
        session_go(s, SCREEN_RATING);
    else
        visit_leave(s);
}

/* The paper is over: what the card said is not needed any more, whatever happens to the rating. */
static void enter(struct session *s)
{
    must(s->view.done.number[0], "a rating of nothing");
    must(!jobs_printing(s), "a rating before the paper");
    fields_forget(s);
    secret_wipe(s->identity, sizeof *s->identity);
    s->view.identity = NULL;
}

static void rate(struct session *s, int score)
{
    must(s->guide.item, "a rating of no item");
    if (score < 1 || score > SCORE_MAX)
        return;
    struct effect_record *r = effects_record(s, RECORD_RATING, "");
    r->item = s->guide.item;
    r->header.score = score;
    r->header.set = RATING_SET;
    r->visit_scoped = s->view.rating.named; /* the visit's id would name the case too */
    if (s->view.rating.named)
        text_copy(r->header.number, sizeof r->header.number, s->view.done.number);
}

static void intent(struct session *s, struct intent i)
{
    bool over = s->view.rating.thanks || s->view.rating.lost;
    if (i.kind == INTENT_RATE_NO)
        visit_leave(s);
    else if (i.kind == INTENT_RATE && !over)
        rate(s, i.a);
    else if (i.kind == INTENT_RATE_NAMED && !over)
        s->view.rating.named = !s->view.rating.named;
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_TIMER && in->timer == TIMER_PAGE) {
        visit_end(s, "done");
    } else if (in->record == RECORD_RATING && (in->kind == INPUT_RECORDED || in->kind == INPUT_RECORD_FAILED)) {
        s->view.rating.thanks = in->kind == INPUT_RECORDED;
        s->view.rating.lost = !s->view.rating.thanks;
        effects_timer(s, TIMER_PAGE, RATING_THANKS);
    }
}

/* --- of a case that is over --- */

bool rating_case_here(const struct view *v)
{
    const struct my_case *c = v->cases.one;

    return c && c->stage == MY_CASE_DELIVERED && c->item[0] && v->health.storage && strcmp(v->rating.rated, c->number) != 0;
}

static void case_enter(struct session *s)
{
    must(s->view.cases.one, "a rating of no case");
    s->view.rating.thanks = s->view.rating.lost = false;
}

/* By number alone: the catalogue here may not have its item any more. The hall counts the first of a case. */
static void rate_case(struct session *s, int score)
{
    const struct my_case *c = s->view.cases.one;

    if (score < 1 || score > SCORE_MAX)
        return;
    struct effect_record *r = effects_record(s, RECORD_RATING, "");
    text_copy(r->header.item, sizeof r->header.item, c->item);
    text_copy(r->header.number, sizeof r->header.number, c->number);
    r->header.score = score;
    r->header.set = RATING_SET_CASE;
    text_copy(s->view.rating.rated, sizeof s->view.rating.rated, c->number);
}

static void case_intent(struct session *s, struct intent i)
{
    bool over = s->view.rating.thanks || s->view.rating.lost;

    if (i.kind == INTENT_RATE_NO || i.kind == INTENT_BACK)
        session_go(s, SCREEN_CASE);
    else if (i.kind == INTENT_RATE && !over && rating_case_here(&s->view))
        rate_case(s, i.a);
}

static void case_input(struct session *s, const struct input *in)
{
    if (in->record != RECORD_RATING || (in->kind != INPUT_RECORDED && in->kind != INPUT_RECORD_FAILED))
        return;
    s->view.rating.thanks = in->kind == INPUT_RECORDED;
    s->view.rating.lost = !s->view.rating.thanks;
    if (s->view.rating.lost)
        s->view.rating.rated[0] = '\0';
}

const struct state state_CASE_RATING = {
    .enter = case_enter, .intent = case_intent, .input = case_input, .rest = REST_FORM, .can_back = true};

const struct state state_RATING = {.enter = enter, .intent = intent, .input = input, .rest = REST_RATING, .quiet = true};
