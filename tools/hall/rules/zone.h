/* SPDX-License-Identifier: Apache-2.0
 *
 * How many terminals of one zone (an office's service zone of one name, at one spot) may be away at a time: never all, at
 * most half, and another one has to be known to work. The same for a new system and for what staff do from afar. Pure.
 */
#ifndef HALL_RULES_ZONE_H
#define HALL_RULES_ZONE_H

#include <stddef.h>

#include "model/place.h"

struct zone_count {
    size_t all;  /* those that were heard of lately, whoever asks among them */
    size_t busy; /* of the others: away, or about to be */
    size_t work; /* of the others: known to work */
};
enum zone_word { ZONE_MAY, ZONE_BUSY, ZONE_SILENT };

/* May whoever asks be away too? BUSY: too many are; SILENT: no other one is known to work. Alone in its zone it may. */
enum zone_word zone_judge(const struct zone_count *c);
/* How many of `work` that work may be stopped now, beside `busy` that are away, of `all`. */
size_t zone_room(size_t all, size_t busy, size_t work);

/* A name of the zone for a path: 16 hex digits. */
#define ZONE_NAME_LEN 16
void zone_name(int office, const struct place *p, char out[ZONE_NAME_LEN + 1]);

#endif
