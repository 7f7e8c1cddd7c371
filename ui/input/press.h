/* SPDX-License-Identifier: Apache-2.0
 *
 * What a touch means: it counts when it begins and ends in the same target, with some slip; the same button again within
 * half a second is one press. Pure: time is an argument.
 */
#ifndef UI_INPUT_PRESS_H
#define UI_INPUT_PRESS_H

#include <stdint.h>

#include "ui/node/node.h"

#define PRESS_AGAIN_MS 500
#define PRESS_KEY_AGAIN_MS 120

struct press {
    char id[NODE_ID_MAX]; /* "" when no finger is on a target */
    struct box box;
    char last[NODE_ID_MAX];
    int64_t last_ms;
};

/* A finger comes down. Returns the target under it, or NULL. */
const struct node *press_down(struct press *p, const struct node *list, int n, int x, int y);
/* It will not leave: nothing is meant. */
void press_lost(struct press *p);
/* It leaves at x, y. Returns the target that was meant, or NULL; it may be a new node of the same id. */
const struct node *press_up(struct press *p, const struct node *list, int n, int x, int y, int64_t now_ms);

#endif
