/* SPDX-License-Identifier: Apache-2.0
 *
 * Where hall-open's keys are: files in its folder, and where it is told of one a token.
 */
#ifndef HALL_KEYRING_H
#define HALL_KEYRING_H

#include "tools/hall/open/token.h"

struct keyring {
    const char *dir;     /* also of what hall-open keeps beside them */
    struct token *token; /* NULL: none */
};
/* The key of that stem, "sealing" or "ask", with this id; files first. -ERR_NOTFOUND: it is in neither; -ERR_UNREACHABLE:
 * the token cannot be asked. */
int keyring_find(const struct keyring *r, const char *stem, const uint8_t id[8], struct private_key **ret, struct err *e);

#endif
