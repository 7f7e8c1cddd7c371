/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/terminals?situation=WORD&zone=NAME&after=TERMINAL: the office's terminals, a page at a time by name, beside how
 * all of them stand and which zones could spare one. `situation` need: all that are not good; all: every one.
 *
 *   {"at","all","counts":{"go":2,…},"zones":[{"name","zone","spot","all","work","room","silent"}],"zones_more":n,
 *    "rows":[…fleet_view.h…],"after"}
 *
 * All of them are read and judged for it: it is one statement, and half a second for ten thousand in one office.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/rules/rollout.h"
#include "tools/hall/staff/fleet_view.h"

#define PAGE_ROWS 12
#define ZONES_MAX 8
#define NEED "need"

struct one { /* of all of them */
    char zone[ZONE_NAME_LEN + 1];
    struct situation_now now;
    bool lately;
    struct place place;
};
struct fleet {
    struct ask *ask;
    struct one *list;
    size_t n, room;
    struct fleet_terminal rows[PAGE_ROWS];
    size_t shown;
    bool more;
    int64_t counts[SITUATIONS];
    bool full;
};

static void take(struct ask *a, const void *body, size_t len)
{
    enum situation s;

    exchange_word(a->exchange, "situation", a->fleet.situation, sizeof a->fleet.situation);
    exchange_word(a->exchange, "zone", a->fleet.zone, sizeof a->fleet.zone);
    exchange_word(a->exchange, "after", a->fleet.after, sizeof a->fleet.after);
    if (a->fleet.situation[0] && strcmp(a->fleet.situation, NEED) != 0 && !situation_by_word(a->fleet.situation, &s))
        ask_refuse(a, 400, "unreadable");
}

static bool wanted(const struct ask *a, const struct one *o)
{
    const char *want = a->fleet.situation;

    if (a->fleet.zone[0] && strcmp(a->fleet.zone, o->zone) != 0)
        return false;
    if (strcmp(want, NEED) == 0)
        return o->now.situation != SITUATION_GOOD;
    return !want[0] || strcmp(want, situation_word(o->now.situation)) == 0;
}

static struct one *add(struct fleet *f)
{
    if (f->n == f->room) {
        size_t room = f->room ? 2 * f->room : 256;
        struct one *more = realloc(f->list, room * sizeof *more);

        if (!more)
            return NULL;
        f->list = more;
        f->room = room;
    }
    return &f->list[f->n++];
}

static int keep(void *ctx, const struct fleet_terminal *t)
{
    struct fleet *f = ctx;
    struct one *o = add(f);
    int64_t now = f->ask->now, heard = fleet_heard(t);

    if (!o)
        return f->full = true;
    *o = (struct one){.lately = heard && now - heard <= ROLLOUT_GONE_MS, .place = t->place};
    zone_name(t->office, &t->place, o->zone);
    fleet_judge(t, now, &o->now);
    f->counts[o->now.situation]++;
    if (!wanted(f->ask, o) || strcmp(t->id, f->ask->fleet.after) <= 0)
        return 0;
    f->more = f->shown == PAGE_ROWS;
    if (!f->more)
        f->rows[f->shown++] = *t;
    return 0;
}

/* --- zones --- */

struct zone {
    const struct one *of;
    size_t all, work, silent, room;
};

static int by_zone(const void *a, const void *b)
{
    const struct one *one = a, *other = b;

    return strcmp(one->zone, other->zone);
}

/* The tightest first: where nothing may stop, then where somebody is silent. */
static int by_room(const void *a, const void *b)
{
    const struct zone *one = a, *other = b;

    if ((one->room == 0) != (other->room == 0))
        return one->room == 0 ? -1 : 1;
    if (one->all - one->work != other->all - other->work)
        return one->all - one->work > other->all - other->work ? -1 : 1;
    return one->of < other->of ? -1 : one->of > other->of;
}

/* Of those that were heard of lately; the list is put in the order of zones. */
static size_t count_zones(struct fleet *f, struct zone *zones)
{
    size_t n = 0;

    qsort(f->list, f->n, sizeof *f->list, by_zone);
    for (size_t i = 0; i < f->n; i++) {
        const struct one *o = &f->list[i];

        if (n == 0 || strcmp(zones[n - 1].of->zone, o->zone) != 0)
            zones[n++] = (struct zone){.of = o};
        zones[n - 1].all += o->lately;
        zones[n - 1].work += o->now.serves;
        zones[n - 1].silent += o->lately && o->now.situation == SITUATION_SILENT;
    }
    for (size_t i = 0; i < n; i++) /* who is not known to work is taken to be away */
        zones[i].room = zone_room(zones[i].all, zones[i].all - zones[i].work, zones[i].work);
    qsort(zones, n, sizeof *zones, by_room);
    return n;
}

static int put_zones(struct fleet *f, struct err *e)
{
    struct zone *zones = calloc(f->n + 1, sizeof *zones);
    struct jsonw *w = &f->ask->w;

    if (!zones)
        return err_set(e, ERR_NOMEM, "zones");
    size_t n = count_zones(f, zones), shown = n < ZONES_MAX ? n : ZONES_MAX;
    jsonw_arr(w, "zones");
    for (size_t i = 0; i < shown; i++) {
        jsonw_obj(w, NULL);
        jsonw_str(w, "name", zones[i].of->zone);
        jsonw_str(w, "zone", zones[i].of->place.zone);
        jsonw_str(w, "spot", zones[i].of->place.spot);
        jsonw_int(w, "all", (int64_t)zones[i].all);
        jsonw_int(w, "work", (int64_t)zones[i].work);
        jsonw_int(w, "silent", (int64_t)zones[i].silent);
        jsonw_int(w, "room", (int64_t)zones[i].room);
        jsonw_end(w);
    }
    jsonw_end(w);
    jsonw_int(w, "zones_more", (int64_t)(n - shown));
    free(zones);
    return 0;
}

static int answer(struct fleet *f, struct store *s, struct err *e)
{
    struct jsonw *w = &f->ask->w;
    int rc;

    ask_answer(f->ask, 200);
    fleet_put_at(w, "at", f->ask->now);
    jsonw_int(w, "all", (int64_t)f->n);
    jsonw_obj(w, "counts");
    for (int i = 0; i < SITUATIONS; i++)
        jsonw_int(w, situation_word((enum situation)i), f->counts[i]);
    jsonw_end(w);
    rc = put_zones(f, e);
    jsonw_arr(w, "rows");
    for (size_t i = 0; rc == 0 && i < f->shown; i++) {
        jsonw_obj(w, NULL);
        rc = fleet_put(w, s, &f->rows[i], f->ask->now, e);
        jsonw_end(w);
    }
    jsonw_end(w);
    if (f->more)
        jsonw_str(w, "after", f->rows[f->shown - 1].id);
    else
        jsonw_null(w, "after");
    return rc;
}

static int fleet_read(struct ask *a, struct store *s, struct err *e)
{
    struct fleet *f = calloc(1, sizeof *f);
    int rc = f ? 0 : err_set(e, ERR_NOMEM, "terminals");

    if (rc == 0) {
        f->ask = a;
        rc = fleet_each(s, a->me.office, NULL, keep, f, e);
    }
    if (rc == 0 && f->full)
        rc = err_set(e, ERR_NOMEM, "terminals");
    if (rc == 0)
        rc = answer(f, s, e);
    if (f)
        free(f->list);
    free(f);
    return rc;
}

const struct api api_fleet = {.take = take, .read = fleet_read};
