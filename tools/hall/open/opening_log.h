/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit of hall-open: a file of lines "HASH ROW\n" (opening_wire.h), added to, never changed. Its owner is hall-open's
 * user, so that neither the hall nor staff can change it; and each row's hash covers all before it.
 */
#ifndef HALL_OPENING_LOG_H
#define HALL_OPENING_LOG_H

#include "tools/hall/open/opening_wire.h"

/* Every row in its order; non-zero ends it. -ERR_CHECKSUM: a row was changed, removed or put in; it says which, and `fn` got
 * those before. The last line may be one that is being written: a line without an end is passed over. */
typedef int opening_row_fn(void *ctx, const struct opening_row *r, const uint8_t hash[SHA256_LEN]);
int opening_log_read(const char *path, opening_row_fn *fn, void *ctx, struct err *e);

struct opening_log;
/* Opens it, or makes it (0640), and checks every row. What a power cut left of the last line was never answered: it is cut
 * off. One program at a time: -ERR_BUSY. */
int opening_log_open(const char *path, struct opening_log **ret, struct err *e);
void opening_log_close(struct opening_log *l); /* takes NULL */
/* Durable when it returns 0; gives the row its number. On failure the file is as before; where even that fails, nothing is
 * added until it is opened anew (-ERR_STATE). */
int opening_log_add(struct opening_log *l, struct opening_row *row, uint8_t ret_hash[SHA256_LEN], struct err *e);

#endif
