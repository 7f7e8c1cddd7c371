/* SPDX-License-Identifier: Apache-2.0
 *
 * Everything here is derived from records; there is no counter that could run apart from them.
 */
#include "journal/query.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "journal/index.h"
#include "wire/record.h"

int query_next_serial(sqlite3 *db, const char *series, int64_t day, int64_t *ret, struct err *e)
{
    sqlite3_stmt *st;
    int64_t last = 0;

    int rc = db_prepare(db, "SELECT max(serial) FROM record WHERE series = ?1 AND day = ?2 AND serial IS NOT NULL", &st, e);
    if (rc)
        return rc;
    sqlite3_bind_text(st, 1, series, -1, SQLITE_STATIC);
    sqlite3_bind_int64(st, 2, day);
    rc = db_number(st, &last, e);
    if (rc == 0)
        *ret = last + 1;
    return rc;
}

int query_trusted(sqlite3 *db, int64_t *ret, struct err *e)
{
    struct record_header h;
    sqlite3_stmt *st;
    int64_t found = 0;

    int rc = db_prepare(db, "SELECT header FROM record ORDER BY seq DESC", &st, e);
    if (rc)
        return rc;
    while (!found && (rc = db_step(st, e)) == 1) {
        rc = record_header_decode(sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0), &h, e);
        if (rc)
            break;
        found = h.clock_trusted ? h.at : 0;
    }
    sqlite3_finalize(st);
    if (rc >= 0)
        *ret = found;
    return rc < 0 ? rc : 0;
}

/* The index knows day and serial; the whole number, with office and registration, stands in the header. A bundle's own
 * number is no record's: it stands in those of its applications, which have the next ones. */
int query_case(sqlite3 *db, const char *number, struct journal_case *ret, struct err *e)
{
    struct journal_case found = {0, 0};
    struct case_number n;
    struct record_header h;
    sqlite3_stmt *st;

    *ret = found;
    if (!case_number_parse(number, &n))
        return 0;
    int rc = db_prepare(
        db,
        "SELECT header FROM record WHERE series = ?1 AND day = ?2 AND serial BETWEEN ?3 AND ?4 AND serial IS NOT NULL "
        "ORDER BY serial",
        &st, e);
    if (rc)
        return rc;
    sqlite3_bind_text(st, 1, INDEX_SERIES_CASE, -1, SQLITE_STATIC);
    sqlite3_bind_int64(st, 2, date_to_days(n.day));
    sqlite3_bind_int64(st, 3, n.serial);
    sqlite3_bind_int64(st, 4, n.serial + JOURNAL_TOGETHER_MAX);
    while ((rc = db_step(st, e)) == 1) {
        rc = record_header_decode(sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0), &h, e);
        if (rc)
            break;
        if (!strcmp(h.number, number) || !strcmp(h.bundle, number))
            found = (struct journal_case){h.seq, h.at};
    }
    sqlite3_finalize(st);
    if (rc == 0)
        *ret = found;
    return err_wrap(e, rc, "look for a case");
}

/* The visit of the last visit-start. Returns 1 when there is one. */
static int find_start(sqlite3 *db, struct journal_visit *v, int64_t *ret_seq, struct err *e)
{
    sqlite3_stmt *st;

    int rc = db_prepare(db, "SELECT seq, at, visit FROM record WHERE kind = ?1 ORDER BY seq DESC LIMIT 1", &st, e);
    if (rc)
        return rc;
    sqlite3_bind_text(st, 1, record_kind_word(RECORD_VISIT_START), -1, SQLITE_STATIC);
    rc = db_step(st, e);
    if (rc == 1) {
        *ret_seq = sqlite3_column_int64(st, 0);
        v->started_ms = sqlite3_column_int64(st, 1);
        if (!db_blob(st, 2, v->visit, sizeof v->visit))
            rc = 0; /* a start without a visit id can have no end either */
    }
    sqlite3_finalize(st);
    return rc;
}

/* Takes one later record of the visit into account. */
static void follow(const struct record_header *h, struct journal_visit *v)
{
    switch ((int)h->kind) { /* most kinds say nothing about how the visit stands */
    case RECORD_VISIT_END:
        v->open = false;
        break;
    case RECORD_APPLICATION:
        text_copy(v->number, sizeof v->number, h->bundle[0] ? h->bundle : h->number);
        v->parts = h->parts;
        break;
    case RECORD_SUPPLEMENT:
        text_copy(v->supplied, sizeof v->supplied, h->case_number);
        break;
    case RECORD_FEEDBACK:
        text_copy(v->spoken, sizeof v->spoken, h->number);
        break;
    case RECORD_TICKET:
        text_copy(v->ticket, sizeof v->ticket, h->number);
        text_copy(v->queue, sizeof v->queue, h->queue);
        text_copy(v->day, sizeof v->day, h->day);
        break;
    case RECORD_TICKET_VOID:
        v->ticket[0] = v->queue[0] = v->day[0] = '\0';
        break;
    case RECORD_PRINT_START:
    case RECORD_PRINT_DONE:
    case RECORD_PRINT_NOT:
    case RECORD_PRINT_UNKNOWN:
        v->print = h->kind;
        v->copy = h->copy;
        text_copy(v->job, sizeof v->job, h->job);
        text_copy(v->role, sizeof v->role, h->role);
        text_copy(v->of, sizeof v->of, h->number);
        break;
    default:
        break;
    }
}

