/* SPDX-License-Identifier: Apache-2.0
 *
 * The PIN behind a staff card: digits are masked, nothing lights up, and a wait says how long it is.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/words.h"

#define DOT 36
#define CELL 120
#define CELL_GAP 20

static void cells(struct scene *s, const struct view *v, int x, int y)
{
    for (int i = 0; i < STAFF_DIGITS; i++) {
        struct box b = {x + i * (CELL + CELL_GAP), y, CELL, CELL}, dot = box_centre(b, DOT, DOT);
        bool now = i == v->staff.digits;

        scene_frame(s, b, 16, TOKEN_SURFACE, now ? TOKEN_PRIMARY : TOKEN_EDGE, now ? 6 : 3);
        if (i < v->staff.digits)
            scene_rect(s, dot, DOT / 2, TOKEN_INK);
    }
    scene_node(s, NODE_STATUS, "pin", (struct box){x, y, STAFF_DIGITS * (CELL + CELL_GAP) - CELL_GAP, CELL}, SAY(staff_pin))
        ->value = words_number(s, v->staff.digits);
}

/* What keeps from typing, or went wrong; returns the y below. */
static int trouble(struct scene *s, const struct view *v, struct box page, int y)
{
    if (v->staff.trouble == STAFF_EXPIRED)
        return banner(s, page.x, y, page.w, BANNER_WARN, "alert", SAY(staff_expired), SAY(staff_expired_do));
    if (v->staff.trouble == STAFF_UNRECORDED)
        return banner(s, page.x, y, page.w, BANNER_WARN, "storage", SAY(staff_unrecorded), SAY(staff_unrecorded_do));
    if (v->staff.wait_s > 0)
        return banner(s, page.x, y, page.w, BANNER_WARN, "wait", SAY(staff_wait),
                      SAY_WITH(staff_wait_do, words_number(s, v->staff.wait_s)));
    if (v->staff.trouble == STAFF_WRONG)
        return banner(s, page.x, y, page.w, BANNER_WARN, "alert", SAY(staff_wrong), SAY(staff_wrong_do));
    return y;
}

void build_STAFF_PIN(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    bool open = v->keys.kind != KEYBOARD_NONE;
    int keys = keyboard_height(s, v), y = page.y + 40;

    y += scene_title(s, page.x, y, page.w, TYPE(TITLE_1, BOLD, INK), SAY(staff_pin_title)) + 8;
    y += scene_text(s, page.x, y, page.w, TYPE(LEAD, REGULAR, INK_2),
                    SAY_WITH(staff_pin_who, v->staff.badge.name, v->staff.badge.role, v->staff.badge.id)) +
         40;
    if (open) {
        cells(s, v, page.x, y);
        y += CELL + 32;
    }
    trouble(s, v, page, y);
    if (open) {
        struct box enter = {page.x, box_bottom(page) - keys - BUTTON_HEIGHT_MAIN - 24, page.w, BUTTON_HEIGHT_MAIN};

        button(s, enter,
               &(struct button){.kind = v->staff.digits < STAFF_DIGITS ? BUTTON_SECOND : BUTTON_MAIN,
                                .id = "enter",
                                .label = SAY(staff_enter),
                                .off = v->staff.digits < STAFF_DIGITS,
                                .action = DO(NEXT, 0, 0)});
        keyboard(s, v, box_bottom(page));
    }
    frame_dock(s, v);
}
