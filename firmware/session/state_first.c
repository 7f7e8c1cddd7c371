/* SPDX-License-Identifier: Apache-2.0
 *
 * The first boot: devices are found, each is tested by somebody who looks, the hall is waited for, the slip is printed, and
 * the terminal opens. What is to be done next follows from view.first alone, so whatever comes, in whatever order, each step
 * ends in advance(): a device that is plugged in goes on by itself, and nothing has to be pressed a second time.
 */
#include <stddef.h>

#include "base/must.h"
#include "session/effects.h"
#include "session/first.h"
#include "session/internal.h"
#include "session/jobs.h"

#define LOOK_EVERY 2000
#define FINDING_LOOKS 10 /* of LOOK_EVERY: then what has not answered is said to be missing */

static enum device_role role_of(enum first_part p)
{
    return p == FIRST_TICKET ? DEVICE_TICKET : DEVICE_RECEIPT;
}

/* --- what lacks --- */

static enum first_lack printer_lack(enum printer_health h, bool ticket)
{
    switch (h) {
    case PRINTER_NO_PAPER:
        return ticket ? FIRST_LACK_TICKET_NO_PAPER : FIRST_LACK_RECEIPT_NO_PAPER;
    case PRINTER_OPEN:
        return ticket ? FIRST_LACK_TICKET_OPEN : FIRST_LACK_RECEIPT_OPEN;
    case PRINTER_FAULT:
        return ticket ? FIRST_LACK_TICKET_FAULT : FIRST_LACK_RECEIPT_FAULT;
    case PRINTER_ABSENT:
        return ticket ? FIRST_LACK_TICKET_ABSENT : FIRST_LACK_RECEIPT_ABSENT;
    case PRINTER_READY:
    case PRINTER_LOW:
        break;
    }
    return FIRST_LACK_NONE;
}

static enum first_lack hall_lack(enum first_hall h)
{
    switch (h) {
    case FIRST_HALL_SILENT:
        return FIRST_LACK_HALL_SILENT;
    case FIRST_HALL_ASKED:
    case FIRST_HALL_UNREACHED:
        return FIRST_LACK_HALL_UNREACHED;
    case FIRST_HALL_REFUSED:
        return FIRST_LACK_HALL_REFUSED;
    case FIRST_HALL_STRANGER:
        return FIRST_LACK_HALL_STRANGER;
    case FIRST_HALL_CATALOGUE:
        return FIRST_LACK_HALL_CATALOGUE;
    case FIRST_HALL_OPEN:
        break;
    }
    return FIRST_LACK_NONE;
}

/* By what it says itself. */
static enum first_lack said_lack(const struct session *s, enum first_part p)
{
    const struct health *h = &s->view.health;

    switch (p) {
    case FIRST_READER:
        return h->reader == READER_READY    ? FIRST_LACK_NONE
               : h->reader == READER_ABSENT ? FIRST_LACK_READER_ABSENT
                                            : FIRST_LACK_READER_FAULT;
    case FIRST_RECEIPT:
        return printer_lack(h->printer[DEVICE_RECEIPT], false);
    case FIRST_TICKET:
        return printer_lack(h->printer[DEVICE_TICKET], true);
    case FIRST_HALL:
        return hall_lack(s->view.first.facts.hall);
    case FIRST_STORAGE:
        return h->storage && h->journal == JOURNAL_WHOLE ? FIRST_LACK_NONE : FIRST_LACK_STORAGE;
    case FIRST_TOUCH:
    case FIRST_PARTS:
        break;
    }
    return FIRST_LACK_NONE;
}

/* The same, or by what somebody saw. */
static enum first_lack lack_of(const struct session *s, enum first_part p)
{
    enum first_lack l = said_lack(s, p);

    if (l == FIRST_LACK_NONE && s->view.first.part[p] == FIRST_BAD)
        l = p == FIRST_TICKET ? FIRST_LACK_TICKET_UNSEEN : FIRST_LACK_RECEIPT_UNSEEN;
    return l;
}

static bool lacks(const struct session *s, enum first_part p)
{
    return s->view.first.part[p] != FIRST_LEFT_OUT && lack_of(s, p) != FIRST_LACK_NONE;
}

static bool untested(const struct session *s, enum first_part p)
{
    return s->view.first.part[p] == FIRST_UNTESTED;
}

/* What went away is tested anew when it is back, and so is what was left out. Hall and disk need nobody to look. */
static void follow_health(struct session *s)
{
    struct first *f = &s->view.first;

    for (int p = FIRST_READER; p <= FIRST_TICKET; p++) {
        bool there = said_lack(s, (enum first_part)p) == FIRST_LACK_NONE;

        if (there == (f->part[p] == FIRST_LEFT_OUT))
            f->part[p] = FIRST_UNTESTED;
    }
    f->part[FIRST_HALL] = said_lack(s, FIRST_HALL) ? FIRST_UNTESTED : FIRST_GOOD;
    f->part[FIRST_STORAGE] = said_lack(s, FIRST_STORAGE) ? FIRST_UNTESTED : FIRST_GOOD;
}

