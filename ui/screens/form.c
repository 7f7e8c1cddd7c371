/* SPDX-License-Identifier: Apache-2.0
 *
 * The form: what the card said above, fields, actions, and the keyboard when a field has the focus. With the keyboard
 * open the page shows as many fields as fit around the focus; without it, longer pages turn.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/notice.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/field.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/steps.h"
#include "ui/widgets/words.h"

#define GAP 24
#define HINT_X 76 /* of a hint: its words begin here, its icon is so high */
#define HINT_LEAST 56

static bool last_question(const struct view *v)
{
    return v->form.question + 1 >= v->form.questions;
}

static struct actions actions(const struct scene *s, const struct view *v, struct box *page, bool keys)
{
    static const int share[] = {10, 16};
    bool one = v->form.questions > 0, last = one && last_question(v) && v->form.page + 1 >= v->form.pages;
    const struct button list[] = {{.kind = BUTTON_SECOND,
                                   .id = "previous",
                                   .label = one ? SAY(form_question_previous) : SAY(form_previous),
                                   .icon = "back",
                                   .action = DO(PREVIOUS, 0, 0)},
                                  {.kind = BUTTON_MAIN,
                                   .id = "next",
                                   .label = one && !last ? SAY(form_question_next) : SAY(form_next),
                                   .low = keys,
                                   .action = DO(NEXT, 0, 0)}};

    /* on the first page of all, 返回 in the dock is the way back */
    return v->form.page || v->form.question ? actions_take(s, page, list, share, 2)
                                            : actions_take(s, page, list + 1, NULL, 1);
}

/* Blocks of the page: the locked card (-1) and the fields, with their heights. */
struct blocks {
    int field[VIEW_FIELDS_MAX + 1], high[VIEW_FIELDS_MAX + 1], n, focus;
    int alone; /* the only question of the page shares out so much room; 0: there are several, or keys */
};

static const char *question_words(struct scene *s, const struct view *v)
{
    return SAY_WITH(form_question, words_number(s, v->form.question + 1), words_number(s, v->form.questions));
}

static int question_room(struct scene *s, const struct view *v, struct box area)
{
    int hint = scene_height(s, area.w - HINT_X, TYPE(BODY, REGULAR, INK), question_words(s, v));

    return area.h - GAP - (hint > HINT_LEAST ? hint : HINT_LEAST);
}

static void list_blocks(struct scene *s, const struct view *v, int w, struct blocks *b)
{
    b->n = 0;
    b->focus = -1;
    if (v->form.page == 0 && v->form.n_locked > 0 && !v->form.questions && !v->settings.low_reach) {
        b->field[b->n] = -1;
        b->high[b->n++] = field_locked(s, v, 0, 0, w, false);
    }
    for (int i = 0; i < v->form.n_fields; i++) {
        if (v->form.fields[i] == v->form.focus)
            b->focus = b->n;
        b->field[b->n] = v->form.fields[i];
        b->high[b->n++] = field_block(s, v, 0, 0, w, b->alone, v->form.fields[i], false);
    }
}

/* How many blocks from `from` fit. */
static int fitting(const struct blocks *b, int from, int room)
{
    int n = 0;

    for (int used = -GAP; from + n < b->n; n++) {
        used += GAP + b->high[from + n];
        if (used > room && n > 0)
            break;
    }
    return n;
}

/* The first block shown, so that the focus and, if there is room, the field behind it are in sight. */
static int start_for_focus(const struct blocks *b, int room)
{
    for (int from = 0; from < b->focus; from++) {
        int until = from + fitting(b, from, room);

        if (until > b->focus + 1 || (until > b->focus && until == b->n))
            return from;
    }
    int only = 0;

    while (only < b->focus && only + fitting(b, only, room) <= b->focus)
        only++;
    return only;
}

static void draw_blocks(struct scene *s, const struct view *v, struct box area, const struct blocks *b, int from, int n)
{
    int y = area.y;

    for (int i = from; i < from + n; i++) {
        y += b->field[i] < 0 ? field_locked(s, v, area.x, y, area.w, true)
                             : field_block(s, v, area.x, y, area.w, b->alone, b->field[i], true);
        y += GAP;
    }
}

/* All blocks, in pages of the screen's own when the keyboard is closed and not everything fits. */
static void draw_paged(struct scene *s, const struct view *v, struct box area, const struct blocks *b)
{
    struct leaves l = leaves_begin(s, area);
    int y = area.y;

    for (int i = 0; i < b->n; i++) {
        leaves_break(s, &l, y);
        draw_blocks(s, v, (struct box){area.x, y, area.w, 0}, b, i, 1);
        y += b->high[i] + GAP;
    }
    if (v->form.questions > 0) {
        leaves_break(s, &l, y);
        y = hint(s, area.x, y, area.w, "info", question_words(s, v)) + GAP;
    }
    leaves_end(s, v, &l, y - GAP);
}

/* What the card said, where nothing is touched. */
static void tell_locked(struct scene *s, const struct view *v, struct box tells)
{
    if (v->form.page == 0 && v->form.n_locked > 0 && field_locked(s, v, 0, 0, tells.w, false) <= tells.h)
        field_locked(s, v, tells.x, tells.y, tells.w, true);
}

void build_FORM(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), tells;
    int keys = keyboard_height(s, v), bottom = box_bottom(page);
    int above = v->form.n_fields ? field_label_height(s, v, page.w, v->form.fields[0]) : 0;
    struct blocks b;

    page.h -= keys;
    bool crowded = keyboard_crowds(v);
    struct actions row = {0};

    if (!crowded)
        row = actions(s, v, &page, keys);

    stepper(s, v, &page, v->form.title ? v->form.title : "", v->form.page + 1, v->form.pages + 1, above, &tells);
    tell_locked(s, v, tells);
    if (!v->settings.low_reach) {
        page.y += GAP;
        page.h -= GAP;
    }
    int y = notice_card(s, v, page.x, page.y, page.w, GAP);
    struct box area = {page.x, y, page.w, box_bottom(page) - y};

    b.alone = v->form.questions > 0 && !keys ? question_room(s, v, area) : 0;
    list_blocks(s, v, area.w, &b);
    if (keys && b.focus >= 0) {
        int from = fitting(&b, 0, area.h) >= b.n ? 0 : start_for_focus(&b, area.h);

        draw_blocks(s, v, area, &b, from, fitting(&b, from, area.h));
    } else {
        draw_paged(s, v, area, &b);
    }
    if (!crowded)
        actions_draw(s, &row);
    keyboard(s, v, bottom);
    frame_dock(s, v);
}
