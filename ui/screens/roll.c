/* SPDX-License-Identifier: Apache-2.0
 *
 * See roll.h.
 */
#include "ui/screens/roll.h"

#include "ui/widgets/card.h"

#define GAP 16

static int columns_for(struct scene *s, int w, const struct roll_question *q)
{
    for (int columns = q->n; columns > 1; columns = columns > 2 ? 2 : 1) {
        bool fits = true;

        for (int i = 0; i < q->n; i++)
            fits &= button_width(s, &q->list[i]) <= (w - (columns - 1) * GAP) / columns;
        if (fits)
            return columns;
    }
    return 1;
}

static int choices(struct scene *s, struct leaves *l, int y, const struct roll_question *q)
{
    int w = l->area.w, columns = columns_for(s, w, q), high = BUTTON_HEIGHT;

    for (int i = 0; i < q->n; i++) {
        int h = button_height(s, (w - (columns - 1) * GAP) / columns, &q->list[i]);
        high = h > high ? h : high;
    }
    for (int i = 0; i < q->n; i++) {
        if (i && i % columns == 0) {
            y += high + GAP;
            leaves_break(s, l, y);
        }
        button(s, box_column((struct box){l->area.x, y, w, high}, columns, GAP, i % columns), &q->list[i]);
    }
    return y + high;
}

int roll_question(struct scene *s, struct leaves *l, struct box tells, int y, const struct roll_question *q)
{
    static const struct type what = TYPE(LABEL, BOLD, INK), note = TYPE(SMALL, REGULAR, INK);
    int w = l->area.w - 56, high = 48 + 4 + scene_height(s, w, what, q->what) + scene_height(s, w, note, q->note);
    bool above = tells.h >= high;
    struct card c = card_open(s, l->area.x, above ? tells.y : y, l->area.w,
                              &(struct card_style){28, 24, 24, TOKEN_GLOW_TINT, true});
    int at = c.in.y;

    at += scene_text(s, c.in.x, at, c.in.w, what, q->what) + 4;
    at += scene_text(s, c.in.x, at, c.in.w, note, q->note);
    at = card_close(s, &c, at);
    if (!above) {
        y = at + GAP;
        leaves_break(s, l, y);
    }
    return choices(s, l, y, q);
}
