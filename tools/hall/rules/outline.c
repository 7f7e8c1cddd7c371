/* SPDX-License-Identifier: Apache-2.0
 *
 * See outline.h.
 */
#include "tools/hall/rules/outline.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

#define GRID_FIRST 10 /* millionths of a degree: a metre */
#define POLYGONS_MAX 20000

struct ring {
    size_t first, n, district;
};
struct outline {
    char names[OUTLINE_DISTRICTS_MAX][OUTLINE_NAME_MAX + 1];
    size_t n_districts;
    struct point *points;
    size_t n_points, points_room;
    struct ring *rings;
    size_t n_rings, rings_room;
};

/* --- simplifying --- */

static struct point snap(const struct point *p, int grid)
{
    return (struct point){(p->lat + grid / 2) / grid * grid, (p->lon + grid / 2) / grid * grid};
}

static bool same(const struct point *a, const struct point *b)
{
    return a->lat == b->lat && a->lon == b->lon;
}

static bool in_line(const struct point *a, const struct point *b, const struct point *c)
{
    return (int64_t)(b->lat - a->lat) * (c->lon - b->lon) == (int64_t)(b->lon - a->lon) * (c->lat - b->lat);
}

/* Onto the grid, into `out` (as many as the ring has); how many are left, 0 where no area is. */
static size_t thin(const struct outline *o, const struct ring *r, int grid, struct point *out)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++) {
        struct point p = snap(&o->points[r->first + i], grid);

        if (n && same(&out[n - 1], &p))
            continue;
        while (n >= 2 && in_line(&out[n - 2], &out[n - 1], &p))
            n--;
        if (n && same(&out[n - 1], &p)) /* there and back */
            continue;
        out[n++] = p;
    }
    while (n && same(&out[n - 1], &out[0]))
        n--;
    return n < 3 ? 0 : n;
}

/* The most points of any ring: the room that thin() needs. */
static size_t longest(const struct outline *o)
{
    size_t most = 1;

    for (size_t i = 0; i < o->n_rings; i++)
        most = o->rings[i].n > most ? o->rings[i].n : most;
    return most;
}

/* --- reading --- */

static int grow(void **list, size_t *room, size_t n, size_t each, struct err *e)
{
    if (n < *room)
        return 0;
    size_t more = *room ? 2 * *room : 256;
    void *now = reallocarray(*list, more, each);

    if (!now)
        return err_set(e, ERR_NOMEM, "outlines");
    *list = now;
    *room = more;
    return 0;
}

/* A number as text, as rules/point.h reads it; false: it is none. One outside any degrees may be written otherwise (1e300).
 */
static bool number_text(const struct json *v, char out[POINT_TEXT_MAX + 1])
{
    struct buf text;

    if (!v || json_is_str(v) || json_is_obj(v) || json_is_arr(v) || json_is_bool(v))
        return false;
    buf_init(&text, 64);
    bool ok = json_dump(v, &text) == 0 && strcmp(buf_str(&text), "null") != 0;
    if (ok)
        text_copy(out, POINT_TEXT_MAX + 1, buf_str(&text));
    buf_finish(&text);
    return ok;
}

static int take_point(struct outline *o, const struct json *pair, enum datum d, struct err *e)
{
    char lon[POINT_TEXT_MAX + 1], lat[POINT_TEXT_MAX + 1];

    if (!json_is_arr(pair) || !number_text(json_at(pair, 0), lon) || !number_text(json_at(pair, 1), lat))
        return err_set(e, ERR_INVALID, "a position is no pair of numbers");
    if (o->n_points == OUTLINE_READ_MAX)
        return err_set(e, ERR_TOOLONG, "more than %d points", OUTLINE_READ_MAX);
    int rc = grow((void **)&o->points, &o->points_room, o->n_points, sizeof *o->points, e);
    if (rc < 0)
        return rc;
    enum point_fault fault = point_read(lat, lon, d, &o->points[o->n_points]);
    if (fault == POINT_SWAPPED)
        return err_set(e, ERR_RANGE, "latitude and longitude are the wrong way round: GeoJSON has the longitude first");
    if (fault != POINT_GOOD)
        return err_set(e, ERR_RANGE, "%s", point_fault_about(POINT_OUTSIDE));
    o->n_points++;
    return 0;
}

