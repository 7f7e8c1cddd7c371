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
#include "ui/widgets/words.h"

#define BOX 112
#define BOX_GAP 12
#define DIGIT_GAP 6
#define PAD 14
#define CARET 56

/* As large as 19 of them can stand in a row. */
static struct type digit_type(const struct scene *s)
{
    return s->env.size == SIZE_STANDARD ? TYPE(TITLE_1, BOLD, INK)
           : s->env.size == SIZE_LARGE  ? TYPE(TITLE_2, BOLD, INK)
                                        : TYPE(LEAD, BOLD, INK);
}

static int digit_width(const struct scene *s)
{
    return scene_width(s, digit_type(s), "0") + DIGIT_GAP;
}

/* One group of the number: the digits typed of it, the caret where the next one goes. */
static void group(struct scene *s, struct box b, const char *digits, int from, int n)
{
    struct type t = type_secret(digit_type(s));
    int typed = (int)strlen(digits), wide = digit_width(s);
    bool now = typed >= from && typed < from + n;

    scene_frame(s, b, 16, TOKEN_SURFACE, now ? TOKEN_PRIMARY : TOKEN_EDGE, now ? 6 : s->env.contrast ? 4 : 3);
    for (int i = from; i < from + n && i < typed; i++)
        scene_line_in(s, (struct box){b.x + PAD + (i - from) * wide, b.y, wide, b.h}, t, scene_keep_n(s, digits + i, 1));
    if (now && s->env.caret)
        scene_rect(s, (struct box){b.x + PAD + (typed - from) * wide, b.y + (b.h - CARET) / 2, 4, CARET}, 0, TOKEN_PRIMARY);
}

static int boxes(struct scene *s, int x, int y, const char *digits, const int *groups, int n)
{
    int from = 0, wide = digit_width(s);

    for (int i = 0; i < n; from += groups[i++]) {
        struct box b = {x, y, groups[i] * wide + 2 * PAD - DIGIT_GAP, BOX};

        group(s, b, digits, from, groups[i]);
        x = box_right(b) + BOX_GAP;
    }
    return y + BOX;
}

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
    struct box field = {x, y, page.w, BOX};

    if (low) /* what is wrong comes first where there is room for one */
        say(s, v, tells, v->cases.wrong ? tells.y : notice(s, v, tells, tells.y, true), true);

    y = at_phone ? boxes(s, x, y, v->cases.phone, phone, 1) : boxes(s, x, y, v->cases.number, number, 5);
    struct node *n = scene_node(s, NODE_STATUS, "number", field, at_phone ? SAY(number_phone) : SAY(number_title));

    n->value = words_number(s, (long)strlen(at_phone ? v->cases.phone : v->cases.number));
    if (!low)
        say(s, v, page, y + 16, false);
    next_button(s, v, next);
    keyboard(s, v, bottom);
    frame_dock(s, v);
}
