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
#include "wire/record.h"

static int64_t latest(int64_t a, int64_t b, int64_t c)
{
    int64_t last = a > b ? a : b;

    return last > c ? last : c;
}

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

static void read_place(struct sql_rows *r, struct fleet_terminal *t)
{
    *t = (struct fleet_terminal){
        .office = (int)sql_int(r, 0), .registration = (int)sql_int(r, 3), .certified = sql_int(r, 4) != 0};
    text_copy(t->id, sizeof t->id, sql_text(r, 1));
    terminal_read_place(t->id, sql_text(r, 2), &t->place);
}

static void read_rest(struct sql_rows *r, struct fleet_terminal *t)
{
    read_words(r, t);
    t->stored = (uint64_t)sql_int(r, 9);
    t->record_ms = sql_int(r, 10);
    if (sql_copy(r, 11, t->epoch, sizeof t->epoch) < 0)
        memset(t->epoch, 0, sizeof t->epoch);
}

#define OF_TERMINALS                                                                                                        \
    " FROM terminal t LEFT JOIN health h ON h.office=t.office AND h.terminal=t.terminal"                                    \
    " LEFT JOIN system_terminal y ON y.office=t.office AND y.terminal=t.terminal"                                           \
    " LEFT JOIN chain c ON c.office=t.office AND c.terminal=t.terminal AND c.epoch=t.epoch"                                 \
    " LEFT JOIN record k ON k.office=t.office AND k.terminal=t.terminal AND k.epoch=c.epoch AND k.seq=c.seq"
#define TERMINALS                                                                                                           \
    "SELECT t.office, t.terminal, t.place, t.registration, CASE WHEN t.cert IS NULL THEN 0 ELSE 1 END, coalesce(h.at, 0),"  \
    " coalesce(h.report, ''), coalesce(y.at, 0), coalesce(y.report, ''), coalesce(c.seq, 0), coalesce(k.received, 0),"      \
    " t.epoch" OF_TERMINALS

static int give(struct sql_rows *r, int rc, int office, fleet_fn *fn, void *ctx, struct err *e)
{
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        struct fleet_terminal t;

        read_place(r, &t);
        read_rest(r, &t);
        if (fn(ctx, &t) != 0)
            break;
        rc = 0;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "read the terminals of office %d", office) : 0;
}

int fleet_each(struct store *s, int office, const char *id, fleet_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = id ? sql_select(store_sql(s), &r, e, TERMINALS " WHERE t.office=$1 AND t.terminal=$2", "it", (int64_t)office,
                             id)
                : sql_select(store_sql(s), &r, e, TERMINALS " WHERE t.office=$1 ORDER BY t.terminal", "i", (int64_t)office);
    return give(r, rc, office, fn, ctx, e);
}

int fleet_each_near(struct store *s, const struct fleet_terminal *t, fleet_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, TERMINALS TERMINAL_NEAR("$1", "$2"), "it", (int64_t)t->office, t->id);

    return give(r, rc, t->office, fn, ctx, e);
}

/* It is read without its place and its system, whose JSON would be most of the work. */
int fleet_each_stand(struct store *s, int office, fleet_stand_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(
        store_sql(s), &r, e,
        "SELECT t.terminal, coalesce(z.zone, ''), coalesce(h.at, 0), coalesce(h.report, ''), coalesce(y.at, 0),"
        " coalesce(k.received, 0), CASE WHEN t.cert IS NULL THEN 0 ELSE 1 END" OF_TERMINALS
        " LEFT JOIN terminal_zone z ON z.office=t.office AND z.terminal=t.terminal"
        " WHERE t.office=$1 ORDER BY t.terminal",
        "i", (int64_t)office);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        const char *health = sql_text(r, 3);
        struct fleet_stand t = {.heard_ms = latest(sql_int(r, 2), sql_int(r, 4), sql_int(r, 5)),
                                .certified = sql_int(r, 6) != 0};

        text_copy(t.id, sizeof t.id, sql_text(r, 0));
        text_copy(t.zone, sizeof t.zone, sql_text(r, 1));
        t.told = health[0] && health_decode(health, strlen(health), &t.health, NULL) == 0;
        if (fn(ctx, &t) != 0)
            break;
        rc = 0;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "read how the terminals of office %d stand", office) : 0;
}

