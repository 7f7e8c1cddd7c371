/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows of a day: an event of a case that happened on it makes rows of up_pro_*, each item that is published today those
 * of up_task_*.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "catalog/item_file.h"
#include "tools/hall/exchange/case_rows.h"
#include "tools/hall/exchange/item_rows.h"
#include "tools/hall/store/store_report.h"
#include "tools/hallctl/exchange.h"

#define DAY_MS (24 * INT64_C(3600000))
#define CHINA_MS (8 * INT64_C(3600000))

/* An item's file, read once; doc NULL: the catalogue has no such item. */
struct known {
    char code[ITEM_CODE_MAX + 1];
    struct json *doc;
};
struct day {
    struct store *store;
    const struct published *published;
    const struct exchange_options *options;
    struct exchange_out *outs;
    int n_outs;
    char batch[20];
    int64_t from, before, now;
    struct known *items;
    size_t n_items;
    struct case_state state; /* of the case that is being read */
    struct case_event stop;  /* the last that began a procedure */
    int64_t last;
    struct err *e;
    int rc;
};

static int parse_item(struct day *d, const char *code, struct json **ret)
{
    struct buf text;

    buf_init(&text, ITEM_FILE_MAX);
    int rc = catalog_item_file(d->published->catalog, code, &text, d->e);
    if (rc == 0)
        rc = json_parse(text.data, text.len, ITEM_FILE_MAX, ret, d->e);
    buf_finish(&text);
    return rc;
}

/* NULL: it is not known, or d->rc says what failed. */
static const struct json *item_of(struct day *d, const char *code)
{
    for (size_t i = 0; i < d->n_items; i++)
        if (strcmp(d->items[i].code, code) == 0)
            return d->items[i].doc;
    struct known *more = realloc(d->items, (d->n_items + 1) * sizeof *more);
    if (!more) {
        d->rc = err_set(d->e, ERR_NOMEM, "the items of the day");
        return NULL;
    }
    d->items = more;
    more[d->n_items] = (struct known){.doc = NULL};
    text_copy(more[d->n_items].code, sizeof more->code, code);
    int rc = d->published->catalog ? parse_item(d, code, &more[d->n_items].doc) : 0;
    if (rc < 0 && rc != -ERR_NOTFOUND)
        d->rc = rc;
    return more[d->n_items++].doc;
}

/* --- rows --- */

static void put_common(const struct day *d, struct exchange_row *r)
{
    exchange_row_put(r, "batch", d->batch);
    exchange_row_put_time(r, "exported", d->now);
}

/* Whom GB/T 39046 calls a natural person applies for what is for natural persons alone; else the form says it, sealed. */
static void put_applicant(const struct json *item, struct exchange_row *r)
{
    const struct json *types = item ? json_member(item, "server_type") : NULL;

    if (types && json_is_arr(types) && json_len(types) == 1 && json_str(json_at(types, 0)))
        exchange_row_put(r, "applyer-type", json_str(json_at(types, 0)));
}

static void add_event(struct day *d, const struct exchange_event *x)
{
    const struct json *item = item_of(d, x->item);

    for (int i = 0; d->rc == 0 && i < d->n_outs; i++) {
        struct exchange_row r;

        exchange_row_init(&r, item, NULL);
        put_common(d, &r);
        put_applicant(item, &r);
        if (d->outs[i].table->items == EXCHANGE_CASES && exchange_case_row(x, d->outs[i].table->row, &r))
            exchange_out_add(&d->outs[i], &r);
        if (!buf_ok(&r.texts))
            d->rc = err_set(d->e, ERR_TOOLONG, "a row of case %s", x->number);
        exchange_row_finish(&r);
    }
}

static bool ends_stop(const struct case_state *before, const struct case_event *ev)
{
    return before->stopped && (ev->kind == CASE_EVENT_RESUME || ev->kind == CASE_EVENT_WITHDRAW);
}

