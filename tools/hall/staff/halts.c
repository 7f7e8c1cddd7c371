/* SPDX-License-Identifier: Apache-2.0
 *
 * Items that are taken off everywhere (rules/halt.h):
 *
 *   GET  /api/halts          {"at","halts":[{"item","name","zh","en","by","why","since","has":12,"lacks":1,"newer":0,
 *                            "waits":[{"terminal","office","zone","spot","device","heard"}],"more":false}]}, the oldest
 * first POST /api/items          {"text"}: {"items":[{"item","name","dept"}]}: what the catalogue of all finds of it POST
 * /api/halt/off, on   {"item","reason","zh","en"}; zh and en of off alone: {"at","item","name","off"}. 409 where it is so
 * already, 404 for an unknown item, 422 for all else, by rules/halt_refusal.def
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "catalog/catalog.h"
#include "tools/hall/editions/halt_deed.h"
#include "tools/hall/editions/halt_stand.h"
#include "tools/hall/staff/edition_view.h"
#include "tools/hall/staff/edition_wire.h"

#define WAITS_MAX 20
#define ITEMS_MAX 8

/* --- what is off --- */

struct one {
    struct halt_row row;
    int has, lacks, newer;
    struct halt_seen waits[WAITS_MAX];
};
struct listing {
    struct one of[HALTS_MAX];
    int n;
    struct halt_stands *stands;
};

static int keep_row(void *ctx, const struct halt_row *r)
{
    struct listing *l = ctx;

    l->of[l->n++].row = *r;
    return l->n == HALTS_MAX;
}

static int see(void *ctx, const struct halt_seen *t)
{
    struct listing *l = ctx;

    for (int i = 0; i < l->n; i++) {
        struct one *o = &l->of[i];

        enum halt_stand is = halt_stand(l->stands, i, &o->row, t);

        o->has += is == HALT_STAND_OFF;
        o->newer += is == HALT_STAND_NEWER;
        if (is != HALT_STAND_WAITS)
            continue;
        if (o->lacks < WAITS_MAX)
            o->waits[o->lacks] = *t;
        o->lacks++;
    }
    return 0;
}

static void put_waits(struct jsonw *w, const struct one *o)
{
    jsonw_arr(w, "waits");
    for (int i = 0; i < o->lacks && i < WAITS_MAX; i++) {
        const struct halt_seen *t = &o->waits[i];

        jsonw_obj(w, NULL);
        jsonw_str(w, "terminal", t->id);
        jsonw_int(w, "office", t->office);
        jsonw_str(w, "zone", t->place.zone);
        jsonw_str(w, "spot", t->place.spot);
        jsonw_str(w, "device", t->place.device);
        edition_put_at(w, "heard", t->heard_ms);
        jsonw_end(w);
    }
    jsonw_end(w);
    jsonw_bool(w, "more", o->lacks > WAITS_MAX);
}

static void put_one(struct jsonw *w, const struct one *o)
{
    const struct halt_row *r = &o->row;

    jsonw_obj(w, NULL);
    jsonw_str(w, "item", r->halt.task_code);
    jsonw_str(w, "name", r->name);
    jsonw_str(w, "zh", r->halt.zh);
    jsonw_str(w, "en", r->halt.en);
    jsonw_str(w, "by", r->by);
    jsonw_str(w, "why", r->why);
    edition_put_at(w, "since", r->halt.at_ms);
    jsonw_int(w, "has", o->has);
    jsonw_int(w, "lacks", o->lacks);
    jsonw_int(w, "newer", o->newer);
    put_waits(w, o);
    jsonw_end(w);
}

static int put_all(struct ask *a, struct store *s, struct listing *l, struct err *e)
{
    int rc = halt_each(s, keep_row, l, e);

    if (rc == 0 && l->n)
        rc = halt_each_terminal(s, see, l, e);
    if (rc < 0)
        return rc;
    ask_answer(a, 200);
    edition_put_at(&a->w, "at", a->now);
    jsonw_arr(&a->w, "halts");
    for (int i = 0; i < l->n; i++)
        put_one(&a->w, &l->of[i]);
    jsonw_end(&a->w);
    return 0;
}