/* --- what comes next --- */

static void ask(struct session *s, enum first_ask what)
{
    must(s->view.first.on, "a question of the first boot on an open terminal");
    s->view.first.ask = what;
    effects_poll(s, what == FIRST_ASK_CARD);
}

/* The page also bears the terminal's name. */
static void make_numbers(struct session *s)
{
    must(s->view.first.papers >= 0, "a count of papers below none");
    struct first *f = &s->view.first;
    const char *const elsewhere[] = {f->facts.terminal, s->config.place.terminal, NULL};

    test_number_draw(&f->number, s->config.seed ^ (uint32_t)++f->papers * 2654435761u, elsewhere);
}

/* A printer that cannot print says so before this returns. */
static void print(struct session *s, const char *what, struct paper *paper)
{
    must(s->view.first.testing == FIRST_RECEIPT || s->view.first.testing == FIRST_TICKET, "a page for what is no printer");
    s->view.first.running = true;
    jobs_print_staff(s, role_of(s->view.first.testing), what, paper);
}

static void print_page(struct session *s, enum first_part p)
{
    struct first *f = &s->view.first;

    ask(s, FIRST_ASK_NOTHING);
    f->testing = p;
    f->slip = false;
    make_numbers(s);
    print(s, "test", first_page_compose(f, &s->config.place, s->view.now_ms));
}

/* The printer that somebody has seen printing, the one for receipts first; FIRST_PARTS: there is none. */
static enum first_part slip_printer(const struct session *s)
{
    const struct first *f = &s->view.first;

    return f->part[FIRST_RECEIPT] == FIRST_GOOD  ? FIRST_RECEIPT
           : f->part[FIRST_TICKET] == FIRST_GOOD ? FIRST_TICKET
                                                 : FIRST_PARTS;
}

static void print_slip(struct session *s, enum first_part p)
{
    must(s->view.first.part[p] == FIRST_GOOD, "the slip goes to a printer nobody has seen printing");
    must(s->view.first.facts.proved, "a slip without its code");
    struct first *f = &s->view.first;

    ask(s, FIRST_ASK_NOTHING);
    f->testing = p;
    f->slip = true;
    print(s, "slip", first_slip_compose(f, &s->config.place, s->view.now_ms));
}

static void show(struct session *s, enum screen to)
{
    if (s->base != to)
        session_go(s, to);
}

static void open_up(struct session *s)
{
    s->view.first.over = true;
    effects_first(s, FIRST_OPEN);
}

static void not_ready(struct session *s, enum first_part p)
{
    must(lack_of(s, p) != FIRST_LACK_NONE, "what works is said to be missing");
    struct first *f = &s->view.first;

    ask(s, FIRST_ASK_NOTHING);
    f->again = false;
    f->lack = lack_of(s, p);
    f->lacking = 0;
    for (int i = 0; i < FIRST_PARTS; i++)
        f->lacking += lacks(s, (enum first_part)i);
    show(s, SCREEN_FIRST_NOT_READY);
}

static void slip(struct session *s)
{
    enum first_part p = slip_printer(s);

    show(s, SCREEN_FIRST_TEST);
    if (p == FIRST_PARTS)
        open_up(s); /* opened without a printer: there is no slip */
    else if (!s->view.first.facts.proved)
        effects_first(s, FIRST_PROVE); /* INPUT_FIRST follows */
    else
        print_slip(s, p);
}

/* Devices first, then what somebody has to look at, then the hall: what needs hands is done while it is waited for. */
static void advance(struct session *s)
{
    must(!s->view.visit, "a visit before the terminal is open");
    static const enum first_part order[] = {FIRST_STORAGE, FIRST_READER, FIRST_RECEIPT, FIRST_TICKET};
    struct first *f = &s->view.first;
    bool all = !lacks(s, FIRST_READER) && !lacks(s, FIRST_RECEIPT) && !lacks(s, FIRST_TICKET);

    if (f->facts.sheet != FIRST_SHEET_GOOD) {
        show(s, SCREEN_FIRST_NO_SHEET);
        return;
    }
    if (f->over || f->running)
        return; /* an outcome comes */
    if (f->ask && !lacks(s, f->testing))
        return; /* somebody is looking */
    ask(s, FIRST_ASK_NOTHING);
    f->looks = all ? FINDING_LOOKS : f->looks;
    if (f->looks < FINDING_LOOKS) {
        show(s, SCREEN_FIRST_FINDING);
        return;
    }
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (lacks(s, order[i])) {
            not_ready(s, order[i]);
            return;
        }
    f->again = false;
    if (untested(s, FIRST_RECEIPT) || untested(s, FIRST_TICKET)) {
        show(s, SCREEN_FIRST_TEST);
        print_page(s, untested(s, FIRST_RECEIPT) ? FIRST_RECEIPT : FIRST_TICKET);
    } else if (untested(s, FIRST_READER)) {
        f->testing = FIRST_READER;
        show(s, SCREEN_FIRST_TEST);
        ask(s, FIRST_ASK_CARD);
    } else if (lacks(s, FIRST_HALL)) {
        not_ready(s, FIRST_HALL);
    } else {
        slip(s);
    }
}

