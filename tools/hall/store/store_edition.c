/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_edition.h.
 */
#include "tools/hall/store/store_edition.h"

#include <string.h>

#include "base/text.h"
#include "tools/hall/store/store_system.h"
#include "tools/hall/store/terminal.h"

#define COLUMNS(needs, name, table)                                                                                         \
    "SELECT version, seq, state, percent, next, next_at, stop_after, " needs ", brought_id, brought_by, brought,"           \
    " approved_by, approved, changed_by, changed, why, " name " FROM " table " "
#define CATALOGUES COLUMNS("needs, expires", "''", "catalogue_edition")
#define SYSTEMS COLUMNS("0, 9223372036854775807", "name", "system_edition")

int edition_add(struct store *s, const struct edition_row *r, const struct buf *manifest, const struct buf *signatures,
                struct err *e)
{
    const struct edition *ed = &r->edition;
    int rc = sql_do(
        store_sql(s), e,
        "INSERT INTO catalogue_edition (version, seq, state, percent, next, next_at, stop_after, needs, expires,"
        " manifest, signatures, brought_id, brought_by, brought, approved_by, approved, changed_by, changed, why)"
        " VALUES ($1,1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,'',0,'',0,$14) ON CONFLICT (version) DO NOTHING",
        "itiiiiiibbttit", ed->version, edition_state_word(ed->state), (int64_t)ed->percent, (int64_t)ed->next, ed->next_at,
        (int64_t)ed->stop_after, (int64_t)ed->needs, ed->expires_ms, manifest->data, manifest->len, signatures->data,
        signatures->len, r->brought_id, r->brought_by, r->brought, r->why);

    if (rc == 0)
        return err_set(e, ERR_EXISTS, "version %lld was brought before: a higher one is needed", (long long)ed->version);
    return rc < 0 ? err_wrap(e, rc, "edition %lld", (long long)ed->version) : 0;
}

static int take_row(struct sql_rows *r, enum edition_kind kind, struct edition_row *ret, struct err *e)
{
    struct edition *ed = &ret->edition;

    *ret = (struct edition_row){.seq = sql_int(r, 1), .brought = sql_int(r, 11), .approved = sql_int(r, 13)};
    *ed = (struct edition){.kind = kind,
                           .version = sql_int(r, 0),
                           .percent = (int)sql_int(r, 3),
                           .next = (int)sql_int(r, 4),
                           .next_at = sql_int(r, 5),
                           .stop_after = (int)sql_int(r, 6),
                           .needs = (int)sql_int(r, 7),
                           .expires_ms = sql_int(r, 8)};
    ret->changed = sql_int(r, 15);
    text_copy(ret->brought_id, sizeof ret->brought_id, sql_text(r, 9));
    text_copy(ret->brought_by, sizeof ret->brought_by, sql_text(r, 10));
    text_copy(ret->approved_by, sizeof ret->approved_by, sql_text(r, 12));
    text_copy(ret->changed_by, sizeof ret->changed_by, sql_text(r, 14));
    text_copy(ret->why, sizeof ret->why, sql_text(r, 16));
    text_copy(ed->name, sizeof ed->name, sql_text(r, 17));
    if (!edition_state_by_word(sql_text(r, 2), &ed->state))
        return err_set(e, ERR_STATE, "edition %lld is \"%s\", which this version does not know", (long long)ed->version,
                       sql_text(r, 2));
    return 0;
}

int edition_read(struct store *s, enum edition_kind kind, int64_t version, struct edition_row *ret, struct err *e)
{
    static const char *const one[] = {CATALOGUES "WHERE version=$1", SYSTEMS "WHERE version=$1"};
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, one[kind], "i", version);

    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 0)
        rc = err_set(e, ERR_NOTFOUND, "version %lld was never brought", (long long)version);
    else if (rc == 1)
        rc = take_row(r, kind, ret, e);
    sql_done(r);
    return rc;
}

static int add_bytes(struct sql_rows *r, int column, struct buf *out, struct err *e)
{
    size_t len;
    const void *bytes = sql_bytes(r, column, &len);

    if (!out)
        return 0;
    return buf_add(out, bytes, len) == 0 ? 0 : err_set(e, ERR_TOOLONG, "what was signed");
}