/* A ring is closed by its first point once more, which is left out here. */
static int take_ring(struct outline *o, const struct json *ring, enum datum d, struct err *e)
{
    size_t n = json_len(ring);

    if (!json_is_arr(ring) || n < 4)
        return err_set(e, ERR_INVALID, "a ring has fewer than four positions");
    int rc = grow((void **)&o->rings, &o->rings_room, o->n_rings, sizeof *o->rings, e);
    size_t first = o->n_points;
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = take_point(o, json_at(ring, i), d, e);
    if (rc < 0)
        return rc;
    if (memcmp(&o->points[first], &o->points[o->n_points - 1], sizeof *o->points) != 0)
        return err_set(e, ERR_INVALID, "a ring does not end where it began");
    o->n_points--;
    o->rings[o->n_rings++] = (struct ring){first, n - 1, o->n_districts};
    return 0;
}

static int take_polygon(struct outline *o, const struct json *rings, enum datum d, struct err *e)
{
    int rc = json_is_arr(rings) && json_len(rings) ? 0 : err_set(e, ERR_INVALID, "a polygon has no rings");

    for (size_t i = 0; rc == 0 && i < json_len(rings); i++)
        rc = take_ring(o, json_at(rings, i), d, e);
    return rc;
}

static int take_geometry(struct outline *o, const struct json *geometry, enum datum d, struct err *e)
{
    const struct json *at = NULL;
    const char *type = NULL;
    int rc = json_get_str(geometry, "type", 1, 40, &type, e);

    if (rc == 0 && strcmp(type, "Polygon") != 0 && strcmp(type, "MultiPolygon") != 0)
        rc = err_set(e, ERR_INVALID, "its geometry is a %s; a district is a Polygon or a MultiPolygon", type);
    if (rc == 0)
        rc = json_get_arr(geometry, "coordinates", POLYGONS_MAX, &at, e);
    if (rc < 0 || strcmp(type, "Polygon") == 0)
        return rc < 0 ? rc : take_polygon(o, at, d, e);
    for (size_t i = 0; rc == 0 && i < json_len(at); i++)
        rc = take_polygon(o, json_at(at, i), d, e);
    return rc;
}

/* From that ring on some ring is left on the finest grid. */
static int check_area(const struct outline *o, size_t ring, struct err *e)
{
    struct point *room = reallocarray(NULL, longest(o), sizeof *room);
    bool left = false;

    if (!room)
        return err_set(e, ERR_NOMEM, "outlines");
    for (; ring < o->n_rings && !left; ring++)
        left = thin(o, &o->rings[ring], GRID_FIRST, room) > 0;
    free(room);
    return left ? 0 : err_set(e, ERR_INVALID, "it has no area");
}

static int take_feature(struct outline *o, const struct json *feature, enum datum d, struct err *e)
{
    const struct json *properties = NULL, *geometry = NULL;
    const char *type = NULL, *name = "";
    size_t ring = o->n_rings;
    int rc = json_get_str(feature, "type", 1, 40, &type, e);

    if (rc == 0 && strcmp(type, "Feature") != 0)
        rc = err_set(e, ERR_INVALID, "it is a %s, not a Feature", type);
    if (rc == 0)
        rc = json_opt_obj(feature, "properties", &properties, e);
    if (rc == 0 && properties)
        rc = json_opt_str(properties, "name", 0, OUTLINE_NAME_MAX, &name, e);
    if (rc == 0 && *name && !text_is_plain_line(name))
        rc = err_set(e, ERR_INVALID, "its name is not one plain line");
    if (rc == 0)
        rc = json_member(feature, "geometry") ? json_opt_obj(feature, "geometry", &geometry, e)
                                              : err_set(e, ERR_INVALID, "it has no geometry");
    if (rc < 0 || !geometry)
        return rc; /* null: it is nowhere (RFC 7946 3.2) */
    rc = take_geometry(o, geometry, d, e);
    if (rc == 0)
        rc = check_area(o, ring, e);
    if (rc == 0)
        text_copy(o->names[o->n_districts++], sizeof *o->names, name);
    return rc;
}

