/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_halt.h.
 */
#include "tools/hall/store/store_halt.h"

#include <string.h>

#include "base/text.h"
#include "tools/hall/store/terminal.h"

#define COLUMNS "SELECT task_code, is_off, version, name, upto, since, zh, en, changed, changed_by, why FROM item_halt "

int halt_lock(struct store *s, struct err *e)
{
    int rc = sql_do(store_sql(s), e, "UPDATE hall SET version=version", "");

    return rc < 0 ? rc : 0;
}

int halt_version(struct store *s, int64_t *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT coalesce(max(version), 0) FROM item_halt", "");

    if (rc == 0 && (rc = sql_next(r, e)) == 1)
        *ret = sql_int(r, 0);
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "the halted items") : 0;
}

int halt_put(struct store *s, struct halt_row *r, struct err *e)
{
    const struct halt *h = &r->halt;
    int rc = halt_version(s, &r->version, e);

    r->version = r->version < r->changed ? r->changed : r->version + 1;
    if (rc == 0)
        rc = sql_do(store_sql(s), e,
                    "INSERT INTO item_halt (task_code, is_off, version, name, upto, since, zh, en, changed, changed_by, why)"
                    " VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT (task_code) DO UPDATE SET"
                    " is_off=excluded.is_off, version=excluded.version, name=excluded.name, upto=excluded.upto,"
                    " since=excluded.since, zh=excluded.zh, en=excluded.en, changed=excluded.changed,"
                    " changed_by=excluded.changed_by, why=excluded.why",
                    "tiitiittitt", h->task_code, (int64_t)r->off, r->version, r->name, (int64_t)h->upto, h->at_ms, h->zh,
                    h->en, r->changed, r->by, r->why);
    return rc < 0 ? err_wrap(e, rc, "the halt of %s", h->task_code) : 0;
}

static void take_row(struct sql_rows *r, struct halt_row *ret)
{
    struct halt *h = &ret->halt;

    *ret = (struct halt_row){.off = sql_int(r, 1) != 0, .version = sql_int(r, 2), .changed = sql_int(r, 8)};
    text_copy(h->task_code, sizeof h->task_code, sql_text(r, 0));
    text_copy(ret->name, sizeof ret->name, sql_text(r, 3));
    h->upto = (int)sql_int(r, 4);
    h->at_ms = sql_int(r, 5);
    text_copy(h->zh, sizeof h->zh, sql_text(r, 6));
    text_copy(h->en, sizeof h->en, sql_text(r, 7));
    text_copy(ret->by, sizeof ret->by, sql_text(r, 9));
    text_copy(ret->why, sizeof ret->why, sql_text(r, 10));
}

int halt_get(struct store *s, const char *task_code, struct halt_row *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, COLUMNS "WHERE task_code=$1", "t", task_code);

    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        take_row(r, ret);
    else if (rc == 0)
        rc = err_set(e, ERR_NOTFOUND, "item %s was never off", task_code);
    sql_done(r);
    return rc < 0 ? rc : 0;
}

static int each(struct store *s, const char *sql, halt_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    struct halt_row row;
    int rc = sql_select(store_sql(s), &r, e, sql, "");

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        take_row(r, &row);
        rc = fn(ctx, &row) ? 2 : 0;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "the halted items") : 0;
}

int halt_each(struct store *s, halt_fn *fn, void *ctx, struct err *e)
{
    return each(s, COLUMNS "WHERE is_off=1 ORDER BY since, task_code", fn, ctx, e);
}

struct telling {
    struct halts *halts;
    int most;
};

static int tell(void *ctx, const struct halt_row *r)
{
    const struct telling *t = ctx;
    struct halts *h = t->halts;

    if (h->n == t->most) {
        h->version = r->version - 1;
        return 1;
    }
    h->list[h->n++] = r->halt;
    return 0;
}

int halt_list(struct store *s, int most, struct halts *ret, struct err *e)
{
    struct telling t = {ret, most};

    *ret = (struct halts){.n = 0};
    int rc = halt_version(s, &ret->version, e);
    return rc == 0 ? each(s, COLUMNS "WHERE is_off=1 ORDER BY version", tell, &t, e) : rc;
}

/* --- what terminals say --- */

int halt_hear(struct store *s, int office, const char *terminal, int64_t version, int64_t at_ms, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO terminal_halts (office, terminal, version, at) VALUES ($1,$2,$3,$4)"
                    " ON CONFLICT (office, terminal) DO UPDATE SET version=excluded.version, at=CASE WHEN"
                    " terminal_halts.version=excluded.version THEN terminal_halts.at ELSE excluded.at END",
                    "itii", (int64_t)office, terminal, version, at_ms);

    return rc < 0 ? err_wrap(e, rc, "the halted items of %s", terminal) : 0;
}

int halt_each_terminal(struct store *s, halt_seen_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    struct halt_seen t;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT t.office, t.terminal, t.place, coalesce(h.version, 0), coalesce(h.at, 0), coalesce(g.at, 0),"
                        " coalesce(c.catalogue, 0)"
                        " FROM terminal t LEFT JOIN terminal_halts h ON h.office=t.office AND h.terminal=t.terminal"
                        " LEFT JOIN catalogue_terminal c ON c.office=t.office AND c.terminal=t.terminal"
                        " LEFT JOIN health g ON g.office=t.office AND g.terminal=t.terminal"
                        " WHERE t.registration>0 AND t.cert IS NOT NULL ORDER BY t.office, t.terminal",
                        "");

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        t = (struct halt_seen){.office = (int)sql_int(r, 0),
                               .version = sql_int(r, 3),
                               .at_ms = sql_int(r, 4),
                               .heard_ms = sql_int(r, 5),
                               .catalogue = sql_int(r, 6)};
        text_copy(t.id, sizeof t.id, sql_text(r, 1));
        terminal_read_place(t.id, sql_text(r, 2), &t.place);
        rc = fn(ctx, &t) ? 2 : 0;
    }
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "the halted items of terminals") : 0;
}
