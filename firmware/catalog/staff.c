/* SPDX-License-Identifier: Apache-2.0
 *
 * See staff.h.
 */
#include "catalog/staff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "catalog/catalog_db.h"

#define NUMBER_MAX 32 /* characters of a card's number */

void staff_card_hash(const char *number, const uint8_t salt[PASSWORD_SALT_LEN], int rounds, uint8_t out[PASSWORD_HASH_LEN])
{
    password_hash(number, strlen(number), salt, rounds, out);
}

void staff_pin_hash(const char *pin, const char *number, const uint8_t salt[PASSWORD_SALT_LEN], int rounds,
                    uint8_t out[PASSWORD_HASH_LEN])
{
    char both[STAFF_PIN_LEN + 1 + NUMBER_MAX + 1];
    int len = snprintf(both, sizeof both, "%.*s\n%.*s", STAFF_PIN_LEN, pin, NUMBER_MAX, number);

    password_hash(both, (size_t)len, salt, rounds, out);
    secret_wipe(both, sizeof both);
}

bool staff_pin_right(const struct staff *who, const char *number, const char *pin)
{
    uint8_t hash[PASSWORD_HASH_LEN];

    staff_pin_hash(pin, number, who->salt, who->rounds, hash);
    bool right = secret_equal(hash, who->pin, sizeof hash);
    secret_wipe(hash, sizeof hash);
    return right;
}

/* Every digit differs from the one before by the same step. */
static bool stepped(const char *pin, int step)
{
    for (int i = 1; i < STAFF_PIN_LEN; i++)
        if (pin[i] - pin[i - 1] != step)
            return false;
    return true;
}

static bool repeats(const char *pin, int every)
{
    for (int i = every; i < STAFF_PIN_LEN; i++)
        if (pin[i] != pin[i - every])
            return false;
    return true;
}

bool staff_pin_weak(const char *pin, const char *number)
{
    return stepped(pin, 1) || stepped(pin, -1) || repeats(pin, 1) || repeats(pin, 2) || repeats(pin, 3) ||
           strstr(number, pin) != NULL;
}

/* --- out of the catalogue --- */

static bool blob(sqlite3_stmt *st, int column, uint8_t *out, size_t len)
{
    const void *data = sqlite3_column_blob(st, column);

    if (!data || (size_t)sqlite3_column_bytes(st, column) != len)
        return false;
    memcpy(out, data, len);
    return true;
}

static void text(sqlite3_stmt *st, int column, char *out, size_t cap)
{
    const char *t = (const char *)sqlite3_column_text(st, column);

    text_copy(out, cap, t ? t : "");
}

static bool rounds_ok(int rounds)
{
    return rounds >= PASSWORD_ROUNDS_MIN && rounds <= PASSWORD_ROUNDS_MAX;
}

static int prepare(struct catalog *c, const char *sql, sqlite3_stmt **ret, struct err *e)
{
    if (sqlite3_prepare_v2(catalog_db_of(c), sql, -1, ret, NULL) != SQLITE_OK)
        return catalog_db_err(catalog_db_of(c), e, "read the staff list");
    return 0;
}

static int hash_card(struct catalog *c, const char *number, uint8_t out[PASSWORD_HASH_LEN], struct err *e)
{
    uint8_t salt[PASSWORD_SALT_LEN];
    sqlite3_stmt *st = NULL;
    int rounds = 0, rc = prepare(c, "SELECT salt, rounds FROM staff_cards", &st, e);

    if (rc < 0)
        return rc;
    if (sqlite3_step(st) == SQLITE_ROW && blob(st, 0, salt, sizeof salt))
        rounds = sqlite3_column_int(st, 1);
    sqlite3_finalize(st);
    if (!rounds_ok(rounds))
        return err_set(e, ERR_NOTFOUND, "there is no staff list");
    staff_card_hash(number, salt, rounds, out);
    return 0;
}

static int take(sqlite3_stmt *st, struct staff *s, struct err *e)
{
    int day = sqlite3_column_int(st, 6);

    text(st, 0, s->id, sizeof s->id);
    text(st, 1, s->name, sizeof s->name);
    text(st, 2, s->role, sizeof s->role);
    s->rounds = sqlite3_column_int(st, 5);
    s->valid_until = (struct date){day / 10000, day / 100 % 100, day % 100};
    if (!blob(st, 3, s->salt, sizeof s->salt) || !blob(st, 4, s->pin, sizeof s->pin) || !rounds_ok(s->rounds))
        return err_set(e, ERR_INVALID, "the staff list's entry %s is damaged", s->id);
    return 0;
}

int catalog_staff(struct catalog *c, const char *number, struct staff *ret, struct err *e)
{
    struct staff s = {.rounds = 0};
    sqlite3_stmt *st = NULL;
    int rc = hash_card(c, number, s.card, e);

    if (rc == 0)
        rc = prepare(c, "SELECT id, name, role, salt, pin, rounds, valid_until FROM staff WHERE card = ?1", &st, e);
    if (rc < 0)
        return rc;
    sqlite3_bind_blob(st, 1, s.card, sizeof s.card, SQLITE_STATIC);
    rc = sqlite3_step(st) == SQLITE_ROW ? take(st, &s, e) : err_set(e, ERR_NOTFOUND, "nobody's card");
    sqlite3_finalize(st);
    if (rc == 0)
        *ret = s;
    return rc;
}

int catalog_places(struct catalog *c, const char *terminal, struct catalog_place *places, int n)
{
    sqlite3_stmt *st = NULL;
    int count = 0;

    if (prepare(c,
                "SELECT window, name, name_en, note, note_en FROM places WHERE near = '' OR near = ?1 "
                "ORDER BY near = '', rank",
                &st, NULL) < 0)
        return 0;
    sqlite3_bind_text(st, 1, terminal, -1, SQLITE_STATIC);
    while (count < n && sqlite3_step(st) == SQLITE_ROW) {
        struct catalog_place *p = &places[count++];

        p->window = sqlite3_column_int(st, 0);
        text(st, 1, p->name, sizeof p->name);
        text(st, 2, p->name_en, sizeof p->name_en);
        text(st, 3, p->note, sizeof p->note);
        text(st, 4, p->note_en, sizeof p->note_en);
    }
    sqlite3_finalize(st);
    return count;
}
