/* SPDX-License-Identifier: Apache-2.0
 *
 * What the map of an office's terminals is drawn from: where its places stand (a zone's spot, rules/zone.h: terminals of one
 * stand together, and one that is added there later stands there too), and the outlines of its districts. Both are given by
 * staff; nothing follows from them but the map. Changes run in the caller's transaction.
 */
#ifndef HALL_STORE_MAP_H
#define HALL_STORE_MAP_H

#include "base/buf.h"
#include "tools/hall/rules/point.h"
#include "tools/hall/rules/zone.h"
#include "tools/hall/store/store.h"

#define MAP_BY_MAX 80

struct map_place {
    char name[ZONE_NAME_LEN + 1];
    struct place place; /* zone and spot alone */
    struct point at;
    char by[MAP_BY_MAX + 1];
    int64_t set_ms;
};
/* The place of that zone and spot stands there, from now on; p->name follows from them. */
int map_place_set(struct store *s, int office, struct map_place *p, struct err *e);
/* 1: it has none any more; 0: it had none. */
int map_place_forget(struct store *s, int office, const char *name, struct err *e);
/* 1, or 0: nobody has said where it is. */
int map_place_get(struct store *s, int office, const char *name, struct map_place *ret, struct err *e);
/* Those that have one, by name; non-zero stops. */
int map_place_each(struct store *s, int office, int (*fn)(void *ctx, const struct map_place *p), void *ctx, struct err *e);

/* Outlines as rules/outline.h writes them; none: "" and 0. */
int map_outline_set(struct store *s, int office, const void *data, size_t len, struct err *e);
/* Its name, hash of its bytes in hex; "": there is none. */
#define MAP_OUTLINE_NAME_LEN 32
int map_outline_name(struct store *s, int office, char ret[MAP_OUTLINE_NAME_LEN + 1], struct err *e);
/* The bytes of that name into `out`. 1; 0: it is not the office's any more. */
int map_outline_get(struct store *s, int office, const char *name, struct buf *out, struct err *e);

#endif
