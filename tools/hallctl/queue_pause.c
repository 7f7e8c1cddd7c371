/* SPDX-License-Identifier: Apache-2.0
 *
 * What keeps a queue from giving numbers: paused until a time, closed for the day, and resumed.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tools/hall/store/store_queue.h"
#include "tools/hall/store/terminal.h"
#include "tools/hallctl/queue.h"

#define MINUTE_MS INT64_C(60000)

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

int queue_need_office(struct store *s, int number, struct err *e)
{
    struct office o = {.number = number};
    int rc = terminal_each(s, see_office, &o, e);

    return rc == 0 && !o.found ? err_set(e, ERR_NOTFOUND, "no terminal stands in office %d", number) : rc;
}

static int pause_until(struct store *s, const struct queue_options *o, int64_t until, struct err *e)
{
    int rc = queue_need_office(s, o->office_n, e);

    return rc == 0 ? queue_pause(s, o->office_n, o->queue, until, o->reason, e) : rc;
}

static void say(const struct queue_options *o, int64_t until)
{
    struct hallctl_object answer;

    if (!o->json)
        return;
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "queue", o->queue);
    jsonw_bool(&answer.w, "paused", until != 0);
    if (until) {
        jsonw_int(&answer.w, "paused_until", until);
        jsonw_str(&answer.w, "reason", o->reason);
    }
    hallctl_object_print(&answer);
}

/* until 0: resume. */
static int change(struct store *s, const struct queue_options *o, int64_t until)
{
    char action[40];
    struct err e = {0};
    int rc = store_begin(s, &e);

    if (rc < 0)
        return hallctl_fail(&e);
    rc = until ? pause_until(s, o, until, &e) : queue_resume(s, o->office_n, o->queue, &e);
    snprintf(action, sizeof action, "queue-%s", o->verb);
    if (rc == 0)
        rc = store_audit(s, o->office_n, hallctl_who(), action, o->queue, until ? o->reason : "", &e);
    if (rc < 0)
        store_rollback(s);
    else
        rc = store_commit(s, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    queue_renew(s, o);
    say(o, until);
    return EXIT_OK;
}

int queue_verb_pause(struct store *s, const struct queue_options *o)
{
    return change(s, o, o->until_ms);
}

int queue_pause_day(struct store *s, const struct queue_options *o)
{
    int64_t minute = o->at_ms - o->at_ms % MINUTE_MS;
    int64_t midnight = minute + (24 * 60 - clock_minute_of_day(minute)) * MINUTE_MS;

    return change(s, o, midnight);
}
