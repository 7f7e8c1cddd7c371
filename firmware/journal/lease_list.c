/* SPDX-License-Identifier: Apache-2.0
 *
 * One query over sync.db.
 */
#include "journal/lease_list.h"

#include "base/buf.h"
#include "base/fs.h"
#include "journal/db.h"

#define BUSY_MS 200 /* a resident may be waiting: without an answer the own series serves */

static int open_file(const char *data_dir, sqlite3 **ret, struct err *e)
{
    char path[512];

    if (fs_join(path, sizeof path, data_dir, "sync/sync.db"))
        return err_set(e, ERR_TOOLONG, "%s", data_dir);
    if (sqlite3_open_v2(path, ret, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL))
        return db_error(*ret, e, "sync.db");
    sqlite3_busy_timeout(*ret, BUSY_MS);
    sqlite3_db_config(*ret, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(*ret, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return db_exec(*ret, "PRAGMA mmap_size = 0; PRAGMA cell_size_check = 1", e);
}

static bool plausible(int64_t first, int64_t count)
{
    return first >= 1 && first <= TICKET_FIRST_MAX && count >= 1 && count <= TICKET_BLOCK;
}

static int read_blocks(sqlite3 *db, const uint8_t epoch[EPOCH_LEN], const char *queue, struct date day,
                       struct ticket_block *blocks, struct err *e)
{
    char hex[2 * EPOCH_LEN + 1], text[DATE_LEN + 1];
    sqlite3_stmt *st;
    int n = 0;

    hex_encode(epoch, EPOCH_LEN, hex);
    date_format(day, text);
    int rc = db_prepare(db,
                        "SELECT first, count FROM lease WHERE epoch = ?1 AND queue = ?2 AND day = ?3 AND first > 0 "
                        "ORDER BY first DESC LIMIT 64",
                        &st, e);
    if (rc)
        return rc;
    sqlite3_bind_text(st, 1, hex, -1, SQLITE_STATIC);
    sqlite3_bind_text(st, 2, queue, -1, SQLITE_STATIC);
    sqlite3_bind_text(st, 3, text, -1, SQLITE_STATIC);
    while (n < LEASE_BLOCKS_MAX && (rc = db_step(st, e)) == 1) {
        int64_t first = sqlite3_column_int64(st, 0), count = sqlite3_column_int64(st, 1);
        if (plausible(first, count))
            blocks[n++] = (struct ticket_block){(int)first, (int)count};
    }
    sqlite3_finalize(st);
    return rc < 0 ? rc : n;
}

int lease_list_read(const char *data_dir, const uint8_t epoch[EPOCH_LEN], const char *queue, struct date day,
                    struct ticket_block blocks[LEASE_BLOCKS_MAX], struct err *e)
{
    sqlite3 *db = NULL;
    int rc = open_file(data_dir, &db, e);

    if (rc == -ERR_NOTFOUND)
        rc = 0;
    else if (!rc)
        rc = read_blocks(db, epoch, queue, day, blocks, e);
    sqlite3_close(db);
    return err_wrap(e, rc, "read the leased numbers");
}
