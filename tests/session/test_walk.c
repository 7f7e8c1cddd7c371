/* SPDX-License-Identifier: Apache-2.0
 *
 * A long random walk: touches, cards, faults, printers and disks in any order. Whatever comes, the promises hold.
 */
#include "session/play.h"

#define STEPS 100000
#define WALKS 4
#define WALKS_MAX 12
#define TYPED "13877766655"
#define CASE_HALL "1103003260105000014"

struct walk {
    struct play p;
    uint64_t rnd;
    struct effect_record waiting[64]; /* records not answered yet */
    int n_waiting;
    char number[RECORD_TEXT_MAX], ticket[RECORD_TEXT_MAX]; /* made durable in this visit */
    int starts, outcomes, prints;
    char running[2][5];
    unsigned serial;
    uint32_t asked; /* the last question to the hall */
    bool seen[SCREEN_COUNT];
    int read;  /* steps somebody only read guides */
    int typed; /* times the search found the text while it was there */
};

static unsigned roll(struct walk *w, unsigned n)
{
    w->rnd = w->rnd * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(w->rnd >> 33) % n;
}

static bool is_outcome(enum record_kind k)
{
    return k == RECORD_PRINT_DONE || k == RECORD_PRINT_NOT || k == RECORD_PRINT_UNKNOWN;
}

static void see_record(struct walk *w, const struct effect_record *r)
{
    enum device_role role = device_by_word(r->header.role);

    play_members(r);
    w->p.visits += r->header.kind == RECORD_VISIT_START;
    w->p.ends += r->header.kind == RECORD_VISIT_END;
    if (r->header.kind == RECORD_VISIT_START)
        w->number[0] = w->ticket[0] = '\0';
    if (r->header.kind == RECORD_APPLICATION)
        CHECK(r->item && r->identity && r->values);
    if (r->header.kind == RECORD_PRINT_START) {
        CHECK_STR(w->running[role], ""); /* one job at a time on a printer */
        text_copy(w->running[role], 5, r->header.job);
        w->starts++;
    }
    if (is_outcome(r->header.kind) && w->running[role][0] && !strcmp(w->running[role], r->header.job)) {
        w->running[role][0] = '\0';
        w->outcomes++;
    } else if (is_outcome(r->header.kind)) {
        CHECK_INT(r->header.kind, RECORD_PRINT_NOT); /* never sent; a second outcome of a job would be seen here, too */
        CHECK(r->header.what[0]);
    }
    if (w->n_waiting < 64)
        w->waiting[w->n_waiting++] = *r;
}

static void see_print(struct walk *w, const struct effects *fx, const struct effect *f)
{
    bool recorded = false;
    for (int i = 0; i < fx->n; i++)
        recorded |= fx->list[i].kind == EFFECT_RECORD && fx->list[i].record.header.kind == RECORD_PRINT_START &&
                    !strcmp(fx->list[i].record.header.job, f->job) &&
                    !strcmp(fx->list[i].record.header.role, device_word(f->role));
    CHECK(recorded);
    paper_destroy(f->paper);
    w->prints++;
}

static void see_effects(struct walk *w, const struct effects *fx, bool reading)
{
    bool ended = false, wiped = false;
    for (int i = 0; i < fx->n; i++) {
        const struct effect *f = &fx->list[i];
        ended |= f->kind == EFFECT_RECORD && f->record.header.kind == RECORD_VISIT_END;
        if (f->kind == EFFECT_RECORD)
            see_record(w, &f->record);
        else if (f->kind == EFFECT_PRINT)
            see_print(w, fx, f);
        else if (f->kind == EFFECT_ASK)
            w->asked = f->ask.serial;
        else if (f->kind == EFFECT_TIMER)
            w->p.timers[f->timer] = f->ms;
        else if (f->kind == EFFECT_WIPE)
            wiped = true;
    }
    CHECK(!wiped || ended || reading);
    if (ended || wiped) {
        CHECK(!session_holds(w->p.s, TYPED));
        CHECK(!session_holds(w->p.s, PLAY_NAME));
        CHECK(!session_holds(w->p.s, PLAY_ID));
    }
}

