/* SPDX-License-Identifier: Apache-2.0
 *
 * Paper jobs: from the decision to print to the outcome in the journal. A job is done, not printed or unknown; each started
 * one gets exactly one outcome record, also when its visit is long over.
 */
#include <string.h>

#include "base/must.h"
#include "base/text.h"
#include "model/test_page.h"
#include "session/effects.h"
#include "session/first.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/papers.h"
#include "session/queues.h"
#include "session/selftest.h"
#include "session/staff.h"

#define COPY_MAX 99 /* what a record takes */

bool jobs_printer_usable(enum printer_health h)
{
    return h == PRINTER_READY || h == PRINTER_LOW;
}

static enum printer_health health_of(const struct session *s, enum device_role role)
{
    must(role < PRINTER_ROLES, "a paper of no printer");
    return s->view.health.printer[role];
}

static const char *number_of(const struct session *s, enum device_role role)
{
    must(role < PRINTER_ROLES, "a paper of no printer");
    return role == DEVICE_TICKET ? s->view.ticket.number : s->view.done.number;
}

static bool of_this_visit(const struct session *s, enum device_role role)
{
    must(role < PRINTER_ROLES, "a paper of no printer");
    const struct job *j = &s->jobs.of[role];
    return s->view.visit && j->visit == s->visit && !strcmp(j->number, number_of(s, role));
}

bool jobs_printing(const struct session *s)
{
    return (s->jobs.of[DEVICE_RECEIPT].running && of_this_visit(s, DEVICE_RECEIPT)) ||
           (s->jobs.of[DEVICE_TICKET].running && of_this_visit(s, DEVICE_TICKET));
}

static void show_state(struct session *s, enum device_role role, enum print_state print, enum printer_health why)
{
    must(role < PRINTER_ROLES, "a paper of no printer");
    must(print != PRINT_IDLE, "a paper is told of that was never asked for");
    if (print == PRINT_RUNNING)
        *(role == DEVICE_TICKET ? &s->view.ticket.slip : &s->view.done.slip) = SLIP_UNSEEN;
    if (role == DEVICE_TICKET) {
        s->view.ticket.print = print;
        s->view.ticket.why = why;
    } else {
        s->view.done.print = print;
        s->view.done.why = why;
        s->view.done.partly = print == PRINT_UNKNOWN && (why == PRINTER_NO_PAPER || why == PRINTER_OPEN);
        s->view.done.copy = s->jobs.copy[role];
    }
}

/* The page for what is known of the paper now. A ticket the resident has kept needs no more questions; a receipt of which
 * the printer said why it stopped is no riddle either. */
static void show_page(struct session *s, enum device_role role, enum print_state print, bool held)
{
    bool ticket = role == DEVICE_TICKET;
    if (!ticket && s->view.done.paper == DONE_SPOKEN)
        session_go(s, SCREEN_SPEAK_CODE); /* the code stands there, and how it is with the paper */
    else if (ticket && s->view.ticket.kept && print != PRINT_DONE)
        s->touched = true;
    else if (print == PRINT_UNKNOWN && (ticket || !s->view.done.partly))
        session_go(s, SCREEN_TROUBLE_UNKNOWN);
    else if (print == PRINT_NOT || print == PRINT_UNKNOWN || held)
        session_go(s, ticket ? SCREEN_TROUBLE_TICKET : SCREEN_TROUBLE_PAPER);
    else
        session_go(s, ticket                                   ? SCREEN_TICKET
                      : s->view.done.paper == DONE_APPLICATION ? SCREEN_SUCCESS
                      : s->view.done.paper == DONE_APPOINTMENT ? SCREEN_BOOKED
                                                               : SCREEN_CASE_PAPER);
}

static struct effect_record *record(struct session *s, enum device_role role, enum record_kind kind, const char *what)
{
    struct effect_record *r = effects_record(s, kind, what);
    text_copy(r->header.role, sizeof r->header.role, device_word(role));
    return r;
}

