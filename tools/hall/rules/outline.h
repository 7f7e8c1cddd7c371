/* SPDX-License-Identifier: Apache-2.0
 *
 * Outlines of districts for the map: read out of GeoJSON (RFC 7946) as an administrator has it, simplified, and written as
 * the pages take it. Pure.
 *
 * Every point goes onto one grid, so that a border two districts share stays one border, and repeated points and points on a
 * line go; the grid is the finest by which all fits, a metre to begin with.
 */
#ifndef HALL_RULES_OUTLINE_H
#define HALL_RULES_OUTLINE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "tools/hall/rules/point.h"

#define OUTLINE_FILE_MAX (16 * 1024 * 1024) /* bytes of GeoJSON */
#define OUTLINE_READ_MAX 1000000            /* points in it */
#define OUTLINE_DISTRICTS_MAX 200
#define OUTLINE_NAME_MAX 60
#define OUTLINE_POINTS_MAX 6000 /* that are kept */
#define OUTLINE_BYTES_MAX (256 * 1024)

struct outline;
/* A FeatureCollection of Polygons and MultiPolygons in that datum, longitude first; a district's name is its `name`. Other
 * members are passed over, and so are a mark of byte order and features whose geometry is null. -ERR_INVALID and -ERR_RANGE
 * name the feature, -ERR_TOOLONG. */
int outline_read(const void *data, size_t len, enum datum d, struct outline **ret, struct err *e);
void outline_free(struct outline *o); /* takes NULL */

size_t outline_districts(const struct outline *o);
struct outline_size {
    size_t from, to; /* points, before and after */
    int grid;        /* millionths of a degree */
};
/* {"districts":[{"name":"…","rings":[[lon,lat,lon,lat,…],…]},…]}, in millionths of a degree, rings not closed. */
int outline_write(const struct outline *o, struct buf *out, struct outline_size *ret, struct err *e);

#endif
