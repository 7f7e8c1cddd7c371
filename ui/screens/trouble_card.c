/* SPDX-License-Identifier: Apache-2.0
 *
 * The card could not be used: how to lay it, and after three times the other ways.
 */
#include <stddef.h>

#include "ui/screens/screens.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/words.h"

static struct trouble again(const struct view *v)
{
    return (struct trouble){.icon = "idcard",
                            .title = SAY(tcard_unreadable),
                            .second = SAY(tcard_unreadable_second),
                            .button = SAY(tcard_retry)};
}

static struct trouble page(struct scene *s, const struct view *v)
{
    switch (v->card.trouble) {
    case CARD_UNREADABLE:
        break;
    case CARD_UNREADABLE_LONG:
        return (struct trouble){.icon = "idcard",
                                .title = SAY(tcard_long),
                                .second = SAY_WITH(tcard_long_second, words_number(s, v->card.tries)),
                                .button = SAY(tcard_retry)};
    case CARD_CHIP:
        return (struct trouble){
            .icon = "idcard", .title = SAY(tcard_chip), .second = SAY(tcard_chip_second), .button = SAY(tcard_retry)};
    case CARD_EXPIRED:
        return (struct trouble){.icon = "idcard", .title = SAY(tcard_expired), .second = SAY(tcard_expired_second)};
    case CARD_BAD_NUMBER:
        return (struct trouble){.icon = "idcard", .title = SAY(tcard_number), .second = SAY(tcard_number_second)};
    case CARD_NOT_RESIDENT:
        return (struct trouble){.icon = "idcard", .title = SAY(tcard_kind), .second = SAY(tcard_kind_second)};
    }
    return again(v);
}

void build_TROUBLE_CARD(struct scene *s, const struct view *v)
{
    const struct advice lay[] = {{"reader", SAY(tcard_flat), SAY(tcard_flat_do)},
                                 {"idcard", SAY(tcard_cover), SAY(tcard_cover_do)},
                                 {"wait", SAY(tcard_still), SAY(tcard_still_do)}};
    const struct advice other[] = {{"terminal", SAY(tcard_other_terminal), SAY(tcard_other_terminal_do)},
                                   {"hall", SAY(tcard_window), SAY(tcard_window_do)},
                                   {"phone", SAY(reader_call), SAY_WITH(reader_call_do, v->place->hotline)}};
    const struct advice renew[] = {{"idcard", SAY(tcard_renew), SAY(tcard_renew_do)},
                                   {"hall", SAY(tcard_window), SAY(tcard_window_do)},
                                   {"phone", SAY(reader_call), SAY_WITH(reader_call_do, v->place->hotline)}};
    struct trouble t = page(s, v);

    t.safe = SAY(tcard_safe);
    t.rows = v->card.trouble == CARD_UNREADABLE ? lay : v->card.trouble == CARD_EXPIRED ? renew : other;
    t.n = 3;
    t.picture = v->card.trouble == CARD_UNREADABLE ? "reading-low" : "lift-low";
    if (!t.button)
        t.button = SAY(tcard_again);
    trouble_page(s, v, &t);
}
