/* SPDX-License-Identifier: Apache-2.0
 *
 * The two files that say what a backup is (backup.h). Pure; of any bytes.
 */
#ifndef HALL_STORE_BACKUP_WIRE_H
#define HALL_STORE_BACKUP_WIRE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "crypto/hash.h"

#define BACKUP_FACTS_MAX 512
#define BACKUP_MADE_MAX 31

/* backup.json. `hall`: its id as hall.id has it, up to the end of the line. */
int backup_facts_encode(const char *hall, const char *made, int64_t schema, struct buf *out, struct err *e);
int backup_facts_decode(const void *data, size_t len, char ret_made[BACKUP_MADE_MAX + 1], int64_t *ret_schema,
                        struct err *e);

/* The next line of SHA256SUMS, from *at on, which moves behind it; the text is written into. *ret_name NULL: there is none.
 * -ERR_CHECKSUM: it does not read, or leads out of the folder. */
int backup_next_sum(char **at, uint8_t hash[SHA256_LEN], const char **ret_name, struct err *e);

#endif
