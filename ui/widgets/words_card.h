/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody has written, as long as it is: a card with a head and the text, which goes on in another card where a page
 * ends.
 */
#ifndef UI_WIDGETS_WORDS_CARD_H
#define UI_WIDGETS_WORDS_CARD_H

#include "ui/widgets/leaves.h"

struct words_card {
    enum banner_kind kind;
    bool plain; /* on an ordinary card; else in the kind's colours */
    const char *icon, *head;
    const char *text; /* personal; "": the head alone */
};
/* Returns the y below. */
int words_card(struct scene *s, const struct view *v, struct leaves *l, int y, const struct words_card *c);

#endif