static int follow_row(sqlite3_stmt *st, struct journal_visit *v, struct err *e)
{
    struct record_header h;

    int rc = record_header_decode(sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1), &h, e);
    if (rc)
        return err_wrap(e, rc, "record %lld", sqlite3_column_int64(st, 0));
    follow(&h, v);
    return 0;
}

static int follow_all(sqlite3 *db, int64_t start, struct journal_visit *v, struct err *e)
{
    sqlite3_stmt *st;

    int rc = db_prepare(db, "SELECT seq, header FROM record WHERE seq > ?1 AND visit = ?2 ORDER BY seq", &st, e);
    if (rc)
        return rc;
    sqlite3_bind_int64(st, 1, start);
    sqlite3_bind_blob(st, 2, v->visit, sizeof v->visit, SQLITE_STATIC);
    while ((rc = db_step(st, e)) == 1)
        if ((rc = follow_row(st, v, e)))
            break;
    sqlite3_finalize(st);
    return rc;
}

int query_last_visit(sqlite3 *db, struct journal_visit *ret, struct err *e)
{
    struct journal_visit v = {.open = true, .print = RECORD_START};
    int64_t start = 0;

    int rc = find_start(db, &v, &start, e);
    if (rc == 1)
        rc = follow_all(db, start, &v, e);
    else
        v.open = false;
    if (rc == 0)
        *ret = v;
    return rc;
}

/* The kind stands in the text of the query: a partial index is used only where the kind is known beforehand. */
/* Each header that `sql` finds, until fn has heard enough. */
static int each_header(sqlite3 *db, const char *sql, journal_fn *fn, void *ctx, struct err *e)
{
    struct record_header h;
    sqlite3_stmt *st;

    int rc = db_prepare(db, sql, &st, e), stop = 0;
    if (rc)
        return rc;
    while (!stop && (rc = db_step(st, e)) == 1) {
        rc = record_header_decode(sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0), &h, e);
        stop = rc ? 1 : fn(ctx, &h);
    }
    sqlite3_finalize(st);
    return rc < 0 ? rc : 0;
}

int query_newest(sqlite3 *db, enum record_kind kind, journal_fn *fn, void *ctx, struct err *e)
{
    char sql[128];

    snprintf(sql, sizeof sql, "SELECT header FROM record WHERE kind = '%s' ORDER BY seq DESC", record_kind_word(kind));
    return each_header(db, sql, fn, ctx, e);
}

int query_papers(sqlite3 *db, uint64_t last, journal_fn *fn, void *ctx, struct err *e)
{
    char sql[200];

    snprintf(sql, sizeof sql, "SELECT header FROM record WHERE seq > %lld AND kind IN ('%s', '%s', '%s') ORDER BY seq DESC",
             (long long)last - QUERY_PAPERS, record_kind_word(RECORD_PRINT_DONE), record_kind_word(RECORD_PRINT_NOT),
             record_kind_word(RECORD_PRINT_UNKNOWN));
    return each_header(db, sql, fn, ctx, e);
}

static int hash_of(sqlite3 *db, uint64_t seq, uint8_t out[HASH_LEN], struct err *e)
{
    sqlite3_stmt *st;

    int rc = db_prepare(db, "SELECT hash FROM record WHERE seq = ?1", &st, e);
    if (rc)
        return rc;
    sqlite3_bind_int64(st, 1, (int64_t)seq);
    rc = db_step(st, e);
    if (rc >= 0)
        rc = rc == 1 && db_blob(st, 0, out, HASH_LEN)
                 ? 0
                 : err_set(e, ERR_CHECKSUM, "record %llu: it is missing", (unsigned long long)seq);
    sqlite3_finalize(st);
    return rc;
}

int query_place(sqlite3 *db, uint64_t last, const struct anchor_place *p, const char *who, struct err *e)
{
    const unsigned long long seq = p->seq;
    uint8_t own[HASH_LEN];

    if (p->seq == 0)
        return 0;
    if (p->seq > last)
        return err_set(e, ERR_STATE, "%s record %llu, and this journal ends at %llu: it lost records", who, seq,
                       (unsigned long long)last);
    int rc = hash_of(db, p->seq, own, e);
    if (rc == 0 && memcmp(own, p->hash, HASH_LEN))
        rc = err_set(e, ERR_VERSION, "%s another record %llu: this journal is a fork", who, seq);
    return rc;
}

int64_t query_at(sqlite3 *db, uint64_t seq)
{
    sqlite3_stmt *st;
    int64_t at = 0;

    if (db_prepare(db, "SELECT at FROM record WHERE seq = ?1", &st, NULL))
        return 0;
    sqlite3_bind_int64(st, 1, (int64_t)seq);
    db_number(st, &at, NULL);
    return at;
}

int query_waiting(sqlite3 *db, uint64_t acked, int64_t *ret, struct err *e)
{
    sqlite3_stmt *st;
    int rc = db_prepare(db, "SELECT count(*) FROM body JOIN record USING (seq) WHERE body.seq > ?1 AND kind <> ?2", &st, e);

    if (rc)
        return rc;
    sqlite3_bind_int64(st, 1, (int64_t)acked);
    sqlite3_bind_text(st, 2, record_kind_word(RECORD_DISK_KEY), -1, SQLITE_STATIC);
    return db_number(st, ret, e);
}
