/* SPDX-License-Identifier: Apache-2.0
 *
 * A few lines of text beside the database.
 */
#include "tools/hall/store/lease_log.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "tools/hall/store/sql.h"

#define LOG_MAX ((size_t)64 * 1024 * 1024)

struct lease_log {
    struct store *store;
    char path[440];
    int fd;         /* appended to; -1: written anew at the next flush */
    int64_t day;    /* it was written anew on */
    struct buf add; /* lines of the transaction */
};

static int64_t today(void)
{
    return date_to_days(date_of_ms(clock_wall_ms()));
}

int leased_block_encode(const struct leased_block *n, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "office", n->office);
    jsonw_str(&w, "terminal", n->terminal);
    jsonw_hex(&w, "request", n->lease.id, LEASE_ID_LEN);
    jsonw_str(&w, "queue", n->lease.queue);
    jsonw_int(&w, "day", date_to_days(n->lease.day));
    jsonw_int(&w, "first", n->lease.block.first);
    jsonw_int(&w, "count", n->lease.block.count);
    jsonw_int(&w, "at", n->at);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static void put(struct buf *out, const struct leased_block *n)
{
    leased_block_encode(n, out);
    buf_addc(out, '\n');
}

int leased_block_decode(const void *line, size_t len, struct leased_block *ret, struct err *e)
{
    const char *terminal, *request, *queue;
    int64_t office = 0, day = 0, first = 0, count = 0;
    struct json *doc = NULL;
    size_t n = 0;
    int rc = json_parse(line, len, LEASED_BLOCK_MAX, &doc, e);

    *ret = (struct leased_block){0};
    if (rc == 0)
        rc = json_known(doc, "office terminal request queue day first count at", e);
    if (rc == 0 &&
        (json_get_int(doc, "office", 0, INT32_MAX, &office, e) < 0 ||
         json_get_str(doc, "terminal", 1, TERMINAL_ID_MAX, &terminal, e) < 0 ||
         json_get_str(doc, "request", 2, 2 * LEASE_ID_LEN, &request, e) < 0 ||
         json_get_str(doc, "queue", 1, QUEUE_ID_MAX, &queue, e) < 0 || json_get_int(doc, "day", 0, INT32_MAX, &day, e) < 0 ||
         json_get_int(doc, "first", 1, TICKET_FIRST_MAX, &first, e) < 0 ||
         json_get_int(doc, "count", 1, TICKET_BLOCK, &count, e) < 0 ||
         json_get_int(doc, "at", 0, INT64_MAX, &ret->at, e) < 0 ||
         hex_decode(request, strlen(request), ret->lease.id, LEASE_ID_LEN, &n) < 0 || n != LEASE_ID_LEN))
        rc = err_set(e, ERR_INVALID, "a leased block");
    if (rc == 0) {
        ret->office = (int)office;
        text_copy(ret->terminal, sizeof ret->terminal, terminal);
        text_copy(ret->lease.queue, sizeof ret->lease.queue, queue);
        ret->lease.day = date_of_days(day);
        ret->lease.block = (struct ticket_block){(int)first, (int)count};
    }
    json_free(doc);
    return rc;
}

/* --- what hall.db lacks --- */

static int bring(struct sql *d, const struct leased_block *n, struct err *e)
{
    const struct lease *l = &n->lease;
    int64_t office = n->office, day = date_to_days(l->day), first = l->block.first;
    int rc = sql_do(d, e,
                    "INSERT INTO lease_next (office, queue, day, next) VALUES ($1,$2,$3,$4)"
                    " ON CONFLICT (office, queue, day) DO UPDATE SET next ="
                    " CASE WHEN lease_next.next < excluded.next THEN excluded.next ELSE lease_next.next END",
                    "itii", office, l->queue, day, first + l->block.count);

    return rc < 0 ? rc
                  : sql_do(d, e,
                           "INSERT INTO lease (office, queue, day, first, request, terminal, count, at)"
                           " SELECT $1,$2,$3,$4,$5,$6,$7,$8 WHERE NOT EXISTS"
                           " (SELECT 1 FROM lease WHERE office=$1 AND queue=$2 AND day=$3 AND first=$4)"
                           " ON CONFLICT (office, request) DO NOTHING",
                           "itiibtii", office, l->queue, day, first, l->id, sizeof l->id, n->terminal,
                           (int64_t)l->block.count, n->at);
}

/* The last line first: of two about one block it is the one that holds. */
static int bring_all(struct sql *d, const struct buf *text, int64_t since, int *ret_brought, struct err *e)
{
    const char *begin = (const char *)text->data;
    size_t end = text->len;
    int rc = 0, unread = 0;

    while (rc >= 0 && end > 0) {
        size_t from = end - 1;
        struct leased_block n = {0};

        while (from > 0 && begin[from - 1] != '\n')
            from--;
        if (leased_block_decode(begin + from, end - from, &n, NULL) < 0)
            unread++; /* a power cut in the middle of it */
        else if (date_to_days(n.lease.day) >= since && (rc = bring(d, &n, e)) > 0)
            ++*ret_brought;
        end = from;
    }
    if (unread)
        log_warn("hall", "leases.log: %d lines cannot be read and are passed over", unread);
    return rc < 0 ? rc : 0;
}

