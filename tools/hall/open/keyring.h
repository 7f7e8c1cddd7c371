/* SPDX-License-Identifier: Apache-2.0
 *
 * Where hall-open's keys are: files in its folder, and where it is told of one a token. What was read from a file is kept as
 * long as nothing came into the folder or went: to read a key anew costs half as much as to open an application with it.
 */
#ifndef HALL_KEYRING_H
#define HALL_KEYRING_H

#include <time.h>

#include "tools/hall/open/token.h"

#define KEYRING_KEPT 4 /* sealing and ask, old and new */

struct keyring {
    const char *dir;         /* also of what hall-open keeps beside them */
    struct token *token;     /* NULL: none */
    struct timespec changed; /* the folder, when the first of them was read */
    int n, next;
    struct keyring_key {
        char stem[16];
        uint8_t id[8];
        struct private_key *key;
    } kept[KEYRING_KEPT], asked; /* asked: what the token was asked for last */
};
/* The key of that stem, "sealing" or "ask", with this id; files first. It is the ring's, and good until the next call.
 * -ERR_NOTFOUND: it is in neither; -ERR_UNREACHABLE: the token cannot be asked. */
int keyring_find(struct keyring *r, const char *stem, const uint8_t id[8], const struct private_key **ret, struct err *e);
/* Wipes what is kept; before the token is closed. */
void keyring_forget(struct keyring *r);

#endif