void first_begin(struct session *s)
{
    must(s->view.first.on, "the first boot of an open terminal");
    s->view.first.running = false;
    follow_health(s);
    if (s->base != SCREEN_FIRST_FINDING)
        session_go(s, SCREEN_FIRST_FINDING);
    if (s->view.first.ask) { /* asked by the session before this one */
        ask(s, s->view.first.ask);
        show(s, SCREEN_FIRST_TEST);
    }
    advance(s);
}

/* --- what happens --- */

void first_printed(struct session *s, enum device_role role, enum print_state print)
{
    struct first *f = &s->view.first;

    if (!f->on || !f->running || role != role_of(f->testing))
        return;
    f->running = false;
    if (print == PRINT_NOT) {
        f->part[f->testing] = FIRST_BAD;
        follow_health(s); /* a printer that says itself what it lacks goes on when it lacks it no more */
        advance(s);
    } else if (!f->slip) {
        ask(s, FIRST_ASK_NUMBER);
    } else if (print == PRINT_UNKNOWN) {
        ask(s, FIRST_ASK_SLIP);
    } else {
        open_up(s);
    }
}

static void said_number(struct session *s, int which)
{
    must(s->view.first.number.offered[0] != s->view.first.number.offered[1], "two pages with one number");
    struct first *f = &s->view.first;

    if (which == f->number.right) {
        f->part[f->testing] = FIRST_GOOD;
        f->seen[f->testing] = f->number.offered[f->number.right];
    } else if (which == 0 || which == 1) {
        f->again = true;
        print_page(s, f->testing);
        return;
    } else {
        f->part[f->testing] = FIRST_BAD;
    }
    ask(s, FIRST_ASK_NOTHING);
    advance(s);
}

static void said_slip(struct session *s, int which)
{
    ask(s, FIRST_ASK_NOTHING);
    if (which == 0) {
        open_up(s);
        return;
    }
    s->view.first.part[s->view.first.testing] = FIRST_BAD;
    advance(s);
}

static void card_done(struct session *s, enum first_result r)
{
    s->view.first.part[FIRST_READER] = r;
    ask(s, FIRST_ASK_NOTHING);
    advance(s);
}

static void intent(struct session *s, struct intent i)
{
    struct first *f = &s->view.first;

    f->part[FIRST_TOUCH] = FIRST_GOOD;
    if (i.kind == INTENT_FIRST_SAYS && f->ask == FIRST_ASK_NUMBER) {
        said_number(s, i.a);
    } else if (i.kind == INTENT_FIRST_SAYS && f->ask == FIRST_ASK_SLIP) {
        said_slip(s, i.a);
    } else if (i.kind == INTENT_FIRST_NO_CARD && f->ask == FIRST_ASK_CARD) {
        card_done(s, FIRST_UNSEEN);
    } else if (i.kind == INTENT_FIRST_WITHOUT && s->base == SCREEN_FIRST_NOT_READY && first_may_lack(f->lack)) {
        f->part[first_lack_part(f->lack)] = FIRST_LEFT_OUT;
        advance(s);
    } else if (i.kind == INTENT_FIRST_AGAIN && s->base == SCREEN_FIRST_NOT_READY) {
        if (f->part[first_lack_part(f->lack)] == FIRST_BAD)
            f->part[first_lack_part(f->lack)] = FIRST_UNTESTED;
        effects_first(s, FIRST_LOOK_NOW);
        advance(s);
    }
}

static void input(struct session *s, const struct input *in)
{
    struct first *f = &s->view.first;

    if (in->kind == INPUT_TIMER) {
        effects_timer(s, TIMER_PAGE, LOOK_EVERY);
        f->looks++;
        effects_first(s, FIRST_LOOK);
    } else if (in->kind == INPUT_FIRST) {
        f->facts = *in->first;
        follow_health(s);
    } else if (in->kind == INPUT_HEALTH) {
        follow_health(s);
    } else if (f->ask == FIRST_ASK_CARD && (in->kind == INPUT_CARD_READ || in->kind == INPUT_CARD_UNKNOWN)) {
        card_done(s, FIRST_GOOD);
        return;
    } else if (f->ask == FIRST_ASK_CARD && in->kind == INPUT_CARD_FAILED) {
        f->again = true;
    } else {
        return;
    }
    advance(s);
}

static void enter(struct session *s)
{
    effects_timer(s, TIMER_PAGE, LOOK_EVERY);
}

const struct state state_FIRST_NO_SHEET = {.enter = enter, .intent = intent, .input = input};
const struct state state_FIRST_FINDING = {.enter = enter, .intent = intent, .input = input};
const struct state state_FIRST_TEST = {.enter = enter, .intent = intent, .input = input};
const struct state state_FIRST_NOT_READY = {.enter = enter, .intent = intent, .input = input};
