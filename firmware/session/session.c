/* SPDX-License-Identifier: Apache-2.0
 *
 * The step: takes one input, hands it to the state it concerns, keeps the rest timer, and says which screen is shown. What a
 * state does stands in state_*.c.
 */
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "session/booking.h"
#include "session/card.h"
#include "session/cases.h"
#include "session/effects.h"
#include "session/entry.h"
#include "session/first.h"
#include "session/guide.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/licences.h"
#include "session/pages.h"
#include "session/promises.h"
#include "session/queues.h"
#include "session/recovery.h"
#include "session/review.h"
#include "session/selftest.h"
#include "session/settings.h"
#include "session/staff.h"
#include "session/visit.h"

static const struct state *const states[SCREEN_COUNT] = {
#define SCREEN(name, word) [SCREEN_##name] = &state_##name,
#include "screen.def"
#undef SCREEN
};

const char *screen_name(enum screen s)
{
    static const char *const names[SCREEN_COUNT] = {
#define SCREEN(name, word) [SCREEN_##name] = word,
#include "screen.def"
#include "screen_install.def"
#undef SCREEN
    };
    return (unsigned)s < SCREEN_COUNT ? names[s] : "";
}

struct session *session_create(const struct session_config *config)
{
    must(config->n_queues >= 0 && config->n_queues <= VIEW_QUEUES_MAX, "more queues than the view has room for");
    must(config->n_places >= 0 && config->n_places <= VIEW_PLACES_MAX, "more places than the view has room for");
    must((unsigned)config->settings.language < LANGUAGE_COUNT && (unsigned)config->settings.size <= SIZE_LARGEST,
         "settings there are none of");
    struct session *s = calloc(1, sizeof *s);
    must(s, "out of memory");
    s->config = *config;
    s->identity = secret_alloc(sizeof *s->identity);
    s->staff.pin = secret_alloc(STAFF_DIGITS + 1);
    s->fields.values = secret_alloc(sizeof *s->fields.values);
    s->entry.composing = secret_alloc(sizeof *s->entry.composing);
    s->searching.text = secret_alloc(SEARCHING_TEXT_MAX + 1);
    s->view.search.text = s->searching.text;
    cases_create(s);
    speak_create(s);
    booking_create(s);
    licences_create(s);
    s->base = s->view.screen = SCREEN_OUT_OF_SERVICE;
    s->view.out_reason = OUT_STARTING;
    s->view.place = &s->config.place;
    s->view.browse.theme = s->view.form.focus = s->view.form.signature = -1;
    s->config.settings.voice &= config->voice != VOICE_NONE;
    s->view.settings = s->config.settings;
    s->view.voice = config->voice;
    s->view.queue.n_queues = config->n_queues;
    for (int i = 0; i < config->n_queues; i++) {
        s->view.queue.queues[i].queue = config->queues[i];
        s->view.queue.queues[i].times = config->times[i];
    }
    s->view.queue.told = -1;
    queues_unknown(s);
    s->view.first = config->first;
    s->view.n_places = config->n_places;
    memcpy(s->view.places, config->places, sizeof config->places);
    return s;
}

void session_destroy(struct session *s)
{
    if (!s)
        return;
    secret_free(s->identity, sizeof *s->identity);
    secret_free(s->staff.pin, STAFF_DIGITS + 1);
    secret_free(s->fields.values, sizeof *s->fields.values);
    secret_free(s->entry.composing, sizeof *s->entry.composing);
    secret_free(s->searching.text, SEARCHING_TEXT_MAX + 1);
    cases_destroy(s);
    speak_destroy(s);
    booking_destroy(s);
    licences_destroy(s);
    secret_wipe(s, sizeof *s);
    free(s);
}

const struct view *session_view(const struct session *s)
{
    return &s->view;
}

/* A job still running counts: its outcome must be recorded by the session that knows of it. */
bool session_idle(const struct session *s)
{
    return (visit_at_rest(s) || s->view.first.on) && !s->cut_told && !s->jobs.of[DEVICE_RECEIPT].running &&
           !s->jobs.of[DEVICE_TICKET].running;
}

