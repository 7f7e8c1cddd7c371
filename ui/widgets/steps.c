/* SPDX-License-Identifier: Apache-2.0
 *
 * See steps.h.
 */
#include "ui/widgets/steps.h"

#include <stddef.h>

#include "ui/widgets/frame.h"
#include "ui/widgets/words.h"

#define BAR 12
#define CARD_STEP 88
#define DOT 48
#define PROCESS_COLUMNS 4 /* more steps go on in a second row */

static void bars(struct scene *s, struct box row, int step, int steps, bool night)
{
    for (int i = 0; i < steps; i++) {
        struct box b = box_column(row, steps, 12, i);

        if (s->env.contrast && i >= step)
            scene_frame(s, b, BAR / 2, TOKEN_SURFACE, TOKEN_EDGE, 3);
        else
            scene_rect(s, b, BAR / 2, i < step ? (night ? TOKEN_GLOW : TOKEN_PRIMARY) : night ? TOKEN_NIGHT_3 : TOKEN_LINE);
    }
}

void stepper(struct scene *s, const struct view *v, struct box *page, const char *title, int step, int steps, int above,
             struct box *tells)
{
    const char *where = SAY_WITH(form_step, words_number(s, step), words_number(s, steps));
    const struct head head = {title, where, TYPE(TITLE_2, BOLD, INK), 12, false, above};
    bool low = v->settings.low_reach;

    if (!low) { /* form pages begin a little higher */
        page->y -= 12;
        page->h += 12;
    }
    frame_head(s, v, page, &head, tells);
    bars(s, (struct box){page->x, low ? box_bottom(*tells) - BAR : page->y, page->w, BAR}, step, steps, low);
    if (low) {
        tells->h -= BAR + 24;
    } else {
        page->y += BAR;
        page->h -= BAR;
    }
}

int card_steps(struct scene *s, const struct view *v, int x, int y, int w, int now)
{
    const char *const names[] = {SAY(card_step_place), SAY(card_step_read), SAY(card_step_take)};
    int high = scene_line(s, TYPE(LABEL, BOLD, INK)) + 24;

    high = high > CARD_STEP ? high : CARD_STEP;
    for (int i = 0; i < 3; i++) {
        struct box b = box_column((struct box){x, y, w, high}, 3, 16, i);
        struct type t = i == now ? TYPE(LABEL, BOLD, ON_GLOW) : TYPE(LABEL, MEDIUM, INK_2);
        const char *text = SAY_WITH(card_step, words_number(s, i + 1), names[i]);

        scene_rect(s, b, 16, i < now ? TOKEN_OK_TINT : i == now ? TOKEN_GLOW : TOKEN_SUNK);
        if (i < now) {
            int wide = 40 + 12 + scene_width(s, t, names[i]), from = b.x + (b.w - wide) / 2;

            scene_icon(s, from, b.y + (b.h - 40) / 2, 40, "check", TOKEN_OK);
            scene_line_in(s, (struct box){from + 52, b.y, wide, b.h}, type_coloured(t, TOKEN_OK), names[i]);
        } else {
            scene_line_in(s, b, type_aligned(t, ALIGN_CENTRE), text);
        }
        scene_node(s, NODE_TEXT, "", b, text)->checked = i < now;
    }
    return y + high;
}

static int process_row(struct scene *s, const struct view *v, struct box row, const struct item *item, int first, int n)
{
    struct type name = TYPE(BODY, MEDIUM, INK), days = TYPE(SMALL, REGULAR, INK_2);
    int columns = n < 3 ? 3 : n, tallest = 0;

    for (int i = 0; i < n; i++) {
        const struct item_step *step = &item->steps[first + i];
        struct box c = box_column(row, columns, 12, i), dot = {c.x, c.y, DOT, DOT};
        bool last = first + i + 1 == (int)item->n_steps;
        int y = c.y + DOT + 8;

        if (!last)
            scene_rect(s, (struct box){c.x + DOT, c.y + DOT / 2 - 2, c.w - DOT, 4}, 0, TOKEN_PRIMARY);
        scene_rect(s, dot, DOT / 2, TOKEN_PRIMARY);
        scene_line_in(s, dot, type_aligned(TYPE(STEP, BOLD, ON_PRIMARY), ALIGN_CENTRE), words_number(s, first + i + 1));
        y += scene_text(s, c.x, y, c.w - 8, name, step->step);
        y += scene_text(s, c.x, y, c.w - 8, days, words_days(s, v, step->limit.day, step->limit.unit));
        tallest = y - c.y > tallest ? y - c.y : tallest;
    }
    return tallest;
}

/* One below the other: the figure, the step, its days. */
static int process_list(struct scene *s, const struct view *v, struct box in, const struct item *item)
{
    struct type name = TYPE(BODY, MEDIUM, INK), days = TYPE(SMALL, REGULAR, INK_2);
    int side = DOT + 16, y = in.y, n = (int)item->n_steps;

    for (int i = 0; i < n; i++) {
        const struct item_step *step = &item->steps[i];
        struct box dot = {in.x, y + (scene_line(s, name) - DOT) / 2, DOT, DOT};
        int from = y;

        scene_rect(s, dot, DOT / 2, TOKEN_PRIMARY);
        scene_line_in(s, dot, type_aligned(TYPE(STEP, BOLD, ON_PRIMARY), ALIGN_CENTRE), words_number(s, i + 1));
        y += scene_text(s, in.x + side, y, in.w - side, name, step->step);
        y += scene_text(s, in.x + side, y, in.w - side, days, words_days(s, v, step->limit.day, step->limit.unit));
        if (i + 1 < n)
            scene_rect(s, (struct box){in.x + DOT / 2 - 2, box_bottom(dot), 4, y + 12 - from - DOT}, 0, TOKEN_PRIMARY);
        y += i + 1 < n ? 12 : 0;
    }
    return y;
}

int process_line(struct scene *s, const struct view *v, int x, int y, int w, const struct item *item)
{
    if (v->settings.size >= SIZE_LARGER)
        return process_list(s, v, (struct box){x, y, w, 0}, item);
    for (int i = 0; i < (int)item->n_steps; i += PROCESS_COLUMNS) {
        int n = (int)item->n_steps - i < PROCESS_COLUMNS ? (int)item->n_steps - i : PROCESS_COLUMNS;

        y += (i ? 16 : 0);
        y += process_row(s, v, (struct box){x, y, w, DOT}, item, i, n);
    }
    return y;
}

void bar(struct scene *s, int x, int y, int w, int high, int percent)
{
    int full = w * (percent < 0 ? 0 : percent > 100 ? 100 : percent) / 100;

    if (s->env.contrast) /* yellow on white would be no bar at all */
        scene_frame(s, (struct box){x - 6, y - 6, w + 12, high + 12}, high / 2 + 6, TOKEN_SURFACE, TOKEN_EDGE, 3);
    else
        scene_rect(s, (struct box){x, y, w, high}, high / 2, TOKEN_LINE);
    if (full > 0)
        scene_rect(s, (struct box){x, y, full < high ? high : full, high}, high / 2, TOKEN_PRIMARY);
}