static void see_view(struct walk *w)
{
    const struct view *v = w->p.v;
    CHECK_INT(w->p.visits - w->p.ends, (v->visit && !v->reading) || w->p.s->base == SCREEN_RECOVERY);
    if (v->reading) { /* nothing of a resident's but what was looked for */
        CHECK(!v->identity && !v->values && !v->done.number[0] && !v->ticket.number[0]);
        CHECK(v->health.catalogue && (!v->health.storage || v->health.journal != JOURNAL_WHOLE || v->out.on));
        w->read++;
    }
    CHECK(v->visit || (!v->values && !v->identity && !v->item.item));
    if (v->screen == SCREEN_REVIEW)
        w->typed += session_holds(w->p.s, TYPED);
    if (v->done.number[0] && v->done.paper == DONE_APPLICATION)
        CHECK_STR(v->done.number, w->number);
    if (v->ticket.number[0])
        CHECK_STR(v->ticket.number, w->ticket);
    if (v->screen == SCREEN_SUCCESS)
        CHECK(v->done.number[0]);
    if (v->screen == SCREEN_CASE_PAPER)
        CHECK(v->cases.one && !strcmp(v->done.number, v->cases.one->number));
    if (v->screen == SCREEN_SPEAK_CODE)
        CHECK(v->speak.given[0] && v->done.paper == DONE_SPOKEN);
    if (v->screen == SCREEN_BOOKED)
        CHECK(v->booking.booked.number[0] && !strcmp(v->done.number, v->booking.booked.number));
    if (v->screen == SCREEN_SUPPLEMENT_CHECK || v->screen == SCREEN_SPEAK_CHECK)
        w->typed += session_holds(w->p.s, TYPED);
    if (v->screen == SCREEN_TICKET)
        CHECK(v->ticket.number[0]);
    if (v->screen == SCREEN_IDLE)
        CHECK(!v->visit && v->health.storage && v->health.journal == JOURNAL_WHOLE && v->health.catalogue);
    CHECK(v->form.focus < 0 || fields_on_page(w->p.s, v->form.focus));
    w->seen[v->screen] = true;
}

static void feed(struct walk *w, struct input in)
{
    struct effects fx;
    w->p.now += roll(w, 2000);
    in.now_ms = w->p.now;
    bool reading = w->p.v->reading;
    session_step(w->p.s, &in, &fx);
    see_effects(w, &fx, reading);
    see_view(w);
}

/* What could not be stored did not happen: a print-start that failed has no job. */
static void answer_one(struct walk *w)
{
    struct effect_record r = w->waiting[0];
    char *running = w->running[r.header.kind == RECORD_PRINT_START ? device_by_word(r.header.role) : DEVICE_RECEIPT];
    bool fails = !w->p.health.storage || !roll(w, 60);
    struct input in = {.kind = fails ? INPUT_RECORD_FAILED : INPUT_RECORDED, .record = r.header.kind, .no_space = true};
    memmove(w->waiting, w->waiting + 1, (size_t)--w->n_waiting * sizeof *w->waiting);
    if (r.header.kind == RECORD_FEEDBACK) {
        text_copy(in.number, sizeof in.number, "110300300001");
        speak_code_make(&(struct speak_number){1103, 3, 1}, 4711, in.code);
    }
    if (r.header.kind == RECORD_APPLICATION || r.header.kind == RECORD_TICKET) {
        snprintf(in.number, sizeof in.number, "%u", ++w->serial);
        if (r.header.kind == RECORD_TICKET)
            date_format(date_of_ms(w->p.now), in.day);
        if (!fails)
            text_copy(r.header.kind == RECORD_TICKET ? w->ticket : w->number, RECORD_TEXT_MAX, in.number);
    }
    if (fails && r.header.kind == RECORD_PRINT_START && !strcmp(running, r.header.job)) {
        running[0] = '\0';
        w->starts--;
        w->prints--;
    }
    feed(w, in);
}

static void tap(struct walk *w, enum intent_kind kind, int a, int b)
{
    feed(w, (struct input){.kind = INPUT_INTENT, .intent = {kind, a, b}});
}

static void any_tap(struct walk *w)
{
    enum intent_kind kind = (enum intent_kind)roll(w, INTENT_COUNT);
    int a = (int)roll(w, 14) - 1;
    if (kind == INTENT_END || kind == INTENT_END_YES) /* seldom, or no visit would get far */
        kind = roll(w, w->p.s->fields.typed ? 4 : 20) ? INTENT_NONE : kind;
    if (kind == INTENT_KEY)
        a = (int)roll(w, 300) - 10;
    tap(w, kind, a, (int)roll(w, 6) - 1);
}