struct date session_today(const struct session *s)
{
    return date_of_ms(s->view.now_ms);
}

bool session_pending(const struct session *s)
{
    return s->view.form.submitting || s->queues.taking || s->view.cases.sending || s->view.speak.sending;
}

void session_go(struct session *s, enum screen to)
{
    must(s->effects, "a page is opened outside a step");
    must((unsigned)to < SCREEN_COUNT && states[to], "a page without a state");
    promises_page(s, to);
    s->base = to;
    s->touched = true;
    s->view.card.other = false;
    s->view.done.expired = false;
    effects_timer(s, TIMER_CARD, 0);
    effects_timer(s, TIMER_PAGE, 0);
    if (states[to]->enter)
        states[to]->enter(s);
}

void session_input(struct session *s, const struct input *in)
{
    must(s->effects, "a state is told something outside a step");
    if (states[s->base]->input)
        states[s->base]->input(s, in);
}

void session_intent(struct session *s, struct intent i)
{
    must((unsigned)i.kind < INTENT_COUNT, "a touch that means nothing");
    if (session_pending(s))
        return;
    if (s->timed_out) {
        state_TIMEOUT.intent(s, i);
        return;
    }
    s->touched = true;
    s->view.done.expired = false;
    if (settings_intent(s, i))
        return;
    if (s->settling_in)
        state_ACCESSIBILITY.intent(s, i);
    else if (s->asked_leave)
        state_LEAVE.intent(s, i);
    else if (i.kind == INTENT_END && s->view.visit)
        visit_leave(s);
    else if (entry_settle(s, i))
        return;
    else if (states[s->base]->intent)
        states[s->base]->intent(s, i);
}

/* The trouble pages say when their time is nearly over; then, as everywhere, somebody is asked before anything is wiped. */
static void rest_over(struct session *s)
{
    s->rest_running = 0;
    if (s->view.staff.on) {
        staff_leave(s);
    } else if (!s->view.visit) {
        settings_reset(s);
    } else if (s->timed_out) {
        bool has_it = s->base == SCREEN_SUCCESS || s->base == SCREEN_TICKET || s->base == SCREEN_CASE_PAPER ||
                      s->base == SCREEN_SPEAK_CODE;
        visit_end(s, has_it && s->finished ? "done" : "timeout");
    } else if (states[s->base]->quiet && !s->asked_leave) {
        visit_end(s, s->finished ? "done" : "timeout");
    } else if (states[s->base]->trouble && !s->view.done.expired) {
        s->view.done.expired = true;
    } else {
        s->timed_out = true;
        state_TIMEOUT.enter(s);
    }
}

static void step_timer(struct session *s, const struct input *in)
{
    if ((unsigned)in->timer >= TIMER_COUNT || !(s->armed & 1u << in->timer))
        return; /* it ran out while it was being stopped */
    s->armed &= ~(1u << in->timer);
    if (in->timer == TIMER_REST)
        rest_over(s);
    else if (in->timer == TIMER_COUNTDOWN)
        state_TIMEOUT.input(s, in);
    else if (in->timer == TIMER_PRINT)
        jobs_input(s, in);
    else if (in->timer == TIMER_LEFT)
        card_left(s);
    else
        session_input(s, in);
}

static void step_start(struct session *s, const struct input *in)
{
    must(!s->view.visit && !s->started, "the terminal starts twice");
    s->started = true;
    s->view.health = in->health;
    s->view.out = in->outage;
    if (s->view.first.on)
        first_begin(s);
    else if (!recovery_begin(s, in))
        visit_rest(s);
    effects_once(s, EFFECT_HOME);
}

static void step_journal(struct session *s, const struct input *in)
{
    s->view.out = in->outage;
    if (s->view.first.on)
        return;
    if (!visit_at_rest(s))
        recovery_over(s, in->recovered.open); /* somebody reads the guides: his page is not taken from him */
    else if (!recovery_begin(s, in))
        visit_rest(s);
}