int edition_signed(struct store *s, int64_t version, struct buf *manifest, struct buf *signatures, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT manifest, signatures FROM catalogue_edition WHERE version=$1", "i",
                        version);

    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 0)
        rc = err_set(e, ERR_NOTFOUND, "version %lld was never brought", (long long)version);
    else if (rc == 1 && (rc = add_bytes(r, 0, manifest, e)) == 0)
        rc = add_bytes(r, 1, signatures, e);
    sql_done(r);
    return rc;
}

#define PUT(table)                                                                                                          \
    "UPDATE " table " SET seq=$1+1, state=$2, percent=$3, next=$4, next_at=$5, stop_after=$6, approved_by=$7, approved=$8," \
    " changed_by=$9, changed=$10, why=$11 WHERE version=$12 AND seq=$13"

int edition_put(struct store *s, struct edition_row *r, struct err *e)
{
    static const char *const put[] = {PUT("catalogue_edition"), PUT("system_edition")};
    const struct edition *ed = &r->edition;
    int rc = sql_do(store_sql(s), e, put[ed->kind], "itiiiitititii", r->seq, edition_state_word(ed->state),
                    (int64_t)ed->percent, (int64_t)ed->next, ed->next_at, (int64_t)ed->stop_after, r->approved_by,
                    r->approved, r->changed_by, r->changed, r->why, ed->version, r->seq);

    if (rc == 0)
        return err_set(e, ERR_RETRY, "edition %lld was changed by somebody else", (long long)ed->version);
    r->seq += rc > 0;
    return rc < 0 ? err_wrap(e, rc, "edition %lld", (long long)ed->version) : 0;
}

int edition_each(struct store *s, enum edition_kind kind, int64_t above, edition_fn *fn, void *ctx, struct err *e)
{
    static const char *const all[] = {CATALOGUES "WHERE version>$1 ORDER BY version DESC",
                                      SYSTEMS "WHERE version>$1 ORDER BY version DESC"};
    struct sql_rows *r = NULL;
    struct edition_row row;
    int rc = sql_select(store_sql(s), &r, e, all[kind], "i", above);

    while (rc == 0 && (rc = sql_next(r, e)) == 1)
        rc = take_row(r, kind, &row, e) < 0 ? -ERR_STATE : fn(ctx, &row) ? 2 : 0;
    sql_done(r);
    return rc < 0 ? rc : 0;
}

static int find_running(void *ctx, const struct edition_row *r)
{
    enum edition_state state = r->edition.state;
    bool all = r->edition.kind == EDITION_SYSTEM && r->edition.percent == EDITION_ALL && state == EDITION_RUNS;

    if (all || (state != EDITION_RUNS && state != EDITION_PAUSED && state != EDITION_STOPPED))
        return 0;
    *(int64_t *)ctx = r->edition.version;
    return 1;
}

int edition_running(struct store *s, enum edition_kind kind, int64_t *ret_version, struct err *e)
{
    *ret_version = 0;
    return edition_each(s, kind, 0, find_running, ret_version, e);
}

int edition_knows(struct store *s, const char *terminal, bool *ret_reached, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT CASE WHEN t.registration>0 AND t.cert IS NOT NULL THEN 1 ELSE 0 END FROM directory d"
                        " LEFT JOIN terminal t ON t.office=d.office AND t.terminal=d.terminal WHERE d.terminal=$1",
                        "t", terminal);

    if (rc == 0)
        rc = sql_next(r, e);
    *ret_reached = rc == 1 && sql_int(r, 0);
    sql_done(r);
    return rc;
}

#define CHOOSE(table)                                                                                                       \
    "INSERT INTO " table " (version, terminal) SELECT $1, terminal FROM directory WHERE terminal=$2"                        \
    " ON CONFLICT (version, terminal) DO UPDATE SET version=excluded.version"

int edition_choose(struct store *s, const struct edition *ed, const char *terminal, struct err *e)
{
    int rc = ed->kind == EDITION_SYSTEM ? sql_do(store_sql(s), e, CHOOSE("system_chosen"), "tt", ed->name, terminal)
                                        : sql_do(store_sql(s), e, CHOOSE("catalogue_chosen"), "it", ed->version, terminal);

    return rc == 0 ? err_set(e, ERR_NOTFOUND, "no terminal %s", terminal) : rc < 0 ? rc : 0;
}

#define CHOSEN(table) "SELECT terminal FROM " table " WHERE version=$1 ORDER BY terminal"

