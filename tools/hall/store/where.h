/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a hall's database is: DIR/hall.db, or what the one line of DIR/database names, a PostgreSQL URI. DIR/hall.id says in
 * either case whose it is.
 */
#ifndef HALL_STORE_WHERE_H
#define HALL_STORE_WHERE_H

#include <stdbool.h>

#include "base/err.h"

#define WHERE_MAX 512

struct where {
    char db[WHERE_MAX];        /* for sql_open(); a URI may hold a password: never in a log */
    char name[WHERE_MAX + 40]; /* in words, for people */
    char marker[WHERE_MAX];    /* hall.id */
    bool server;               /* not a file of this folder */
};
int where_read(const char *dir, struct where *ret, struct err *e);
/* Writes DIR/database, which only its owner reads. -ERR_INVALID: that is no URI. */
int where_write(const char *dir, const char *uri, struct err *e);
/* False: it is a file, and gone. */
bool where_there(const struct where *w);

#endif
