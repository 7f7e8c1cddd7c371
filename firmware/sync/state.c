/* SPDX-License-Identifier: Apache-2.0
 *
 * sync.db. Losing it costs a resend, which the hall answers with what it has: so NORMAL is synchronous enough.
 */
#include "sync/state.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/log.h"

struct state {
    sqlite3 *db;
};

static int fail(struct state *s, struct err *e)
{
    int code = sqlite3_errcode(s->db);
    enum err_code own = code == SQLITE_FULL                               ? ERR_NOSPACE
                        : code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? ERR_CHECKSUM
                                                                          : ERR_IO;
    return err_set(e, own, "sync.db: %s", sqlite3_errmsg(s->db));
}

/* Runs a statement with up to two texts bound; a row's first column goes to *ret when there is one. */
static int run(struct state *s, const char *sql, const char *a, const char *b, int64_t *ret, struct err *e)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);
    if (rc == 0 && a)
        rc = sqlite3_bind_text(stmt, 1, a, -1, SQLITE_STATIC);
    if (rc == 0 && b)
        rc = sqlite3_bind_text(stmt, 2, b, -1, SQLITE_STATIC);
    if (rc == 0)
        rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW && ret)
        *ret = sqlite3_column_int64(stmt, 0);
    int result = rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : fail(s, e);
    sqlite3_finalize(stmt);
    return result;
}

/* Forgets everything when the numbers belong to another journal. */
static int check_epoch(struct state *s, const uint8_t epoch[EPOCH_LEN], struct err *e)
{
    char hex[2 * EPOCH_LEN + 1];
    int64_t same = 0;
    hex_encode(epoch, EPOCH_LEN, hex);
    int rc = run(s, "SELECT count(*) FROM owner WHERE epoch=?1", hex, NULL, &same, e);
    if (rc || same)
        return rc;
    rc = run(s, "DELETE FROM owner", NULL, NULL, NULL, e);
    if (rc == 0)
        rc = run(s, "DELETE FROM state", NULL, NULL, NULL, e);
    if (rc == 0)
        rc = run(s, "DELETE FROM word", NULL, NULL, NULL, e);
    if (rc == 0)
        rc = run(s, "DELETE FROM leased", NULL, NULL, NULL, e);
    return rc ? rc : run(s, "INSERT INTO owner (epoch) VALUES (?1)", hex, NULL, NULL, e);
}

/* A page that rotted is not always one that opening reads. */
static int check_whole(struct state *s, struct err *e)
{
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(s->db, "PRAGMA quick_check(1)", -1, &stmt, NULL))
        return fail(s, e);
    int rc = 0, step = sqlite3_step(stmt);
    const char *text = step == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
    if (!text)
        rc = fail(s, e);
    else if (strcmp(text, "ok"))
        rc = err_set(e, ERR_CHECKSUM, "sync.db: %s", text);
    sqlite3_finalize(stmt);
    return rc;
}

static int open_file(const char *path, const uint8_t epoch[EPOCH_LEN], struct state **ret, struct err *e)
{
    struct state *s = calloc(1, sizeof *s);
    if (!s)
        return err_set(e, ERR_NOMEM, "open %s", path);
    static const char setup[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA trusted_schema=OFF;"
                                "CREATE TABLE IF NOT EXISTS owner (epoch TEXT NOT NULL PRIMARY KEY);"
                                "CREATE TABLE IF NOT EXISTS state (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL);"
                                "CREATE TABLE IF NOT EXISTS word (seq INTEGER NOT NULL PRIMARY KEY, text TEXT NOT NULL);"
                                "CREATE TABLE IF NOT EXISTS leased (request TEXT NOT NULL PRIMARY KEY, queue TEXT NOT NULL,"
                                " day TEXT NOT NULL, answer TEXT NOT NULL);"
                                "DROP TABLE IF EXISTS lease";
    int rc = 0;
    if (sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) ||
        sqlite3_busy_timeout(s->db, 5000) || sqlite3_exec(s->db, setup, NULL, NULL, NULL))
        rc = fail(s, e);
    if (rc == 0)
        rc = check_whole(s, e);
    if (rc == 0)
        rc = check_epoch(s, epoch, e);
    if (rc) {
        state_close(s);
        return err_wrap(e, rc, "open %s", path);
    }
    *ret = s;
    return 0;
}

/* All of it can be had again, so a damaged one is no reason to stop. */
static void remove_damaged(const char *path)
{
    static const char *const parts[] = {"", "-wal", "-shm"};
    char name[520];
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        snprintf(name, sizeof name, "%s%s", path, parts[i]);
        unlink(name);
    }
}

int state_open(const char *data_dir, const uint8_t epoch[EPOCH_LEN], struct state **ret, struct err *e)
{
    char path[512];
    struct err why = {0};
    if (fs_join(path, sizeof path, data_dir, "sync/sync.db"))
        return err_set(e, ERR_TOOLONG, "%s", data_dir);
    int rc = open_file(path, epoch, ret, &why);
    if (rc != -ERR_CHECKSUM)
        return rc ? err_set(e, (enum err_code) - rc, "%s", why.text) : 0;
    log_warn("sync", "%s: begun anew, the hall says how far it is", why.text);
    remove_damaged(path);
    return open_file(path, epoch, ret, e);
}

struct sqlite3 *state_db(struct state *s)
{
    return s->db;
}

void state_close(struct state *s)
{
    if (!s)
        return;
    sqlite3_close(s->db);
    free(s);
}

int64_t state_get(struct state *s, const char *name)
{
    int64_t value = 0;
    run(s, "SELECT value FROM state WHERE name=?1", name, NULL, &value, NULL);
    return value;
}

int state_set(struct state *s, const char *name, int64_t value, struct err *e)
{
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)value);
    return run(s,
               "INSERT INTO state (name, value) VALUES (?1, CAST(?2 AS INTEGER))"
               " ON CONFLICT (name) DO UPDATE SET value=excluded.value",
               name, number, NULL, e);
}

int state_word(struct state *s, struct ack *ret, struct err *e)
{
    sqlite3_stmt *stmt = NULL;
    int rc = 0;
    if (sqlite3_prepare_v2(s->db, "SELECT text FROM word ORDER BY seq DESC LIMIT 1", -1, &stmt, NULL))
        return fail(s, e);
    int step = sqlite3_step(stmt);
    const char *text = step == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        rc = fail(s, e);
    else if (text && ack_decode(text, strlen(text), ret, NULL) == 0)
        rc = 1;
    sqlite3_finalize(stmt);
    return rc;
}

int state_word_keep(struct state *s, const struct ack *a, struct err *e)
{
    char number[24];
    struct buf text;
    snprintf(number, sizeof number, "%lld", (long long)a->seq);
    buf_init(&text, ACK_BYTES_MAX);
    int rc = ack_encode(a, &text) ? err_set(e, ERR_TOOLONG, "the hall's word") : 0;
    if (rc == 0)
        rc = run(s, "INSERT OR REPLACE INTO word (seq, text) VALUES (CAST(?1 AS INTEGER), ?2)", number, buf_str(&text), NULL,
                 e);
    if (rc == 0)
        rc = run(s, "DELETE FROM word WHERE seq < (SELECT max(seq) FROM word)", NULL, NULL, NULL, e);
    buf_finish(&text);
    return rc;
}
