/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/duty: the open alerts of the office, the most urgent first, each with whose it is and who hears of it next; what
 * ended within a day; who is on duty, the list, and when nobody is.
 *
 *   {"at","sent","sends","all","free","undelivered","rows":[{"terminal","device","spot","what","level","lasts","since","since_ms","count","detail",
 *    "staff","name","words","taken","by","late","gone","told","told_to","waits","tries","next","next_at"}],"ended":[…],"on":[{"name","zone","way"}],
 *    "shifts":[{"id","staff","name","zone","days","from","to","place","way","gone","lost"}],"gaps":[{"zone","gaps":[[18,32],…]}],
 *    "people":[{"id","name"}],"zones":[{"name","spot"}]}
 *
 * Where nobody sends messages (`hallctl feed send`, each minute), nobody looks either: then the page does, and says so.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/staff/fleet_view.h"
#include "tools/hall/store/store_duty.h"

#define ROWS_MAX 100
#define ENDED_MAX 12
#define ZONES_MAX 200
#define DAY_MS (INT64_C(24) * 3600 * 1000)
#define SENT_MS (INT64_C(2) * 60 * 1000) /* older, and nobody sends */

struct zone_of {
    char name[ZONE_NAME_LEN + 1];
    struct place place;
};
struct page {
    struct ask *ask;
    struct store *store;
    struct shift shifts[SHIFTS_MAX];
    int n;
    int64_t all, unowned, undelivered, sent;
    struct duty_row rows[ROWS_MAX];
    size_t shown, ended;
    struct zone_of zones[ZONES_MAX];
    size_t n_zones;
};

/* --- alerts --- */

static int keep(void *ctx, const struct duty_row *r)
{
    struct page *p = ctx;

    p->all++;
    p->unowned += !r->staff[0] || r->gone;
    p->undelivered += r->tries > 0;
    if (p->shown < ROWS_MAX)
        p->rows[p->shown++] = *r;
    return 0;
}

static const char *name_of(const struct page *p, const char *staff)
{
    for (int i = 0; i < p->n; i++)
        if (strcmp(p->shifts[i].staff, staff) == 0)
            return p->shifts[i].name;
    return staff;
}

/* Who is told next, and when; null: nobody is on duty. */
static int put_next(struct page *p, const struct duty_row *r, struct err *e)
{
    const struct shift *on[SHIFTS_MAX], *next = NULL;
    bool again = false;
    size_t n = shift_on(p->shifts, (size_t)p->n, r->zone, shift_hour(p->ask->now), on);
    int rc = duty_next_of(p->store, r, on, n, &next, &again, e);
    const struct duty_facts f = duty_facts_of(r, again);
    int64_t at = duty_next(&f);

    if (next)
        jsonw_str(&p->ask->w, "next", next->name);
    else
        jsonw_null(&p->ask->w, "next");
    fleet_put_at(&p->ask->w, "next_at", at > p->ask->now ? at : 0);
    return rc;
}

static void put_row(struct page *p, const struct duty_row *r)
{
    struct jsonw *w = &p->ask->w;

    jsonw_str(w, "terminal", r->terminal);
    jsonw_str(w, "device", r->place.device);
    jsonw_str(w, "spot", r->place.spot);
    jsonw_str(w, "what", r->what);
    jsonw_str(w, "level", duty_level_word(r->level));
    jsonw_bool(w, "lasts", r->lasts);
    fleet_put_at(w, "since", r->since);
    jsonw_int(w, "since_ms", r->since);
    jsonw_int(w, "count", r->count);
    jsonw_str(w, "detail", r->lasts ? "" : r->detail);
    jsonw_str(w, "staff", r->staff);
    jsonw_str(w, "name", r->name);
    jsonw_str(w, "words", r->words);
    fleet_put_at(w, "taken", r->taken);
    fleet_put_at(w, "by", r->by);
    jsonw_bool(w, "late", !r->ended && r->by && r->by <= p->ask->now);
    jsonw_bool(w, "gone", !r->ended && r->gone);
    fleet_put_at(w, "ended", r->ended);
    fleet_put_at(w, "told", r->told);
    jsonw_bool(w, "waits", r->waits);
    jsonw_int(w, "tries", r->tries);
    jsonw_str(w, "told_to", strcmp(r->told_to, DUTY_NOBODY) == 0 ? "" : name_of(p, r->told_to));
}

