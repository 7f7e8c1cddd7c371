/* SPDX-License-Identifier: Apache-2.0
 *
 * Which of the things a catalogue can say this software knows: one number, its level. The list is level.def.
 */
#ifndef MODEL_LEVEL_H
#define MODEL_LEVEL_H

#include "base/json.h"

#define LEVEL_MAX 1000000

enum level_of { LEVEL_ITEM, LEVEL_QUEUE, LEVEL_WHOLE };

int level_now(void); /* of this software, from 1 */
/* What needs more than this software has is refused: -ERR_VERSION. */
int level_refuse(int needs, struct err *e);
/* The level a terminal must have for what `doc` says, from 1: an item's object, a queue's, or one that holds parts of the
 * folder by name (NULL: none). */
int level_needs(enum level_of of, const struct json *doc);

#endif