static void record_job(struct session *s, enum device_role role, enum record_kind kind, const char *what)
{
    must(strlen(s->jobs.of[role].token) == 4, "a job without a marker");
    must(s->jobs.of[role].copy >= 1 && s->jobs.of[role].copy <= COPY_MAX, "a copy no record takes");
    const struct job *j = &s->jobs.of[role];
    struct effect_record *r = record(s, role, kind, what);
    r->visit_scoped = s->view.visit && j->visit == s->visit;
    r->header.copy = j->copy;
    text_copy(r->header.number, sizeof r->header.number, j->number);
    text_copy(r->header.job, sizeof r->header.job, j->token);
}

static const char *reason(enum printer_health h)
{
    switch (h) {
    case PRINTER_NO_PAPER:
        return "no-paper";
    case PRINTER_OPEN:
        return "cover-open";
    case PRINTER_FAULT:
        return "fault";
    case PRINTER_ABSENT:
        return "absent";
    case PRINTER_READY:
    case PRINTER_LOW:
        break;
    }
    return "busy";
}

/* Four characters 0x21..0x7E; the counter alone makes the tokens of one run differ, the seed those of two runs. */
static void make_token(struct session *s, const char *number, char out[5])
{
    uint32_t h = 2166136261u ^ s->config.seed;
    for (const char *p = number; *p; p++)
        h = (h ^ (unsigned char)*p) * 16777619u;
    uint64_t n = h + (uint64_t)++s->jobs.count * 48271u;
    for (int i = 0; i < 4; i++, n /= 94)
        out[i] = (char)(0x21 + n % 94);
    out[4] = '\0';
}

/* Nothing is sent to a printer that cannot print: it is recorded, as a job of its own, and told. */
static void not_sent(struct session *s, enum device_role role, const char *why)
{
    must(number_of(s, role)[0], "a paper without a number");
    must(s->view.visit, "a paper of nobody");
    struct effect_record *r = record(s, role, RECORD_PRINT_NOT, why);
    r->header.copy = s->jobs.copy[role];
    text_copy(r->header.number, sizeof r->header.number, number_of(s, role));
    make_token(s, r->header.number, r->header.job);
    show_state(s, role, PRINT_NOT, health_of(s, role));
    show_page(s, role, PRINT_NOT, false);
}

static void start(struct session *s, enum device_role role, struct paper *paper)
{
    must(!s->jobs.of[role].running, "a printer with two jobs");
    must(number_of(s, role)[0], "a paper without a number");
    must(s->jobs.copy[role] >= 1, "a paper without its count of copies");
    struct job *j = &s->jobs.of[role];
    *j = (struct job){.running = true, .copy = s->jobs.copy[role], .visit = s->visit};
    text_copy(j->number, sizeof j->number, number_of(s, role));
    if (role == DEVICE_TICKET) {
        text_copy(j->queue, sizeof j->queue, s->view.ticket.queue.id);
        text_copy(j->day, sizeof j->day, s->queues.day);
    }
    make_token(s, j->number, j->token);
    record_job(s, role, RECORD_PRINT_START, "");
    effects_print(s, role, paper, j->token);
    effects_timer(s, TIMER_PRINT, JOBS_PROMISED);
    s->view.done.progress = 0;
    show_state(s, role, PRINT_RUNNING, PRINTER_READY);
    show_page(s, role, PRINT_RUNNING, false);
}

void jobs_print(struct session *s, enum device_role role)
{
    must(s->view.visit, "a paper of nobody");
    must(role < PRINTER_ROLES, "a paper of no printer");
    if (!jobs_printer_usable(health_of(s, role)) || s->jobs.of[role].running) {
        not_sent(s, role, reason(health_of(s, role)));
        return;
    }
    struct paper *paper = papers_compose(s, role);
    if (paper)
        start(s, role, paper);
    else
        not_sent(s, role, "too-long");
}

static void tested(struct session *s, enum device_role role, enum print_state print, enum printer_health why)
{
    must(s->jobs.of[role].test || !s->jobs.of[role].running, "a paper of a resident passes for a test");
    s->view.staff.test[role].print = print;
    s->view.staff.test[role].why = why;
    s->jobs.of[role].test = false;
    selftest_printed(s, role, print, why);
    first_printed(s, role, print);
    staff_paper_outcome(s, role, print);
    staff_test_outcome(s, role, print);
}

void jobs_print_test(struct session *s, enum device_role role)
{
    jobs_print_staff(s, role, "test", test_page_compose(&s->config.place, role == DEVICE_TICKET, -1, s->view.now_ms));
}

