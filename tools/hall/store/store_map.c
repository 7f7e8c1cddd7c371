/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_map.h.
 */
#include "tools/hall/store/store_map.h"

#include "base/clock.h"
#include "base/text.h"
#include "crypto/hash.h"

/* --- places --- */

int map_place_set(struct store *s, int office, struct map_place *p, struct err *e)
{
    zone_name(office, &p->place, p->name);
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO place_point (office, name, zone, spot, lat, lon, set_by, set_at)"
                    " VALUES ($1,$2,$3,$4,$5,$6,$7,$8) ON CONFLICT (office, name) DO UPDATE SET lat=excluded.lat,"
                    " lon=excluded.lon, set_by=excluded.set_by, set_at=excluded.set_at",
                    "itttiiti", (int64_t)office, p->name, p->place.zone, p->place.spot, (int64_t)p->at.lat,
                    (int64_t)p->at.lon, p->by, p->set_ms);
    return rc < 0 ? err_wrap(e, rc, "say where %s is", p->place.spot) : 0;
}

int map_place_forget(struct store *s, int office, const char *name, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "DELETE FROM place_point WHERE office=$1 AND name=$2", "it", (int64_t)office, name);

    return rc < 0 ? err_wrap(e, rc, "forget where a place is") : rc > 0;
}

#define PLACES "SELECT name, zone, spot, lat, lon, set_by, set_at FROM place_point WHERE office=$1"

static void read_place(struct sql_rows *r, struct map_place *p)
{
    *p = (struct map_place){.at = {(int32_t)sql_int(r, 3), (int32_t)sql_int(r, 4)}, .set_ms = sql_int(r, 6)};
    text_copy(p->name, sizeof p->name, sql_text(r, 0));
    text_copy(p->place.zone, sizeof p->place.zone, sql_text(r, 1));
    text_copy(p->place.spot, sizeof p->place.spot, sql_text(r, 2));
    text_copy(p->by, sizeof p->by, sql_text(r, 5));
}

int map_place_get(struct store *s, int office, const char *name, struct map_place *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, PLACES " AND name=$2", "it", (int64_t)office, name);

    if (rc == 0 && (rc = sql_next(r, e)) == 1)
        read_place(r, ret);
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "read where a place is") : rc;
}

int map_place_each(struct store *s, int office, int (*fn)(void *ctx, const struct map_place *p), void *ctx, struct err *e)
{
    struct map_place p;
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, PLACES " ORDER BY name", "i", (int64_t)office);

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        read_place(r, &p);
        if (fn(ctx, &p) != 0)
            break;
        rc = 0;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "read where the places of office %d are", office) : 0;
}

/* --- outlines --- */

int map_outline_set(struct store *s, int office, const void *data, size_t len, struct err *e)
{
    char name[MAP_OUTLINE_NAME_LEN + 1];
    uint8_t hash[SHA256_LEN];
    int rc = sql_do(store_sql(s), e, "DELETE FROM map_outline WHERE office=$1", "i", (int64_t)office);

    if (rc >= 0 && len) {
        sha256(data, len, hash);
        hex_encode(hash, MAP_OUTLINE_NAME_LEN / 2, name);
        rc = sql_do(store_sql(s), e, "INSERT INTO map_outline (office, name, made, data) VALUES ($1,$2,$3,$4)", "itib",
                    (int64_t)office, name, clock_wall_ms(), data, len);
    }
    return rc < 0 ? err_wrap(e, rc, "keep the outlines of office %d", office) : 0;
}

int map_outline_name(struct store *s, int office, char ret[MAP_OUTLINE_NAME_LEN + 1], struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT name FROM map_outline WHERE office=$1", "i", (int64_t)office);

    ret[0] = '\0';
    if (rc == 0 && (rc = sql_next(r, e)) == 1)
        text_copy(ret, MAP_OUTLINE_NAME_LEN + 1, sql_text(r, 0));
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "look for the outlines of office %d", office) : 0;
}

int map_outline_get(struct store *s, int office, const char *name, struct buf *out, struct err *e)
{
    struct sql_rows *r = NULL;
    size_t len = 0;
    int rc = sql_select(store_sql(s), &r, e, "SELECT data FROM map_outline WHERE office=$1 AND name=$2", "it",
                        (int64_t)office, name);

    if (rc == 0 && (rc = sql_next(r, e)) == 1) {
        const void *data = sql_bytes(r, 0, &len);
        int added = buf_add(out, data, len);
        rc = added < 0 ? err_set(e, ERR_TOOLONG, "they are larger than any") : 1;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "read the outlines of office %d", office) : rc;
}