int edition_each_chosen(struct store *s, const struct edition *ed, int (*fn)(void *ctx, const char *terminal), void *ctx,
                        struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = ed->kind == EDITION_SYSTEM ? sql_select(store_sql(s), &r, e, CHOSEN("system_chosen"), "t", ed->name)
                                        : sql_select(store_sql(s), &r, e, CHOSEN("catalogue_chosen"), "i", ed->version);

    while (rc == 0 && (rc = sql_next(r, e)) == 1)
        rc = fn(ctx, sql_text(r, 0)) ? 2 : 0;
    sql_done(r);
    return rc < 0 ? rc : 0;
}

/* --- what terminals say --- */

int edition_hear(struct store *s, int office, const char *terminal, const struct edition_heard *h, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO catalogue_terminal (office, terminal, at, catalogue, level, refused, why)"
                    " VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (office, terminal) DO UPDATE SET at=excluded.at,"
                    " catalogue=excluded.catalogue, level=excluded.level,"
                    " refused=CASE WHEN excluded.refused>0 THEN excluded.refused"
                    " WHEN catalogue_terminal.refused>excluded.catalogue THEN catalogue_terminal.refused ELSE 0 END,"
                    " why=CASE WHEN excluded.refused>0 THEN excluded.why"
                    " WHEN catalogue_terminal.refused>excluded.catalogue THEN catalogue_terminal.why ELSE '' END",
                    "itiiiit", (int64_t)office, terminal, h->at, h->catalogue, (int64_t)h->level, h->refused, h->why);

    return rc < 0 ? err_wrap(e, rc, "the catalogue of %s", terminal) : 0;
}

static void take_seen(struct sql_rows *r, struct edition_seen *ret)
{
    *ret = (struct edition_seen){.office = (int)sql_int(r, 0)};
    text_copy(ret->id, sizeof ret->id, sql_text(r, 1));
    ret->heard = (struct edition_heard){
        .at = sql_int(r, 3), .catalogue = sql_int(r, 4), .level = (int)sql_int(r, 5), .refused = sql_int(r, 6)};
    text_copy(ret->heard.why, sizeof ret->heard.why, sql_text(r, 7));
    ret->rule = (struct edition_terminal){.id = ret->id,
                                          .chosen = sql_int(r, 8) != 0,
                                          .catalogue = ret->heard.catalogue,
                                          .refused = ret->heard.refused,
                                          .level = ret->heard.level,
                                          .heard_ms = ret->heard.at};
    terminal_read_place(ret->id, sql_text(r, 2), &ret->place);
}

int edition_each_terminal(struct store *s, int64_t version, edition_seen_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    struct edition_seen one;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT t.office, t.terminal, t.place, coalesce(h.at, 0), coalesce(h.catalogue, 0),"
                        " coalesce(h.level, 0), coalesce(h.refused, 0), coalesce(h.why, ''),"
                        " CASE WHEN c.terminal IS NULL THEN 0 ELSE 1 END FROM terminal t"
                        " LEFT JOIN catalogue_terminal h ON h.office=t.office AND h.terminal=t.terminal"
                        " LEFT JOIN catalogue_chosen c ON c.version=$1 AND c.terminal=t.terminal"
                        " WHERE t.registration>0 AND t.cert IS NOT NULL ORDER BY t.office, t.terminal",
                        "i", version);

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        take_seen(r, &one);
        one.rule.id = one.id;
        rc = fn(ctx, &one) ? 2 : 0;
    }
    sql_done(r);
    return rc < 0 ? rc : 0;
}

struct counting {
    const struct edition *edition;
    int64_t now;
    struct edition_figures *figures;
};

static int count_one(void *ctx, const struct edition_seen *t)
{
    struct counting *c = ctx;

    c->figures->of[edition_place(c->edition, &t->rule, c->now)]++;
    c->figures->proves += edition_proves(c->edition, &t->rule, c->now);
    return 0;
}

int edition_count(struct store *s, const struct edition *ed, int64_t now, struct edition_figures *ret, struct err *e)
{
    struct counting c = {ed, now, ret};

    *ret = (struct edition_figures){.proves = 0};
    if (ed->kind == EDITION_SYSTEM)
        return system_count(s, ed, now, ret, e);
    return edition_each_terminal(s, ed->version, count_one, &c, e);
}
