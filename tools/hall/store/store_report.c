/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_report.h.
 */
#include "tools/hall/store/store_report.h"

#include <string.h>

#include "base/text.h"
#include "model/outage.h"
#include "tools/hall/store/terminal.h"
#include "wire/record.h"

int report_each_rating(struct store *s, int64_t from, int64_t before, rating_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT g.office, g.id, g.item, g.score, g.number, k.terminal,"
                        " CASE WHEN k.at < k.received THEN k.at ELSE k.received END AS given"
                        " FROM rating g JOIN record k ON k.office = g.office AND k.id = g.id"
                        " WHERE CASE WHEN k.at < k.received THEN k.at ELSE k.received END >= $1"
                        " AND CASE WHEN k.at < k.received THEN k.at ELSE k.received END < $2 ORDER BY given, g.office, g.id",
                        "ii", from, before);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        struct rating_row row = {.office = (int)sql_int(r, 0),
                                 .item = sql_text(r, 2),
                                 .score = (int)sql_int(r, 3),
                                 .number = sql_text(r, 4),
                                 .terminal = sql_text(r, 5),
                                 .at = sql_int(r, 6)};
        rc = sql_copy(r, 1, row.id, sizeof row.id) < 0 ? err_set(e, ERR_CHECKSUM, "the id of a rating") : 0;
        if (rc == 0 && fn(ctx, &row) != 0)
            break;
    }
    sql_done(r);
    return err_wrap(e, rc, "read the ratings");
}

int report_case_score(struct store *s, int office, const char *number, int *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT score FROM rating WHERE office=$1 AND number=$2 ORDER BY id LIMIT 1",
                        "it", (int64_t)office, number);

    *ret = 0;
    if (rc == 0 && (rc = sql_next(r, e)) == 1)
        *ret = (int)sql_int(r, 0);
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "the rating of case %s", number) : 0;
}

struct sites {
    site_fn *fn;
    void *ctx;
};

static int each_site(void *ctx, const struct terminal *t)
{
    const struct sites *sites = ctx;

    return sites->fn(sites->ctx, t->office, t->id, t->place.zone);
}

int report_each_site(struct store *s, site_fn *fn, void *ctx, struct err *e)
{
    struct sites sites = {fn, ctx};
    int rc = terminal_each(s, each_site, &sites, e);

    return rc < 0 ? err_wrap(e, rc, "read where the terminals stand") : 0;
}

/* False: a record of that kind tells nothing of its service. */
static bool told_of(const char *kind, const void *header, size_t len, enum report_told *ret)
{
    struct record_header h;

    if (record_header_decode(header, len, &h, NULL) < 0)
        return false;
    if (strcmp(kind, record_kind_word(RECORD_AVAILABILITY)) == 0) {
        *ret = strcmp(h.what, OUTAGE_BEGINS) == 0 ? REPORT_PAUSED : REPORT_RESUMED;
        return strcmp(h.what, OUTAGE_BEGINS) == 0 || strcmp(h.what, OUTAGE_ENDS) == 0;
    }
    *ret = strcmp(kind, record_kind_word(RECORD_START)) == 0 ? REPORT_STARTED : REPORT_SHUT_DOWN;
    return true;
}

int report_each_service(struct store *s, int64_t before, service_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT f.office, f.terminal, f.since, coalesce(k.at, 0), coalesce(k.kind, ''), k.header, k.id FROM"
                        " (SELECT office, terminal, min(CASE WHEN at < received THEN at ELSE received END) AS since"
                        " FROM record GROUP BY office, terminal) f LEFT JOIN record k ON k.office = f.office"
                        " AND k.terminal = f.terminal AND k.kind IN ('availability','start','shutdown') AND k.at < $1"
                        " WHERE f.since < $1 ORDER BY f.office, f.terminal, k.at, k.seq",
                        "i", before);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        struct service_row row = {
            .office = (int)sql_int(r, 0), .terminal = sql_text(r, 1), .since = sql_int(r, 2), .at = sql_int(r, 3)};
        size_t len;
        const void *header = sql_bytes(r, 5, &len);

        row.told = sql_text(r, 4)[0] && told_of(sql_text(r, 4), header, len, &row.what);
        rc = row.told && sql_copy(r, 6, row.id, sizeof row.id) < 0 ? err_set(e, ERR_CHECKSUM, "the id of a record") : 0;
        if (rc == 0 && fn(ctx, &row) != 0)
            break;
    }
    sql_done(r);
    return err_wrap(e, rc, "read what terminals told of their service");
}