static int put_rows(struct page *p, struct err *e)
{
    int rc = 0;

    jsonw_arr(&p->ask->w, "rows");
    for (size_t i = 0; rc == 0 && i < p->shown; i++) {
        jsonw_obj(&p->ask->w, NULL);
        put_row(p, &p->rows[i]);
        rc = put_next(p, &p->rows[i], e);
        jsonw_end(&p->ask->w);
    }
    jsonw_end(&p->ask->w);
    return rc;
}

static int put_ended(void *ctx, const struct duty_row *r)
{
    struct page *p = ctx;

    jsonw_obj(&p->ask->w, NULL);
    put_row(p, r);
    jsonw_end(&p->ask->w);
    return ++p->ended == ENDED_MAX;
}

/* --- the list --- */

static int keep_zone(void *ctx, const char *zone, const struct place *place)
{
    struct page *p = ctx;
    struct zone_of *one = &p->zones[p->n_zones];

    text_copy(one->name, sizeof one->name, zone);
    one->place = *place;
    return ++p->n_zones == ZONES_MAX;
}

static void put_shifts(struct page *p)
{
    struct jsonw *w = &p->ask->w;
    char id[2 * SHIFT_ID_LEN + 1];

    jsonw_arr(w, "shifts");
    for (int i = 0; i < p->n; i++) {
        const struct shift *s = &p->shifts[i];

        hex_encode(s->id, SHIFT_ID_LEN, id);
        jsonw_obj(w, NULL);
        jsonw_str(w, "id", id);
        jsonw_str(w, "staff", s->staff);
        jsonw_str(w, "name", s->name);
        jsonw_str(w, "zone", s->zone);
        jsonw_int(w, "days", s->days);
        jsonw_int(w, "from", s->from);
        jsonw_int(w, "to", s->to);
        jsonw_int(w, "place", s->place);
        jsonw_str(w, "way", s->way);
        jsonw_bool(w, "gone", s->gone);
        jsonw_bool(w, "lost", s->lost);
        jsonw_end(w);
    }
    jsonw_end(w);
}

static void put_on(struct page *p)
{
    struct jsonw *w = &p->ask->w;
    int hour = shift_hour(p->ask->now);

    jsonw_arr(w, "on");
    for (int place = 1; place <= SHIFT_PLACE_MAX; place++)
        for (int i = 0; i < p->n; i++) {
            const struct shift *s = &p->shifts[i];

            if (s->place != place || s->gone || s->lost || !shift_covers(s, hour))
                continue;
            jsonw_obj(w, NULL);
            jsonw_str(w, "name", s->name);
            jsonw_str(w, "zone", s->zone);
            jsonw_str(w, "way", s->way);
            jsonw_end(w);
        }
    jsonw_end(w);
}

static void put_gaps_of(struct page *p, const char *zone)
{
    struct shift_gap gaps[SHIFT_GAPS_MAX];
    size_t n = shift_gaps(p->shifts, (size_t)p->n, zone, gaps);
    struct jsonw *w = &p->ask->w;

    if (n == 0)
        return;
    jsonw_obj(w, NULL);
    jsonw_str(w, "zone", zone);
    jsonw_arr(w, "gaps");
    for (size_t i = 0; i < n; i++) {
        jsonw_arr(w, NULL);
        jsonw_int(w, NULL, gaps[i].from);
        jsonw_int(w, NULL, gaps[i].to);
        jsonw_end(w);
    }
    jsonw_end(w);
    jsonw_end(w);
}

static bool has_rows(const struct page *p, const char *zone)
{
    for (int i = 0; i < p->n; i++)
        if (strcmp(p->shifts[i].zone, zone) == 0)
            return true;
    return false;
}

