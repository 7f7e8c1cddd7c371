/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/place/TERMINAL: where the place of a terminal of the office is on the map, or that it is there no more. The same
 * as hallctl place set and forget. Sent again it changes nothing.
 *
 *   {"at","point":[lat,lon] in millionths of a degree, or null,"zone","spot"}
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/terminal.h"
#include "tools/hall/staff/fleet_view.h"
#include "tools/hall/store/store_map.h"

static void take(struct ask *a, const void *body, size_t len)
{
    const char *id = exchange_tail(a->exchange);
    struct err e = {0};

    if (!terminal_id_valid(id) || !text_copy(a->terminal, sizeof a->terminal, id))
        ask_refuse(a, 404, "no-terminal");
    else if (place_ask_decode(body, len, &a->place, &e) < 0)
        ask_refuse(a, 400, "unreadable");
}

static int keep(void *ctx, const struct fleet_terminal *t)
{
    *(struct fleet_terminal *)ctx = *t;
    return 1;
}

/* False: it was refused. */
static bool read_point(struct ask *a, struct point *ret)
{
    enum point_fault fault = point_read(a->place.lat, a->place.lon, a->place.datum, ret);

    if (fault != POINT_GOOD)
        ask_refuse(a, 422, point_fault_word(fault));
    return fault == POINT_GOOD;
}

static int put(struct ask *a, struct store *s, const struct fleet_terminal *t, const struct point *at, struct err *e)
{
    char written[POINT_WRITTEN_LEN + 1], why[POINT_WRITTEN_LEN + 20];
    struct map_place p = {.place = t->place, .at = *at, .set_ms = a->now};

    text_copy(p.by, sizeof p.by, a->me.name);
    point_write(at, written);
    snprintf(why, sizeof why, "%s (%s)", written, datum_word(a->place.datum));
    int rc = map_place_set(s, a->me.office, &p, e);
    return rc == 0 ? store_audit(s, a->me.office, a->me.id, "place-set", t->id, why, e) : rc;
}

static int forget(struct ask *a, struct store *s, const struct fleet_terminal *t, struct err *e)
{
    char name[ZONE_NAME_LEN + 1];

    zone_name(a->me.office, &t->place, name);
    int rc = map_place_forget(s, a->me.office, name, e);
    return rc == 1 ? store_audit(s, a->me.office, a->me.id, "place-forget", t->id, "", e) : rc;
}

static int place_write(struct ask *a, struct store *s, struct err *e)
{
    struct fleet_terminal t = {.office = -1};
    bool goes = !a->place.lat[0] && !a->place.lon[0];
    struct point at = {0, 0};
    int rc = fleet_each(s, a->me.office, a->terminal, keep, &t, e);

    if (rc == 0 && t.office < 0) {
        ask_refuse(a, 404, "no-terminal");
        return 0;
    }
    if (rc < 0 || (!goes && !read_point(a, &at)))
        return rc;
    rc = goes ? forget(a, s, &t, e) : put(a, s, &t, &at, e);
    if (rc < 0)
        return rc;
    ask_answer(a, 200);
    fleet_put_at(&a->w, "at", a->now);
    fleet_put_point(&a->w, goes ? NULL : &at);
    jsonw_str(&a->w, "zone", t.place.zone);
    jsonw_str(&a->w, "spot", t.place.spot);
    return 0;
}

const struct api api_place = {.take = take, .write = place_write};