static void fill(struct walk *w)
{
    tap(w, INTENT_TEXT_SIZE, SIZE_STANDARD, 0); /* all questions of a page at once */
    tap(w, INTENT_CHOOSE, A_REASON, 0);
    tap(w, INTENT_CHOOSE, A_URGENT, 1);
    tap(w, INTENT_NEXT, 0, 0);
    tap(w, INTENT_CHOOSE, A_DELIVERY, 0);
    tap(w, INTENT_FOCUS, A_MOBILE, 0);
    tap(w, INTENT_CLEAR, 0, 0);
    for (const char *c = TYPED; *c; c++)
        tap(w, INTENT_KEY, *c, 0);
    tap(w, INTENT_NEXT, 0, 0);
    tap(w, INTENT_FOCUS, A_AMOUNT, 0);
    tap(w, INTENT_KEY, '5', 0);
    tap(w, INTENT_FOCUS, A_DAY, 0);
    tap(w, INTENT_CLEAR, 0, 0);
    for (const char *c = "20270101"; *c; c++)
        tap(w, INTENT_KEY, *c, 0);
    tap(w, INTENT_NEXT, 0, 0);
}

static void card(struct walk *w)
{
    static const enum input_kind kinds[] = {INPUT_CARD_SEEN,   INPUT_CARD_READ,   INPUT_CARD_READ,    INPUT_CARD_FAILED,
                                            INPUT_CARD_LIFTED, INPUT_CARD_LIFTED, INPUT_CARD_UNKNOWN, INPUT_CARD_OTHER};
    static struct staff_badge badge = {.id = "0417"};
    if (!roll(w, 6)) {
        feed(w, (struct input){.kind = INPUT_STAFF_CARD, .badge = &badge});
        return;
    }
    struct identity other = card_of(roll(w, 2) ? "110105194912310011" : "11010519491231002X");
    other.valid_to.year = roll(w, 8) ? 2030 : 2020;
    struct input in = {.kind = kinds[roll(w, 8)]};
    if (in.kind == INPUT_CARD_READ)
        in.identity = roll(w, 3) ? &w->p.card : &other;
    else if (in.kind == INPUT_CARD_FAILED)
        in.card_fault = (enum card_fault)roll(w, CARD_FAULTS);
    feed(w, in);
}

static void device(struct walk *w)
{
    struct health *h = &w->p.health;
    unsigned what = roll(w, 12);
    h->reader = what == 0 ? READER_ABSENT : READER_READY;
    h->journal = what == 8 ? JOURNAL_FORK : JOURNAL_WHOLE;
    h->printer[DEVICE_RECEIPT] = what == 1 || what == 2 ? (enum printer_health)roll(w, 6) : PRINTER_READY;
    h->printer[DEVICE_TICKET] = what == 3 || what == 4 ? (enum printer_health)roll(w, 6) : PRINTER_READY;
    h->hall = roll(w, 6) != 0;
    h->storage = what != 5;
    h->catalogue = what != 6;
    h->clock_sure = what != 7;
    feed(w, (struct input){.kind = INPUT_HEALTH, .health = *h});
}

static void printer(struct walk *w)
{
    enum device_role role = (enum device_role)roll(w, 2);
    struct input in = {.kind = INPUT_PRINT,
                       .role = role,
                       .held = !roll(w, 3),
                       .progress = (int)roll(w, 140) - 20,
                       .printer = (enum printer_health)roll(w, 6),
                       .print = (enum print_state)roll(w, PRINT_UNKNOWN + 1)};
    text_copy(in.job, sizeof in.job, roll(w, 10) ? w->running[role] : "zzzz");
    if (in.print < PRINT_DONE || in.job[0])
        feed(w, in);
}

#include "session/walk_staff.h" /* behind what it walks with */

