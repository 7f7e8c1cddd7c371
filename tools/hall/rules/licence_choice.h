/* SPDX-License-Identifier: Apache-2.0
 *
 * What an applicant said of the electronic licences that stand in for materials (model/application.h, "licences"). It was
 * sealed by a terminal, and is judged like anything that comes from outside. Pure.
 */
#ifndef HALL_LICENCE_CHOICE_H
#define HALL_LICENCE_CHOICE_H

#include "base/json.h"
#include "model/item.h"

struct licence_choice {
    const char *kind; /* borrowed from what was opened */
    bool use;         /* else it is brought */
    int64_t at;       /* ms: when that was said */
};

/* How many there are, in `ret`; 0 also where the application says nothing of them, as those of before. -ERR_INVALID: it is
 * no list of choices, or names a kind that the item does not ask for, and then none of it counts. `item` NULL: it is in no
 * catalogue, and any kind may be one it asked for. */
int licence_choices_read(const struct json *opened, const struct item *item, struct licence_choice ret[ITEM_LIST_MAX],
                         struct err *e);

#endif
