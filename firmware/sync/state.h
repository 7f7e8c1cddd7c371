/* SPDX-License-Identifier: Apache-2.0
 *
 * What kiosk-sync remembers in DATA/sync/sync.db, which nobody else opens: a table `state` of named whole numbers, the
 * hall's newest word (`word`), and the leased ticket numbers (`leased`, state_lease.h). Lost, it is filled again by the
 * hall: records are sent from the first on and answered, numbers are asked for anew. An older one has a table `lease` of
 * unsigned blocks, which is dropped: nobody could verify them.
 */
#ifndef SYNC_STATE_H
#define SYNC_STATE_H

#include <stdint.h>

#include "base/err.h"
#include "wire/ack.h"

struct state;

#define STATE_ACKED "acked"         /* the hall has everything up to this seq; may go down when the hall was restored */
#define STATE_HALL_TIME "hall_time" /* the latest the hall said it was, Unix milliseconds: it is not earlier (trust.h) */
#define STATE_CATALOGUE "catalogue" /* the version last seen at the hall and dealt with */

/* `epoch` says whose numbers these are: with another journal all start at 0 again. So they do when the file is damaged: it
 * is removed and begun anew. */
int state_open(const char *data_dir, const uint8_t epoch[EPOCH_LEN], struct state **ret, struct err *e);
void state_close(struct state *s);                    /* takes NULL */
struct sqlite3 *state_db(struct state *s);            /* for state_lease.c */
int64_t state_get(struct state *s, const char *name); /* 0 when never set */
int state_set(struct state *s, const char *name, int64_t value, struct err *e);
/* The word of the hall for the highest record it ever gave one for: 1 and *ret, or 0 when there is none. */
int state_word(struct state *s, struct ack *ret, struct err *e);
/* Keeps it in place of one for an earlier record. */
int state_word_keep(struct state *s, const struct ack *a, struct err *e);

#endif
