/* SPDX-License-Identifier: Apache-2.0
 *
 * See hours.h.
 */
#include "catalog/hours.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "catalog/source_known.h"

#define MINUTE_MS 60000LL
#define DAY_MINUTES 1440
#define BEIJING_MS (8 * 60 * MINUTE_MS) /* ahead of UTC */

/* --- reading --- */

static bool digits(const char **at, int least, int most, int *ret)
{
    int n = 0, value = 0;

    while (n < most && **at >= '0' && **at <= '9') {
        value = value * 10 + (*(*at)++ - '0');
        n++;
    }
    *ret = value;
    return n >= least;
}

struct reading {
    bool tolerant; /* keys that are not known are passed over */
    struct err *e;
};

static int known(const struct reading *r, const struct json *obj, const char *keys)
{
    return r->tolerant ? 0 : source_known(obj, keys, r->e);
}

/* "9:00", "09:00", "24:00" → minutes of the day. */
static bool time_of_day(const char **at, int *ret)
{
    int hour, minute;

    if (!digits(at, 1, 2, &hour) || *(*at)++ != ':' || !digits(at, 2, 2, &minute))
        return false;
    *ret = hour * 60 + minute;
    return minute < 60 && *ret <= DAY_MINUTES;
}

static int parse_span(const char *key, const char *text, int last, struct day_hours *d, struct err *e)
{
    const char *at = text ? text : "";
    int from, until;

    if (!time_of_day(&at, &from) || *at++ != '-' || !time_of_day(&at, &until) || *at)
        return err_set(e, ERR_INVALID, "hours.%s: \"%s\" is no interval: write it like 9:00-12:00", key, text ? text : "");
    if (until <= from)
        return err_set(e, ERR_INVALID,
                       "hours.%s: %s ends before it begins: an interval lies within one day; what goes on after midnight "
                       "belongs to the next day, from 0:00 on",
                       key, text);
    if (until - from <= last)
        return err_set(e, ERR_INVALID, "hours.%s: %s is not longer than the %d minutes of \"last\"", key, text, last);
    if (d->n && from <= d->at[d->n - 1].until)
        return err_set(e, ERR_INVALID,
                       "hours.%s: %s begins before the one before it is over: put them in order, or join them", key, text);
    d->at[d->n].from = from;
    d->at[d->n++].until = until;
    return 0;
}

/* *ret is untouched where the key is absent. */
static int parse_day(const struct json *hours, const char *key, int last, struct day_hours *ret, struct err *e)
{
    const struct json *arr = NULL;
    struct day_hours d = {.n = 0};
    int rc = json_opt_arr(hours, key, DAY_SPANS_MAX, &arr, e);

    for (size_t i = 0; rc == 0 && arr && i < json_len(arr); i++)
        rc = parse_span(key, json_str(json_at(arr, i)), last, &d, e);
    if (rc == 0 && arr)
        *ret = d;
    return rc;
}

static int parse_hours(const struct reading *r, const struct json *hours, struct queue_hours *h)
{
    static const char *const keys[HOURS_KINDS] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat", "working", "holidays"};
    const struct json *working;
    struct err *e = r->e;
    int64_t last = 0;
    int rc = known(r, hours, "working mon tue wed thu fri sat sun holidays last");

    if (rc == 0)
        rc = json_opt_int(hours, "last", 0, HOURS_LAST_MAX, &last, e);
    h->last = (int)last;
    if (rc == 0)
        rc = json_get_arr(hours, "working", DAY_SPANS_MAX, &working, e);
    if (rc == 0)
        rc = parse_day(hours, "working", h->last, &h->kind[HOURS_MADE_UP], e);
    for (int day = 1; day <= 5; day++)
        h->kind[day] = h->kind[HOURS_MADE_UP];
    for (int kind = 0; rc == 0 && kind < HOURS_KINDS; kind++)
        rc = parse_day(hours, keys[kind], h->last, &h->kind[kind], e);
    return rc;
}

/* "2026-10-10" */
static int get_day(const struct json *obj, const char *key, struct date *ret, struct err *e)
{
    const char *text = "";
    char plain[9];
    int rc = json_get_str(obj, key, DATE_LEN, DATE_LEN, &text, e);

    if (rc < 0)
        return rc;
    snprintf(plain, sizeof plain, "%.4s%.2s%.2s", text, text + 5, text + 8);
    if (text[4] != '-' || text[7] != '-' || !date_parse8(plain, ret))
        return err_set(e, ERR_INVALID, "\"%s\" is no day: write year-month-day", text);
    return 0;
}

static int parse_closure(const struct reading *r, const struct json *obj, struct closure *c)
{
    const char *reason = "", *english = "";
    struct err *e = r->e;
    int rc = known(r, obj, "from until reason reason_en");

    if (rc == 0)
        rc = get_day(obj, "from", &c->from, e);
    if (rc == 0)
        rc = get_day(obj, "until", &c->until, e);
    if (rc == 0 && date_compare(c->until, c->from) < 0)
        rc = err_set(e, ERR_INVALID, "it ends before it begins: \"until\" is its last day");
    if (rc == 0)
        rc = json_get_str(obj, "reason", 1, CLOSURE_REASON_MAX, &reason, e);
    if (rc == 0)
        rc = json_opt_str(obj, "reason_en", 1, CLOSURE_REASON_EN_MAX, &english, e);
    if (rc == 0 && !r->tolerant && (!text_is_line(reason) || (english[0] && !text_is_line(english))))
        rc = err_set(e, ERR_INVALID, "\"%s\" is read by residents: write words, in one line",
                     text_is_line(reason) ? "reason_en" : "reason");
    text_copy(c->reason, sizeof c->reason, reason);
    text_copy(c->reason_en, sizeof c->reason_en, english);
    return rc;
}

