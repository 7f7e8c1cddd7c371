/* SPDX-License-Identifier: Apache-2.0
 *
 * Rating: five equal rows, none chosen, no colour that praises or warns, and not rating is as large as a rating.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/rating.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define SCORES 5
#define ROW_MAX 180
#define ROW_GAP 24
#define ROW_GAP_LEAST 12
#define FACE 80

static const char *score_words(const struct view *v, int score)
{
    switch (score) {
    case 5:
        return SAY(rating_5);
    case 4:
        return SAY(rating_4);
    case 3:
        return SAY(rating_3);
    case 2:
        return SAY(rating_2);
    default:
        return SAY(rating_1);
    }
}

static void row(struct scene *s, const struct view *v, struct box b, int score)
{
    char id[16], face[16];
    int x = b.x + 40;

    snprintf(id, sizeof id, "rate.%d", score);
    snprintf(face, sizeof face, "face-%d", score);
    scene_frame(s, b, 20, scene_pressed(s, id) ? TOKEN_SUNK : TOKEN_SURFACE, TOKEN_EDGE, s->env.contrast ? 4 : 3);
    scene_icon(s, x, b.y + (b.h - FACE) / 2, FACE, face, TOKEN_INK);
    x += FACE + 36;
    scene_line_in(s, (struct box){x, b.y, box_right(b) - x - 24, b.h}, TYPE(TILE, MEDIUM, INK), score_words(v, score));
    scene_target(s, NODE_BUTTON, id, b, score_words(v, score), DO(RATE, score, 0));
}

/* Whether the case number goes with it; what that means stands below the words. */
static int named_height(const struct scene *s, const struct view *v, int w)
{
    int room = w - CHECK_BOX - 20 - 64;

    return 40 + scene_height(s, room, TYPE(BODY, BOLD, INK), SAY(rating_named)) +
           scene_height(s, room, TYPE(SMALL, REGULAR, INK_2), SAY(rating_named_note));
}

static void named(struct scene *s, const struct view *v, struct box b)
{
    int x = b.x + 32 + CHECK_BOX + 20, w = box_right(b) - x - 32, y = b.y + 20;

    card_box(s, b, &(struct card_style){0, 0, 24, scene_pressed(s, "named") ? TOKEN_SUNK : TOKEN_SURFACE, true});
    check_box(s, b.x + 32, b.y + (b.h - CHECK_BOX) / 2, v->rating.named, false);
    y += scene_draw(s, x, y, w, TYPE(BODY, BOLD, INK), SAY(rating_named));
    scene_text(s, x, y, w, TYPE(SMALL, REGULAR, INK_2), SAY(rating_named_note));
    scene_target(s, NODE_CHECKBOX, "named", b, SAY(rating_named), DO(RATE_NAMED, 0, 0))->checked = v->rating.named;
}

static void ask(struct scene *s, const struct view *v, struct box page, bool of_case)
{
    const char *second = of_case ? words_own(s, v, v->cases.one->item_name) : SAY(rating_second);
    const struct head head = {of_case ? SAY(rating_case_title) : SAY(rating_title),
                              v->settings.low_reach ? second : NULL,
                              TYPE(TITLE_1, BOLD, INK),
                              4,
                              true,
                              0};
    int more = of_case ? 0 : named_height(s, v, page.w), least = scene_line(s, TYPE(TILE, MEDIUM, INK)) + 40;
    struct box tells;

    frame_head(s, v, &page, &head, &tells);
    int y = tells.h ? page.y : page.y + scene_text(s, page.x, page.y, page.w, TYPE(LEAD, REGULAR, INK_2), second) + 32;
    int gap = tells.h ? ROW_GAP_LEAST : ROW_GAP;
    int h = (box_bottom(page) - more - gap - y - (SCORES - 1) * gap) / SCORES;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    h = h > ROW_MAX ? ROW_MAX : h < least ? least : h;
    for (int score = SCORES; score >= 1; score--, y += h + gap) {
        leaves_break(s, &l, y);
        row(s, v, (struct box){page.x, y, page.w, h}, score);
    }
    if (!of_case) {
        leaves_break(s, &l, y);
        named(s, v, (struct box){page.x, y, page.w, more});
    }
    leaves_end(s, v, &l, of_case ? y - gap : y + more);
}

static void answer(struct scene *s, const struct view *v, struct box page, bool of_case)
{
    const char *second = v->rating.lost    ? SAY(rating_lost_second)
                         : of_case         ? SAY(rating_case_thanks)
                         : v->rating.named ? SAY(rating_thanks_named)
                                           : SAY(rating_thanks_plain);
    int y = verdict(s, page.x, page.y + 56, page.w,
                    &(struct verdict){v->rating.lost ? "storage" : "check",
                                      v->rating.lost ? SAY(rating_lost) : SAY(rating_thanks), second, !v->rating.lost,
                                      true});

    if (of_case)
        return;
    hint(s, page.x, y + 56, page.w, "idcard", SAY(rating_take_along));
}

void rating_page(struct scene *s, const struct view *v, bool of_case)
{
    bool over = v->rating.thanks || v->rating.lost;
    const struct button button = {.kind = over ? BUTTON_MAIN : BUTTON_SECOND,
                                  .id = over ? "close" : "skip",
                                  .label = !over     ? SAY(rating_no)
                                           : of_case ? SAY(rating_case_close)
                                                     : SAY(rating_close),
                                  .action = DO(RATE_NO, 0, 0)};
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, &button, NULL, 1);

    if (over)
        answer(s, v, page, of_case);
    else
        ask(s, v, page, of_case);
    actions_draw(s, &row);
    frame_dock(s, v);
}

void build_RATING(struct scene *s, const struct view *v)
{
    rating_page(s, v, false);
}
