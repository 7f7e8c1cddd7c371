/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands on a page, for fingers, keypad, voice and tests: one list beside the pixels. It knows no SDL and not what
 * an action means.
 */
#ifndef UI_NODE_NODE_H
#define UI_NODE_NODE_H

#include <stdbool.h>

#include "ui/node/box.h"

#define NODE_ID_MAX 80
#define NODES_MAX 200
#define NODE_SLIP 16 /* px a finger may leave a target by */

enum node_role {
    NODE_TITLE, /* read aloud when the page comes */
    NODE_TEXT,
    NODE_STATUS,
    NODE_BUTTON,
    NODE_FIELD,
    NODE_RADIO,
    NODE_CHECKBOX,
    NODE_KEY,
    NODE_PAD, /* written on: says where the finger is, again and again, in units of action.a × action.b */
};
const char *node_role_name(enum node_role r);

/* `kind` ≥ 0 is an intent of the session; the rest stays inside the screen. */
enum { NODE_DO_PAGE = -1, NODE_DO_SHIFT = -2 };
struct node_action {
    int kind, a, b;
};

struct node {
    char id[NODE_ID_MAX]; /* "" for text nobody touches */
    enum node_role role;
    const char *label; /* what people read */
    const char *words; /* what is spoken */
    const char *value; /* what stands in it, or NULL */
    const char *typed; /* what the keyboard types into, as far as it is; else NULL */
    struct box box;
    bool enabled, checked, focused;
    bool secret; /* somebody's own: said into headphones, not aloud */
    struct node_action action;
};

/* Something that may be touched, also when it is off. */
bool node_is_target(const struct node *n);
/* The target under a finger, exactly; NULL for none. Later nodes lie above earlier ones. */
const struct node *node_hit(const struct node *list, int n, int x, int y);
const struct node *node_by_id(const struct node *list, int n, const char *id);

#endif
