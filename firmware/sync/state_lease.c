/* SPDX-License-Identifier: Apache-2.0
 *
 * The table `leased`: answer is empty while the hall has not answered.
 */
#include "sync/state_lease.h"

#include <sqlite3.h>
#include <string.h>

#include "base/text.h"
#include "crypto/random.h"
#include "wire/record.h"

struct row { /* what may be bound: ?1 request, ?2 queue, ?3 day, ?4 answer */
    char request[2 * LEASE_ID_LEN + 1], queue[QUEUE_ID_MAX + 1], day[DATE_LEN + 1];
    const char *answer;
};

static struct row row_of(const struct lease *l)
{
    struct row r = {.answer = ""};

    hex_encode(l->id, LEASE_ID_LEN, r.request);
    text_copy(r.queue, sizeof r.queue, l->queue);
    date_format(l->day, r.day);
    return r;
}

static int prepare(struct state *s, const char *sql, const struct row *r, sqlite3_stmt **ret, struct err *e)
{
    sqlite3 *db = state_db(s);

    if (sqlite3_prepare_v2(db, sql, -1, ret, NULL))
        return err_set(e, ERR_IO, "sync.db: %s", sqlite3_errmsg(db));
    int n = sqlite3_bind_parameter_count(*ret);
    const char *texts[] = {r->request, r->queue, r->day, r->answer};
    for (int i = 0; i < 4 && i < n; i++)
        sqlite3_bind_text(*ret, i + 1, texts[i], -1, SQLITE_STATIC);
    return 0;
}

/* Runs to the end; 1 when there was a row. */
static int run(struct state *s, const char *sql, const struct row *r, struct err *e)
{
    sqlite3_stmt *st = NULL;
    int rc = prepare(s, sql, r, &st, e);

    if (rc)
        return rc;
    int step = sqlite3_step(st);
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        rc = err_set(e, ERR_IO, "sync.db: %s", sqlite3_errmsg(state_db(s)));
    sqlite3_finalize(st);
    return rc ? rc : step == SQLITE_ROW;
}

int state_lease_ask(struct state *s, const char *queue, struct date day, struct err *e)
{
    struct lease l = {.day = day};

    text_copy(l.queue, sizeof l.queue, queue);
    random_bytes(l.id, sizeof l.id);
    struct row r = row_of(&l);
    int rc = run(s, "SELECT 1 FROM leased WHERE queue=?2 AND day=?3 AND answer=''", &r, e);
    if (rc)
        return rc < 0 ? rc : 0;
    rc = run(s, "DELETE FROM leased WHERE (answer='' AND queue=?2) OR day < date(?3, '-7 day')", &r, e);
    if (rc >= 0)
        rc = run(s, "INSERT INTO leased (request, queue, day, answer) VALUES (?1,?2,?3,?4)", &r, e);
    return rc < 0 ? err_wrap(e, rc, "ask for numbers of %s", queue) : 0;
}

/* False: not a row this program wrote. */
static bool read_row(sqlite3_stmt *st, struct lease *ret)
{
    const char *id = (const char *)sqlite3_column_text(st, 0), *queue = (const char *)sqlite3_column_text(st, 1);
    const char *day = (const char *)sqlite3_column_text(st, 2);
    size_t n;

    *ret = (struct lease){.block = {0, 0}};
    if (!id || !queue || !day || hex_decode(id, strlen(id), ret->id, LEASE_ID_LEN, &n) || n != LEASE_ID_LEN ||
        !queue_id_valid(queue) || !record_day_parse(day, &ret->day))
        return false;
    text_copy(ret->queue, sizeof ret->queue, queue);
    return true;
}

int state_lease_open(struct state *s, struct lease *ret, struct err *e)
{
    const struct row none = {.answer = ""};
    sqlite3_stmt *st = NULL;
    int rc = prepare(s, "SELECT request, queue, day FROM leased WHERE answer='' ORDER BY queue", &none, &st, e);

    if (rc)
        return rc;
    while (rc == 0 && sqlite3_step(st) == SQLITE_ROW)
        rc = read_row(st, ret);
    sqlite3_finalize(st);
    return rc;
}

int state_lease_granted(struct state *s, const struct lease *l, struct err *e)
{
    struct row r = row_of(l);
    struct buf answer;

    buf_init(&answer, LEASE_BYTES_MAX);
    int rc = lease_answer_encode(l, &answer);
    r.answer = buf_str(&answer);
    if (rc)
        err_set(e, (enum err_code) - rc, "the hall's answer");
    else
        rc = run(s, "UPDATE leased SET answer=?4 WHERE request=?1 AND queue=?2 AND day=?3", &r, e);
    buf_finish(&answer);
    return rc < 0 ? err_wrap(e, rc, "keep the leased numbers") : 0;
}

int state_lease_refused(struct state *s, const struct lease *l, struct err *e)
{
    struct row r = row_of(l);
    int rc = run(s, "DELETE FROM leased WHERE request=?1 AND answer=''", &r, e);

    return rc < 0 ? err_wrap(e, rc, "forget a request") : 0;
}

int state_lease_each(struct state *s, struct date day, int most, void (*fn)(void *ctx, const char *answer), void *ctx,
                     struct err *e)
{
    const struct row of = row_of(&(struct lease){.day = day});
    sqlite3_stmt *st = NULL;
    int rc = prepare(s, "SELECT answer FROM leased WHERE answer<>'' AND day=?3 ORDER BY rowid DESC", &of, &st, e);

    if (rc)
        return rc;
    for (int i = 0; i < most && sqlite3_step(st) == SQLITE_ROW; i++)
        fn(ctx, (const char *)sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
    return 0;
}
