/* SPDX-License-Identifier: Apache-2.0
 *
 * A case by its number: five boxes as the number stands on the paper, then one for the last digits of the telephone.
 */
#include <stddef.h>
#include <string.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/words.h"

/* What is wrong, or how many are still to come. Returns the y below. `night`: where it only tells. */
static int say(struct scene *s, const struct view *v, struct box page, int y, bool night)
{
    struct type plain = TYPE(BODY, REGULAR, INK_2), bad = TYPE(BODY, MEDIUM, BAD);
    int typed = (int)strlen(v->cases.number);
    const char *text = v->cases.at_phone                  ? SAY(number_phone_what)
                       : v->cases.wrong                   ? SAY(number_wrong)
                       : typed && typed < CASE_NUMBER_LEN ? SAY_WITH(number_left, words_number(s, CASE_NUMBER_LEN - typed))
                                                          : SAY(number_where);
    bool wrong = v->cases.wrong && !v->cases.at_phone;
    struct type t = night ? type_coloured(plain, TOKEN_ON_NIGHT) : wrong ? bad : plain;
    int x = page.x + (wrong ? 52 : 0);

    if (wrong)
        scene_icon(s, page.x, y + 3, 40, "alert", t.colour);
    return y + scene_text(s, x, y, page.w - (x - page.x), t, text);
}

static bool whole(const struct view *v)
{
    if (v->cases.at_phone)
        return strlen(v->cases.phone) == CASE_PHONE_DIGITS;
    return strlen(v->cases.number) == CASE_NUMBER_LEN && !v->cases.wrong;
}

static void next_button(struct scene *s, const struct view *v, struct box b)
{
    bool ready = whole(v), last = v->cases.at_phone || !v->health.hall;

    button(s, b,
           &(struct button){.kind = ready ? BUTTON_MAIN : BUTTON_SECOND,
                            .id = "next",
                            .label = last ? SAY(number_look) : SAY(form_next),
                            .off = !ready,
                            .low = true,
                            .action = DO(NEXT, 0, 0)});
}

/* What keeps the other way shut, before anything is typed. */
static int notice(struct scene *s, const struct view *v, struct box page, int y, bool night)
{
    bool hall = !v->health.hall, reader = v->health.reader != READER_READY && !v->cases.at_phone;
    const char *text = hall ? SAY(number_hall_off) : SAY(number_reader_off);

    if (!hall && !reader)
        return y;
    if (night)
        return y + scene_text(s, page.x, y, page.w, TYPE(BODY, REGULAR, ON_NIGHT), text) + 12;
    return hint(s, page.x, y, page.w, hall ? "network-off" : "reader", text) + 20;
}

void build_CASE_NUMBER(struct scene *s, const struct view *v)
{
    static const int number[] = {4, 3, 6, 5, 1}, phone[] = {CASE_PHONE_DIGITS};
    struct box page = frame_paper(s, v), tells;
    bool at_phone = v->cases.at_phone;
    int bottom = box_bottom(page), keys = keyboard_height(s, v), x = page.x;
    struct box next = {page.x, bottom - keys - BUTTON_HEIGHT - 20, page.w, BUTTON_HEIGHT};
    const struct head head = {
        at_phone ? SAY(number_phone) : SAY(number_title), NULL, TYPE(TITLE_1, BOLD, INK), 16, false, 0};

    frame_head(s, v, &page, &head, &tells);
    bool low = tells.h > 0; /* then the words stand where nothing is touched */
    int y = low ? page.y : notice(s, v, page, page.y, false);
    struct box field = {x, y, page.w, DIGIT_BOX};

    if (low) /* what is wrong comes first where there is room for one */
        say(s, v, tells, v->cases.wrong ? tells.y : notice(s, v, tells, tells.y, true), true);

    y = at_phone ? digit_boxes(s, x, y, v->cases.phone, phone, 1) : digit_boxes(s, x, y, v->cases.number, number, 5);
    struct node *n = scene_node(s, NODE_STATUS, "number", field, at_phone ? SAY(number_phone) : SAY(number_title));

    n->value = words_number(s, (long)strlen(at_phone ? v->cases.phone : v->cases.number));
    n->typed = scene_keep(s, at_phone ? v->cases.phone : v->cases.number);
    n->secret = true;
    if (!low)
        say(s, v, page, y + 16, false);
    next_button(s, v, next);
    keyboard(s, v, bottom);
    frame_dock(s, v);
}
