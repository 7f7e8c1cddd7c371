/* SPDX-License-Identifier: Apache-2.0
 *
 * See speak.h. A question has the serial of all questions of the visit (cases.h): what comes for another one is let go.
 */
#include "session/speak.h"

#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "session/cases.h"
#include "session/effects.h"
#include "session/entry.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/visit.h"

static void lend(struct session *s)
{
    s->view.speak.said = &s->speak.typed->said;
    s->view.speak.given = s->speak.typed->given;
    s->view.speak.asked = s->speak.typed->asked;
}

void speak_create(struct session *s)
{
    s->speak.typed = secret_alloc(sizeof *s->speak.typed);
    s->speak.told = secret_alloc(sizeof *s->speak.told);
    lend(s);
}

void speak_destroy(struct session *s)
{
    secret_free(s->speak.typed, sizeof *s->speak.typed);
    secret_free(s->speak.told, sizeof *s->speak.told);
}

void speak_forget(struct session *s)
{
    secret_wipe(s->speak.typed, sizeof *s->speak.typed);
    secret_wipe(s->speak.told, sizeof *s->speak.told);
    memset(&s->view.speak, 0, sizeof s->view.speak);
    lend(s);
}

/* --- saying it --- */

bool speak_here(const struct view *v)
{
    return !v->health.no_applications && !v->reading;
}

/* Another kind of it begins anew; what was written stays where the same page is opened again. */
void speak_begin(struct session *s, enum speak_kind kind)
{
    must(s->view.visit && (unsigned)kind < SPEAK_KINDS, "nobody says nothing");
    s->speak.typed->said.kind = kind;
    session_go(s, SCREEN_SPEAK_ABOUT);
}

void speak_digits(struct session *s, enum speak_digits which)
{
    s->view.speak.digits = which;
    session_go(s, SCREEN_SPEAK_DIGITS);
}

void speak_by_card(struct session *s)
{
    must(s->view.identity == s->identity, "the name of nobody goes with it");
    s->view.speak.named = true;
    session_go(s, SCREEN_SPEAK_CHECK);
}

void speak_submit(struct session *s)
{
    must(!session_pending(s), "the same is said twice");
    must(!s->view.speak.named || s->view.identity == s->identity, "the name of nobody goes with it");
    if (!s->speak.typed->said.words[0] || !speak_here(&s->view))
        return;
    struct effect_record *r = effects_record(s, RECORD_FEEDBACK, speak_word(s->speak.typed->said.kind));
    r->spoken = &s->speak.typed->said;
    r->identity = s->view.speak.named ? s->identity : NULL;
    s->view.speak.sending = true;
}

/* What a form holds that is being filled in beside it is another matter. */
static void forget_words(struct session *s)
{
    secret_wipe(s->speak.typed->said.words, sizeof s->speak.typed->said.words);
    secret_wipe(s->speak.typed->said.phone, sizeof s->speak.typed->said.phone);
    secret_wipe(s->speak.typed->said.case_number, sizeof s->speak.typed->said.case_number);
    s->fields.typed &= s->view.values != NULL;
}

void speak_taken(struct session *s, const struct input *in)
{
    must(s->view.speak.sending && in->code[0], "what nobody said is durable, or has no code");
    s->view.speak.sending = false;
    s->view.speak.phone = s->speak.typed->said.phone[0] != '\0';
    text_copy(s->speak.typed->given, sizeof s->speak.typed->given, in->code);
    forget_words(s);
    memset(&s->view.done, 0, sizeof s->view.done);
    s->view.done.paper = DONE_SPOKEN;
    text_copy(s->view.done.number, sizeof s->view.done.number, in->number);
    s->view.done.promised = in->promised;
    s->view.done.provisional = in->provisional;
    s->view.done.provisional_year = in->provisional_year;
    s->view.done.submitted_ms = s->view.now_ms;
    s->finished = true;
    s->jobs.copy[DEVICE_RECEIPT] = 1;
    jobs_print(s, DEVICE_RECEIPT);
}

void speak_over(struct session *s)
{
    must(s->view.done.paper == DONE_SPOKEN, "another paper is over");
    jobs_abandon(s, DEVICE_RECEIPT); /* the code was enough */
    visit_leave(s);
}

/* --- reading the answer --- */

void speak_ask(struct session *s)
{
    must(speak_code_parse(s->speak.typed->asked, NULL), "a question about no code");
    cases_anew(s); /* a new serial */
    secret_wipe(s->speak.told, sizeof *s->speak.told);
    s->view.speak.told = NULL;
    s->view.speak.silent = false;
    if (s->view.health.hall) {
        s->view.speak.asking = ASKED_WAITING;
        effects_ask(s, QUESTION_SPOKEN);
        effects_timer(s, TIMER_PAGE, ASK_LIMIT);
    } else {
        s->view.speak.asking = ASKED_REFUSED;
        s->view.speak.why = ASK_HALL_AWAY;
    }
}

static void refused(struct session *s, enum ask_reason why)
{
    must(why > ASK_ANSWERED && why < ASK_REASONS, "refused for no reason there is");
    s->view.speak.asking = ASKED_REFUSED;
    s->view.speak.why = why;
}

bool speak_answer(struct session *s, const struct input *in)
{
    if (s->view.speak.asking != ASKED_WAITING)
        return false;
    if (in->kind == INPUT_TIMER && in->timer == TIMER_PAGE) {
        refused(s, ASK_HALL_AWAY);
        s->view.speak.silent = true;
    } else if (in->kind != INPUT_ASKED || in->asked.serial != s->cases.serial) {
        return false;
    } else if (!in->asked.cases) {
        refused(s, in->asked.why);
    } else if (!in->asked.cases->spoken) {
        refused(s, ASK_NO_SUCH_CASE); /* the answer to something else */
    } else {
        *s->speak.told = in->asked.cases->told;
        s->view.speak.told = s->speak.told;
        s->view.speak.asking = ASKED_KNOWN;
        s->finished = true; /* whoever leaves now has what he came for */
    }
    effects_timer(s, TIMER_PAGE, 0);
    return true;
}
