/* SPDX-License-Identifier: Apache-2.0
 *
 * Journals of earlier enrolments, which `kioskctl enrol --anew` has put aside in DATA/earlier/EPOCH with their keys.
 * kiosk-sync delivers them; what the hall has of each comes as its signed word and is kept in that journal. So their sealed
 * bodies are removed as those of the present one, and what the hall still lacks is known. Each is open only while something
 * is done with it. One that cannot be opened (it lost records, it is damaged: why it was put aside) stays as it is.
 */
#ifndef KIOSK_ASIDE_H
#define KIOSK_ASIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/ack.h"

struct aside;

/* `data` and `terminal` (its id) are borrowed; nothing is read yet. */
struct aside *aside_create(const char *data, const char *terminal);
void aside_destroy(struct aside *a); /* takes NULL */

/* A word that is not of the present journal. Believed of that one of them alone for which the hall has signed it; false: of
 * none. */
bool aside_said(struct aside *a, const struct manifest_role *hall, const struct ack *word);
/* Nobody is served and the clock is trusted: at most once a day, sealed bodies that the hall has had for `days`. */
void aside_purge(struct aside *a, int days);
/* How many sealed bodies of all of them the hall has not got. -1: of one that cannot be opened, or that
 * nobody here has put there, it is not known. */
int64_t aside_waiting(struct aside *a);

#endif
