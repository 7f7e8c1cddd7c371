/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl appointment: hours at the windows. What terminals do by card, staff do for whoever telephones or stands at the
 * counter without one: then number and code on the paper say whose it is.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/rules/slot.h"
#include "tools/hall/store/store_arrival.h"
#include "tools/hall/store/store_queue.h"
#include "tools/hallctl/appointment.h"
#include "tools/hallctl/queue.h"
#include "wire/record.h"

#define COMMAND "hallctl appointment"
#define TRIES 20 /* as many may book at one moment */

static const char usage[] =
    "hallctl appointment free     --data DIR --office N --queue ID [--json]\n"
    "hallctl appointment list     --data DIR --office N [--day DAY] [--json]\n"
    "hallctl appointment book     --data DIR --office N --queue ID --from TIME --staff NAME [--json]\n"
    "hallctl appointment move     --data DIR --office N --number NUMBER --code CODE --from TIME --staff NAME [--json]\n"
    "hallctl appointment cancel   --data DIR --office N --number NUMBER --code CODE --staff NAME [--json]\n"
    "hallctl appointment check-in --data DIR --office N --number NUMBER --code CODE --ticket NUMBER --staff NAME [--json]\n"
    "An hour at the windows of a queue, of which as many people may have one as the catalogue says (appointments in\n"
    "queues.json). Terminals book by card; these verbs are for whoever telephones, or has the paper and no card.\n"
    "free: the next days that have hours, and how many places of each are left. list: who has booked that day (default\n"
    "  today); no name is known here. book: for somebody; tell him number and code. move: another hour of the same queue;\n"
    "  number and code are new. cancel: the hour is free again.\n"
    "check-in: from an hour before. --ticket is the number he took of that queue; from its hour on it is called before\n"
    "  those who have not booked.\n"
    "  --from TIME   2026-01-05T09:00:00+08:00, one of those that free shows\n"
    "  --day DAY     2026-01-05\n"
    "Exit: 0 done, 1 failed, 2 wrong arguments, 3 no such appointment, queue or office, no hall in DIR, 4 refused (with\n"
    "--json the reason is \"refused\").\n";

/* --- arguments --- */

static int read_day(struct appointment_options *o)
{
    struct date d;

    o->day_n = date_to_days(date_of_ms(o->now));
    if (!o->day)
        return -1;
    if (!record_day_parse(o->day, &d))
        return options_wrong(COMMAND, "--day is written like 2026-01-05");
    o->day_n = date_to_days(d);
    return -1;
}

static int check_words(const struct appointment_options *o)
{
    if (o->queue && !queue_id_valid(o->queue))
        return options_wrong(COMMAND, "--queue is the id of a queue, a-z 0-9 _ and -");
    if (o->number && !appointment_number_valid(o->number))
        return options_wrong(COMMAND, "--number stands on the paper, like A0105-0900-1");
    if (o->code && (strlen(o->code) != APPOINTMENT_CODE_LEN || strspn(o->code, "0123456789") != APPOINTMENT_CODE_LEN))
        return options_wrong(COMMAND, "--code has %d digits, beside the number on the paper", APPOINTMENT_CODE_LEN);
    if (o->ticket && (!o->ticket[0] || strlen(o->ticket) > TICKET_NUMBER_MAX))
        return options_wrong(COMMAND, "--ticket is the number of the queue he took, like \"A 032\"");
    return hallctl_line(COMMAND, "--staff", o->staff, CALL_STAFF_MAX);
}

static int check(struct appointment_options *o, const struct option_word *words, const char *needed, const char *taken)
{
    int64_t office = 0;
    int code = options_fit(COMMAND, words, needed, taken);

    o->now = clock_wall_ms();
    if (code < 0)
        code = options_number(COMMAND, "--office", o->office, 0, 9999, &office);
    o->office_n = (int)office;
    if (code < 0 && o->from)
        code = options_time(COMMAND, "--from", o->from, &o->from_ms);
    code = code < 0 ? read_day(o) : code;
    return code < 0 ? check_words(o) : code;
}

/* --- what changes something --- */

static int audit(struct appointment_deed *d, struct err *e)
{
    char action[40];

    snprintf(action, sizeof action, "appointment-%s", d->options->verb);
    return store_audit(d->store, d->options->office_n, hallctl_who(), action, d->found.number, d->options->staff, e);
}

/* Another hour is one of the same queue. */
static int step_wish(struct appointment_deed *d, struct err *e)
{
    const struct appointment_options *o = d->options;
    struct appointment_asked a = {
        .office = o->office_n, .now = o->now, .wish = &d->wish, .offer = d->offered ? &d->offer : NULL, .code = o->code};
    int rc = appointment_do(d->store, &a, &d->answer, e);

    if (rc == 0 && d->answer.refused == APPOINTMENT_MAY)
        rc = appointment_find(d->store, o->office_n, d->answer.done[0] ? d->answer.done : o->number, &d->found, e);
    return rc < 0 ? rc : 0;
}