static void take_home(struct session *s, const struct input *in)
{
    must(in->listing, "a home page without its list");
    int max = sizeof s->view.home.hot / sizeof *s->view.home.hot;
    const struct listing *l = in->listing;
    int n = l->n_rows < 0 ? 0 : l->n_rows < max ? l->n_rows : max;
    memcpy(s->view.home.hot, l->rows, (size_t)n * sizeof *l->rows);
    s->view.home.n_hot = n;
    s->view.home.here = l->here;
    s->view.home.all = l->all;
}

static void step_recorded(struct session *s, const struct input *in)
{
    if (in->record == RECORD_APPLICATION && s->view.form.submitting)
        review_recorded(s, in);
    else if (in->record == RECORD_TICKET && s->queues.taking)
        queues_taken(s, in);
    else if (in->record == RECORD_SUPPLEMENT && s->view.cases.sending)
        cases_supplied(s);
    else if (in->record == RECORD_FEEDBACK && s->view.speak.sending)
        speak_taken(s, in);
    else if (in->record == RECORD_PRINT_START)
        jobs_start_recorded(s);
    else
        session_input(s, in);
}

static bool awaited(const struct session *s, enum record_kind kind)
{
    return (kind == RECORD_APPLICATION && s->view.form.submitting) || (kind == RECORD_TICKET && s->queues.taking) ||
           (kind == RECORD_SUPPLEMENT && s->view.cases.sending) || (kind == RECORD_FEEDBACK && s->view.speak.sending);
}

static void step_record_failed(struct session *s, const struct input *in)
{
    s->view.health.storage = false;
    if (awaited(s, in->record)) {
        s->view.form.submitting = s->queues.taking = s->view.cases.sending = s->view.speak.sending = false;
        s->view.storage.before = false;
        s->view.storage.no_space = in->no_space;
        s->storage_from = in->record == RECORD_APPLICATION  ? SCREEN_REVIEW
                          : in->record == RECORD_SUPPLEMENT ? SCREEN_SUPPLEMENT_CHECK
                          : in->record == RECORD_FEEDBACK   ? SCREEN_SPEAK_CHECK
                                                            : SCREEN_QUEUE;
        session_go(s, SCREEN_TROUBLE_STORAGE);
    } else if (in->record == RECORD_VISIT_START && s->view.visit) {
        visit_end(s, "fault"); /* without its beginning on disk a visit could not be recovered */
    } else if (in->record == RECORD_PRINT_START) {
        jobs_start_failed(s);
    } else {
        session_input(s, in);
    }
}

static void step_input(struct session *s, const struct input *in)
{
    switch (in->kind) {
    case INPUT_INTENT:
        session_intent(s, in->intent);
        break;
    case INPUT_TIMER:
        step_timer(s, in);
        break;
    case INPUT_RECORDED:
        step_recorded(s, in);
        break;
    case INPUT_RECORD_FAILED:
        step_record_failed(s, in);
        break;
    case INPUT_PRINT:
        jobs_input(s, in);
        break;
    case INPUT_SLIP:
        jobs_slip(s, in);
        break;
    case INPUT_HOME:
        take_home(s, in);
        break;
    case INPUT_QUEUES:
        queues_input(s, in);
        break;
    case INPUT_TIMES:
        queues_times(s, in);
        break;
    case INPUT_SELFTEST:
        selftest_input(s, in);
        break;
    case INPUT_FIRST:
        if (s->view.first.on)
            session_input(s, in);
        break;
    case INPUT_SENT:
        if (s->view.done.number[0] && !strcmp(in->number, s->view.done.number))
            s->view.done.sent = true;
        break;
    case INPUT_HEALTH:
        s->view.health = in->health;
        if (in->health.reader != READER_READY)
            card_gone(s);
        visit_health(s);
        if (s->view.visit && !s->view.health.catalogue &&
            states[s->base]->looks_up) /* a form goes on: its item is in memory */
            visit_lost_catalogue(s);
        session_input(s, in);
        break;
    case INPUT_CARD_SEEN:
    case INPUT_CARD_READ:
    case INPUT_CARD_FAILED:
    case INPUT_CARD_UNKNOWN:
    case INPUT_CARD_LIES:
    case INPUT_CARD_OTHER:
    case INPUT_STAFF_CARD:
    case INPUT_CARD_LIFTED:
        card_input(s, in);
        break;
    case INPUT_COMPOSED:
        entry_answer(s, in->composed);
        break;
    case INPUT_COMPOSE_GONE:
        entry_gone(s);
        break;
    case INPUT_VOICE_GONE:
        settings_voice_gone(s);
        break;
    case INPUT_UPDATE:
        s->view.update = in->update;
        session_input(s, in);
        break;
    case INPUT_BROWSE:
    case INPUT_REGION:
    case INPUT_SEARCH:
    case INPUT_ITEM:
    case INPUT_CASE_HERE:
    case INPUT_ASKED:
        session_input(s, in);
        break;
    case INPUT_STAFF_PIN:
    case INPUT_STAFF_FACTS:
        if (s->view.staff.on)
            session_input(s, in);
        break;
    case INPUT_CLOCK:
        if (s->view.staff.in)
            session_input(s, in);
        break;
    case INPUT_OUTAGE:
        s->view.out = s->staff.pausing = in->outage; /* newer than what is on its way */
        session_input(s, in);
        break;
    case INPUT_NOTICE:
        s->view.notice = *in->notice;
        break;
    case INPUT_HALTS:
        guide_halts(s, in->halts);
        s->view.home.off = in->halted_here;
        session_input(s, in);
        break;
    case INPUT_JOURNAL:
        step_journal(s, in);
        break;
    case INPUT_START:
        break;
    }
}

