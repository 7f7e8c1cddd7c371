/* SPDX-License-Identifier: Apache-2.0
 *
 * See cases.h. A question has a serial: what comes for an earlier one, or after the page was left, is let go.
 */
#include "session/cases.h"

#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "model/receipt.h"
#include "session/effects.h"
#include "session/entry.h"
#include "session/internal.h"
#include "session/jobs.h"

void cases_create(struct session *s)
{
    s->cases.known = secret_alloc(sizeof *s->cases.known);
    s->cases.typed = secret_alloc(sizeof *s->cases.typed);
    s->view.cases.number = s->cases.typed->number;
    s->view.cases.phone = s->cases.typed->phone;
    s->view.cases.words = s->cases.typed->words;
}

void cases_destroy(struct session *s)
{
    secret_free(s->cases.known, sizeof *s->cases.known);
    secret_free(s->cases.typed, sizeof *s->cases.typed);
}

static void forget_item(struct session *s)
{
    s->cases.item = s->view.cases.item = NULL;
    s->cases.item_asked = false;
}

void cases_anew(struct session *s)
{
    secret_wipe(s->cases.known, sizeof *s->cases.known);
    s->view.cases.known = NULL;
    s->view.cases.one = NULL;
    s->view.cases.asking = ASKED_NOTHING;
    s->view.cases.silent = false;
    s->cases.serial++;
    forget_item(s);
}

void cases_forget(struct session *s)
{
    cases_anew(s);
    secret_wipe(s->cases.typed, sizeof *s->cases.typed);
    memset(&s->view.cases, 0, sizeof s->view.cases);
    s->view.cases.number = s->cases.typed->number;
    s->view.cases.phone = s->cases.typed->phone;
    s->view.cases.words = s->cases.typed->words;
}

void cases_by_card(struct session *s)
{
    must(s->view.identity == s->identity, "whose cases, nobody said");
    if (s->view.cases.by_number)
        cases_anew(s);
    s->view.cases.by_number = false;
    session_go(s, SCREEN_CASES);
}

void cases_by_number(struct session *s, bool ask_again)
{
    must(s->view.visit && !s->view.reading, "a number is typed by nobody");
    if (!s->view.cases.by_number)
        cases_anew(s);
    s->view.cases.by_number = true;
    s->view.cases.at_phone = ask_again;
    session_go(s, SCREEN_CASE_NUMBER);
}

/* --- question and answer --- */

void cases_ask(struct session *s, enum question_kind kind)
{
    must(kind == QUESTION_CASE || s->view.identity, "the cases of nobody are asked for");
    must(s->view.visit && !s->view.reading, "a question of nobody");
    cases_anew(s);
    s->view.cases.asking = ASKED_WAITING;
    effects_ask(s, kind);
    effects_timer(s, TIMER_PAGE, ASK_LIMIT);
}

static void refused(struct session *s, enum ask_reason why)
{
    must(why > ASK_ANSWERED && why < ASK_REASONS, "refused for no reason there is");
    cases_anew(s);
    s->view.cases.asking = ASKED_REFUSED;
    s->view.cases.why = why;
}

static void known(struct session *s, const struct my_cases *cases)
{
    must(cases->n >= 0 && cases->n <= MY_CASES_MAX, "more cases than there is room for");
    memcpy(s->cases.known, cases, sizeof *cases);
    s->view.cases.known = s->cases.known;
    s->view.cases.asking = ASKED_KNOWN;
    s->finished = true; /* whoever leaves now has what he came for */
}

bool cases_answer(struct session *s, const struct input *in)
{
    bool by_number = s->view.cases.by_number;

    if (s->view.cases.asking != ASKED_WAITING)
        return false;
    if (in->kind == INPUT_TIMER && in->timer == TIMER_PAGE) {
        refused(s, ASK_HALL_AWAY);
        s->view.cases.silent = true;
    } else if (in->kind == INPUT_ASKED && in->asked.serial == s->cases.serial) {
        effects_timer(s, TIMER_PAGE, 0);
        if (!in->asked.cases)
            refused(s, in->asked.why);
        else if (by_number && in->asked.cases->n != 1)
            refused(s, ASK_NO_SUCH_CASE);
        else
            known(s, in->asked.cases);
    }
    return s->view.cases.asking == ASKED_KNOWN;
}

void cases_show(struct session *s, int i)
{
    must(s->view.cases.known && i >= 0 && i < s->view.cases.known->n, "a case is shown that is not known");
    forget_item(s);
    s->view.cases.one = &s->view.cases.known->list[i];
    if (!s->view.cases.one->item[0])
        return;
    s->cases.item_asked = true;
    effects_item(s, s->view.cases.one->item);
}

/* --- what is added, and what is printed --- */

bool cases_supplement_here(const struct view *v)
{
    const struct my_case *c = v->cases.one;

    return c && c->stage == MY_CASE_ASKED && c->can_supplement && !v->health.no_applications &&
           strcmp(v->cases.supplied, c->number) != 0;
}

void cases_submit(struct session *s)
{
    must(s->view.cases.one && s->view.identity == s->identity, "something is added to no case, or by nobody");
    must(!session_pending(s), "something is added twice");
    if (!s->cases.typed->words[0] || !cases_supplement_here(&s->view))
        return;
    struct effect_record *r = effects_record(s, RECORD_SUPPLEMENT, "");
    text_copy(r->header.case_number, sizeof r->header.case_number, s->view.cases.one->number);
    r->identity = s->identity;
    r->words = s->cases.typed->words;
    s->view.cases.sending = true;
}

static void print(struct session *s, enum done_paper paper, int characters)
{
    must(paper != DONE_APPLICATION && paper < DONE_SPOKEN, "another paper than a case's");
    must(s->view.cases.one, "a paper of no case");
    memset(&s->view.done, 0, sizeof s->view.done);
    s->view.done.paper = paper;
    s->view.done.characters = characters;
    text_copy(s->view.done.number, sizeof s->view.done.number, s->view.cases.one->number);
    receipt_qr_text(s->view.done.number, s->config.place.terminal, s->view.done.qr);
    s->view.done.submitted_ms = s->view.now_ms;
    s->finished = true;
    s->jobs.copy[DEVICE_RECEIPT] = 1;
    jobs_print(s, DEVICE_RECEIPT);
}

void cases_print(struct session *s, enum done_paper paper)
{
    must(paper != DONE_SUPPLEMENT, "the receipt of what was not added now");
    print(s, paper, 0);
}

void cases_supplied(struct session *s)
{
    must(s->view.cases.sending && s->view.cases.one, "a supplement that was not handed in is durable");
    int characters = (int)utf8_count(s->cases.typed->words);

    s->view.cases.sending = false;
    text_copy(s->view.cases.supplied, sizeof s->view.cases.supplied, s->view.cases.one->number);
    secret_wipe(s->cases.typed->words, sizeof s->cases.typed->words);
    s->fields.typed &= s->view.values != NULL; /* a form that is being filled is another matter */
    print(s, DONE_SUPPLEMENT, characters);
}

void cases_paper_over(struct session *s)
{
    must(s->view.done.paper != DONE_APPLICATION, "a paper of no case is over");
    bool supplement = s->view.done.paper == DONE_SUPPLEMENT;

    jobs_abandon(s, DEVICE_RECEIPT); /* held by the printer, and the number was enough */
    memset(&s->view.done, 0, sizeof s->view.done);
    if (supplement) { /* the hall may say more now */
        cases_anew(s);
        session_go(s, SCREEN_CASES);
    } else {
        session_go(s, SCREEN_CASE);
    }
}
