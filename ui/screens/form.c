/* SPDX-License-Identifier: Apache-2.0
 *
 * The form: what the card said above, fields, actions, and the keyboard when a field has the focus. With the keyboard
 * open the page shows as many fields as fit around the focus; without it, longer pages turn.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/notice.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/field.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/pager.h"
#include "ui/widgets/steps.h"
#include "ui/widgets/words.h"

#define GAP 24

static void actions(struct scene *s, const struct view *v, struct box row)
{
    int narrow = (row.w - GAP) * 10 / 26;

    button(s, (struct box){row.x, row.y, narrow, row.h},
           &(struct button){.kind = BUTTON_SECOND,
                            .id = "previous",
                            .label = SAY(form_previous),
                            .icon = "back",
                            .action = DO(PREVIOUS, 0, 0)});
    button(s, (struct box){row.x + narrow + GAP, row.y, row.w - narrow - GAP, row.h},
           &(struct button){.kind = BUTTON_MAIN, .id = "next", .label = SAY(form_next), .action = DO(NEXT, 0, 0)});
}

/* Blocks of the page: the locked card (-1) and the fields, with their heights. */
struct blocks {
    int field[VIEW_FIELDS_MAX + 1], high[VIEW_FIELDS_MAX + 1], n, focus;
};

static void list_blocks(struct scene *s, const struct view *v, int w, struct blocks *b)
{
    b->n = 0;
    b->focus = -1;
    if (v->form.page == 0 && v->form.n_locked > 0) {
        b->field[b->n] = -1;
        b->high[b->n++] = field_locked(s, v, 0, 0, w, false);
    }
    for (int i = 0; i < v->form.n_fields; i++) {
        if (v->form.fields[i] == v->form.focus)
            b->focus = b->n;
        b->field[b->n] = v->form.fields[i];
        b->high[b->n++] = field_block(s, v, 0, 0, w, v->form.fields[i], false);
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
                             : field_block(s, v, area.x, y, area.w, b->field[i], true);
        y += GAP;
    }
}

/* Pages of the screen's own, when the keyboard is closed and not everything fits. */
static void draw_paged(struct scene *s, const struct view *v, struct box area, const struct blocks *b)
{
    int from = 0, pages = 1, shown = 0, n;
    struct box whole = area;

    if (fitting(b, 0, area.h) >= b->n) {
        draw_blocks(s, v, area, b, 0, b->n);
        return;
    }
    area.h -= PAGER_HEIGHT;
    for (int at = 0; at < b->n; at += n, pages++) {
        n = fitting(b, at, area.h);
        if (pages - 1 == s->env.page) {
            from = at;
            shown = n;
        }
    }
    s->own_pages = pages - 1;
    draw_blocks(s, v, area, b, from, shown);
    pager(s, v, &whole, s->env.page, s->own_pages, NODE_DO_PAGE);
}

void build_FORM(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), row;
    int y = page.y + 20, keys = keyboard_height(s, v), bottom = box_bottom(page);
    struct blocks b;

    if (keys) {
        page.h -= keys + 24 + BUTTON_HEIGHT + 24;
        row = (struct box){page.x, box_bottom(page) + 24, page.w, BUTTON_HEIGHT};
    } else {
        row = frame_actions(&page);
    }
    y = stepper(s, v, page.x, y, page.w, v->form.title ? v->form.title : "", v->form.page + 1, v->form.pages + 1) + GAP;
    y = notice_card(s, v, page.x, y, page.w, GAP);
    struct box area = {page.x, y, page.w, box_bottom(page) - y};

    list_blocks(s, v, area.w, &b);
    if (keys && b.focus >= 0) {
        int from = fitting(&b, 0, area.h) >= b.n ? 0 : start_for_focus(&b, area.h);

        draw_blocks(s, v, area, &b, from, fitting(&b, from, area.h));
    } else {
        draw_paged(s, v, area, &b);
    }
    actions(s, v, row);
    keyboard(s, v, bottom);
    frame_dock(s, v);
}
