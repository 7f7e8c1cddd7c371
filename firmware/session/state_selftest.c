/* SPDX-License-Identifier: Apache-2.0
 *
 * The guided test of a technician at the command line: one page printed, or one card read, while nobody is served. It gives
 * way to a resident: a touch ends it, and so does a card while a page is printed, which then begins a visit as on idle.
 * While the reader is tested a card is the test's, and the page says so; the lying card is asked back as after a visit.
 */
#include "base/must.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/selftest.h"
#include "session/visit.h"

#define SELFTEST_PRINT_MAX 60000

/* Tells what came of the step, and leaves the page. A paper under way still gets its outcome in the journal. */
static void over(struct session *s, struct effect_tested t)
{
    must(s->selftest.step != SELFTEST_NONE, "a test ends that has not begun");
    s->selftest.step = SELFTEST_NONE;
    effects_tested(s, &t);
    if (s->card.present)
        session_go(s, SCREEN_CARD_REMOVE);
    else
        visit_rest(s);
}

static void answer(struct session *s, enum selftest_outcome outcome)
{
    effects_tested(s, &(struct effect_tested){.outcome = outcome});
}

static void begin(struct session *s, const struct input *in)
{
    must(s->selftest.step == SELFTEST_NONE, "two tests at once");
    must(visit_at_rest(s), "a test while somebody is there");
    must(in->test.role < PRINTER_ROLES, "a page for no printer");
    s->selftest.step = in->test.step;
    s->selftest.role = in->test.role;
    s->view.testing_card = in->test.step == SELFTEST_CARD;
    session_go(s, SCREEN_SELFTEST);
    effects_timer(s, TIMER_PAGE, s->view.testing_card ? in->test.ms : SELFTEST_PRINT_MAX);
    if (!s->view.testing_card)
        jobs_print_test(s, s->selftest.role);
}

static void stop(struct session *s)
{
    if (s->base != SCREEN_SELFTEST)
        return;
    s->selftest.step = SELFTEST_NONE;
    visit_rest(s);
}

void selftest_input(struct session *s, const struct input *in)
{
    if (in->test.step == SELFTEST_STOP)
        stop(s);
    else if (!visit_at_rest(s))
        answer(s, s->view.visit ? TESTED_SERVING : TESTED_IN_USE);
    else if (in->test.step == SELFTEST_PRINT && s->jobs.of[in->test.role].running)
        answer(s, TESTED_IN_USE);
    else if (in->test.step == SELFTEST_CARD && s->view.health.reader != READER_READY)
        answer(s, TESTED_NO_READER);
    else if (in->test.step == SELFTEST_PRINT || in->test.step == SELFTEST_CARD)
        begin(s, in);
    else
        answer(s, TESTED_FREE);
}

void selftest_printed(struct session *s, enum device_role role, enum print_state print, enum printer_health why)
{
    if (s->selftest.step == SELFTEST_PRINT && s->selftest.role == role)
        over(s, (struct effect_tested){.outcome = TESTED_PAPER, .print = print, .why = why});
}

static void give_way(struct session *s)
{
    over(s, (struct effect_tested){.outcome = TESTED_GIVEN_WAY});
}

static void card_step(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_CARD_READ)
        over(s, (struct effect_tested){.outcome = TESTED_READ, .kind = in->identity->kind});
    else if (in->kind == INPUT_CARD_FAILED || in->kind == INPUT_CARD_UNKNOWN)
        over(s, (struct effect_tested){.outcome = in->kind == INPUT_CARD_FAILED ? TESTED_FAILED : TESTED_UNKNOWN});
    else if (in->kind == INPUT_TIMER)
        over(s, (struct effect_tested){.outcome = TESTED_NO_CARD});
    else if (in->kind == INPUT_HEALTH && s->view.health.reader != READER_READY)
        over(s, (struct effect_tested){.outcome = TESTED_NO_READER});
}

static void print_step(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_TIMER) {
        effects_print_stop(s, s->selftest.role);
    } else if (in->kind == INPUT_CARD_SEEN) {
        s->card.present = false; /* it was laid down to begin, and is not one that was forgotten */
        give_way(s);
        s->card.present = true;
        session_input(s, in);
    }
}

static void input(struct session *s, const struct input *in)
{
    if (s->selftest.step == SELFTEST_CARD)
        card_step(s, in);
    else if (s->selftest.step == SELFTEST_PRINT)
        print_step(s, in);
}

static void intent(struct session *s, struct intent i)
{
    give_way(s);
    if (i.kind == INTENT_START)
        visit_again(s);
}

static void enter(struct session *s)
{
    effects_poll(s, true);
}

const struct state state_SELFTEST = {.enter = enter, .intent = intent, .input = input};
