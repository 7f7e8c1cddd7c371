/* SPDX-License-Identifier: Apache-2.0
 *
 * See edition_diff.h.
 */
#include "tools/hall/editions/edition_diff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "catalog/item_file.h"
#include "tools/hall/editions/edition_diff_json.h"
#include "tools/hall/editions/edition_words.h"

#define QUEUES_MAX 64

struct diff {
    struct catalog *from, *now;
    const struct edition_diff_to *to;
    void *ctx;
    int counts[EDITION_DIFF_KINDS];
    struct edition_diff_item item; /* that is told before its first field */
    bool told;
    struct err *e;
};

const char *edition_diff_word(enum edition_diff_kind k)
{
    static const char *const words[] = {"added", "gone", "changed"};

    return words[k];
}

const char *edition_diff_about(enum edition_diff_kind k)
{
    static const enum edition_word words[] = {EDITION_WORD_item_added, EDITION_WORD_item_gone, EDITION_WORD_item_changed};

    return edition_word(words[k]);
}

static void tell_item(struct diff *d)
{
    if (d->told)
        return;
    d->told = true;
    d->counts[d->item.kind]++;
    d->to->item(d->ctx, &d->item);
}

static void tell_field(void *ctx, const char *where, const char *before, const char *after)
{
    struct diff *d = ctx;

    tell_item(d);
    d->to->field(d->ctx, where, before, after);
}

/* --- items --- */

/* 1: read; 0: the catalogue does not have it. */
static int read_item(struct catalog *c, const char *code, struct buf *text, struct json **ret, struct err *e)
{
    struct err none = {0};
    int rc = catalog_item_file(c, code, text, &none);

    if (rc == -ERR_NOTFOUND)
        return 0;
    if (rc == 0)
        rc = json_parse(text->data, text->len, ITEM_FILE_MAX, ret, &none);
    if (rc < 0 && e)
        *e = none;
    return rc < 0 ? err_wrap(e, rc, "item %s", code) : 1;
}

static const char *text_of(const struct json *item, const char *key)
{
    const char *text = json_str(json_member(item, key));

    return text ? text : "";
}

static void name_item(struct diff *d, enum edition_diff_kind kind, const char *code, const struct json *item)
{
    d->told = false;
    d->item = (struct edition_diff_item){kind, code, text_of(item, "task_name"),
                                         text_of(json_member(item, "dept"), "dept_name")};
}

static int compare(struct diff *d, const char *code, const struct buf *a, const struct buf *b, const struct json *before,
                   const struct json *after)
{
    if (a->len == b->len && memcmp(a->data, b->data, a->len) == 0)
        return 0;
    name_item(d, before ? EDITION_ITEM_CHANGED : EDITION_ITEM_ADDED, code, after);
    if (before)
        edition_diff_json(before, after, tell_field, d);
    else
        tell_item(d);
    return 0;
}

static int each_now(void *ctx, const char *code)
{
    struct diff *d = ctx;
    struct json *before = NULL, *after = NULL;
    struct buf a, b;

    buf_init(&a, ITEM_FILE_MAX);
    buf_init(&b, ITEM_FILE_MAX);
    int rc = read_item(d->now, code, &b, &after, d->e);
    if (rc == 1)
        rc = read_item(d->from, code, &a, &before, d->e);
    if (rc >= 0)
        rc = compare(d, code, &a, &b, before, after);
    json_free(before);
    json_free(after);
    buf_finish(&a);
    buf_finish(&b);
    return rc;
}

static int each_before(void *ctx, const char *code)
{
    struct diff *d = ctx;
    struct json *before = NULL, *after = NULL;
    struct buf a, b;

    buf_init(&a, ITEM_FILE_MAX);
    buf_init(&b, ITEM_FILE_MAX);
    int rc = read_item(d->now, code, &b, &after, d->e);
    if (rc == 0 && (rc = read_item(d->from, code, &a, &before, d->e)) == 1) {
        name_item(d, EDITION_ITEM_GONE, code, before);
        tell_item(d);
    }
    json_free(before);
    json_free(after);
    buf_finish(&a);
    buf_finish(&b);
    return rc < 0 ? rc : 0;
}

/* --- queues --- */

static void field(struct diff *d, enum edition_word where, const char *before, const char *after)
{
    if (strcmp(before, after) != 0)
        tell_field(d, edition_word(where), before, after);
}

static void number(struct diff *d, enum edition_word where, int before, int after)
{
    char a[16], b[16];

    snprintf(a, sizeof a, "%d", before);
    snprintf(b, sizeof b, "%d", after);
    field(d, where, a, b);
}

static void yes(struct diff *d, enum edition_word where, bool before, bool after)
{
    field(d, where, edition_word(before ? EDITION_WORD_yes : EDITION_WORD_no),
          edition_word(after ? EDITION_WORD_yes : EDITION_WORD_no));
}