static int rest_wanted(const struct session *s)
{
    int scale = s->view.settings.size >= SIZE_LARGER || s->view.settings.voice ? 2 : 1;
    if (s->view.staff.on)
        return states[s->base]->rest;
    if (!s->view.visit) /* whoever changed the settings of a page nobody is served on has gone by then */
        return settings_changed(s) ? REST_HOME * scale : 0;
    if (session_pending(s))
        return 0;
    if (s->timed_out)
        return TIMEOUT_SECONDS * 1000;
    if (states[s->base]->trouble)
        return s->view.done.expired ? REST_LAST_CALL : REST_TROUBLE * scale - REST_LAST_CALL;
    return (jobs_printing(s) ? REST_TROUBLE : states[s->base]->rest) * scale;
}

/* A touch on the language changes the words of the item, and nothing else of it. */
static void speak(struct session *s)
{
    s->view.item.item = s->guide.item ? item_in(s->guide.item, s->view.settings.language) : NULL;
    s->view.cases.item = s->cases.item ? item_in(s->cases.item, s->view.settings.language) : NULL;
    if (s->fields.item)
        pages_titles(s);
}

static void settle(struct session *s)
{
    speak(s);
    int rest = rest_wanted(s);
    if (rest != s->rest_running || (s->touched && !s->timed_out))
        effects_timer(s, TIMER_REST, rest);
    s->rest_running = rest;
    s->view.screen = s->timed_out     ? SCREEN_TIMEOUT
                     : s->settling_in ? SCREEN_ACCESSIBILITY
                     : s->asked_leave ? SCREEN_LEAVE
                                      : s->base;
    s->view.card.lies = s->base == SCREEN_CARD_WAITING && s->card.present;
    s->view.timeout.below = s->asked_leave && s->timed_out ? SCREEN_LEAVE : s->base;
    s->view.timeout.nothing_typed = !s->fields.typed;
    s->view.can_back = states[s->view.screen]->can_back && s->view.visit;
    if (s->view.screen == SCREEN_FORM && (s->view.form.page > 0 || s->view.form.question > 0))
        s->view.can_back = false; /* 上一步 stands there */
}

void session_step(struct session *s, const struct input *in, struct effects *ret_effects)
{
    must(!s->effects, "a step within a step");
    memset(ret_effects, 0, sizeof *ret_effects);
    s->effects = ret_effects;
    s->touched = false;
    s->view.now_ms = in->now_ms;
    if (s->started)
        step_input(s, in);
    else if (in->kind == INPUT_START)
        step_start(s, in);
    settle(s);
    promises_kept(s);
    s->effects = NULL;
}