static int take_all(struct outline *o, const struct json *j, enum datum d, struct err *e)
{
    const struct json *features = NULL;
    const char *type = NULL;
    int rc = json_get_str(j, "type", 1, 40, &type, e);

    if (rc == 0 && strcmp(type, "FeatureCollection") != 0)
        rc = err_set(e, ERR_INVALID, "it is a %s; districts come as a FeatureCollection", type);
    if (rc == 0)
        rc = json_get_arr(j, "features", OUTLINE_DISTRICTS_MAX, &features, e);
    for (size_t i = 0; rc == 0 && i < json_len(features); i++)
        rc = err_wrap(e, take_feature(o, json_at(features, i), d, e), "feature %zu", i + 1);
    if (rc == 0 && json_len(features) && !o->n_districts)
        rc = err_set(e, ERR_INVALID, "none of its features has a geometry");
    return rc;
}

int outline_read(const void *data, size_t len, enum datum d, struct outline **ret, struct err *e)
{
    struct json *j = NULL;
    struct outline *o = calloc(1, sizeof *o);
    size_t mark = len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* of byte order (RFC 8259 8.1) */
    int rc = o ? json_parse((const char *)data + mark, len - mark, OUTLINE_FILE_MAX, &j, e)
               : err_set(e, ERR_NOMEM, "outlines");

    if (rc == 0)
        rc = take_all(o, j, d, e);
    json_free(j);
    if (rc == 0)
        *ret = o;
    else
        outline_free(o);
    return rc;
}

void outline_free(struct outline *o)
{
    if (!o)
        return;
    free(o->points);
    free(o->rings);
    free(o);
}

size_t outline_districts(const struct outline *o)
{
    return o->n_districts;
}

/* --- writing --- */

static size_t count(const struct outline *o, int grid, struct point *room)
{
    size_t all = 0;

    for (size_t i = 0; i < o->n_rings; i++)
        all += thin(o, &o->rings[i], grid, room);
    return all;
}

static void put_ring(struct jsonw *w, const struct point *p, size_t n)
{
    jsonw_arr(w, NULL);
    for (size_t i = 0; i < n; i++) {
        jsonw_int(w, NULL, p[i].lon);
        jsonw_int(w, NULL, p[i].lat);
    }
    jsonw_end(w);
}

static void put_districts(const struct outline *o, struct jsonw *w, int grid, struct point *room)
{
    size_t ring = 0;

    jsonw_obj(w, NULL);
    jsonw_arr(w, "districts");
    for (size_t d = 0; d < o->n_districts; d++) {
        jsonw_obj(w, NULL);
        jsonw_str(w, "name", o->names[d]);
        jsonw_arr(w, "rings");
        for (; ring < o->n_rings && o->rings[ring].district == d; ring++) {
            size_t n = thin(o, &o->rings[ring], grid, room);

            if (n)
                put_ring(w, room, n);
        }
        jsonw_end(w);
        jsonw_end(w);
    }
    jsonw_end(w);
    jsonw_end(w);
}

int outline_write(const struct outline *o, struct buf *out, struct outline_size *ret, struct err *e)
{
    struct point *room = reallocarray(NULL, longest(o), sizeof *room);
    struct jsonw w;
    int grid = GRID_FIRST;

    if (!room)
        return err_set(e, ERR_NOMEM, "outlines");
    *ret = (struct outline_size){.from = o->n_points};
    while ((ret->to = count(o, grid, room)) > OUTLINE_POINTS_MAX)
        grid *= 2;
    ret->grid = grid;
    jsonw_init(&w, out);
    put_districts(o, &w, grid, room);
    free(room);
    return buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "outlines");
}
