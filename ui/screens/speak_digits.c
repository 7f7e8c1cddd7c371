/* SPDX-License-Identifier: Apache-2.0
 *
 * Digits of 投诉建议: the number of a case, a telephone, or the code of what was said before; in boxes, as they stand on the
 * paper.
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

static const struct asks {
    int groups[5], n, all;
    enum str_id title, where, left, wrong, next;
} asks[] = {
    [SPEAK_DIGITS_CASE] = {{4, 3, 6, 5, 1},
                           5,
                           CASE_NUMBER_LEN,
                           STR_speak_case_title,
                           STR_number_where,
                           STR_speak_left,
                           STR_number_wrong,
                           STR_form_next},
    [SPEAK_DIGITS_PHONE] = {{3, 4, 4},
                            3,
                            SPEAK_PHONE_LEN,
                            STR_speak_phone_title,
                            STR_speak_phone_where,
                            STR_speak_left,
                            STR_speak_phone_wrong,
                            STR_form_next},
    [SPEAK_DIGITS_CODE] = {{6, 6, 6},
                           3,
                           SPEAK_CODE_LEN,
                           STR_speak_code_title,
                           STR_speak_code_where,
                           STR_speak_left,
                           STR_speak_code_wrong,
                           STR_speak_look},
};

static const char *typed(const struct view *v)
{
    switch (v->speak.digits) {
    case SPEAK_DIGITS_CASE:
        return v->speak.said->case_number;
    case SPEAK_DIGITS_PHONE:
        return v->speak.said->phone;
    case SPEAK_DIGITS_CODE:
        break;
    }
    return v->speak.asked;
}

/* What is wrong, or how many are still to come. `night`: where it only tells. */
static void say(struct scene *s, const struct view *v, struct box at, const struct asks *a, bool night)
{
    struct type plain = TYPE(BODY, REGULAR, INK_2), bad = TYPE(BODY, MEDIUM, BAD);
    int n = (int)strlen(typed(v));
    const char *text = v->speak.wrong ? str(v->settings.language, a->wrong)
                       : n && n < a->all
                           ? words_fill(s, v, a->left, STR_ARGS(words_number(s, a->all - n), words_number(s, a->all)))
                           : str(v->settings.language, a->where);
    struct type t = night ? type_coloured(plain, TOKEN_ON_NIGHT) : v->speak.wrong ? bad : plain;
    int x = at.x + (v->speak.wrong ? 52 : 0);

    if (v->speak.wrong)
        scene_icon(s, at.x, at.y + 3, 40, "alert", t.colour);
    scene_text(s, x, at.y, at.w - (x - at.x), t, text);
}

void build_SPEAK_DIGITS(struct scene *s, const struct view *v)
{
    const struct asks *a = &asks[v->speak.digits];
    struct box page = frame_paper(s, v), tells;
    int bottom = box_bottom(page), keys = keyboard_height(s, v);
    const char *title = str(v->settings.language, a->title);
    const struct head head = {title, NULL, TYPE(TITLE_1, BOLD, INK), 16, false, 0};
    const struct button next = {.kind = v->speak.whole ? BUTTON_MAIN : BUTTON_SECOND,
                                .id = "next",
                                .label = str(v->settings.language, a->next),
                                .off = !v->speak.whole,
                                .low = true,
                                .action = DO(NEXT, 0, 0)};

    frame_head(s, v, &page, &head, &tells);
    bool low = tells.h > 0; /* then the words stand where nothing is touched */

    if (low)
        say(s, v, tells, a, true);
    int y = digit_boxes(s, page.x, page.y, typed(v), a->groups, a->n);
    struct node *n = scene_node(s, NODE_STATUS, "number", (struct box){page.x, page.y, page.w, y - page.y}, title);

    n->value = words_number(s, (long)strlen(typed(v)));
    n->typed = scene_keep(s, typed(v));
    n->secret = true;
    if (!low)
        say(s, v, (struct box){page.x, y + 16, page.w, 0}, a, false);
    button(s, (struct box){page.x, bottom - keys - BUTTON_HEIGHT - 20, page.w, BUTTON_HEIGHT}, &next);
    keyboard(s, v, bottom);
    frame_dock(s, v);
}