static void answer(struct walk *w)
{
    static struct listing l;
    const struct item *items[] = {item_a(), item_a(), item_b(), item_c(), item_newer(), NULL};
    struct input in = {.kind = roll(w, 3) ? roll(w, 2) ? INPUT_BROWSE : INPUT_SEARCH : roll(w, 4) ? INPUT_ITEM : INPUT_HOME};

    l = (struct listing){.n_rows = (int)roll(w, 12) - 1,
                         .n_themes = (int)roll(w, 16) - 1,
                         .theme = (int)roll(w, 3) - 1,
                         .pages = (int)roll(w, 4)};
    l.found.first = (int)roll(w, 12) - 1;
    l.found.total[FOUND_ALL] = (int)roll(w, 12);
    l.found.letters = roll(w, 2) ? 0 : ~0u;
    if (in.kind == INPUT_ITEM)
        in.item = items[roll(w, 6)];
    else
        in.listing = &l;
    feed(w, in);
}

/* Of the number typed in, or of the card; late, twice, or of another question. */
static void hall(struct walk *w)
{
    static const enum my_case_stage stages[] = {MY_CASE_ASKED, MY_CASE_ASKED, MY_CASE_EXAMINED, MY_CASE_DELIVERED,
                                                MY_CASE_REFUSED};
    static struct my_cases cases;
    struct input in = {.kind = INPUT_ASKED, .asked = {.serial = w->asked - (roll(w, 10) ? 0 : 1)}};

    cases = (struct my_cases){.at = w->p.now, .n = w->p.v->cases.by_number ? 1 : (int)roll(w, 4)};
    for (int i = 0; i < cases.n; i++) {
        struct my_case *c = &cases.list[i];

        *c = (struct my_case){.stage = stages[roll(w, 5)], .can_supplement = roll(w, 4), .item = "A"};
        snprintf(c->number, sizeof c->number, "%s", CASE_HALL);
        text_copy(c->missing, sizeof c->missing, TYPED); /* as good as anything of a resident's */
        text_copy(c->paper_code, sizeof c->paper_code, c->stage > MY_CASE_EXAMINED ? "TBP1" : "");
    }
    if (roll(w, 4))
        in.asked.cases = &cases;
    else
        in.asked.why = (enum ask_reason)(1 + roll(w, ASK_REASONS - 1));
    feed(w, in);
}

static void number(struct walk *w)
{
    const char *text = w->p.v->cases.at_phone ? "0123" : CASE_HALL;

    if (w->p.v->cases.wrong || !roll(w, 4))
        tap(w, INTENT_CLEAR, 0, 0);
    for (const char *c = text; *c && w->p.v->screen == SCREEN_CASE_NUMBER; c++)
        tap(w, INTENT_KEY, *c, 0);
    tap(w, INTENT_NEXT, 0, 0);
}

static void one_case(struct walk *w)
{
    if (!w->p.v->cases.one)
        hall(w);
    else
        tap(w,
            !roll(w, 4)  ? INTENT_RATE_CASE
            : roll(w, 3) ? INTENT_SUPPLEMENT
            : roll(w, 3) ? INTENT_CASE_PAPER
                         : INTENT_BACK,
            (int)roll(w, DONE_PAPERS), 0);
}

#include "session/walk_booking.h"  /* hours at the windows: queue(), book(), appointments() */
#include "session/walk_licences.h" /* which electronic ones are used: licences() */
#include "session/walk_speak.h"    /* what is said, and what is answered: speak() */