static int parse(const struct reading *r, const struct json *hours, const struct json *closures, struct queue_hours *ret)
{
    struct err *e = r->e;
    struct queue_hours h = {.last = 0};
    size_t n = closures ? json_len(closures) : 0;
    int rc = 0;

    if (!json_is_obj(hours))
        rc = err_set(e, ERR_INVALID, "hours is no object");
    else if (closures && (!json_is_arr(closures) || n > HOURS_CLOSURES_MAX))
        rc = err_set(e, ERR_INVALID, "closures is no list of at most %d", HOURS_CLOSURES_MAX);
    if (rc == 0)
        rc = parse_hours(r, hours, &h);
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = err_wrap(e, parse_closure(r, json_at(closures, i), &h.closures[h.n_closures++]), "closures[%zu]", i);
    if (rc == 0)
        *ret = h;
    return rc;
}

int hours_of_json(const struct json *hours, const struct json *closures, struct queue_hours *ret, struct err *e)
{
    return parse(&(struct reading){.e = e}, hours, closures, ret);
}

int hours_decode(const char *hours, const char *closures, struct queue_hours *ret, struct err *e)
{
    struct json *h = NULL, *c = NULL;
    int rc = json_parse(hours, strlen(hours), JSON_SIZE_MAX, &h, e);

    if (rc == 0)
        rc = json_parse(closures, strlen(closures), JSON_SIZE_MAX, &c, e);
    if (rc == 0)
        rc = parse(&(struct reading){.tolerant = true, .e = e}, h, c, ret);
    json_free(h);
    json_free(c);
    return rc;
}

/* --- what they mean --- */

static const struct closure *closure_on(const struct queue_hours *h, struct date d)
{
    for (int i = 0; i < h->n_closures; i++)
        if (date_compare(h->closures[i].from, d) <= 0 && date_compare(d, h->closures[i].until) <= 0)
            return &h->closures[i];
    return NULL;
}

const struct day_hours *hours_of_day(const struct queue_hours *h, const struct workday_calendar *c, struct date d)
{
    static const struct day_hours none = {.n = 0};

    if (closure_on(h, d))
        return &none;
    switch (workday_kind(c, d)) {
    case WORKDAY_HOLIDAY:
        return &h->kind[HOURS_HOLIDAY];
    case WORKDAY_MADE_UP:
        return &h->kind[HOURS_MADE_UP];
    case WORKDAY_ORDINARY:
    case WORKDAY_WEEKEND:
        break;
    }
    return &h->kind[date_weekday(d)];
}

/* The openings so far: each ends `last_ms` after its last number, which is when the next one may touch it. */
struct collecting {
    struct queue_times *t;
    int64_t now_ms, last_ms;
};

/* Its last number is given, and nothing went on from there. */
static void drop_over(struct collecting *k)
{
    if (k->t->n == 1 && k->t->at[0].until_ms <= k->now_ms)
        k->t->n = 0;
}

/* Adds one that has not ended. false: there is no room for it. */
static bool add(struct collecting *k, struct opening o, const struct day_hours *day)
{
    struct queue_times *t = k->t;

    if (t->n && t->at[t->n - 1].until_ms + k->last_ms == o.from_ms) {
        t->at[t->n - 1].until_ms = o.until_ms;
        return true;
    }
    drop_over(k);
    if (t->n == OPENINGS_MAX)
        return false;
    if (!t->n)
        t->day = *day;
    t->at[t->n++] = o;
    return true;
}

static bool add_day(const struct queue_hours *h, const struct workday_calendar *c, int64_t day, struct collecting *k)
{
    struct date d = date_of_days(day);
    const struct day_hours *hours = hours_of_day(h, c, d);
    int64_t midnight = day * DAY_MINUTES * MINUTE_MS - BEIJING_MS;

    for (int i = 0; i < hours->n; i++) {
        struct opening o = {midnight + hours->at[i].from * MINUTE_MS, midnight + (hours->at[i].until - h->last) * MINUTE_MS,
                            workday_may_move(c, d) != 0};

        if (o.until_ms + k->last_ms > k->now_ms && !add(k, o, hours))
            return false;
    }
    return true;
}

void hours_times(const struct queue_hours *h, const struct workday_calendar *c, int64_t now_ms, struct queue_times *ret)
{
    struct date today = date_of_ms(now_ms);
    const struct closure *closure = closure_on(h, today);
    int64_t first = date_to_days(today), day = first;

    struct collecting k = {ret, now_ms, h->last * MINUTE_MS};

    *ret = (struct queue_times){.known = true, .working = h->kind[HOURS_MADE_UP]};
    while (day < first + HOURS_LOOK_DAYS && add_day(h, c, day, &k))
        day++;
    drop_over(&k);
    if (!closure)
        return;
    ret->closed = true;
    text_copy(ret->reason, sizeof ret->reason, closure->reason);
    text_copy(ret->reason_en, sizeof ret->reason_en, closure->reason_en);
}