int fleet_keep(struct store *s, int office, const char *terminal, const struct situation_now *now, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO terminal_stand (office, terminal, told, situation, serves)"
                    " SELECT office, terminal, at, $1, $2 FROM health WHERE office=$3 AND terminal=$4"
                    " ON CONFLICT (office, terminal) DO UPDATE SET told=excluded.told, situation=excluded.situation,"
                    " serves=excluded.serves",
                    "tiit", situation_word(now->situation), (int64_t)now->serves, (int64_t)office, terminal);

    return rc < 0 ? err_wrap(e, rc, "where terminal %s stands", terminal) : 0;
}

/* What was kept of the report that is there, by another hall perhaps, whose word is not known here: somebody looks. Else the
 * report itself: an earlier hall kept nothing. */
static void read_stand(struct sql_rows *r, struct situation_now *ret)
{
    const char *report = sql_text(r, 3), *kept = sql_text(r, 5);
    struct health_report health;

    if (*kept)
        *ret = (struct situation_now){.situation = SITUATION_DESK, .serves = sql_int(r, 6) != 0};
    else
        situation_of_word(*report && health_decode(report, strlen(report), &health, NULL) == 0 ? &health : NULL, ret);
    if (*kept)
        (void)situation_by_word(kept, &ret->situation);
}

/* When something else of it came is asked only where its health is old. */
#define LAST_OTHER                                                                                                          \
    "CASE WHEN h.at >= $1 THEN 0 ELSE coalesce((SELECT k.received FROM chain c JOIN record k ON k.office=c.office"          \
    " AND k.terminal=c.terminal AND k.epoch=c.epoch AND k.seq=c.seq WHERE c.office=t.office AND c.terminal=t.terminal"      \
    " AND c.epoch=t.epoch), 0) END, d.situation, d.serves, CASE WHEN h.at >= $1 THEN 0 ELSE coalesce((SELECT y.at"          \
    " FROM system_terminal y WHERE y.office=t.office AND y.terminal=t.terminal), 0) END"

int fleet_each_brief(struct store *s, int office, int64_t now_ms, fleet_brief_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    struct situation_now now;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT t.terminal, coalesce(z.zone, ''), coalesce(h.at, 0),"
                        " CASE WHEN d.told=h.at THEN '' ELSE coalesce(h.report, '') END, " LAST_OTHER
                        " FROM terminal t LEFT JOIN health h ON h.office=t.office AND h.terminal=t.terminal"
                        " LEFT JOIN terminal_stand d ON d.office=h.office AND d.terminal=h.terminal AND d.told=h.at"
                        " LEFT JOIN terminal_zone z ON z.office=t.office AND z.terminal=t.terminal"
                        " WHERE t.office=$2 ORDER BY t.terminal",
                        "ii", now_ms - ROLLOUT_HEARD_MS, (int64_t)office);

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        struct fleet_brief t = {.heard_ms = latest(sql_int(r, 2), sql_int(r, 4), sql_int(r, 7))};

        text_copy(t.id, sizeof t.id, sql_text(r, 0));
        text_copy(t.zone, sizeof t.zone, sql_text(r, 1));
        read_stand(r, &now);
        situation_age(t.heard_ms, now_ms, &now);
        t.situation = now.situation;
        t.serves = now.serves;
        rc = fn(ctx, &t) ? 2 : 0;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "count the terminals of office %d", office) : 0;
}

static void judge(int64_t heard_ms, bool told, const struct health_report *health, int64_t now_ms, struct situation_now *ret)
{
    const struct situation_facts f = {.heard_ms = heard_ms, .told = told ? health : NULL};

    situation_judge(&f, now_ms, ret);
}

void fleet_judge_stand(const struct fleet_stand *t, int64_t now_ms, struct situation_now *ret)
{
    judge(t->heard_ms, t->told, &t->health, now_ms, ret);
}

int64_t fleet_heard(const struct fleet_terminal *t)
{
    return latest(t->told_ms, t->system_ms, t->record_ms);
}

void fleet_judge(const struct fleet_terminal *t, int64_t now_ms, struct situation_now *ret)
{
    judge(fleet_heard(t), t->told, &t->health, now_ms, ret);
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
