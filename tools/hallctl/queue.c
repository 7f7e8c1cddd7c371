/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl queue: what the windows do: call numbers, pause a queue, see how many wait. A running hall notices within a second
 * and tells its terminals.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "tools/hall/store/store_queue.h"
#include "tools/hall/store/terminal.h"
#include "tools/hallctl/hallctl.h"

#define COMMAND "hallctl queue"

static const char usage[] =
    "hallctl queue list   --data DIR --office N [--at TIME] [--json]\n"
    "hallctl queue call   --data DIR --office N --queue ID [--number NUMBER] [--at TIME] [--json]\n"
    "hallctl queue pause  --data DIR --office N --queue ID --until TIME --reason TEXT [--json]\n"
    "hallctl queue resume --data DIR --office N --queue ID [--json]\n"
    "list: who waits, and how long one who comes now will, by the pace of the last calls.\n"
    "call: the number, or whoever has waited longest; prints it. Each number is called once.\n"
    "pause: terminals give no numbers of this queue and say until when and why (at most 20 Chinese characters).\n"
    "  --at TIME     when it was, for calls that are entered later; default now\n"
    "  --until TIME  2026-01-05T11:00:00+08:00, which is still to come\n"
    "Exit: 0 done, 1 failed, 2 wrong arguments, 3 nobody waits, no such number, queue or office, no hall in DIR, 4 called\n"
    "already or void.\n";

struct options {
    const char *verb, *data, *office, *queue, *number, *at, *until, *reason;
    bool json;
    int office_number;
    int64_t at_ms, until_ms;
    char called[TICKET_NUMBER_MAX + 1]; /* the number that was called */
};

static const struct {
    const char *word, *needed, *taken; /* options, as options_fit() has them */
} verbs[] = {
    {"list", "--data --office", "--at --json"},
    {"call", "--data --office --queue", "--number --at --json"},
    {"pause", "--data --office --queue --until --reason", "--json"},
    {"resume", "--data --office --queue", "--json"},
};

/* -1: go on; else the exit code. */
static int check_verb(const struct options *o, const struct option_word *options)
{
    for (size_t i = 0; o->verb && i < sizeof verbs / sizeof *verbs; i++)
        if (!strcmp(o->verb, verbs[i].word))
            return options_fit(COMMAND, options, verbs[i].needed, verbs[i].taken);
    return options_wrong(COMMAND, "which: list, call, pause or resume");
}

/* Until when is said on every terminal: a time that is over would pause nothing. */
static int check_pause(struct options *o)
{
    int code = options_time(COMMAND, "--until", o->until, &o->until_ms);

    if (code < 0 && o->until_ms <= clock_wall_ms())
        code = options_wrong(COMMAND, "--until %s is over already", o->until);
    if (code < 0 && (strlen(o->reason) > QUEUE_REASON_MAX || !text_is_line(o->reason)))
        code = options_wrong(COMMAND,
                             "--reason is read by residents: words in one line, at most 60 bytes, 20 Chinese characters");
    return code;
}

/* -1: go on; else the exit code. */
static int check(struct options *o, const struct option_word *options)
{
    int64_t office = 0;
    int code = check_verb(o, options);

    if (code < 0)
        code = options_number(COMMAND, "--office", o->office, 0, 9999, &office);
    o->office_number = (int)office;
    o->at_ms = clock_wall_ms();
    if (code < 0 && o->queue && !queue_id_valid(o->queue))
        code = options_wrong(COMMAND, "--queue is the id of a queue, a-z 0-9 _ and -");
    if (code < 0 && o->at)
        code = options_time(COMMAND, "--at", o->at, &o->at_ms);
    return code < 0 && o->until ? check_pause(o) : code;
}

/* --- list --- */

static void put_json(struct buf *out, const struct queue_now *q)
{
    struct jsonw w;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "queue", q->id);
    if (q->waiting >= 0)
        jsonw_int(&w, "waiting", q->waiting);
    else
        jsonw_null(&w, "waiting");
    if (q->minutes >= 0)
        jsonw_int(&w, "minutes", q->minutes);
    else
        jsonw_null(&w, "minutes");
    if (q->paused_until) {
        jsonw_int(&w, "paused_until", q->paused_until);
        jsonw_str(&w, "reason", q->reason);
    }
    jsonw_end(&w);
}