/* The shortest way on from here, so that the walk sees every screen. */
static void onwards(struct walk *w)
{
    if (w->p.v->reading && !roll(w, 3)) { /* what makes it a visit again is not always long in coming */
        tap(w, INTENT_END, 0, 0);
        return;
    }
    switch (w->p.v->screen) {
    case SCREEN_IDLE:
        if (!roll(w, 20))
            card(w);
        if (!roll(w, 8))
            device(w);
        if (!roll(w, 6))
            selftest(w);
        else
            tap(w, INTENT_START, 0, 0);
        break;
    case SCREEN_SELFTEST:
        if (!roll(w, 4))
            tap(w, INTENT_START, 0, 0);
        else if (w->p.v->testing_card)
            card(w);
        else
            printer(w);
        break;
    case SCREEN_HOME:
        tap(w,
            roll(w, 3) ? roll(w, 4) ? roll(w, 4)   ? INTENT_BROWSE
                                      : roll(w, 2) ? INTENT_CASES
                                                   : INTENT_SPEAK
                                    : INTENT_SEARCH
                       : INTENT_QUEUE,
            0, 0);
        break;
    case SCREEN_SEARCH:
        tap(w, roll(w, 3) ? INTENT_KEY : INTENT_ITEM, roll(w, 3) ? '1' : 0, 0);
        break;
    case SCREEN_BROWSE:
        tap(w, INTENT_ITEM, 0, 0);
        break;
    case SCREEN_ITEM:
        tap(w, INTENT_APPLY, 0, 0);
        break;
    case SCREEN_NEWER:
        tap(w, INTENT_RETRY, 0, 0);
        break;
    case SCREEN_LICENCES:
        licences(w);
        break;
    case SCREEN_FORM:
        fill(w);
        break;
    case SCREEN_REGION:
        tap(w, INTENT_BACK, 0, 0);
        break;
    case SCREEN_REVIEW:
        if (!roll(w, 20))
            tap(w, INTENT_END, 0, 0); /* something was typed: it is asked once */
        tap(w, w->p.v->form.consent ? INTENT_SUBMIT : INTENT_CONSENT, 0, 0);
        break;
    case SCREEN_CASES:
        if (w->p.v->cases.known && w->p.v->cases.known->n)
            tap(w, INTENT_CASE, (int)roll(w, 2), 0);
        else if (w->p.v->cases.asking == ASKED_WAITING)
            hall(w);
        else
            tap(w, roll(w, 2) ? INTENT_RETRY : INTENT_CASE_BY_NUMBER, 0, 0);
        break;
    case SCREEN_CASE_NUMBER:
        number(w);
        break;
    case SCREEN_CASE:
        one_case(w);
        break;
    case SCREEN_CASE_RATING:
        tap(w, roll(w, 2) ? INTENT_RATE : INTENT_RATE_NO, 1 + (int)roll(w, 5), 0);
        break;
    case SCREEN_SPEAK:
    case SCREEN_SPEAK_ABOUT:
    case SCREEN_SPEAK_DIGITS:
    case SCREEN_SPEAK_WRITE:
    case SCREEN_SPEAK_WHO:
    case SCREEN_SPEAK_CHECK:
    case SCREEN_SPEAK_CODE:
    case SCREEN_SPEAK_ANSWER:
        speak(w);
        break;
    case SCREEN_SUPPLEMENT:
        tap(w, INTENT_SUPPLEMENT, 0, 0);
        break;
    case SCREEN_SUPPLEMENT_WRITE:
        for (const char *c = TYPED; *c; c++)
            tap(w, INTENT_KEY, *c, 0);
        tap(w, INTENT_NEXT, 0, 0);
        break;
    case SCREEN_SUPPLEMENT_CHECK:
        tap(w, INTENT_SUBMIT, 0, 0);
        break;
    case SCREEN_QUEUE:
        queue(w);
        break;
    case SCREEN_BOOK:
        book(w);
        break;
    case SCREEN_APPOINTMENTS:
        appointments(w);
        break;
    case SCREEN_CARD_WAITING:
    case SCREEN_CARD_READING:
    case SCREEN_CARD_REMOVE:
    case SCREEN_TROUBLE_CARD:
        card(w);
        break;
    case SCREEN_TIMEOUT:
        tap(w, INTENT_MORE_TIME, 0, 0);
        break;
    case SCREEN_STAFF_PIN:
    case SCREEN_TECHNICIAN:
    case SCREEN_UPDATE:
    case SCREEN_VERSIONS:
    case SCREEN_LOGS:
    case SCREEN_NETWORK:
    case SCREEN_PAPER_CHANGE:
    case SCREEN_DEVICE_TESTS:
    case SCREEN_STAFF_PAUSE:
        of_staff(w);
        break;
    case SCREEN_RATING:
        tap(w, roll(w, 2) ? INTENT_RATE : INTENT_RATE_NO, 3, 0);
        break;
    case SCREEN_ACCESSIBILITY:
        tap(w, INTENT_CLOSE, 0, 0);
        break;
    case SCREEN_OUT_OF_SERVICE:
        if (roll(w, 4))
            tap(w, INTENT_GUIDES, 0, 0);
        else
            device(w);
        break;
    case SCREEN_LEAVE:
        tap(w, INTENT_END_NO, 0, 0);
        break;
    case SCREEN_CASE_PAPER:
    case SCREEN_BOOKED:
        if (!roll(w, 4))
            tap(w, INTENT_NOTED, 0, 0);
        printer(w);
        break;
    case SCREEN_SUCCESS:
    case SCREEN_TICKET:
        printer(w);
        break;
    case SCREEN_TROUBLE_PAPER:
    case SCREEN_TROUBLE_UNKNOWN:
    case SCREEN_TROUBLE_TICKET:
    case SCREEN_TROUBLE_READER:
    case SCREEN_TROUBLE_STORAGE:
    case SCREEN_RECOVERY:
    case SCREEN_FIRST_NO_SHEET:
    case SCREEN_FIRST_FINDING:
    case SCREEN_FIRST_TEST:
    case SCREEN_FIRST_NOT_READY:
#define SCREEN(name, word) case SCREEN_##name:
#include "session/screen_install.def"
#undef SCREEN
    case SCREEN_COUNT:
        device(w);
        break;
    }
}

