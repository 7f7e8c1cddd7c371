/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/terminal/ID: all that the hall knows of one terminal of the office, with the age of each word: how it stands, its
 * devices, its system, what is pending on it and why, and what staff were told of it.
 *
 *   {"at", …fleet_view.h…, "devices":{"receipt":word}, "system":{…},
 *    "point":[lat,lon], "point_by", "point_set", "pending":[{"what","version","why","since","next"}],
 *    "acts":[…fleet_view.h…], "alerts":[{"what","detail","first","last","count"}]}
 */
#include <string.h>

#include "base/text.h"
#include "model/terminal.h"
#include "tools/hall/staff/fleet_view.h"
#include "tools/hall/store/store_map.h"
#include "tools/hall/store/store_system.h"

static void take(struct ask *a, const void *body, size_t len)
{
    const char *id = exchange_tail(a->exchange);

    if (!terminal_id_valid(id) || !text_copy(a->terminal, sizeof a->terminal, id))
        ask_refuse(a, 404, "no-terminal");
}

static void put_devices(struct jsonw *w, const struct fleet_terminal *t)
{
    jsonw_obj(w, "devices");
    for (int i = 0; t->told && i < DEVICE_ROLES; i++)
        if (t->health.device[i][0])
            jsonw_str(w, device_word((enum device_role)i), t->health.device[i]);
    jsonw_end(w);
}

static void put_system(struct jsonw *w, const struct fleet_terminal *t)
{
    const struct system_report *r = &t->system;

    if (!t->system_ms) {
        jsonw_null(w, "system");
        return;
    }
    jsonw_obj(w, "system");
    jsonw_str(w, "running", r->running);
    jsonw_str(w, "slot", r->slot);
    jsonw_str(w, "other", r->other);
    jsonw_str(w, "state", system_state_word(r->state));
    jsonw_str(w, "version", r->version);
    jsonw_str(w, "why", r->why);
    fleet_put_at(w, "since", r->at_s * 1000);
    fleet_put_at(w, "heard", t->system_ms);
    jsonw_end(w);
}

/* Where its place is on the map, and who said so. */
static int put_where(struct ask *a, struct store *s, const struct fleet_terminal *t, struct err *e)
{
    char name[ZONE_NAME_LEN + 1];
    struct map_place p = {.set_ms = 0};

    zone_name(t->office, &t->place, name);
    int rc = map_place_get(s, t->office, name, &p, e);
    fleet_put_point(&a->w, rc == 1 ? &p.at : NULL);
    jsonw_str(&a->w, "point_by", p.by);
    fleet_put_at(&a->w, "point_set", p.set_ms);
    return rc < 0 ? rc : 0;
}

/* --- what is pending --- */

static void put_pending(struct jsonw *w, const char *what, const char *version, const char *why)
{
    jsonw_obj(w, NULL);
    jsonw_str(w, "what", what);
    jsonw_str(w, "version", version);
    jsonw_str(w, "why", why);
    jsonw_end(w);
}

/* The published catalogue, where it has another. */
static void put_catalogue(struct ask *a, const struct fleet_terminal *t)
{
    char version[24];
    const char *why = strstr(t->health.warnings, "software-too-old")    ? "software-too-old"
                      : strstr(t->health.warnings, "catalogue-refused") ? "catalogue-refused"
                      : strstr(t->health.warnings, "download-failed")   ? "download-failed"
                                                                        : "on-its-way";

    if (!t->told || !a->published.version || t->health.catalogue >= a->published.version)
        return;
    snprintf(version, sizeof version, "%lld", (long long)a->published.version);
    put_pending(&a->w, "catalogue", version, why);
}

static int put_rollout(struct ask *a, struct store *s, const struct fleet_terminal *t, struct err *e)
{
    struct system_terminal me;
    enum rollout_reason why = ROLLOUT_NOTHING;
    struct edition ed;
    int rc = system_rollout(s, &ed, e);

    if (rc == 0)
        rc = system_decide(s, &ed, t->office, t->id, &me, &why, e);
    if (rc == 0 && t->system_ms && why != ROLLOUT_NOTHING && why != ROLLOUT_CURRENT)
        put_pending(&a->w, "system", ed.name, rollout_word(why));
    return rc;
}

static int put_alert(void *ctx, const struct store_alert_row *r)
{
    struct jsonw *w = ctx;

    jsonw_obj(w, NULL);
    jsonw_str(w, "what", r->what);
    jsonw_str(w, "detail", r->detail);
    fleet_put_at(w, "first", r->first);
    fleet_put_at(w, "last", r->last);
    jsonw_int(w, "count", r->count);
    jsonw_end(w);
    return 0;
}

static int answer(struct ask *a, struct store *s, const struct fleet_terminal *t, struct err *e)
{
    ask_answer(a, 200);
    fleet_put_at(&a->w, "at", a->now);
    int rc = fleet_put(&a->w, s, t, a->now, e);
    put_devices(&a->w, t);
    put_system(&a->w, t);
    if (rc == 0)
        rc = put_where(a, s, t, e);
    jsonw_arr(&a->w, "pending");
    put_catalogue(a, t);
    if (rc == 0)
        rc = put_rollout(a, s, t, e);
    jsonw_end(&a->w);
    if (rc == 0)
        rc = fleet_put_acts(&a->w, s, t, a->now, e);
    jsonw_arr(&a->w, "alerts");
    if (rc == 0)
        rc = store_each_alert_of(s, t->office, t->id, put_alert, &a->w, e);
    jsonw_end(&a->w);
    return rc;
}

static int keep(void *ctx, const struct fleet_terminal *t)
{
    *(struct fleet_terminal *)ctx = *t;
    return 1;
}

static int one_terminal_read(struct ask *a, struct store *s, struct err *e)
{
    struct fleet_terminal t = {.office = -1};
    int rc = fleet_each(s, a->me.office, a->terminal, keep, &t, e);

    if (rc == 0 && t.office < 0)
        ask_refuse(a, 404, "no-terminal");
    else if (rc == 0)
        rc = answer(a, s, &t, e);
    return rc;
}

const struct api api_one_terminal = {.take = take, .read = one_terminal_read};