void jobs_print_staff(struct session *s, enum device_role role, const char *what, struct paper *paper)
{
    must(role < PRINTER_ROLES, "a paper of no printer");
    struct job *j = &s->jobs.of[role];

    if (j->running || !jobs_printer_usable(health_of(s, role)) || !paper) {
        paper_destroy(paper);
        if (!j->running)
            tested(s, role, PRINT_NOT, health_of(s, role));
        return;
    }
    *j = (struct job){.running = true, .test = true, .copy = 1};
    make_token(s, s->view.staff.badge.id, j->token);
    record_job(s, role, RECORD_PRINT_START, what);
    effects_print(s, role, paper, j->token);
    s->view.staff.test[role].print = PRINT_RUNNING;
}

void jobs_print_again(struct session *s, enum device_role role)
{
    enum print_state last = role == DEVICE_TICKET ? s->view.ticket.print : s->view.done.print;
    if (s->jobs.of[role].running || !jobs_printer_usable(health_of(s, role)))
        return;
    if (last != PRINT_NOT) /* the last one may have come out */
        s->jobs.copy[role] += s->jobs.copy[role] < COPY_MAX;
    jobs_print(s, role);
}

void jobs_abandon(struct session *s, enum device_role role)
{
    if (!s->jobs.of[role].running || !of_this_visit(s, role))
        return;
    if (!s->jobs.of[role].stopped)
        effects_print_stop(s, role);
    effects_timer(s, TIMER_PRINT, 0);
    s->jobs.of[role].visit = 0;
}

void jobs_reprint(struct session *s, enum device_role role)
{
    enum printer_health h = s->view.health.printer[role];
    if (jobs_printer_usable(h)) {
        jobs_print_again(s, role);
    } else {
        s->view.done.why = s->view.ticket.why = h;
        session_go(s, role == DEVICE_TICKET ? SCREEN_TROUBLE_TICKET : SCREEN_TROUBLE_PAPER);
    }
}

/* A ticket nobody waits for and that never came out must not keep its place in the queue. */
static void void_unprinted(struct session *s)
{
    struct job *j = &s->jobs.of[DEVICE_TICKET];
    if (!j->void_if_not)
        return;
    must(j->number[0] && j->queue[0] && j->day[0], "a ticket is void that nobody knows");
    struct effect_record *r = effects_record(s, RECORD_TICKET_VOID, "not-printed");
    r->visit_scoped = false;
    text_copy(r->header.number, sizeof r->header.number, j->number);
    text_copy(r->header.queue, sizeof r->header.queue, j->queue);
    text_copy(r->header.day, sizeof r->header.day, j->day);
    j->void_if_not = false;
}

static enum printer_health why_of(const struct session *s, enum device_role role, const struct input *in)
{
    return jobs_printer_usable(in->printer) ? health_of(s, role) : in->printer;
}

static void outcome(struct session *s, enum device_role role, const struct input *in)
{
    must(s->jobs.of[role].running, "an outcome of a job that is over");
    struct job *j = &s->jobs.of[role];
    bool ours = of_this_visit(s, role);
    enum record_kind kind = in->print == PRINT_DONE  ? RECORD_PRINT_DONE
                            : in->print == PRINT_NOT ? RECORD_PRINT_NOT
                                                     : RECORD_PRINT_UNKNOWN;
    record_job(s, role, kind, in->print == PRINT_NOT && !jobs_printer_usable(in->printer) ? reason(in->printer) : "");
    j->running = false;
    if (in->print == PRINT_NOT)
        void_unprinted(s);
    if (j->test)
        tested(s, role, in->print, why_of(s, role, in));
    if (!ours)
        return;
    effects_timer(s, TIMER_PRINT, 0);
    show_state(s, role, in->print, why_of(s, role, in));
    show_page(s, role, in->print, false);
}