static void put_line(struct buf *out, const struct queue_now *q)
{
    char until[CLOCK_RFC3339_LEN + 1];
    buf_addf(out, "%-20s", q->id);
    if (q->waiting >= 0)
        buf_addf(out, " %4d waiting", q->waiting);
    else
        buf_adds(out, "    ? waiting");
    if (q->minutes >= 0)
        buf_addf(out, ", about %d min", q->minutes);
    else
        buf_adds(out, ", time not known");
    if (q->paused_until) {
        clock_format_rfc3339(q->paused_until, until);
        buf_addf(out, ", paused until %s: %s", until, q->reason);
    }
}

static int list(struct store *s, const struct options *o, struct err *e)
{
    struct queues_now now;
    struct hallctl_list l = {.json = o->json};
    int rc = queue_state(s, o->office_number, o->at_ms, &now, e);
    if (rc)
        return rc;
    if (l.json)
        fputs("[", stdout);
    for (int i = 0; i < now.n; i++) {
        struct buf row;
        buf_init(&row, 4096);
        if (l.json)
            put_json(&row, &now.list[i]);
        else
            put_line(&row, &now.list[i]);
        hallctl_row(&l, &row);
    }
    if (l.json)
        fputs("\n]\n", stdout);
    return 0;
}

/* --- what changes something --- */

static int call(struct store *s, struct options *o, struct err *e)
{
    return queue_call(s, o->office_number, o->queue, date_of_ms(o->at_ms), o->number, o->at_ms, o->called, e);
}

struct office {
    int number;
    bool found;
};

static int see_office(void *ctx, const struct terminal *t)
{
    struct office *o = ctx;

    o->found |= t->office == o->number;
    return 0;
}

/* A pause is told by terminals: of an office without one, the number is mistyped. */
static int need_office(struct store *s, int number, struct err *e)
{
    struct office o = {.number = number};
    int rc = terminal_each(s, see_office, &o, e);

    return rc == 0 && !o.found ? err_set(e, ERR_NOTFOUND, "no terminal stands in office %d", number) : rc;
}

static int pause_queue(struct store *s, const struct options *o, struct err *e)
{
    int rc = need_office(s, o->office_number, e);
    if (rc == 0)
        rc = queue_pause(s, o->office_number, o->queue, o->until_ms, o->reason, e);
    return rc ? rc : store_audit(s, o->office_number, hallctl_who(), "queue-pause", o->queue, o->reason, e);
}

static int resume(struct store *s, const struct options *o, struct err *e)
{
    int rc = queue_resume(s, o->office_number, o->queue, e);
    return rc ? rc : store_audit(s, o->office_number, hallctl_who(), "queue-resume", o->queue, "", e);
}

/* What the queue is now. For people: the number called, else nothing. */
static void say(const struct options *o)
{
    struct hallctl_object answer;

    if (!o->json) {
        if (o->called[0])
            printf("%s %s\n", o->queue, o->called);
        return;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "queue", o->queue);
    if (o->called[0])
        jsonw_str(&answer.w, "number", o->called);
    else
        jsonw_bool(&answer.w, "paused", o->until_ms != 0);
    if (o->until_ms) {
        jsonw_int(&answer.w, "paused_until", o->until_ms);
        jsonw_str(&answer.w, "reason", o->reason);
    }
    hallctl_object_print(&answer);
}

static int change(struct store *s, struct options *o, struct err *e)
{
    int rc = store_begin(s, e);
    if (rc)
        return rc;
    rc = !strcmp(o->verb, "call") ? call(s, o, e) : !strcmp(o->verb, "pause") ? pause_queue(s, o, e) : resume(s, o, e);
    if (rc)
        store_rollback(s);
    else
        rc = store_commit(s, e);
    if (rc == 0)
        say(o);
    return rc;
}

int hallctl_queue(int argc, char **argv)
{
    struct options o = {0};
    struct store *s = NULL;
    struct err e = {0};
    const struct option_word options[] = {
        {"--data", &o.data, NULL},     {"--office", &o.office, NULL}, {"--queue", &o.queue, NULL},
        {"--number", &o.number, NULL}, {"--at", &o.at, NULL},         {"--until", &o.until, NULL},
        {"--reason", &o.reason, NULL}, {"--json", NULL, &o.json},     {0}};
    int n, code = options_read(COMMAND, argc, argv, usage, options, &o.verb, 1, &n);
    if (code < 0)
        code = check(&o, options);
    if (code >= 0)
        return code;
    int rc = store_open(o.data, &s, &e);
    if (rc == 0)
        rc = strcmp(o.verb, "list") ? change(s, &o, &e) : list(s, &o, &e);
    store_close(s);
    return rc ? hallctl_fail(&e) : EXIT_OK;
}
