/* SPDX-License-Identifier: Apache-2.0
 *
 * Card: being read. It cannot be measured, so there is no bar: the words change when it takes longer than promised.
 */
#include "ui/screens/card.h"
#include "ui/screens/screens.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/words.h"

void build_CARD_READING(struct scene *s, const struct view *v)
{
    const char *second = v->card.slow ? SAY(card_reading_slow) : SAY(card_reading_soon);
    struct box rest = card_head(s, v, SAY(card_reading), second, 1);

    card_picture(s, card_foot(s, rest, "wait", SAY(card_reading_time)), "reading");
    frame_dock(s, v);
}