static int restore(struct lease_log *l, struct err *e)
{
    int brought = 0, rc;
    struct err why = {0};
    struct buf text;

    rc = fs_read(l->path, LOG_MAX, &text, &why);
    if (rc < 0) {
        if (rc != -ERR_NOTFOUND)
            log_warn("hall", "%s: what is only there is not known: %s", l->path, why.text);
        return 0;
    }
    rc = store_begin(l->store, e);
    if (rc == 0) {
        rc = bring_all(store_sql(l->store), &text, today() - 1, &brought, e);
        if (rc < 0)
            store_rollback(l->store);
        else
            rc = store_commit(l->store, e);
    }
    if (brought)
        log_warn("hall", "hall.db is older than leases.log: %d blocks of numbers that terminals hold are taken from it",
                 brought);
    buf_finish(&text);
    return rc;
}

/* --- keeping --- */

static int put_all(struct lease_log *l, struct buf *out, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(l->store), &r, e,
                        "SELECT office, terminal, request, queue, day, first, count, at FROM lease WHERE day >= $1"
                        " ORDER BY at, office, queue, day, first",
                        "i", today() - 1);

    if (rc == 0)
        rc = sql_next(r, e);
    for (; rc == 1; rc = sql_next(r, e)) {
        struct leased_block n = {.office = (int)sql_int(r, 0), .at = sql_int(r, 7)};

        text_copy(n.terminal, sizeof n.terminal, sql_text(r, 1));
        text_copy(n.lease.queue, sizeof n.lease.queue, sql_text(r, 3));
        n.lease.day = date_of_days(sql_int(r, 4));
        n.lease.block = (struct ticket_block){(int)sql_int(r, 5), (int)sql_int(r, 6)};
        if (sql_copy(r, 2, n.lease.id, LEASE_ID_LEN) == 0)
            put(out, &n);
    }
    sql_done(r);
    if (rc == 0 && !buf_ok(out))
        rc = err_set(e, ERR_TOOLONG, "more leases than %s may hold", l->path);
    return rc;
}

static int write_anew(struct lease_log *l, struct err *e)
{
    struct buf text;
    int rc;

    buf_init(&text, LOG_MAX);
    rc = put_all(l, &text, e);
    if (rc == 0)
        rc = fs_write_atomic(l->path, text.data, text.len, 0600, e);
    buf_finish(&text);
    if (rc < 0)
        return rc;
    if (l->fd >= 0)
        close(l->fd);
    l->fd = open(l->path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    if (l->fd < 0)
        return err_errno(e, "open %s", l->path);
    l->day = today();
    return 0;
}

int lease_log_open(struct store *s, const char *dir, struct err *e)
{
    struct lease_log *l = calloc(1, sizeof *l);
    int rc;

    if (!l)
        return err_set(e, ERR_NOMEM, "open the log of leases");
    l->store = s;
    l->fd = -1;
    buf_init(&l->add, LOG_MAX);
    rc = fs_join(l->path, sizeof l->path, dir, "leases.log");
    if (rc == 0)
        rc = restore(l, e);
    if (rc == 0)
        rc = write_anew(l, e);
    if (rc < 0)
        lease_log_close(l);
    else
        store_keep_leases(s, l);
    return rc;
}

void lease_log_close(struct lease_log *l)
{
    if (!l)
        return;
    if (l->fd >= 0)
        close(l->fd);
    buf_finish(&l->add);
    free(l);
}

int lease_log_add(struct store *s, int office, const char *terminal, const struct lease *granted, int64_t at, struct err *e)
{
    struct lease_log *l = store_leases(s);
    struct leased_block n = {.office = office, .lease = *granted, .at = at};

    if (!l)
        return 0;
    text_copy(n.terminal, sizeof n.terminal, terminal);
    put(&l->add, &n);
    return buf_ok(&l->add) ? 0 : err_set(e, ERR_NOMEM, "keep a lease");
}

static int append(struct lease_log *l, struct err *e)
{
    int rc = fs_write_all(l->fd, l->path, l->add.data, l->add.len, e);

    return rc == 0 && fdatasync(l->fd) < 0 ? err_errno(e, "write %s", l->path) : rc;
}

int lease_log_flush(struct lease_log *l, struct err *e)
{
    int rc = 0;

    if (!l->add.len)
        return 0;
    if (l->fd < 0 || l->day != today())
        rc = write_anew(l, e); /* it is in the transaction already */
    else
        rc = append(l, e);
    if (rc < 0 && l->fd >= 0) {
        close(l->fd); /* it may end in half a line */
        l->fd = -1;
    }
    buf_reset(&l->add);
    return rc;
}
