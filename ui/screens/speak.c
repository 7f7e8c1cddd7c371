/* SPDX-License-Identifier: Apache-2.0
 *
 * 投诉建议: four kinds, in plain words first, with the office's word and its term behind; the way to an answer; and the hot
 * lines, which stand here whatever else works.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/tile.h"
#include "ui/widgets/words.h"

#define GAP 20

static const struct {
    const char *icon;
    enum str_id name, note;
} kinds[SPEAK_KINDS] = {
    [SPEAK_CONSULT] = {"info", STR_speak_consult, STR_speak_consult_note},
    [SPEAK_SUGGEST] = {"feedback", STR_speak_suggest, STR_speak_suggest_note},
    [SPEAK_COMPLAIN] = {"bell", STR_speak_complain, STR_speak_complain_note},
    [SPEAK_REPORT] = {"shield", STR_speak_report, STR_speak_report_note},
};

static struct tile kind_tile(struct scene *s, const struct view *v, enum speak_kind k)
{
    struct item_limit limit = speak_limit(k);
    char id[24];

    snprintf(id, sizeof id, "speak.%s", speak_word(k));
    return (struct tile){.id = scene_keep(s, id),
                         .icon = kinds[k].icon,
                         .name = str(v->settings.language, kinds[k].name),
                         .note = words_fill(s, v, kinds[k].note, STR_ARGS(words_days(s, v, limit.day, limit.unit))),
                         .state = v->health.no_applications ? SAY(speak_not_now) : NULL,
                         .action = DO(SPEAK_KIND, k, 0)};
}

static int row(struct scene *s, const struct box *page, int y, const struct tile *t)
{
    int h = tile_wide_height(s, page->w, t);

    tile_wide(s, (struct box){page->x, y, page->w, h}, t);
    return y + h + GAP;
}

static int body(struct scene *s, const struct view *v, struct leaves *l, struct box page)
{
    const struct tile read = {.id = "read",
                              .icon = "search",
                              .name = SAY(speak_read),
                              .note = SAY(speak_read_note),
                              .action = DO(SPEAK_CODE, 0, 0)};
    const struct advice lines[] = {
        {"phone", SAY(speak_call), SAY_WITH(speak_call_do, v->place->hotline)},
        {"shield", SAY(speak_supervision), SAY_WITH(speak_supervision_do, v->place->supervision)}};
    int y = page.y;

    for (int k = 0; k < SPEAK_KINDS; k++) {
        const struct tile t = kind_tile(s, v, (enum speak_kind)k);

        leaves_break(s, l, y);
        y = row(s, &page, y, &t);
    }
    leaves_break(s, l, y);
    y = row(s, &page, y, &read);
    leaves_break(s, l, y);
    return advice_card(s, v, l, y, lines, 2);
}

void build_SPEAK(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    const struct head head = {SAY(speak_title), SAY(speak_second), TYPE(TITLE_1, BOLD, INK), 20, true, 0};

    frame_head(s, v, &page, &head, NULL);
    page.h -= GAP;
    struct leaves l = leaves_begin(s, page);

    leaves_end(s, v, &l, body(s, v, &l, page));
    frame_dock(s, v);
}
