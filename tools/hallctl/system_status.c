/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl system status: what is rolled out, and of each terminal what it runs, how far it is, and why not further.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "tools/hallctl/edition_show.h"
#include "tools/hallctl/hallctl.h"
#include "tools/hallctl/system.h"

struct all {
    struct system_terminal *list;
    size_t n, room;
    bool full;
};

static int keep(void *ctx, const struct system_terminal *t)
{
    struct all *a = ctx;

    if (a->n == a->room) {
        size_t room = a->room ? 2 * a->room : 64;
        struct system_terminal *more = realloc(a->list, room * sizeof *more);

        if (!more)
            return a->full = true;
        a->list = more;
        a->room = room;
    }
    a->list[a->n++] = *t;
    return 0;
}

static bool are_neighbours(const struct system_terminal *a, const struct system_terminal *b)
{
    return a != b && a->office == b->office && strcmp(a->place.zone, b->place.zone) == 0 &&
           strcmp(a->place.spot, b->place.spot) == 0;
}

/* What the rule says of the i-th right now; terminals of an office stand together. */
static enum rollout_reason judge(const struct edition *ed, const struct all *a, size_t i, struct rollout_terminal *room)
{
    int64_t now = clock_wall_ms();
    size_t n = 0, from = i, to = i;

    while (from > 0 && a->list[from - 1].office == a->list[i].office)
        from--;
    while (to + 1 < a->n && a->list[to + 1].office == a->list[i].office)
        to++;
    for (size_t k = from; k <= to; k++)
        if (are_neighbours(&a->list[i], &a->list[k]))
            room[n++] = a->list[k].rule;
    return rollout_decide(ed, &a->list[i].rule, room, n, now, clock_minute_of_day(now));
}

static void put_json(struct buf *out, const struct system_terminal *t, enum rollout_reason why)
{
    const struct system_report *s = &t->rule.report;
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "terminal", t->id);
    jsonw_int(&w, "office", t->office);
    jsonw_str(&w, "running", s->running);
    jsonw_str(&w, "slot", s->slot);
    jsonw_str(&w, "other", s->other);
    jsonw_str(&w, "state", system_state_word(s->state));
    jsonw_str(&w, "version", s->version);
    jsonw_str(&w, "state_why", s->why);
    jsonw_int(&w, "since", s->at_s * 1000);
    jsonw_int(&w, "heard", t->rule.heard_ms);
    jsonw_str(&w, "pending", rollout_word(why));
    jsonw_end(&w);
}

static void put_line(struct buf *out, const struct system_terminal *t, enum rollout_reason why)
{
    const struct system_report *s = &t->rule.report;
    char heard[CLOCK_RFC3339_LEN + 1] = "never heard of";

    if (t->rule.heard_ms)
        clock_format_rfc3339(t->rule.heard_ms, heard);
    buf_addf(out, "%-20s office %04d  runs %s in %s, other %s  %s %s %s%s%s  heard %s: %s", t->id, t->office,
             *s->running ? s->running : "?", *s->slot ? s->slot : "?", *s->other ? s->other : "-",
             system_state_word(s->state), s->version, *s->why ? "(" : "", s->why, *s->why ? ")" : "", heard,
             rollout_about(why));
}

static void put_terminals(const struct edition *ed, const struct all *a, struct rollout_terminal *room, bool json)
{
    struct hallctl_list l = {.json = json};

    for (size_t i = 0; i < a->n; i++) {
        enum rollout_reason why = judge(ed, a, i, room);
        struct buf row;

        buf_init(&row, 4096);
        if (json)
            put_json(&row, &a->list[i], why);
        else
            put_line(&row, &a->list[i], why);
        hallctl_row(&l, &row);
    }
}

/* --- the versions --- */

#define EDITIONS_MAX 20
struct editions {
    struct edition_row of[EDITIONS_MAX];
    size_t n;
};

static int keep_edition(void *ctx, const struct edition_row *r)
{
    struct editions *l = ctx;

    l->of[l->n++] = *r;
    return l->n == EDITIONS_MAX;
}

static int put_editions(struct store *s, const struct editions *l, bool json, struct err *e)
{
    struct hallctl_list list = {.json = json};
    struct edition_figures f;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < l->n; i++) {
        struct buf row;

        rc = edition_count(s, &l->of[i].edition, clock_wall_ms(), &f, e);
        if (rc < 0)
            break;
        buf_init(&row, 4096);
        (json ? edition_show_json : edition_show_line)(&row, &l->of[i], &f);
        hallctl_row(&list, &row);
    }
    return rc;
}

/* What holds for terminals: its row. NULL: nothing was ever rolled out. */
static const struct edition_row *holds(const struct editions *l)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->of[i].edition.percent != EDITION_NO_STAGE)
            return &l->of[i];
    return NULL;
}

static void put_rollout(const struct edition_row *r, bool json)
{
    struct buf out;
    struct jsonw w;

    if (!json) {
        printf("rolled out: %s\n", r ? r->edition.name : "nothing");
        return;
    }
    buf_init(&out, 1024);
    jsonw_init(&w, &out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "state", r ? edition_state_word(r->edition.state) : "nothing is rolled out");
    jsonw_str(&w, "version", r ? r->edition.name : "");
    jsonw_int(&w, "percent", r ? r->edition.percent : 0);
    jsonw_int(&w, "stop_after", r ? r->edition.stop_after : 0);
    jsonw_str(&w, "why", r ? r->why : "");
    jsonw_end(&w);
    printf("{\"rollout\":%s,\"systems\":[", buf_str(&out));
    buf_finish(&out);
}

static int put_all(struct store *s, const struct editions *l, const struct edition *ed, const struct all *a, bool json,
                   struct err *e)
{
    struct rollout_terminal *room = calloc(a->n + 1, sizeof *room);

    if (!room)
        return err_set(e, ERR_NOMEM, "the list of terminals");
    put_rollout(holds(l), json);
    int rc = put_editions(s, l, json, e);
    if (rc == 0 && json)
        fputs("\n],\"terminals\":[", stdout);
    if (rc == 0)
        put_terminals(ed, a, room, json);
    if (rc == 0 && json)
        fputs("\n]}\n", stdout);
    free(room);
    return rc;
}

int system_status(struct store *s, bool json, struct err *e)
{
    static struct editions editions; /* one command, one status */
    struct all a = {.list = NULL};
    struct edition ed;
    int rc = system_rollout(s, &ed, e);

    if (rc == 0)
        rc = edition_each(s, EDITION_SYSTEM, 0, keep_edition, &editions, e);
    if (rc == 0)
        rc = system_each(s, &ed, -1, true, keep, &a, e);
    if (rc == 0 && a.full)
        rc = err_set(e, ERR_NOMEM, "the list of terminals");
    if (rc == 0)
        rc = put_all(s, &editions, &ed, &a, json, e);
    free(a.list);
    return rc;
}
