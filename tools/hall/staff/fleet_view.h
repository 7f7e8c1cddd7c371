/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: a terminal as JSON, as the list and its own page have it.
 */
#ifndef HALL_STAFF_FLEET_VIEW_H
#define HALL_STAFF_FLEET_VIEW_H

#include "tools/hall/rules/point.h"
#include "tools/hall/staff/ask.h"
#include "tools/hall/store/store_act.h"
#include "tools/hall/store/store_fleet.h"

/* A moment; null: there is none. */
void fleet_put_at(struct jsonw *w, const char *name, int64_t ms);
/* "point":[lat,lon], in millionths of a degree; null: where it is nobody has said. */
void fleet_put_point(struct jsonw *w, const struct point *p);
/* Members of the object that is open: who it is, how it stands and since when that is known, what waits on it, its versions,
 * its certificate's end, its last 24 hours. */
int fleet_put(struct jsonw *w, struct store *s, const struct fleet_terminal *t, int64_t now_ms, struct err *e);

/* "acts":[{"act","reason","zh","en","why","name","made","until","stand","since","waits"},…]: what staff wanted of it, the
 * newest first. */
int fleet_put_acts(struct jsonw *w, struct store *s, const struct fleet_terminal *t, int64_t now_ms, struct err *e);

#endif
