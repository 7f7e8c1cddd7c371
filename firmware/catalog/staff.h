/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may open the technician page, and where else a resident can go: the parts of a signed catalogue that are about
 * terminals. A card number stands nowhere, only its slow hash; a PIN is bound to the card, so that the list alone does not
 * let PINs be tried.
 */
#ifndef CATALOG_STAFF_H
#define CATALOG_STAFF_H

#include <stdbool.h>

#include "base/clock.h"
#include "catalog/catalog.h"
#include "crypto/password.h"

#define STAFF_MAX 500 /* people */
#define STAFF_ID_MAX 23
#define STAFF_PIN_LEN 6

struct staff {
    char id[STAFF_ID_MAX + 1]; /* names the person in records: "0417" */
    char name[40], role[40];   /* for the badge */
    uint8_t card[PASSWORD_HASH_LEN];
    uint8_t salt[PASSWORD_SALT_LEN], pin[PASSWORD_HASH_LEN];
    int rounds;              /* of the PIN */
    struct date valid_until; /* the last day */
};
/* One salt for all cards, so that one hash finds the person. */
struct staff_list {
    uint8_t salt[PASSWORD_SALT_LEN];
    int rounds;
    struct staff *list; /* owned by whoever made it */
    size_t n;
};

void staff_card_hash(const char *number, const uint8_t salt[PASSWORD_SALT_LEN], int rounds, uint8_t out[PASSWORD_HASH_LEN]);
/* `pin`: STAFF_PIN_LEN digits. */
void staff_pin_hash(const char *pin, const char *number, const uint8_t salt[PASSWORD_SALT_LEN], int rounds,
                    uint8_t out[PASSWORD_HASH_LEN]);
bool staff_pin_right(const struct staff *who, const char *number, const char *pin);
/* All digits alike, in a row, repeated in twos or threes, or part of the card's number. */
bool staff_pin_weak(const char *pin, const char *number);

/* Whose card this is. -ERR_NOTFOUND: nobody's on the list. Takes as long as the list's rounds. */
int catalog_staff(struct catalog *c, const char *number, struct staff *ret, struct err *e);

/* Where else: places near this terminal, nearest first. */
struct catalog_place {
    bool window; /* staffed; else a terminal */
    char name[80], name_en[120], note[100], note_en[160];
};
int catalog_places(struct catalog *c, const char *terminal, struct catalog_place *places, int n);

#endif