static void progress(struct session *s, enum device_role role, const struct input *in)
{
    must(s->jobs.of[role].running, "progress of a job that is over");
    struct job *j = &s->jobs.of[role];
    bool was_held = j->held;
    enum print_state before = role == DEVICE_TICKET ? s->view.ticket.print : s->view.done.print;
    j->heard = true;
    j->held = in->held;
    if (!of_this_visit(s, role)) {
        if (j->held && !j->stopped)
            effects_print_stop(s, role); /* whoever wanted it has left */
        return;
    }
    s->view.done.progress = in->progress < 0 ? 0 : in->progress > 100 ? 100 : in->progress;
    show_state(s, role, before == PRINT_SLOW || in->print == PRINT_SLOW ? PRINT_SLOW : PRINT_RUNNING,
               j->held ? why_of(s, role, in) : PRINTER_READY);
    if (j->held != was_held)
        show_page(s, role, PRINT_RUNNING, j->held);
}

/* TIMER_PRINT: longer than promised. */
static void slow(struct session *s)
{
    if (s->view.done.print == PRINT_RUNNING)
        s->view.done.print = PRINT_SLOW;
    if (s->view.ticket.print == PRINT_RUNNING)
        s->view.ticket.print = PRINT_SLOW;
}

static bool is_outcome(enum print_state print)
{
    return print == PRINT_DONE || print == PRINT_NOT || print == PRINT_UNKNOWN;
}

void jobs_input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_TIMER) {
        slow(s);
        return;
    }
    for (enum device_role role = DEVICE_RECEIPT; role <= DEVICE_TICKET; role++) {
        if (!s->jobs.of[role].running)
            continue;
        if (is_outcome(in->print) && !strcmp(s->jobs.of[role].token, in->job))
            outcome(s, role, in);
        else if (!is_outcome(in->print) && in->role == role)
            progress(s, role, in);
    }
}

/* Whose paper it is the last job of its role knows; another job's is recorded by what is known of it. */
void jobs_slip(struct session *s, const struct input *in)
{
    must(in->role < PRINTER_ROLES, "a paper of no printer");
    const struct job *j = &s->jobs.of[in->role];
    bool known = *in->job && !strcmp(j->token, in->job);

    if (in->slip == SLIP_TAKEN || in->slip == SLIP_BACK) {
        enum record_kind kind = in->slip == SLIP_TAKEN ? RECORD_PRINT_TAKEN : RECORD_PRINT_RETRACTED;

        if (known) {
            record_job(s, in->role, kind, "");
        } else {
            struct effect_record *r = record(s, in->role, kind, *in->job ? "" : "earlier");
            r->visit_scoped = false;
            text_copy(r->header.job, sizeof r->header.job, in->job);
            r->header.copy = *in->job ? 1 : 0;
        }
    }
    if (!known || !of_this_visit(s, in->role))
        return;
    *(in->role == DEVICE_TICKET ? &s->view.ticket.slip : &s->view.done.slip) = in->slip;
    s->touched = true; /* it is looked at */
}

void jobs_start_recorded(struct session *s)
{
    for (int role = 0; role < 2; role++)
        s->jobs.of[role].heard |= s->jobs.of[role].running;
}

/* The print-start could not be stored, so kiosk.c has not printed either: there is nothing to record. */
void jobs_start_failed(struct session *s)
{
    for (enum device_role role = DEVICE_RECEIPT; role <= DEVICE_TICKET; role++) {
        struct job *j = &s->jobs.of[role];
        if (!j->running || j->heard)
            continue;
        j->running = false;
        void_unprinted(s);
        if (j->test)
            tested(s, role, PRINT_NOT, health_of(s, role));
        effects_timer(s, TIMER_PRINT, 0);
        if (of_this_visit(s, role)) {
            show_state(s, role, PRINT_NOT, health_of(s, role));
            show_page(s, role, PRINT_NOT, false);
        }
    }
}

void jobs_visit_over(struct session *s)
{
    struct job *ticket = &s->jobs.of[DEVICE_TICKET];
    bool loose = s->view.ticket.number[0] && !s->view.ticket.kept;
    if (loose && ticket->running && of_this_visit(s, DEVICE_TICKET))
        ticket->void_if_not = true; /* its outcome decides */
    else if (loose && s->view.ticket.print == PRINT_NOT)
        queues_void(s);
    for (enum device_role role = DEVICE_RECEIPT; role <= DEVICE_TICKET; role++)
        if (s->jobs.of[role].running && s->jobs.of[role].held && !s->jobs.of[role].stopped)
            effects_print_stop(s, role);
}
