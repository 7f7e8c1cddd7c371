/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl system status: what is rolled out, and of each terminal what it runs, how far it is, and why not further.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
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
static enum rollout_reason judge(const struct rollout *r, const struct all *a, size_t i, struct rollout_terminal *room)
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
    return rollout_decide(r, &a->list[i].rule, room, n, now, clock_minute_of_day(now));
}

static const char *state_words[] = {"nothing is rolled out", "runs", "paused", "stopped", "withdrawn"};

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

static void put_rollout(const struct rollout *r, const char *why, bool json)
{
    struct buf out;
    struct jsonw w;

    if (!json) {
        printf("%s%s%s", r->version, *r->version ? ": " : "", state_words[r->state]);
        if (r->state != ROLLOUT_NONE)
            printf(", %d %% of all and those chosen, stops after %d failures", r->percent, r->stop_after);
        printf("%s%s\n", *why ? "; " : "", why);
        return;
    }
    buf_init(&out, 1024);
    jsonw_init(&w, &out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "state", state_words[r->state]);
    jsonw_str(&w, "version", r->version);
    jsonw_int(&w, "percent", r->percent);
    jsonw_int(&w, "stop_after", r->stop_after);
    jsonw_str(&w, "why", why);
    jsonw_end(&w);
    printf("{\"rollout\":%s,\"terminals\":[", buf_str(&out));
    buf_finish(&out);
}

static void put_terminals(const struct rollout *r, const struct all *a, struct rollout_terminal *room, bool json)
{
    struct hallctl_list l = {.json = json};

    for (size_t i = 0; i < a->n; i++) {
        enum rollout_reason why = judge(r, a, i, room);
        struct buf row;

        buf_init(&row, 4096);
        if (json)
            put_json(&row, &a->list[i], why);
        else
            put_line(&row, &a->list[i], why);
        hallctl_row(&l, &row);
    }
}

int system_status(struct store *s, bool json, struct err *e)
{
    struct rollout_terminal *room = NULL;
    struct all a = {.list = NULL};
    struct rollout r;
    char why[256];
    int rc = system_rollout(s, &r, why, sizeof why, e);

    if (rc == 0)
        rc = system_each(s, &r, -1, keep, &a, e);
    if (rc == 0 && (a.full || !(room = calloc(a.n + 1, sizeof *room))))
        rc = err_set(e, ERR_NOMEM, "the list of terminals");
    if (rc == 0) {
        put_rollout(&r, why, json);
        put_terminals(&r, &a, room, json);
        if (json)
            fputs("\n]}\n", stdout);
    }
    free(room);
    free(a.list);
    return rc;
}
