/* SPDX-License-Identifier: Apache-2.0
 *
 * What a voice says of a page: pure, from its nodes. A node is said as what it is called, what stands in it, what it is and
 * where in the order (EN 301 549 5.1.3, WCAG 4.1.2); a page as its title, all its text from the top, and how many choices
 * there are. What is somebody's own (node.secret) is said into headphones, and not aloud.
 *
 * In voice mode the keypad goes over everything that can be read; a text has no id, so what it goes to has a name of its
 * own: the id, or "#" and its place in the list.
 */
#ifndef UI_NODE_SAID_H
#define UI_NODE_SAID_H

#include "base/buf.h"
#include "session/view.h"
#include "ui/node/node.h"

#define SAID_MAX 4000 /* bytes of one page; what does not fit is there to be walked to */

struct said {
    enum language language;
    bool aloud;
    const struct node *list;
    int n;
};
/* Nodes of the page that is shown; how it is said is the view's. */
struct said said_of(const struct view *v, const struct node *list, int n);

/* Each fills `out` anew; never more than SAID_MAX bytes. */
void said_node(const struct said *s, const struct node *node, struct buf *out);
void said_page(const struct said *s, struct buf *out);
/* What is new on a page that stays: texts that were not there, choices that were made, another value in the field that is
 * typed into. Of figures that count down nothing. Empty: nothing to say. */
void said_news(const struct said *before, const struct said *now, struct buf *out);

/* The name of a node, and the node of a name; NULL: it is not there any more. */
void said_name(const struct said *s, const struct node *node, char ret[NODE_ID_MAX]);
const struct node *said_find(const struct node *list, int n, const char *name);
/* The next that can be read (or, `targets`, chosen) after the one of that name, around the end; on a keyboard the next key.
 * NULL: none. */
const struct node *said_next(const struct said *s, const char *name, bool backwards, bool targets);

#endif
