/* SPDX-License-Identifier: Apache-2.0
 *
 * state_item.c: the guide page of an item.
 */
#ifndef SESSION_GUIDE_H
#define SESSION_GUIDE_H

#include "model/halt.h"
#include "model/item.h"
#include "session/view.h"

struct session;
struct input;

struct guide {
    const struct item *item; /* in Chinese; the view shows it in the visit's language */
    enum screen from;        /* where 返回 leads */
    bool asked;              /* INPUT_ITEM is on its way */
};

void guide_answer(struct session *s, const struct input *in); /* INPUT_ITEM, on any page that asked for it */
/* INPUT_HALTS. Whoever fills in what is halted comes back to its guide page, which says why. */
void guide_halts(struct session *s, const struct halts *h);

#endif
