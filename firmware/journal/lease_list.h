/* SPDX-License-Identifier: Apache-2.0
 *
 * The blocks of ticket numbers the hall has leased to this terminal, as kiosk-sync keeps them in DATA/sync/sync.db:
 * read-only for kiosk. That file is written by the process that has the network, so nothing in it is believed but numbers in
 * their limits; the journal alone says which of them were given.
 */
#ifndef JOURNAL_LEASE_LIST_H
#define JOURNAL_LEASE_LIST_H

#include "base/clock.h"
#include "base/err.h"
#include "model/record.h"
#include "model/ticket.h"

#define LEASE_BLOCKS_MAX 64 /* of one queue and day: 1280 tickets from one terminal; more come when these are used */

/* The newest blocks of a queue and day that belong to this journal. Returns how many; 0 also when there is no file yet. */
int lease_list_read(const char *data_dir, const uint8_t epoch[EPOCH_LEN], const char *queue, struct date day,
                    struct ticket_block blocks[LEASE_BLOCKS_MAX], struct err *e);

#endif
