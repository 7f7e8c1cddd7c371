/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_shift.h.
 */
#include "tools/hall/store/store_shift.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/store/store_account.h"

static int count(struct store *s, int office, const uint8_t id[SHIFT_ID_LEN], struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT count(*) FROM duty_shift WHERE office=$1 AND id<>$2", "ib",
                        (int64_t)office, id, (size_t)SHIFT_ID_LEN);

    if (rc == 0)
        rc = sql_next(r, e);
    rc = rc == 1 ? (int)sql_int(r, 0) : rc;
    sql_done(r);
    return rc;
}

/* Of office 0, which is the whole hall's, anybody who looks after terminals. */
static int check_staff(struct store *s, int office, struct shift *one, struct err *e)
{
    struct account a;
    int rc = account_read(s, one->staff, &a, e);

    if (rc == 0 && ((office && a.office != office) || a.state == ACCOUNT_DISABLED || !role_uses(a.role, ROLE_USE_FLEET)))
        rc = err_set(e, ERR_NOTFOUND, "%s does not look after terminals here", one->staff);
    if (rc == 0)
        text_copy(one->name, sizeof one->name, a.name);
    return rc;
}

/* A zone has no name but by the places of its terminals. */
static int check_zone(struct store *s, int office, const struct shift *one, struct err *e)
{
    struct sql_rows *r = NULL;

    if (!one->zone[0])
        return 0;
    int rc = sql_select(store_sql(s), &r, e, "SELECT 1 FROM terminal_zone WHERE office=$1 AND zone=$2 LIMIT 1", "it",
                        (int64_t)office, one->zone);
    if (rc == 0)
        rc = sql_next(r, e);
    sql_done(r);
    if (rc == 0)
        return err_set(e, ERR_RANGE, "no terminal of office %d is in zone %s", office, one->zone);
    return rc < 0 ? rc : 0;
}

static int write_down(struct store *s, int office, const struct shift *one, const char *who, struct err *e)
{
    char words[120];

    snprintf(words, sizeof words, "days %02x, %02d:00-%02d:00, place %d, zone %s", (unsigned)one->days, one->from, one->to,
             one->place, one->zone[0] ? one->zone : "all");
    return store_audit(s, office, who, "duty-shift-put", one->staff, words, e);
}

int shift_put(struct store *s, int office, struct shift *one, const char *who, struct err *e)
{
    int rc = check_staff(s, office, one, e);

    if (rc == 0)
        rc = check_zone(s, office, one, e);
    if (rc == 0 && (rc = count(s, office, one->id, e)) >= 0)
        rc = rc >= SHIFTS_MAX ? err_set(e, ERR_NOSPACE, "the duty list has %d rows", SHIFTS_MAX) : 0;
    if (rc == 0)
        rc = sql_do(store_sql(s), e,
                    "INSERT INTO duty_shift (office, id, staff, name, zone, days, start, stop, place, way)"
                    " VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (office, id) DO UPDATE SET staff = excluded.staff,"
                    " name = excluded.name, zone = excluded.zone, days = excluded.days, start = excluded.start,"
                    " stop = excluded.stop, place = excluded.place, way = excluded.way",
                    "ibtttiiiit", (int64_t)office, one->id, (size_t)SHIFT_ID_LEN, one->staff, one->name, one->zone,
                    (int64_t)one->days, (int64_t)one->from, (int64_t)one->to, (int64_t)one->place, one->way);
    return rc < 0 ? rc : write_down(s, office, one, who, e);
}

int shift_drop(struct store *s, int office, const uint8_t id[SHIFT_ID_LEN], const char *who, struct err *e)
{
    char name[2 * SHIFT_ID_LEN + 1];
    int rc = sql_do(store_sql(s), e, "DELETE FROM duty_shift WHERE office=$1 AND id=$2", "ib", (int64_t)office, id,
                    (size_t)SHIFT_ID_LEN);

    if (rc <= 0)
        return rc;
    hex_encode(id, SHIFT_ID_LEN, name);
    rc = store_audit(s, office, who, "duty-shift-drop", name, "", e);
    return rc < 0 ? rc : 1;
}

static int read_row(struct sql_rows *r, struct shift *ret, struct err *e)
{
    *ret = (struct shift){.days = (int)sql_int(r, 4),
                          .from = (int)sql_int(r, 5),
                          .to = (int)sql_int(r, 6),
                          .place = (int)sql_int(r, 7),
                          .gone = sql_int(r, 9) != 0,
                          .lost = sql_int(r, 10) != 0};
    text_copy(ret->staff, sizeof ret->staff, sql_text(r, 1));
    text_copy(ret->name, sizeof ret->name, sql_text(r, 2));
    text_copy(ret->zone, sizeof ret->zone, sql_text(r, 3));
    text_copy(ret->way, sizeof ret->way, sql_text(r, 8));
    if (sql_copy(r, 0, ret->id, SHIFT_ID_LEN) < 0 || !shift_valid(ret))
        return err_set(e, ERR_INVALID, "a row of the duty list does not read");
    return 0;
}

int shift_list(struct store *s, int office, struct shift ret[SHIFTS_MAX], struct err *e)
{
    struct sql_rows *r = NULL;
    int n = 0, rc = sql_select(store_sql(s), &r, e,
                               "SELECT d.id, d.staff, d.name, d.zone, d.days, d.start, d.stop, d.place, d.way,"
                               " CASE WHEN a.state<>$1 AND a.role=$2 THEN 0 ELSE 1 END,"
                               " CASE WHEN d.zone='' OR EXISTS (SELECT 1 FROM terminal_zone z WHERE z.office=d.office"
                               " AND z.zone=d.zone) THEN 0 ELSE 1 END FROM duty_shift d"
                               " LEFT JOIN account a ON a.id = d.staff WHERE d.office=$3"
                               " ORDER BY d.place, d.start, d.name, d.id",
                               "iii", (int64_t)ACCOUNT_DISABLED, (int64_t)ROLE_FLEET, (int64_t)office);

    while (rc == 0 && n < SHIFTS_MAX && (rc = sql_next(r, e)) == 1)
        rc = read_row(r, &ret[n++], e);
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "read the duty list") : n;
}
