/* SPDX-License-Identifier: Apache-2.0
 *
 * What an item demands of a resident beyond the form: how often to come in person (到现场次数), where, and which materials
 * are still to be handed in. Everybody who says it asks here: guide, review, receipt, and the application the hall opens.
 */
#ifndef MODEL_DEMAND_H
#define MODEL_DEMAND_H

#include "model/item.h"

/* HELD: it would be, and the person wants the electronic licence used for it: nobody asks for it any more. */
enum demanded { DEMANDED_NOT, DEMANDED_PERHAPS, DEMANDED_YES, DEMANDED_HELD };

struct demand {      /* a plain value; it names choices and materials by their places, which are the same in each language */
    int least, most; /* visits in person after this one; the same once the form is filled in */
    int field, choice; /* what was chosen at the field that decides where to go; -1: nothing yet, or there is none */
    enum demanded materials[ITEM_LIST_MAX]; /* to be handed in; never one that is there already */
};

/* By the answers so far; `v` NULL: before the first one, then what they may still make of it. One comes as often as the item
 * says in any case (limit_scene_num), as the chosen answer says, and at least once where paper is to be handed in. */
void demand_of(const struct item *item, const struct form_values *v, struct demand *ret);

/* Where to go: name NULL when it is the item's own window, all NULL when there is no need to. `hours` may be NULL. */
struct demand_place {
    const char *name, *address, *hours;
};
struct demand_place demand_place(const struct item *item, const struct demand *d);

/* The field whose choices say how often one comes, and where; -1: none does. */
int demand_field(const struct form *f);

#endif
