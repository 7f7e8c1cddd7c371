/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody says, in his own words: a sheet to write on and the keyboard.
 */
#include <stddef.h>

#include "base/text.h"
#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/words.h"

static const enum str_id titles[SPEAK_KINDS] = {
    [SPEAK_CONSULT] = STR_speak_write_consult,
    [SPEAK_SUGGEST] = STR_speak_write_suggest,
    [SPEAK_COMPLAIN] = STR_speak_write_complain,
    [SPEAK_REPORT] = STR_speak_write_report,
};

/* How much room is left, or that there are no words; drawn, or only measured. */
static int below(struct scene *s, const struct view *v, struct box page, int y, bool draw)
{
    bool wrong = v->speak.words_missing;
    struct type t = wrong ? TYPE(BODY, MEDIUM, BAD) : TYPE(SMALL, REGULAR, INK_2);
    long left = SPEAK_CHARACTERS_MAX - (long)utf8_count(v->speak.said->words);
    const char *text = wrong ? SAY(supplement_empty) : SAY_WITH(supplement_left, words_number(s, left));
    int x = page.x + (wrong ? 52 : 0), w = page.w - (x - page.x);

    if (!draw)
        return scene_height(s, w, t, text);
    if (wrong)
        scene_icon(s, page.x, y + 3, 40, "alert", TOKEN_BAD);
    return scene_text(s, x, y, w, t, text);
}

void build_SPEAK_WRITE(struct scene *s, const struct view *v)
{
    static const int share[] = {10, 16};
    struct box page = frame_paper(s, v);
    int keys = keyboard_height(s, v), bottom = box_bottom(page);
    const struct button list[] = {
        {.kind = BUTTON_SECOND, .id = "previous", .label = SAY(form_previous), .icon = "back", .action = DO(PREVIOUS, 0, 0)},
        {.kind = BUTTON_MAIN, .id = "next", .label = SAY(form_next), .low = keys > 0, .action = DO(NEXT, 0, 0)}};
    const char *title = str(v->settings.language, titles[v->speak.said->kind]);
    const struct head head = {title, NULL, TYPE(TITLE_2, BOLD, INK), 8, true, 0};

    page.h -= keys;
    bool crowded = keyboard_crowds(v);
    struct actions row = {0};

    if (!crowded)
        row = actions_take(s, &page, list, share, 2);

    frame_head(s, v, &page, &head, NULL);
    int foot = below(s, v, page, 0, false);

    sheet(s, v, (struct box){page.x, page.y, page.w, page.h - foot - 8},
          &(struct sheet){SAY(speak_words_head), v->speak.said->words, v->speak.words_missing});
    below(s, v, page, box_bottom(page) - foot, true);
    if (!crowded)
        actions_draw(s, &row);
    keyboard(s, v, bottom);
    frame_dock(s, v);
}
