/* SPDX-License-Identifier: Apache-2.0
 *
 * Events for what stands beside the terminals: a door, a terminal that was tampered with, a long queue, a yellow or red
 * card. Cards come into the outbox each morning (`hallctl notice due`), the others when somebody looks.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/rules/feed.h"
#include "tools/hall/store/store_call.h"
#include "tools/hall/store/store_case.h"
#include "tools/hall/store/store_feed.h"
#include "tools/hallctl/feed.h"
#include "tools/hallctl/notice_text.h"

#define TEXT_MAX 400
#define NAME_MAX_BYTES 400 /* of an item or a queue */

/* --- looking --- */

struct looking {
    struct store *store;
    int64_t now;
    int office, rc;
    struct err *e;
};

static int add(struct looking *l, int office, const char *subject, enum notice_kind kind, const char *about)
{
    int rc = kind == NOTICES ? 0 : store_notice_add(l->store, office, subject, kind, about, l->now, l->e);

    l->rc = rc < 0 ? rc : l->rc;
    return rc < 0;
}

static int add_queue(void *ctx, const char *queue, int people)
{
    struct looking *l = ctx;
    char about[NOTICE_ABOUT_MAX + 1];
    enum notice_kind kind = feed_of_queue(l->now, about);

    return add(l, l->office, queue, kind, about);
}

static int add_alert(void *ctx, const struct store_alert_row *a)
{
    struct looking *l = ctx;
    char about[NOTICE_ABOUT_MAX + 1];
    enum notice_kind kind = feed_of_alert(a->what, a->last, l->now, about);

    return add(l, a->office, a->terminal, kind, about);
}

static int ended(struct looking *l, int rc)
{
    if (rc >= 0 && l->rc < 0)
        rc = l->rc;
    if (rc < 0)
        store_rollback(l->store);
    return rc < 0 ? rc : store_commit(l->store, l->e);
}

int feed_look(struct store *s, int64_t now, struct err *e)
{
    static struct hallctl_offices all;
    struct looking l = {.store = s, .now = now, .e = e};
    int64_t today = date_to_days(date_of_ms(now));

    int rc = hallctl_all_offices(s, &all, e);
    for (int i = 0; rc >= 0 && i < all.n; i++) {
        l.office = all.list[i];
        rc = store_begin(s, e);
        if (rc == 0)
            rc = ended(&l, feed_each_long(s, l.office, today, feed_long(), add_queue, &l, e));
    }
    for (int i = 0; rc >= 0 && i < all.n; i++)
        rc = feed_look_duty(s, all.list[i], now, e);
    if (rc >= 0)
        rc = feed_look_duty(s, 0, now, e); /* what is of the whole hall */
    if (rc >= 0)
        rc = store_begin(s, e);
    if (rc == 0)
        rc = ended(&l, store_each_alert(s, add_alert, &l, e));
    return rc < 0 ? err_wrap(e, rc, "look for events") : 0;
}

/* --- saying --- */

static int say_terminal(struct jsonw *w, const struct store_notice *n)
{
    char alert[NOTICE_ABOUT_MAX + 1], text[TEXT_MAX];

    feed_alert_of(n->about, alert);
    jsonw_str(w, "terminal", n->number);
    jsonw_str(w, "what", alert);
    jsonw_str(w, "text", notice_words(n->kind, (const char *[4]){n->number, alert, "", ""}, text, sizeof text));
    return 0;
}

static int say_queue(struct store *s, struct jsonw *w, const struct store_notice *n, struct err *e)
{
    char name[60], people[12], at[8], text[TEXT_MAX];
    int minute = clock_minute_of_day(n->made), rc = call_queue_name(s, n->number, name, e);

    if (rc < 0)
        return rc;
    snprintf(people, sizeof people, "%d", feed_long());
    snprintf(at, sizeof at, "%02d:%02d", minute / 60 % 24, minute % 60);
    jsonw_str(w, "queue", n->number);
    jsonw_int(w, "limit", feed_long());
    jsonw_str(w, "text", notice_words(n->kind, (const char *[4]){name, people, at, ""}, text, sizeof text));
    return 0;
}

/* `about` has the rule and the day: "promise-late 2026-02-04". */
static int say_card(const struct feed_saying *saying, struct jsonw *w, const struct store_notice *n, struct err *e)
{
    char rule[NOTICE_ABOUT_MAX + 1], name[NAME_MAX_BYTES], number[24], text[TEXT_MAX + NAME_MAX_BYTES];
    const char *since = strchr(n->about, ' ');
    struct case_file f;
    int rc = case_file_read(saying->store, n->office, n->number, NULL, NULL, &f, e);

    if (rc < 0)
        return rc;
    feed_alert_of(n->about, rule);
    published_name(saying->published, f.item, name, sizeof name);
    case_number_group(f.number, number);
    since = since ? since + 1 : "";
    jsonw_str(w, "number", f.number);
    jsonw_str(w, "item", f.item);
    jsonw_str(w, "rule", rule);
    jsonw_str(w, "since", since);
    jsonw_str(w, "post", f.state.post);
    jsonw_str(w, "text", notice_words(n->kind, (const char *[4]){name, number, since, ""}, text, sizeof text));
    return 0;
}

static int say(const struct feed_saying *saying, struct jsonw *w, const struct store_notice *n, int *ret_n, struct err *e)
{
    if (n->kind == NOTICE_FEED_DUTY || n->kind == NOTICE_FEED_DUTY_NOBODY)
        return feed_say_duty(saying->store, w, n, ret_n, e);
    if (n->kind == NOTICE_FEED_DOOR || n->kind == NOTICE_FEED_TAMPER)
        return say_terminal(w, n);
    return n->kind == NOTICE_FEED_QUEUE ? say_queue(saying->store, w, n, e) : say_card(saying, w, n, e);
}

int feed_compose(void *ctx, const struct store_notice *n, const char *id, struct buf *json, struct err *e)
{
    struct jsonw w;
    char at[CLOCK_RFC3339_LEN + 1];

    if (clock_wall_ms() - n->made >= FEED_NEWS_MS)
        return 0;
    clock_format_rfc3339(n->made, at);
    jsonw_init(&w, json);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "id", id);
    jsonw_str(&w, "kind", notice_word(n->kind) + sizeof NOTICE_FEED_PREFIX - 1);
    jsonw_int(&w, "office", n->office);
    jsonw_str(&w, "at", at);
    int left = 1, rc = say(ctx, &w, n, &left, e);
    jsonw_end(&w);
    if (rc == 0 && left == 0)
        buf_reset(json);
    return rc;
}
