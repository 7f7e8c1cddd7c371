/* SPDX-License-Identifier: Apache-2.0
 *
 * A whole hall in one folder: made while it runs, put back where it is gone. What hall-open keeps is not in it: that is
 * another user's, and must not lie beside what it opens.
 *
 *     hall.db or hall.dump    the database as it was at one moment: SQLite's file, or what pg_dump makes
 *     everything else         as it lies in DIR, but for locks, sockets and earlier replacements
 *     backup.json             {"v":1,"hall":32 hex digits,"made":RFC 3339,"schema":n}
 *     SHA256SUMS              of all of these; `sha256sum -c` reads it. Written last
 *
 * It holds private keys: only its owner reads it.
 */
#ifndef HALL_STORE_BACKUP_H
#define HALL_STORE_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct backup_facts {
    int files;
    int64_t bytes;
    char made[32]; /* RFC 3339 */
};
/* `out` must not be there yet; it is whole, or nothing bears that name: until then it is OUT.part, which a later try
 * replaces. Leases are copied after the database, so that no block that the database has is missing. -ERR_BUSY: something
 * was published again and again meanwhile. */
int backup_make(const char *data, const char *out, struct backup_facts *ret, struct err *e);
/* Every file is there and is what SHA256SUMS says: -ERR_CHECKSUM names the first that is not. */
int backup_check(const char *from, struct backup_facts *ret, struct err *e);

/* Back into `data`, with no hall running there. `uri` (NULL: as in the backup): the empty PostgreSQL database. A folder that
 * holds a hall is -ERR_EXISTS unless `replace`: then what was there goes into DIR/replaced-TIME. -ERR_STATE: it is another
 * hall's. A leases.log that is there stays, for it is the newer one. Interrupted, it is done again with `replace`; until it
 * has ended there is no database, and the hall does not start. */
struct backup_restore {
    const char *from, *data, *uri;
    bool replace;
};
int backup_restore(const struct backup_restore *r, struct backup_facts *ret, struct err *e);

#endif
