/* SPDX-License-Identifier: Apache-2.0
 *
 * Any values, of any type, in the columns of a catalogue's staff list, its places and its queues: a signature says who wrote
 * them, not that they are right. The input is split at each FF; the first byte of a piece says what type it is.
 */
#include <sqlite3.h>

#include "catalog/catalog_db.h"
#include "catalog/schema.h"
#include "catalog/staff.h"
#include "tests/fuzz/folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NUMBER "110105197001011234"
#define META                                                                                                                \
    "INSERT INTO meta VALUES ('version', '1'), ('needs', '1'), ('here', '0'), ('items', '0'), ('first_year', '2026'), "     \
    "('last_year', '2026');"

static sqlite3 *db;
static const uint8_t *rest;
static size_t left;

static void bind_next(sqlite3_stmt *st, int column)
{
    const uint8_t *end = left ? memchr(rest, 0xFF, left) : NULL;
    size_t len = end ? (size_t)(end - rest) : left;
    uint64_t number = 0;

    if (!len) {
        sqlite3_bind_int(st, column, PASSWORD_ROUNDS_MIN);
    } else if (rest[0] % 3 == 0) {
        for (size_t i = 1; i < len && i < 9; i++)
            number = number << 8 | rest[i];
        sqlite3_bind_int64(st, column, (int64_t)number);
    } else if (rest[0] % 3 == 1) {
        sqlite3_bind_text(st, column, (const char *)rest + 1, (int)len - 1, SQLITE_STATIC);
    } else {
        sqlite3_bind_blob(st, column, rest + 1, (int)len - 1, SQLITE_STATIC);
    }
    len += left > len;
    rest += len;
    left -= len;
}

static void insert(const char *sql, int n, const void *card)
{
    sqlite3_stmt *st = NULL;

    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
        abort();
    for (int i = 1; i <= n; i++)
        bind_next(st, i);
    if (card) /* the row must be found */
        sqlite3_bind_blob(st, n + 1, card, PASSWORD_HASH_LEN, SQLITE_STATIC);
    sqlite3_step(st);
    sqlite3_finalize(st);
}

/* The columns a list holds come from the input, but for the salt of the cards: else nobody would ever be found. */
static void fill(void)
{
    static const uint8_t salt[PASSWORD_SALT_LEN] = {1};
    static uint8_t card[PASSWORD_HASH_LEN];
    sqlite3_stmt *st = NULL;

    if (!card[0])
        staff_card_hash(NUMBER, salt, PASSWORD_ROUNDS_MIN, card);
    sqlite3_exec(db, "DELETE FROM staff; DELETE FROM staff_cards; DELETE FROM places; DELETE FROM queues;", NULL, NULL,
                 NULL);
    if (left && rest[0] == 'x') {
        insert("INSERT INTO staff_cards(salt, rounds) VALUES (?1, ?2)", 2, NULL);
    } else if (sqlite3_prepare_v2(db, "INSERT INTO staff_cards VALUES (?1, ?2)", -1, &st, NULL) == SQLITE_OK) {
        sqlite3_bind_blob(st, 1, salt, sizeof salt, SQLITE_STATIC);
        sqlite3_bind_int(st, 2, PASSWORD_ROUNDS_MIN);
        sqlite3_step(st);
        sqlite3_finalize(st);
    }
    insert("INSERT INTO staff(id, name, role, salt, pin, rounds, valid_until, card) VALUES (?1,?2,?3,?4,?5,?6,?7,?8)", 7,
           card);
    insert("INSERT INTO places VALUES (?1,?2,?3,?4,?5,?6,?7)", 7, NULL);
    insert("INSERT INTO queues VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)", 14, NULL);
}

static void read_back(void)
{
    struct catalog_place places[4];
    struct queue queues[5];
    struct catalog *c = NULL;
    struct staff s;
    char path[64];

    snprintf(path, sizeof path, "%s/c.db", folder);
    if (catalog_open(path, &c, NULL) < 0)
        abort(); /* then nothing would be tried */
    catalog_places(c, "t-1", places, 4);
    catalog_queues(c, queues, 5);
    if (catalog_staff(c, NUMBER, &s, NULL) == 0) {
        if (s.rounds < PASSWORD_ROUNDS_MIN || s.rounds > PASSWORD_ROUNDS_MAX || !memchr(s.id, 0, sizeof s.id) ||
            !memchr(s.name, 0, sizeof s.name))
            abort();
    }
    catalog_close(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64], sql[100];

    if (!db) {
        folder_write("c.db", "", 0);
        snprintf(path, sizeof path, "%s/c.db", folder);
        snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;", CATALOG_APPLICATION_ID,
                 CATALOG_SCHEMA_VERSION);
        if (sqlite3_open(path, &db) != SQLITE_OK ||
            sqlite3_exec(db, CATALOG_SCHEMA_SQL META, NULL, NULL, NULL) != SQLITE_OK ||
            sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
            abort();
        sqlite3_exec(db, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", NULL, NULL, NULL);
    }
    rest = data;
    left = size;
    sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
    fill();
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    read_back();
    return 0;
}
