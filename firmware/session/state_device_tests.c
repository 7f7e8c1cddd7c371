/* SPDX-License-Identifier: Apache-2.0
 *
 * Each device is tested by the technician before it: a page whose number he reads, a card, five spots of the glass, a
 * sentence. One at a time; whatever else is touched ends it.
 */
#include "base/must.h"
#include "base/text.h"
#include "model/test_page.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/staff.h"

static struct device_trial *trial(struct session *s)
{
    must(s->view.staff.in, "a technician who has not said who he is");
    return &s->view.staff.trial;
}

static bool prints(enum trial_part p)
{
    return p == TRIAL_RECEIPT || p == TRIAL_TICKET;
}

static void on_record(struct session *s, enum trial_part p, bool bad)
{
    static const char *const whats[TRIAL_PARTS][2] = {[TRIAL_RECEIPT] = {"test-print", "test-print-bad"},
                                                      [TRIAL_TICKET] = {"test-print", "test-print-bad"},
                                                      [TRIAL_READER] = {"test-reader", "test-reader-bad"},
                                                      [TRIAL_TOUCH] = {"test-touch", "test-touch-bad"},
                                                      [TRIAL_SOUND] = {"test-sound", "test-sound-bad"}};
    struct effect_record *r = staff_record(s, RECORD_STAFF, whats[p][bad]);

    if (p <= TRIAL_READER)
        text_copy(r->header.role, sizeof r->header.role, device_word((enum device_role)p));
}

/* Nothing is tested any more. What is being printed gets its outcome in the journal all the same. */
static void stop(struct session *s)
{
    struct device_trial *t = trial(s);

    if (t->part == TRIAL_READER)
        effects_poll(s, false);
    if (t->part == TRIAL_SOUND)
        s->view.settings.voice = s->config.settings.voice;
    t->part = TRIAL_PARTS;
    t->running = t->again = false;
}

static void over(struct session *s, enum trial_result result)
{
    struct device_trial *t = trial(s);

    must(t->part < TRIAL_PARTS && result != TRIAL_UNTRIED, "nothing came of a test");
    if (result == TRIAL_BAD)
        on_record(s, t->part, true);
    t->of[t->part].result = result;
    t->of[t->part].at = s->view.now_ms;
    stop(s);
}

static void print_page(struct session *s)
{
    struct device_trial *t = trial(s);
    enum device_role role = t->part == TRIAL_TICKET ? DEVICE_TICKET : DEVICE_RECEIPT;
    const char *const elsewhere[] = {s->config.place.terminal, s->config.place.zone, "0123456789", NULL};

    test_number_draw(&t->number, s->config.seed ^ ++t->papers * 2654435761u, elsewhere);
    t->running = true;
    jobs_print_staff(
        s, role, "test",
        test_page_compose(&s->config.place, role == DEVICE_TICKET, t->number.offered[t->number.right], s->view.now_ms));
}

void staff_test_outcome(struct session *s, enum device_role role, enum print_state print)
{
    if (s->base != SCREEN_DEVICE_TESTS || !trial(s)->running || (int)trial(s)->part != (int)role)
        return;
    trial(s)->running = false;
    if (print == PRINT_NOT)
        over(s, TRIAL_BAD);
}

static void begin(struct session *s, enum trial_part part)
{
    struct device_trial *t = trial(s);

    stop(s);
    if ((prints(part) && s->jobs.of[part].running) || (part == TRIAL_SOUND && s->view.voice == VOICE_NONE))
        return;
    on_record(s, part, false);
    t->part = part;
    t->spots = 0;
    if (part == TRIAL_READER)
        effects_poll(s, true);
    else if (part == TRIAL_SOUND)
        s->view.settings.voice = true; /* what stands on the page is said */
    else if (prints(part))
        print_page(s);
}

static void says(struct session *s, int which)
{
    struct device_trial *t = trial(s);

    if (which == TRIAL_SAYS_BAD) {
        over(s, TRIAL_BAD);
    } else if (t->part == TRIAL_SOUND) {
        over(s, TRIAL_GOOD);
    } else if (prints(t->part) && which == t->number.right) {
        over(s, TRIAL_GOOD);
    } else if (prints(t->part)) {
        print_page(s);
        t->again = t->part != TRIAL_PARTS;
    }
}

static void spot(struct session *s, int i)
{
    struct device_trial *t = trial(s);

    t->spots |= i >= 0 && i < TRIAL_SPOTS ? 1U << i : 0;
    if (t->spots == (1U << TRIAL_SPOTS) - 1)
        over(s, TRIAL_GOOD);
}

static void leave(struct session *s, bool out)
{
    stop(s);
    if (out)
        staff_leave(s);
    else
        session_go(s, SCREEN_TECHNICIAN);
}

static void intent(struct session *s, struct intent i)
{
    struct device_trial *t = trial(s);

    if (i.kind == INTENT_END || i.kind == INTENT_BACK)
        leave(s, i.kind == INTENT_END);
    else if (i.kind == INTENT_STAFF_TEST && i.a >= 0 && i.a < TRIAL_PARTS)
        begin(s, (enum trial_part)i.a);
    else if (i.kind == INTENT_TRIAL_STOP)
        stop(s);
    else if (i.kind == INTENT_TRIAL_SAYS && t->part < TRIAL_PARTS && !t->running)
        says(s, i.a);
    else if (i.kind == INTENT_TRIAL_SPOT && t->part == TRIAL_TOUCH)
        spot(s, i.a);
}

static void input(struct session *s, const struct input *in)
{
    struct device_trial *t = trial(s);

    if (in->kind == INPUT_STAFF_FACTS) {
        s->view.staff.facts = *in->facts;
    } else if (in->kind == INPUT_HEALTH || in->kind == INPUT_CLOCK) {
        effects_staff(s, STAFF_GET_FACTS);
    } else if (t->part == TRIAL_READER && (in->kind == INPUT_CARD_READ || in->kind == INPUT_CARD_UNKNOWN)) {
        over(s, TRIAL_GOOD);
        effects_staff(s, STAFF_GET_FACTS);
    } else if (t->part == TRIAL_READER && (in->kind == INPUT_CARD_FAILED || in->kind == INPUT_CARD_LIES)) {
        t->again = true;
    }
}

static void enter(struct session *s)
{
    trial(s)->part = TRIAL_PARTS;
}

const struct state state_DEVICE_TESTS = {.enter = enter, .intent = intent, .input = input, .rest = STAFF_REST};
