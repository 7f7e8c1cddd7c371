/* SPDX-License-Identifier: Apache-2.0
 *
 * Card: take it away. The next step comes only then. Also the last page of a visit whose card still lies there.
 */
#include "session/intent.h"
#include "ui/screens/card.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/words.h"

#define CARD_HEIGHT 160

static int hello_height(struct scene *s, const char *text, int w)
{
    int h = scene_height(s, w - 64 - 124, TYPE(TITLE_2, BOLD, INK), text) + scene_line(s, TYPE(LABEL, REGULAR, INK_2)) + 48;

    return h > CARD_HEIGHT ? h : CARD_HEIGHT;
}

static void hello(struct scene *s, const struct view *v, struct box b, const char *text)
{
    struct type name = type_secret(TYPE(TITLE_2, BOLD, INK)), number = type_secret(TYPE(LABEL, REGULAR, INK_2));
    char masked[32];
    int x = b.x + 32 + 96 + 28, w = b.w - (x - b.x) - 32, h = scene_height(s, w, name, text);
    int y = b.y + (b.h - h - scene_line(s, number)) / 2;

    identity_mask_number(v->identity->number, masked, sizeof masked);
    card_box(s, b, &CARD_PLAIN);
    plate(s, (struct box){b.x + 32, b.y + (b.h - 96) / 2, 96, 96}, 24, TOKEN_PRIMARY_TINT, "idcard", 60, TOKEN_PRIMARY);
    y += scene_text(s, x, y, w, name, text);
    scene_text(s, x, y, w, number, masked);
}

void build_CARD_REMOVE(struct scene *s, const struct view *v)
{
    bool over = !v->visit;
    struct box rest = card_head(s, v, over ? SAY(card_forgotten) : SAY(card_remove),
                                over ? SAY(card_forgotten_then) : SAY(card_remove_then), over ? -1 : 2);

    if (over) {
        const struct button next = {
            .kind = BUTTON_SECOND, .id = "start", .label = SAY(card_forgotten_next), .action = DO(START, 0, 0)};
        int high = button_height(s, rest.w, &next);

        button(s, (struct box){rest.x, box_bottom(rest) - high, rest.w, high}, &next);
        rest.h -= high + 28;
        rest = card_foot(s, rest, "ok", SAY(card_forgotten_note));
    } else if (v->identity) {
        const char *who = v->identity->name[0] ? v->identity->name : v->identity->name_latin;
        const char *text = SAY_WITH(card_hello, who);
        int high = hello_height(s, text, rest.w);

        hello(s, v, (struct box){rest.x, box_bottom(rest) - high, rest.w, high}, text);
        rest.h -= high + 28;
    }
    card_picture(s, rest, "lift");
    frame_dock(s, v);
}
