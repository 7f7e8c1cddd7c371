/* SPDX-License-Identifier: Apache-2.0
 *
 * The words that are added: a sheet to write on, whose end stays in sight, and the keyboard. What is asked for stands above
 * it while there is room.
 */
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "model/supplement.h"
#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/words.h"

#define GAP 16

/* How much room is left for words, or that there are none. */
static const char *left_words(struct scene *s, const struct view *v)
{
    return SAY_WITH(supplement_left, words_number(s, SUPPLEMENT_CHARACTERS_MAX - (long)utf8_count(v->cases.words)));
}

static int below(struct scene *s, const struct view *v, struct box page, int y, bool draw)
{
    bool wrong = v->cases.words_missing;
    struct type t = wrong ? TYPE(BODY, MEDIUM, BAD) : TYPE(SMALL, REGULAR, INK_2);
    const char *text = wrong ? SAY(supplement_empty) : left_words(s, v);
    int x = page.x + (wrong ? 52 : 0), w = page.w - (x - page.x);

    if (!draw)
        return scene_height(s, w, t, text);
    if (wrong)
        scene_icon(s, page.x, y + 3, 40, "alert", TOKEN_BAD);
    return scene_text(s, x, y, w, t, text);
}

/* What is missing stands above the sheet where it leaves the sheet enough. */
static int asked(struct scene *s, const struct view *v, struct box page, int y)
{
    struct type t = type_secret(TYPE(BODY, REGULAR, INK_2));
    const char *text = SAY_WITH(supplement_asked, v->cases.one->missing);
    int h = scene_height(s, page.w, t, text);

    if (y + h + GAP + SHEET_LEAST * 2 > box_bottom(page))
        return y;
    return y + scene_text(s, page.x, y, page.w, t, text) + GAP;
}

void build_SUPPLEMENT_WRITE(struct scene *s, const struct view *v)
{
    static const int share[] = {10, 16};
    struct box page = frame_paper(s, v), tells;
    int keys = keyboard_height(s, v), bottom = box_bottom(page);
    const struct button list[] = {
        {.kind = BUTTON_SECOND, .id = "previous", .label = SAY(form_previous), .icon = "back", .action = DO(PREVIOUS, 0, 0)},
        {.kind = BUTTON_MAIN, .id = "next", .label = SAY(form_next), .low = keys > 0, .action = DO(NEXT, 0, 0)}};
    const struct head head = {SAY(supplement_write_title), NULL, TYPE(TITLE_2, BOLD, INK), 8, true, 0};

    page.h -= keys;
    bool crowded = keyboard_crowds(v);
    struct actions row = {0};

    if (!crowded)
        row = actions_take(s, &page, list, share, 2);

    frame_head(s, v, &page, &head, &tells);
    if (tells.h > 0)
        asked(s, v, tells, tells.y);
    int y = tells.h > 0 ? page.y : asked(s, v, page, page.y), foot = below(s, v, page, 0, false);

    sheet(s, v, (struct box){page.x, y, page.w, box_bottom(page) - y - foot - 8},
          &(struct sheet){SAY(supplement_field), v->cases.words, v->cases.words_missing});
    below(s, v, page, box_bottom(page) - foot, true);
    if (!crowded)
        actions_draw(s, &row);
    keyboard(s, v, bottom);
    frame_dock(s, v);
}