static void one_step(struct walk *w)
{
    unsigned what = roll(w, 100);
    if (w->n_waiting && what < 80)
        answer_one(w);
    else if (what < 40)
        onwards(w);
    else if (what < 70)
        any_tap(w);
    else if (what < 78)
        card(w);
    else if (what < 82)
        device(w);
    else if (what < 90)
        printer(w);
    else if (what < 95)
        answer(w);
    else
        feed(w, roll(w, 2) ? (struct input){.kind = INPUT_TIMER, .timer = (enum timer_id)roll(w, TIMER_COUNT)}
                           : (struct input){.kind = INPUT_CLOCK});
}

/* What all walks together came to. */
struct reached {
    int visits, prints, typed, read;
    bool seen[SCREEN_COUNT];
};

static void walk(uint64_t seed, struct reached *all)
{
    static struct walk w;
    w = (struct walk){.rnd = seed};
    play_open(&w.p);
    w.p.s->view.queue.queues[0].queue.per_hour = 2;
    struct input start = {.kind = INPUT_START, .health = w.p.health, .recovered = {.open = true}};
    w.p.visits = 1; /* the one that was cut */
    feed(&w, start);
    for (int i = 0; i < STEPS / 4; i++)
        one_step(&w);
    CHECK(w.starts - w.outcomes <= 2);
    CHECK_INT(w.prints, w.starts);
    all->visits += w.p.visits;
    all->prints += w.prints;
    all->typed += w.typed;
    all->read += w.read;
    for (int i = 0; i < SCREEN_COUNT; i++)
        all->seen[i] |= w.seen[i];
    play_end(&w.p);
}

/* Pages of others than the walk's. */
static void elsewhere(bool *seen)
{
    for (int i = SCREEN_FIRST_NO_SHEET; i <= SCREEN_FIRST_NOT_READY; i++)
        seen[i] = true;                                /* before there are residents: test_state_first.c */
    seen[SCREEN_UPDATE] = true;                        /* the walk comes there seldom: test_state_versions.c */
#define SCREEN(name, word) seen[SCREEN_##name] = true; /* no session's: tests/install */
#include "session/screen_install.def"
#undef SCREEN
    seen[SCREEN_REGION] = true; /* no field of these items asks for one: test_region.c */
}

static bool saw_all(const struct reached *all)
{
    for (int i = 0; i < SCREEN_COUNT; i++)
        if (!all->seen[i])
            return false;
    return true;
}

/* Where a new way at a crossing leads the first walks past a page, some more of them find it. */
TEST(promises_hold_on_a_random_walk)
{
    struct reached all = {0};
    elsewhere(all.seen);
    for (uint64_t seed = 1; seed <= WALKS || (seed <= WALKS_MAX && !saw_all(&all)); seed++)
        walk(seed, &all);
    printf("# %d visits, %d papers, %d times typed, %d steps of reading\n", all.visits, all.prints, all.typed, all.read);
    CHECK(all.visits > 120 && all.prints > 120 && all.typed > 200 && all.read > 80); /* one walk alone may go another way */
    for (int i = 0; i < SCREEN_COUNT; i++) {
        if (!all.seen[i])
            printf("# never seen: %s\n", screen_name((enum screen)i));
        CHECK(all.seen[i]);
    }
}

TEST_MAIN(T(promises_hold_on_a_random_walk))
