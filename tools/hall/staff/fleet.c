/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/terminals?situation=WORD&zone=NAME&after=TERMINAL: the office's terminals, a page at a time by name, beside how
 * all of them stand and which zones could spare one. `situation` need: all that are not good; all: every one.
 *
 *   {"at","all","counts":{"go":2,…},"zones":[{"name","zone","spot","all","work","room","silent"}],"zones_more":n,
 *    "rows":[…fleet_view.h…],"after"}
 *
 * All of them are counted for it, in one statement, by what is kept of each; of those shown, the whole is read.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/rules/rollout.h"
#include "tools/hall/staff/fleet_view.h"

#define PAGE_ROWS 12
#define ZONES_MAX 8
#define NEED "need"

struct zone {
    char name[ZONE_NAME_LEN + 1], one[TERMINAL_ID_MAX + 1]; /* and a terminal of it */
    size_t all, work, silent, room;
};
struct fleet {
    struct ask *ask;
    struct zone *zones;
    size_t n_zones, room;
    char rows[PAGE_ROWS][TERMINAL_ID_MAX + 1];
    size_t shown;
    bool more;
    int64_t all, counts[SITUATIONS];
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

static bool wanted(const struct ask *a, const struct fleet_brief *t)
{
    const char *want = a->fleet.situation;

    if ((a->fleet.zone[0] && strcmp(a->fleet.zone, t->zone) != 0) || strcmp(t->id, a->fleet.after) <= 0)
        return false;
    if (strcmp(want, NEED) == 0)
        return t->situation != SITUATION_GOOD;
    return !want[0] || strcmp(want, situation_word(t->situation)) == 0;
}

/* --- zones --- */

/* By name; terminals of one mostly follow each other. NULL: no memory. */
static struct zone *zone_of(struct fleet *f, const struct fleet_brief *t)
{
    size_t low = 0, high = f->n_zones;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = strcmp(f->zones[mid].name, t->zone);

        if (order == 0)
            return &f->zones[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (f->n_zones == f->room) {
        size_t room = f->room ? 2 * f->room : 64;
        struct zone *more = realloc(f->zones, room * sizeof *more);

        if (!more)
            return NULL;
        f->zones = more;
        f->room = room;
    }
    memmove(&f->zones[low + 1], &f->zones[low], (f->n_zones++ - low) * sizeof *f->zones);
    f->zones[low] = (struct zone){.all = 0};
    text_copy(f->zones[low].name, sizeof f->zones[low].name, t->zone);
    text_copy(f->zones[low].one, sizeof f->zones[low].one, t->id);
    return &f->zones[low];
}

static int keep(void *ctx, const struct fleet_brief *t)
{
    struct fleet *f = ctx;
    struct zone *z = zone_of(f, t);
    bool lately = t->heard_ms && f->ask->now - t->heard_ms <= ROLLOUT_GONE_MS;

    if (!z)
        return f->full = true;
    f->all++;
    f->counts[t->situation]++;
    z->all += lately; /* of those that were heard of lately */
    z->work += t->serves;
    z->silent += lately && t->situation == SITUATION_SILENT;
    if (!wanted(f->ask, t))
        return 0;
    f->more = f->shown == PAGE_ROWS;
    if (!f->more)
        text_copy(f->rows[f->shown++], sizeof *f->rows, t->id);
    return 0;
}

/* The tightest first: where nothing may stop, then where somebody is silent. */
static int by_room(const void *a, const void *b)
{
    const struct zone *one = a, *other = b;

    if ((one->room == 0) != (other->room == 0))
        return one->room == 0 ? -1 : 1;
    if (one->all - one->work != other->all - other->work)
        return one->all - one->work > other->all - other->work ? -1 : 1;
    return strcmp(one->name, other->name);
}

static void judge_zones(struct fleet *f)
{
    for (size_t i = 0; i < f->n_zones; i++) { /* who is not known to work is taken to be away */
        struct zone *z = &f->zones[i];

        z->room = zone_room(z->all, z->all - z->work, z->work);
    }
    if (f->n_zones)
        qsort(f->zones, f->n_zones, sizeof *f->zones, by_room);
}

static int keep_terminal(void *ctx, const struct fleet_terminal *t)
{
    *(struct fleet_terminal *)ctx = *t;
    return 1;
}

static int put_zones(struct fleet *f, struct store *s, struct err *e)
{
    struct jsonw *w = &f->ask->w;
    size_t shown = f->n_zones < ZONES_MAX ? f->n_zones : ZONES_MAX;
    int rc = 0;

    judge_zones(f);
    jsonw_arr(w, "zones");
    for (size_t i = 0; rc == 0 && i < shown; i++) {
        const struct zone *z = &f->zones[i];
        struct fleet_terminal one = {.office = -1};

        rc = fleet_each(s, f->ask->me.office, z->one, keep_terminal, &one, e);
        jsonw_obj(w, NULL);
        jsonw_str(w, "name", z->name);
        jsonw_str(w, "zone", one.place.zone);
        jsonw_str(w, "spot", one.place.spot);
        jsonw_int(w, "all", (int64_t)z->all);
        jsonw_int(w, "work", (int64_t)z->work);
        jsonw_int(w, "silent", (int64_t)z->silent);
        jsonw_int(w, "room", (int64_t)z->room);
        jsonw_end(w);
    }
    jsonw_end(w);
    jsonw_int(w, "zones_more", (int64_t)(f->n_zones - shown));
    return rc;
}

/* Of the page's; one that went meanwhile is not there. */
static int put_rows(struct fleet *f, struct store *s, struct err *e)
{
    struct jsonw *w = &f->ask->w;
    int rc = 0;

    jsonw_arr(w, "rows");
    for (size_t i = 0; rc == 0 && i < f->shown; i++) {
        struct fleet_terminal t = {.office = -1};

        rc = fleet_each(s, f->ask->me.office, f->rows[i], keep_terminal, &t, e);
        if (rc < 0 || t.office < 0)
            continue;
        jsonw_obj(w, NULL);
        rc = fleet_put(w, s, &t, f->ask->now, e);
        jsonw_end(w);
    }
    jsonw_end(w);
    return rc;
}

static int answer(struct fleet *f, struct store *s, struct err *e)
{
    struct jsonw *w = &f->ask->w;
    int rc;

    ask_answer(f->ask, 200);
    fleet_put_at(w, "at", f->ask->now);
    jsonw_int(w, "all", f->all);
    jsonw_obj(w, "counts");
    for (int i = 0; i < SITUATIONS; i++)
        jsonw_int(w, situation_word((enum situation)i), f->counts[i]);
    jsonw_end(w);
    rc = put_zones(f, s, e);
    if (rc == 0)
        rc = put_rows(f, s, e);
    if (f->more)
        jsonw_str(w, "after", f->rows[f->shown - 1]);
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
        rc = fleet_each_brief(s, a->me.office, a->now, keep, f, e);
    }
    if (rc == 0 && f->full)
        rc = err_set(e, ERR_NOMEM, "terminals");
    if (rc == 0)
        rc = answer(f, s, e);
    if (f)
        free(f->zones);
    free(f);
    return rc;
}

const struct api api_fleet = {.take = take, .read = fleet_read};
