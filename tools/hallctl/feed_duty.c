/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is on duty hears of open alerts by the same outbox as what stands beside the terminals: one message for each look in
 * which there is something to tell. What was taken or is over by the time it goes out is not in it, and without anything
 * left it counts as told.
 */
#include <stdio.h>

#include "tools/hall/rules/feed.h"
#include "tools/hall/store/store_duty.h"
#include "tools/hallctl/feed.h"
#include "tools/hallctl/notice_text.h"

#define LISTED_MAX 20 /* alerts in a message; how many there are it says */
#define TEXT_MAX 600

int feed_look_duty(struct store *s, int office, int64_t now, struct err *e)
{
    struct duty_seen *seen = NULL;
    int rc = duty_see(s, office, now, &seen, e);

    if (rc == 0 && (rc = store_begin(s, e)) == 0) {
        rc = duty_settle(s, seen, e);
        if (rc == 0)
            rc = duty_looked(s, office, now, e);
        if (rc < 0)
            store_rollback(s);
        else
            rc = store_commit(s, e);
    }
    duty_forget(seen);
    return rc;
}

struct listing {
    struct jsonw *w;
    struct duty_row first;
    int n;
};

static int list_one(void *ctx, const struct duty_row *r)
{
    struct listing *l = ctx;
    char since[CLOCK_RFC3339_LEN + 1];

    if (l->n == 0)
        l->first = *r;
    if (l->n++ >= LISTED_MAX)
        return 0;
    clock_format_rfc3339(r->since, since);
    jsonw_obj(l->w, NULL);
    jsonw_str(l->w, "terminal", r->terminal);
    jsonw_str(l->w, "what", r->what);
    jsonw_str(l->w, "level", duty_level_word(r->level));
    jsonw_str(l->w, "since", since);
    jsonw_end(l->w);
    return 0;
}

static void say_text(struct jsonw *w, const struct store_notice *n, const struct listing *l)
{
    char people[12], since[CLOCK_RFC3339_LEN + 1], text[TEXT_MAX];

    snprintf(people, sizeof people, "%d", l->n);
    clock_format_rfc3339(l->first.since, since);
    since[16] = '\0'; /* 2026-01-05T09:10 */
    since[10] = ' ';
    jsonw_str(w, "text",
              notice_words(n->kind, (const char *[4]){people, l->first.terminal, l->first.what, since}, text, sizeof text));
}

int feed_say_duty(struct store *s, struct jsonw *w, const struct store_notice *n, int *ret_n, struct err *e)
{
    int64_t at_ms = feed_duty_at(n->about);
    struct listing l = {.w = w};
    char way[SHIFT_WAY_MAX + 1] = "";
    int rc = duty_way(s, n->office, n->number, at_ms, way, e);

    *ret_n = 0;
    if (rc < 0) /* somebody spoke up for all of it meanwhile: nothing is left to tell */
        return rc == -ERR_NOTFOUND ? 0 : rc;
    jsonw_str(w, "to", n->number);
    jsonw_str(w, "way", way);
    jsonw_arr(w, "alerts");
    rc = duty_each_told(s, n->office, n->number, at_ms, clock_wall_ms(), list_one, &l, e);
    jsonw_end(w);
    jsonw_int(w, "n", l.n);
    say_text(w, n, &l);
    *ret_n = l.n;
    return rc;
}