static bool same_hours(struct diff *d, const char *id)
{
    struct queue_hours *h = calloc(2, sizeof *h);
    bool is = true;

    if (h) {
        int a = catalog_queue_hours(d->from, id, &h[0]), b = catalog_queue_hours(d->now, id, &h[1]);

        is = a == b && memcmp(&h[0], &h[1], sizeof *h) == 0;
    }
    free(h);
    return is;
}

static void compare_queues(struct diff *d, const struct queue *a, const struct queue *b)
{
    const char *note = edition_word(EDITION_WORD_queue);
    const char letters[2][2] = {{a->letter}, {b->letter}};

    field(d, EDITION_WORD_queue_name, a->name, b->name);
    field(d, EDITION_WORD_queue_about, a->about, b->about);
    field(d, EDITION_WORD_queue_place, a->place, b->place);
    field(d, EDITION_WORD_queue_letter, letters[0], letters[1]);
    number(d, EDITION_WORD_queue_recall, a->recall, b->recall);
    yes(d, EDITION_WORD_queue_open, a->open, b->open);
    yes(d, EDITION_WORD_queue_priority, a->priority, b->priority);
    number(d, EDITION_WORD_queue_per_hour, a->per_hour, b->per_hour);
    number(d, EDITION_WORD_queue_days_ahead, a->days_ahead, b->days_ahead);
    if (!same_hours(d, a->id))
        tell_field(d, edition_word(EDITION_WORD_queue_hours), note, note);
}

static void name_queue(struct diff *d, enum edition_diff_kind kind, const struct queue *q, char code[QUEUE_ID_MAX + 8])
{
    snprintf(code, QUEUE_ID_MAX + 8, "queue:%s", q->id);
    d->told = false;
    d->item = (struct edition_diff_item){kind, code, q->name, edition_word(EDITION_WORD_queue)};
}

static const struct queue *find_queue(const struct queue *list, int n, const char *id)
{
    for (int i = 0; i < n; i++)
        if (strcmp(list[i].id, id) == 0)
            return &list[i];
    return NULL;
}

static void diff_queues(struct diff *d)
{
    static struct queue none[1];
    struct queue *all = calloc(2 * QUEUES_MAX, sizeof *all), *a = all ? all : none, *b = all ? all + QUEUES_MAX : none;
    int n = all ? catalog_queues(d->from, a, QUEUES_MAX) : 0, m = all ? catalog_queues(d->now, b, QUEUES_MAX) : 0;
    char code[QUEUE_ID_MAX + 8];

    for (int i = 0; i < m; i++) {
        const struct queue *was = find_queue(a, n, b[i].id);

        name_queue(d, was ? EDITION_ITEM_CHANGED : EDITION_ITEM_ADDED, &b[i], code);
        if (was)
            compare_queues(d, was, &b[i]);
        else
            tell_item(d);
    }
    for (int i = 0; i < n; i++)
        if (!find_queue(b, m, a[i].id)) {
            name_queue(d, EDITION_ITEM_GONE, &a[i], code);
            tell_item(d);
        }
    free(all);
}

/* --- the calendar --- */

static const char *day_words(const struct workday_calendar *c, struct date d)
{
    for (size_t i = 0; i < c->n; i++)
        if (date_compare(c->exceptions[i].date, d) == 0)
            return edition_word(c->exceptions[i].off ? EDITION_WORD_day_off : EDITION_WORD_day_worked);
    return edition_word(EDITION_WORD_day_ordinary);
}

static void diff_day(struct diff *d, const struct workday_calendar *a, const struct workday_calendar *b, struct date day)
{
    const char *before = day_words(a, day), *after = day_words(b, day);
    char text[16];

    snprintf(text, sizeof text, "%04d-%02d-%02d", day.year % 10000, day.month % 100, day.day % 100);
    if (before != after)
        tell_field(d, text, before, after);
}

static void diff_calendar(struct diff *d)
{
    const struct workday_calendar *a = catalog_calendar(d->from), *b = catalog_calendar(d->now);

    d->told = false;
    d->item = (struct edition_diff_item){EDITION_ITEM_CHANGED, "calendar", edition_word(EDITION_WORD_workdays), ""};
    for (size_t i = 0; i < b->n; i++)
        diff_day(d, a, b, b->exceptions[i].date);
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(day_words(b, a->exceptions[i].date), edition_word(EDITION_WORD_day_ordinary)) == 0)
            diff_day(d, a, b, a->exceptions[i].date);
}

int edition_diff(struct catalog *from, struct catalog *now, const struct edition_diff_to *to, void *ctx,
                 int ret_counts[EDITION_DIFF_KINDS], struct err *e)
{
    struct diff d = {.from = from, .now = now, .to = to, .ctx = ctx, .e = e};
    int rc = catalog_each_code(now, each_now, &d);

    if (rc == 0)
        rc = catalog_each_code(from, each_before, &d);
    if (rc == 0)
        diff_queues(&d);
    if (rc == 0)
        diff_calendar(&d);
    if (rc == 0 && ret_counts)
        memcpy(ret_counts, d.counts, sizeof d.counts);
    return rc;
}