static int step_arrive(struct appointment_deed *d, struct err *e)
{
    const struct appointment_options *o = d->options;
    char ticket[TICKET_NUMBER_MAX + 1];
    int rc = appointment_find(d->store, o->office_n, o->number, &d->found, e);

    if (rc >= 0)
        d->answer.refused = slot_judge_arrive(rc == 1 && strcmp(d->found.code, o->code) == 0 ? &d->found : NULL, o->now);
    if (rc < 0 || d->answer.refused != APPOINTMENT_MAY)
        return rc < 0 ? rc : 0;
    int64_t today = date_to_days(date_of_ms(d->found.from));
    rc = arrival_ticket(d->store, o->office_n, today, d->found.queue, o->ticket, ticket, e);
    const struct arrival a = {o->office_n, o->number, d->found.queue, today, ticket};
    if (rc == 1)
        rc = arrival_add(d->store, &a, e);
    if (rc == 0)
        d->answer.refused = APPOINTMENT_REFUSED_NO_TICKET;
    d->found.state = APPOINTMENT_ARRIVED;
    return rc < 0 ? rc : 0;
}

static int try_once(struct appointment_deed *d, struct err *e)
{
    int rc = store_begin(d->store, e);

    if (rc < 0)
        return rc;
    d->answer = (struct my_appointments){.at = d->options->now};
    rc = queue_need_office(d->store, d->options->office_n, e);
    if (rc == 0)
        rc = d->options->ticket ? step_arrive(d, e) : step_wish(d, e);
    if (rc == 0 && d->answer.refused == APPOINTMENT_MAY)
        rc = audit(d, e);
    if (rc == 0 && d->answer.refused == APPOINTMENT_MAY)
        return store_commit(d->store, e);
    store_rollback(d->store);
    return rc;
}

static int verb_change(struct appointment_deed *d)
{
    struct err e = {0};
    int rc = -ERR_RETRY;

    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
        e = (struct err){0};
        rc = try_once(d, &e);
    }
    if (rc < 0) {
        err_wrap(&e, rc, "%s: nothing was changed", d->options->verb);
        return hallctl_fail(&e);
    }
    if (d->answer.refused != APPOINTMENT_MAY)
        return appointment_say_refused(d);
    if (d->options->ticket)
        queue_renew(d->store, &(struct queue_options){.data = d->options->data, .office_n = d->options->office_n});
    return appointment_say_done(d);
}

/* --- the command --- */

static const struct {
    const char *word, *needed, *taken;
    enum appointment_verb wish; /* of those that wish for something */
    int (*run)(struct appointment_deed *d);
} verbs[] = {
    {"free", "--data --office --queue", "--json", APPOINTMENT_FREE, appointment_show_free},
    {"list", "--data --office", "--day --json", APPOINTMENT_LIST, appointment_show_list},
    {"book", "--data --office --queue --from --staff", "--json", APPOINTMENT_BOOK, verb_change},
    {"move", "--data --office --number --code --from --staff", "--json", APPOINTMENT_MOVE, verb_change},
    {"cancel", "--data --office --number --code --staff", "--json", APPOINTMENT_CANCEL, verb_change},
    {"check-in", "--data --office --number --code --ticket --staff", "--json", APPOINTMENT_LIST, verb_change},
};
#define N_VERBS (sizeof verbs / sizeof *verbs)

/* The wish, and what the catalogue offers of its queue. */
static int prepare(struct appointment_deed *d, enum appointment_verb verb, struct err *e)
{
    const struct appointment_options *o = d->options;
    struct appointment there = {.queue = ""};
    int rc = published_open(o->data, &d->book, e);

    d->wish = (struct appointment_wish){.verb = verb, .from = o->from_ms};
    if (rc == 0 && verb == APPOINTMENT_MOVE)
        rc = appointment_find(d->store, o->office_n, o->number, &there, e);
    if (rc < 0)
        return rc;
    text_copy(d->wish.queue, sizeof d->wish.queue, o->queue ? o->queue : there.queue);
    if (o->number && verb != APPOINTMENT_LIST)
        text_copy(d->wish.which, sizeof d->wish.which, o->number);
    if (o->from)
        store_uuid(d->wish.id);
    d->offered = d->book.catalog && d->wish.queue[0] &&
                 catalog_offer(d->book.catalog, d->wish.queue, date_to_days(date_of_ms(o->now)), &d->offer) == 1;
    return 0;
}

static int run(const struct appointment_options *o, size_t verb)
{
    struct appointment_deed d = {.options = o};
    struct err e = {0};
    int rc = store_open(o->data, &d.store, &e);

    if (rc == 0)
        rc = prepare(&d, verbs[verb].wish, &e);
    int code = rc < 0 ? hallctl_fail(&e) : verbs[verb].run(&d);
    published_close(&d.book);
    store_close(d.store);
    return code;
}

int hallctl_appointment(int argc, char **argv)
{
    struct appointment_options o = {.json = false};
    const struct option_word words[] = {{"--data", &o.data, NULL},
                                        {"--office", &o.office, NULL},
                                        {"--queue", &o.queue, NULL},
                                        {"--day", &o.day, NULL},
                                        {"--from", &o.from, NULL},
                                        {"--number", &o.number, NULL},
                                        {"--code", &o.code, NULL},
                                        {"--ticket", &o.ticket, NULL},
                                        {"--staff", &o.staff, NULL},
                                        {"--json", NULL, &o.json},
                                        {0}};
    int n, code = options_read(COMMAND, argc, argv, usage, words, &o.verb, 1, &n);

    if (code >= 0)
        return code;
    size_t verb = hallctl_verb(verbs, sizeof *verbs, N_VERBS, o.verb);
    if (verb == N_VERBS)
        return hallctl_which(COMMAND, verbs, sizeof *verbs, N_VERBS);
    code = check(&o, words, verbs[verb].needed, verbs[verb].taken);
    return code >= 0 ? code : run(&o, verb);
}