static int halts_read(struct ask *a, struct store *s, struct err *e)
{
    struct listing *l = calloc(1, sizeof *l);
    int rc = 0;

    if (!l || !(l->stands = halt_stands_create(a->desk->data)))
        rc = err_set(e, ERR_NOMEM, "halted items");
    if (rc == 0)
        rc = put_all(a, s, l, e);
    if (l)
        halt_stands_destroy(l->stands);
    free(l);
    return rc;
}

const struct api api_halts = {.read = halts_read, .watches = true};

/* --- which item is meant --- */

static void take_text(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};

    if (items_ask_decode(body, len, a->looked_for, &e) < 0)
        ask_refuse(a, 400, "unreadable");
}

static void put_rows(struct ask *a, const struct item_row *rows, int n)
{
    ask_answer(a, 200);
    jsonw_arr(&a->w, "items");
    for (int i = 0; i < n; i++) {
        jsonw_obj(&a->w, NULL);
        jsonw_str(&a->w, "item", rows[i].task_code);
        jsonw_str(&a->w, "name", rows[i].name);
        jsonw_str(&a->w, "dept", rows[i].dept_name);
        jsonw_end(&a->w);
    }
    jsonw_end(&a->w);
}

static int items_read(struct ask *a, struct store *s, struct err *e)
{
    const struct search_query q = {a->looked_for, false, false};
    struct item_row rows[ITEMS_MAX];
    struct search_answer answer = {0};
    struct catalog *c = NULL;
    char name[60], path[PATH_MAX];
    int64_t offered = 0;
    int n = 0, rc = edition_files_offered(a->desk->data, &offered, e);

    snprintf(name, sizeof name, "public/files/catalog-%lld.db", (long long)offered);
    if (rc == 0 && offered && fs_join(path, sizeof path, a->desk->data, name) == 0)
        rc = catalog_open(path, &c, e);
    if (rc == 0 && c)
        n = catalog_search(c, &q, SEARCH_ALL, 0, rows, ITEMS_MAX, &answer);
    if (rc == 0)
        put_rows(a, rows, n);
    catalog_close(c);
    return rc;
}

const struct api api_items = {.take = take_text, .read = items_read};

/* --- off, on --- */

static void take_halt(struct ask *a, const void *body, size_t len)
{
    const char *verb = exchange_tail(a->exchange);
    struct halt_say *say = &a->halt;
    struct err e = {0};

    say->on = strcmp(verb, "on") == 0;
    if (!say->on && strcmp(verb, "off") != 0)
        ask_refuse(a, 404, "no-verb");
    else if (halt_say_decode(body, len, say, &e) < 0)
        ask_refuse(a, 400, "unreadable");
    else
        (void)(ask_keeps(a, say->reason) && ask_keeps(a, say->zh) && ask_keeps(a, say->en));
}

static void refuse(struct ask *a, enum halt_refusal why)
{
    bool is_so = why == HALT_OFF_REFUSED || why == HALT_ON_REFUSED;
    char reason[40];

    snprintf(reason, sizeof reason, "halt-%s", halt_refusal_word(why));
    ask_refuse(a, why == HALT_NO_ITEM_REFUSED ? 404 : is_so ? 409 : 422, reason);
}

static int halt_write(struct ask *a, struct store *s, struct err *e)
{
    const struct halt_say *say = &a->halt;
    const struct halt_deed d = {
        .data = a->desk->data,
        .on = say->on,
        .task_code = say->item,
        .zh = say->zh,
        .en = say->en,
        .by = {.id = a->me.id, .name = a->me.name, .office = a->me.office, .why = say->reason, .now = a->now}};
    enum halt_refusal why;
    struct halt_row r;
    int rc = halt_do(s, &d, &why, &r, e);

    if (rc == 0 && why != HALT_MAY_REFUSED)
        refuse(a, why);
    if (rc < 0 || why != HALT_MAY_REFUSED)
        return rc;
    ask_answer(a, 200);
    edition_put_at(&a->w, "at", a->now);
    jsonw_str(&a->w, "item", r.halt.task_code);
    jsonw_str(&a->w, "name", r.name);
    jsonw_bool(&a->w, "off", r.off);
    return 0;
}

const struct api api_halt = {.take = take_halt, .write = halt_write};
