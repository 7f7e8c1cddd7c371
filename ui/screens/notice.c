/* SPDX-License-Identifier: Apache-2.0
 *
 * See notice.h.
 */
#include "ui/screens/notice.h"

#include <string.h>

#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

static int remind(struct scene *s, const struct view *v, int x, int y, int w)
{
    int bottom = banner(s, x, y, w, BANNER_WARN, "idcard", SAY(card_remind), SAY(card_remind_rest));

    strcpy(s->nodes[s->n_nodes - 1].id, CARD_NOTICE);
    return bottom;
}

int notice_card(struct scene *s, const struct view *v, int x, int y, int w, int gap)
{
    if (v->card.other)
        y = banner(s, x, y, w, BANNER_INFO, "idcard", SAY(card_other), SAY(card_other_rest)) + gap;
    else if (v->card.remind)
        y = remind(s, v, x, y, w) + gap;
    return y;
}