static bool is_decision(const struct case_event *ev)
{
    return ev->kind == CASE_EVENT_DECIDE || ev->kind == CASE_EVENT_DECIDE_TACIT;
}

/* The number's first digits are its office. */
static bool is_wanted(const struct day *d, const struct case_event *ev)
{
    struct case_number n;

    if (ev->at < d->from || ev->at >= d->before)
        return false;
    return d->options->office_n < 0 || (case_number_parse(ev->number, &n) && n.office == d->options->office_n);
}

static void take_event(void *ctx, const struct case_event *ev)
{
    struct day *d = ctx;

    if (ev->seq == 1) {
        memset(&d->state, 0, sizeof d->state);
        d->last = ev->applied;
    }
    bool ends = ends_stop(&d->state, ev);
    case_apply(&d->state, ev);
    if (ev->kind == CASE_EVENT_STOP)
        d->stop = *ev;
    if (d->rc == 0 && is_wanted(d, ev)) {
        struct exchange_event x = {.number = ev->number,
                                   .item = d->state.limits.item,
                                   .event = ev,
                                   .stop = ends ? &d->stop : NULL,
                                   .state = &d->state,
                                   .before = d->last,
                                   .calendar = d->published->calendar};
        struct case_number n;

        if (is_decision(ev) && case_number_parse(ev->number, &n))
            d->rc = report_case_score(d->store, n.office, ev->number, &x.score, d->e);
        if (d->rc == 0)
            add_event(d, &x);
    }
    d->last = ev->at;
}

static int take_case(void *ctx, const struct case_file *f)
{
    const struct day *d = ctx;

    return d->rc < 0;
}

static int take_item(void *ctx, const char *code)
{
    struct day *d = ctx;
    struct json *item = NULL;

    d->rc = parse_item(d, code, &item);
    for (int i = 0; d->rc == 0 && i < d->n_outs; i++) {
        struct exchange_out *out = &d->outs[i];
        bool belongs = out->table->items != EXCHANGE_CASES && exchange_item_belongs(item, out->table->items);
        size_t n = belongs ? exchange_item_parts(item, out->table->row) : 0;

        for (size_t part = 0; part < n; part++) {
            struct exchange_row r;

            exchange_item_row(item, out->table->row, part, &r);
            put_common(d, &r);
            exchange_out_add(out, &r);
            exchange_row_finish(&r);
        }
    }
    json_free(item);
    return d->rc;
}

static void finish(struct day *d)
{
    for (size_t i = 0; i < d->n_items; i++)
        json_free(d->items[i].doc);
    free(d->items);
    free(d);
}

int exchange_day(struct store *s, const struct published *p, const struct exchange_options *o,
                 struct exchange_out outs[EXCHANGE_TABLES_MAX], int *ret_n, struct err *e)
{
    struct day *d = calloc(1, sizeof *d);
    const struct exchange_table *t;

    *ret_n = 0;
    if (!d)
        return err_set(e, ERR_NOMEM, "the exchange");
    *d = (struct day){.store = s, .published = p, .options = o, .outs = outs, .now = clock_wall_ms(), .e = e};
    d->from = date_to_days(o->day_n) * DAY_MS - CHINA_MS;
    d->before = d->from + DAY_MS;
    exchange_batch(o, d->batch);
    for (size_t i = 0; i < EXCHANGE_TABLES_MAX && (t = exchange_table(i)); i++)
        exchange_out_init(&outs[(*ret_n)++], t, &o->codes_n);
    d->n_outs = *ret_n;
    int rc = case_each_file(s, d->before, take_event, take_case, d, e);
    if (rc >= 0 && d->rc == 0 && p->catalog)
        catalog_each_code(p->catalog, take_item, d);
    rc = rc < 0 ? rc : d->rc;
    for (int i = 0; rc == 0 && i < *ret_n; i++)
        if (!buf_ok(&outs[i].csv) || !buf_ok(&outs[i].sql))
            rc = err_set(e, ERR_TOOLONG, "table %s", outs[i].table->name);
    finish(d);
    return rc;
}
