/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose card it is by the signed list of staff, and whether the PIN is right. How many wrong ones were tried the journal
 * remembers, so that switching the terminal off and on gives nobody another try.
 */
#ifndef KIOSK_STAFF_DESK_H
#define KIOSK_STAFF_DESK_H

#include "catalog/catalog.h"
#include "journal/journal.h"
#include "kiosk/port.h"

struct staff_desk;

/* `run`, borrowed: the folder in which a file `technician` stands while one is signed in. */
struct staff_desk *staff_desk_create(const char *run, const struct port *port);
void staff_desk_destroy(struct staff_desk *d); /* takes NULL */

/* A card was read on a screen where staff may sign in. True: it is somebody's of the staff, and INPUT_STAFF_CARD was fed.
 * `j` NULL: nobody knows how many PINs were tried, so the wait is the longest. */
bool staff_desk_card(struct staff_desk *d, struct catalog *c, struct journal *j, const struct identity *card);
/* Feeds INPUT_STAFF_PIN. `unrecorded`: the try could not be written down, so it is not compared at all. */
void staff_desk_pin(struct staff_desk *d, struct journal *j, const char *pin, bool unrecorded);
/* The page is closed, or nobody has opened it yet: the card is forgotten, and nobody is signed in. */
void staff_desk_over(struct staff_desk *d);
bool staff_desk_signed_in(const struct staff_desk *d); /* and the machine lets in what is plugged in */

#endif
