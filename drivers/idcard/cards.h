/* SPDX-License-Identifier: Apache-2.0
 *
 * How many cards this terminal has read, over restarts: cards.json in its data folder. Nothing of any card. It is saved with
 * every tenth and at the end, so that a power cut costs nine at most; losing the file costs the count.
 */
#ifndef DRIVERS_IDCARD_CARDS_H
#define DRIVERS_IDCARD_CARDS_H

#include <stdint.h>

#define CARDS_FILE "cards.json"

struct cards {
    char path[512];      /* "": nothing is kept */
    int64_t read, since; /* wall clock, ms: of the first one; 0: none yet */
};

void cards_open(struct cards *c, const char *folder); /* what cannot be read is begun anew, and logged */
void cards_read(struct cards *c);
void cards_close(struct cards *c);

#endif
