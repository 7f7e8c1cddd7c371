/* SPDX-License-Identifier: Apache-2.0
 *
 * What kiosk-sync remembers in DATA/sync/sync.db: a table `state` of named whole numbers, and the leased ticket numbers
 * (state_lease.h), which kiosk reads (journal/lease_list.h).
 */
#ifndef SYNC_STATE_H
#define SYNC_STATE_H

#include <stdint.h>

#include "base/err.h"
#include "model/record.h"

struct state;

#define STATE_ACKED "acked"         /* the hall has everything up to this seq; may go down when the hall was restored */
#define STATE_HIGHEST "highest"     /* the highest it ever had */
#define STATE_CATALOGUE "catalogue" /* the version last seen at the hall and dealt with */

/* `epoch` says whose numbers these are: with another journal all start at 0 again. */
int state_open(const char *data_dir, const uint8_t epoch[EPOCH_LEN], struct state **ret, struct err *e);
void state_close(struct state *s); /* takes NULL */
/* For state_lease.c: the database, and the epoch in hexadecimal. */
struct sqlite3 *state_db(struct state *s);
const char *state_epoch(const struct state *s);
int64_t state_get(struct state *s, const char *name); /* 0 when never set */
int state_set(struct state *s, const char *name, int64_t value, struct err *e);

#endif
