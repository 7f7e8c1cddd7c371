/* SPDX-License-Identifier: Apache-2.0
 *
 * See press.h.
 */
#include "ui/input/press.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

const struct node *press_down(struct press *p, const struct node *list, int n, int x, int y)
{
    const struct node *hit = node_hit(list, n, x, y);

    p->id[0] = '\0';
    if (hit) {
        snprintf(p->id, sizeof p->id, "%s", hit->id);
        p->box = hit->box;
    }
    return hit;
}

void press_lost(struct press *p)
{
    p->id[0] = '\0';
}

const struct node *press_up(struct press *p, const struct node *list, int n, int x, int y, int64_t now_ms)
{
    const struct node *meant = node_by_id(list, n, p->id);
    bool inside = box_holds(p->box, x, y, NODE_SLIP);

    p->id[0] = '\0';
    if (!meant || !inside || !node_is_target(meant))
        return NULL;
    int64_t again = meant->role == NODE_KEY ? PRESS_KEY_AGAIN_MS : PRESS_AGAIN_MS;

    if (!strcmp(p->last, meant->id) && now_ms - p->last_ms < again)
        return NULL;
    snprintf(p->last, sizeof p->last, "%s", meant->id);
    p->last_ms = now_ms;
    return meant;
}
