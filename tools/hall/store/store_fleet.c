/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_fleet.h.
 */
#include "tools/hall/store/store_fleet.h"

#include <string.h>

#include "base/text.h"
#include "model/outage.h"
#include "tools/hall/rules/rollout.h"
#include "tools/hall/store/terminal.h"
#include "wire/enrol.h"
#include "wire/record.h"

/* A word that cannot be read is of a newer terminal, or of nobody: none is known then. */
static void read_words(struct sql_rows *r, struct fleet_terminal *t)
{
    const char *health = sql_text(r, 6), *system = sql_text(r, 8);

    t->told_ms = sql_int(r, 5);
    t->told = health[0] && health_decode(health, strlen(health), &t->health, NULL) == 0;
    t->system_ms = sql_int(r, 7);
    if (system[0] && system_report_decode(system, strlen(system), &t->system, NULL) < 0)
        t->system = (struct system_report){.state = SYSTEM_NONE};
}

static int read_place(struct sql_rows *r, struct fleet_terminal *t, struct err *e)
{
    const char *place = sql_text(r, 2);

    *t = (struct fleet_terminal){
        .office = (int)sql_int(r, 0), .registration = (int)sql_int(r, 3), .certified = sql_int(r, 4) != 0};
    text_copy(t->id, sizeof t->id, sql_text(r, 1));
    return err_wrap(e, enrol_place_decode(place, strlen(place), &t->place, e), "where terminal %s stands", t->id);
}

static void read_rest(struct sql_rows *r, struct fleet_terminal *t)
{
    read_words(r, t);
    t->stored = (uint64_t)sql_int(r, 9);
    t->record_ms = sql_int(r, 10);
    if (sql_copy(r, 11, t->epoch, sizeof t->epoch) < 0)
        memset(t->epoch, 0, sizeof t->epoch);
}

static bool is_near(const struct fleet_terminal *t, const struct fleet_terminal *of)
{
    return !of || (strcmp(t->place.zone, of->place.zone) == 0 && strcmp(t->place.spot, of->place.spot) == 0 &&
                   strcmp(t->id, of->id) != 0);
}

#define TERMINALS                                                                                                           \
    "SELECT t.office, t.terminal, t.place, t.registration, CASE WHEN t.cert IS NULL THEN 0 ELSE 1 END, coalesce(h.at, 0),"  \
    " coalesce(h.report, ''), coalesce(y.at, 0), coalesce(y.report, ''), coalesce(c.seq, 0), coalesce(k.received, 0),"      \
    " t.epoch FROM terminal t LEFT JOIN health h ON h.office=t.office AND h.terminal=t.terminal"                            \
    " LEFT JOIN system_terminal y ON y.office=t.office AND y.terminal=t.terminal"                                           \
    " LEFT JOIN chain c ON c.office=t.office AND c.terminal=t.terminal AND c.epoch=t.epoch"                                 \
    " LEFT JOIN record k ON k.office=t.office AND k.terminal=t.terminal AND k.epoch=c.epoch AND k.seq=c.seq"                \
    " WHERE t.office=$1 "

static int each(struct store *s, int office, const char *id, const struct fleet_terminal *near, fleet_fn *fn, void *ctx,
                struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = id ? sql_select(store_sql(s), &r, e, TERMINALS "AND t.terminal=$2", "it", (int64_t)office, id)
                : sql_select(store_sql(s), &r, e, TERMINALS "ORDER BY t.terminal", "i", (int64_t)office);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        struct fleet_terminal t;

        rc = read_place(r, &t, e);
        if (rc < 0 || !is_near(&t, near))
            continue;
        read_rest(r, &t);
        if (fn(ctx, &t) != 0)
            break;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "read the terminals of office %d", office) : 0;
}

int fleet_each(struct store *s, int office, const char *id, fleet_fn *fn, void *ctx, struct err *e)
{
    return each(s, office, id, NULL, fn, ctx, e);
}

int fleet_each_near(struct store *s, const struct fleet_terminal *t, fleet_fn *fn, void *ctx, struct err *e)
{
    return each(s, t->office, NULL, t, fn, ctx, e);
}

int64_t fleet_heard(const struct fleet_terminal *t)
{
    int64_t last = t->told_ms > t->system_ms ? t->told_ms : t->system_ms;

    return last > t->record_ms ? last : t->record_ms;
}

void fleet_judge(const struct fleet_terminal *t, int64_t now_ms, struct situation_now *ret)
{
    const struct situation_facts f = {.heard_ms = fleet_heard(t), .told = t->told ? &t->health : NULL};

    situation_judge(&f, now_ms, ret);
}

int fleet_ends(struct store *s, const struct fleet_terminal *t, int64_t *ret_ms, struct err *e)
{
    struct terminal of = {.office = t->office};

    text_copy(of.id, sizeof of.id, t->id);
    return terminal_ends(s, &of, ret_ms, e);
}

/* --- the last hours --- */

static void read_record(struct sql_rows *r, struct hour_strip_record *ret)
{
    struct record_header h;
    size_t len;
    const void *header = sql_bytes(r, 3, &len);
    int kind = record_kind_by_word(sql_text(r, 2));
    int64_t at = sql_int(r, 0), received = sql_int(r, 1);

    *ret = (struct hour_strip_record){.at_ms = at < received ? at : received, .kind = RECORD_KINDS, .role = DEVICE_ROLES};
    if (kind < 0 || (len && record_header_decode(header, len, &h, NULL) < 0))
        return;
    ret->kind = (enum record_kind)kind;
    if (!len)
        return;
    ret->role = device_by_word(h.role);
    ret->begins = strcmp(h.what, OUTAGE_BEGINS) == 0;
    ret->ends = strcmp(h.what, OUTAGE_ENDS) == 0;
}

static void begin(const struct fleet_terminal *t, int64_t now_ms, struct hour_strip *ret)
{
    bool down[HOUR_STRIP_ROWS] = {false};
    int64_t heard = fleet_heard(t);

    if (heard && now_ms - heard <= ROLLOUT_HEARD_MS) /* it is not silent: nothing has changed since, or it had said so */
        heard = now_ms;
    for (int i = 0; i < DEVICE_ROLES; i++)
        down[i] = t->told && t->health.device[i][0] && strcmp(t->health.device[i], printer_word(PRINTER_READY)) != 0 &&
                  strcmp(t->health.device[i], printer_word(PRINTER_LOW)) != 0;
    down[HOUR_STRIP_WHOLE] = t->told && t->health.out[0];
    hour_strip_begin(ret, now_ms, heard, down);
}

int fleet_hours(struct store *s, const struct fleet_terminal *t, int64_t now_ms, struct hour_strip *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    struct hour_strip_record record;
    int64_t seq = 0, least = (int64_t)t->stored - FLEET_RECORDS_MAX;

    begin(t, now_ms, ret);
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT at, received, kind, CASE WHEN kind IN ('device-fault','device-recovery','availability')"
                        " THEN header ELSE NULL END, seq FROM record WHERE office=$1 AND terminal=$2 AND epoch=$3 AND seq>$4"
                        " ORDER BY seq DESC",
                        "itbi", (int64_t)t->office, t->id, t->epoch, (size_t)EPOCH_LEN, least);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        read_record(r, &record);
        seq = sql_int(r, 4);
        rc = 0;
        if (!hour_strip_take(ret, &record))
            break;
    }
    sql_done(r);
    hour_strip_end(ret, seq <= 1);
    return rc < 0 ? err_wrap(e, rc, "read the last hours of terminal %s", t->id) : 0;
}
