/* SPDX-License-Identifier: Apache-2.0
 *
 * Hit test and focus order over the node list.
 */
#include "ui/node/node.h"

#include "base/must.h"

#include <stddef.h>
#include <string.h>

const char *node_role_name(enum node_role r)
{
    static const char *const names[] = {"heading", "text", "status", "button", "field", "radio", "checkbox", "key", "pad"};
    must((unsigned)r < sizeof names / sizeof *names, "a role there is none of");

    return names[r];
}

bool node_is_target(const struct node *n)
{
    return n->role >= NODE_BUTTON && n->id[0];
}

const struct node *node_hit(const struct node *list, int n, int x, int y)
{
    must(n >= 0 && n <= NODES_MAX, "more nodes than a page has room for");
    for (int i = n - 1; i >= 0; i--)
        if (node_is_target(&list[i]) && box_holds(list[i].box, x, y, 0))
            return &list[i];
    return NULL;
}

const struct node *node_by_id(const struct node *list, int n, const char *id)
{
    for (int i = 0; id && id[0] && i < n; i++)
        if (!strcmp(list[i].id, id))
            return &list[i];
    return NULL;
}