/* Of all zones without rows of their own at once, and of each that has some. */
static void put_gaps(struct page *p)
{
    jsonw_arr(&p->ask->w, "gaps");
    put_gaps_of(p, "");
    for (size_t i = 0; i < p->n_zones; i++)
        if (has_rows(p, p->zones[i].name))
            put_gaps_of(p, p->zones[i].name);
    jsonw_end(&p->ask->w);
}

static void put_zones(struct page *p)
{
    jsonw_arr(&p->ask->w, "zones");
    for (size_t i = 0; i < p->n_zones; i++) {
        jsonw_obj(&p->ask->w, NULL);
        jsonw_str(&p->ask->w, "name", p->zones[i].name);
        jsonw_str(&p->ask->w, "spot", p->zones[i].place.spot);
        jsonw_end(&p->ask->w);
    }
    jsonw_end(&p->ask->w);
}

static int put_person(void *ctx, const struct account *one)
{
    struct ask *a = ctx;

    if (one->office != a->me.office || one->state == ACCOUNT_DISABLED || !role_uses(one->role, ROLE_USE_FLEET))
        return 0;
    jsonw_obj(&a->w, NULL);
    jsonw_str(&a->w, "id", one->id);
    jsonw_str(&a->w, "name", one->name);
    jsonw_end(&a->w);
    return 0;
}

/* --- the answer --- */

static int put_all(struct page *p, struct err *e)
{
    struct jsonw *w = &p->ask->w;

    ask_answer(p->ask, 200);
    fleet_put_at(w, "at", p->ask->now);
    fleet_put_at(w, "sent", p->sent);
    jsonw_bool(w, "sends", p->ask->now - p->sent <= SENT_MS);
    jsonw_int(w, "all", p->all);
    jsonw_int(w, "free", p->unowned);
    jsonw_int(w, "undelivered", p->undelivered);
    int rc = put_rows(p, e);
    jsonw_arr(w, "ended");
    if (rc == 0)
        rc = duty_each(p->store, p->ask->me.office, p->ask->now - DAY_MS, put_ended, p, e);
    jsonw_end(w);
    put_shifts(p);
    put_on(p);
    put_gaps(p);
    put_zones(p);
    jsonw_arr(w, "people");
    if (rc == 0)
        rc = account_each(p->store, put_person, p->ask, e);
    jsonw_end(w);
    return rc;
}

static int answer(struct ask *a, struct store *s, int64_t sent, struct err *e)
{
    struct page *p = calloc(1, sizeof *p);
    int rc = p ? 0 : err_set(e, ERR_NOMEM, "the duty list");

    if (rc == 0) {
        p->ask = a;
        p->store = s;
        p->sent = sent;
        rc = duty_each(s, a->me.office, 0, keep, p, e);
    }
    if (rc == 0)
        rc = p->n = shift_list(s, a->me.office, p->shifts, e);
    if (rc >= 0)
        rc = duty_each_zone(s, a->me.office, keep_zone, p, e);
    if (rc == 0)
        rc = put_all(p, e);
    free(p);
    return rc;
}

static int duty_read(struct ask *a, struct store *s, struct err *e)
{
    int64_t sent = 0;
    int rc = duty_look_last(s, a->me.office, &sent, e);

    return rc == 0 && a->now - sent <= SENT_MS ? answer(a, s, sent, e) : rc;
}

static int duty_write(struct ask *a, struct store *s, struct err *e)
{
    struct duty_seen *seen = NULL;
    int64_t sent = 0;
    int rc = duty_look_last(s, a->me.office, &sent, e);

    if (rc == 0)
        rc = duty_see(s, a->me.office, a->now, &seen, e);
    if (rc == 0)
        rc = duty_settle(s, seen, e);
    duty_forget(seen);
    return rc == 0 ? answer(a, s, sent, e) : rc;
}

const struct api api_duty = {.read = duty_read, .write = duty_write};
