/* SPDX-License-Identifier: Apache-2.0
 *
 * The card could not be used: how to lay it, and after three times the other ways; only such as can help, and from when.
 */
#include <stddef.h>

#include "ui/screens/screens.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/queue_times.h"
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

/* What is done at a counter waits until there is somebody. */
static const char *counter(struct scene *s, const struct view *v, const char *now, enum str_id from)
{
    const char *when = queue_windows_from(s, v);

    return when ? words_fill(s, v, from, STR_ARGS(when)) : now;
}

/* The nearest one by name, where the catalogue knows it. */
static const char *other_terminal(struct scene *s, const struct view *v)
{
    for (int i = 0; i < v->n_places; i++) {
        const struct view_place *p = &v->places[i];

        if (!p->window)
            return SAY_WITH(tcard_terminal_at, words_either(s, v, p->name, p->name_en),
                            words_either(s, v, p->note, p->note_en));
    }
    return SAY(tcard_other_terminal_do);
}

#define ADVICE_MAX 3

/* Whose number is wrong or whose kind is unknown here is read nowhere else either. */
static int advice_of(struct scene *s, const struct view *v, struct advice out[ADVICE_MAX])
{
    const struct advice call = {"phone", SAY(reader_call), SAY_WITH(reader_call_do, v->place->hotline)};
    const struct advice window = {"hall", SAY(tcard_window), counter(s, v, SAY(tcard_window_do), STR_tcard_window_from)};

    switch (v->card.trouble) {
    case CARD_UNREADABLE:
        out[0] = (struct advice){"reader", SAY(tcard_flat), SAY(tcard_flat_do)};
        out[1] = (struct advice){"idcard", SAY(tcard_cover), SAY(tcard_cover_do)};
        out[2] = (struct advice){"wait", SAY(tcard_still), SAY(tcard_still_do)};
        return 3;
    case CARD_UNREADABLE_LONG:
    case CARD_CHIP:
        out[0] = (struct advice){"terminal", SAY(tcard_other_terminal), other_terminal(s, v)};
        out[1] = window;
        out[2] = call;
        return 3;
    case CARD_EXPIRED:
        out[0] = (struct advice){"idcard", SAY(tcard_renew), counter(s, v, SAY(tcard_renew_do), STR_tcard_renew_from)};
        out[1] = (struct advice){"clock", SAY(tcard_urgent), SAY(tcard_urgent_do)};
        out[2] = call;
        return 3;
    case CARD_NOT_RESIDENT:
        out[0] = (struct advice){"idcard", SAY(tcard_resident), SAY(tcard_resident_do)};
        out[1] = window;
        out[2] = call;
        return 3;
    case CARD_BAD_NUMBER:
        break;
    }
    out[0] = window;
    out[1] = call;
    return 2;
}

void build_TROUBLE_CARD(struct scene *s, const struct view *v)
{
    struct advice rows[ADVICE_MAX];
    struct trouble t = page(s, v);

    t.safe = SAY(tcard_safe);
    t.rows = rows;
    t.n = advice_of(s, v, rows);
    t.picture = v->card.trouble == CARD_UNREADABLE ? "reading-low" : "lift-low";
    if (!t.button)
        t.button = SAY(tcard_again);
    trouble_page(s, v, &t);
}
