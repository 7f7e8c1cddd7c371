/* SPDX-License-Identifier: Apache-2.0
 *
 * See notice.h.
 */
#include "ui/screens/notice.h"

#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

int notice_card(struct scene *s, const struct view *v, int x, int y, int w, int gap)
{
    if (v->card.other)
        y = banner(s, x, y, w, BANNER_INFO, "idcard", SAY(card_other), SAY(card_other_rest)) + gap;
    else if (v->card.remind)
        y = banner(s, x, y, w, BANNER_WARN, "idcard", SAY(card_remind), SAY(card_remind_rest)) + gap;
    return y;
}
