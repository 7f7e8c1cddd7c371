/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said, once more and whole, with what goes with it, and the one button that hands it in. Where it takes several
 * pages the button stands on the last: nobody hands in what was not in sight.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/notice.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/words.h"
#include "ui/widgets/words_card.h"

#define GAP 20

static struct actions actions(struct scene *s, const struct view *v, struct box *page, bool more)
{
    static const int share[] = {252, 724};
    bool busy = v->speak.sending;
    const struct button back = {.kind = BUTTON_SECOND,
                                .id = "previous",
                                .label = SAY(form_previous),
                                .icon = "back",
                                .off = busy,
                                .action = DO(PREVIOUS, 0, 0)};
    const struct button submit = {.kind = BUTTON_MAIN,
                                  .id = "submit",
                                  .label = busy ? SAY(review_submitting) : SAY(speak_submit),
                                  .off = busy,
                                  .action = DO(SUBMIT, 0, 0)};
    const struct button next = {
        .kind = BUTTON_MAIN, .id = "more", .label = SAY(review_more), .action = {NODE_DO_PAGE, s->env.page + 1, 0}};
    const struct button list[] = {back, more ? next : submit};

    return actions_take(s, page, list, share, 2);
}

static const char *kind_words(const struct view *v)
{
    static const enum str_id kinds[SPEAK_KINDS] = {[SPEAK_CONSULT] = STR_speak_consult_word,
                                                   [SPEAK_SUGGEST] = STR_speak_suggest_word,
                                                   [SPEAK_COMPLAIN] = STR_speak_complain_word,
                                                   [SPEAK_REPORT] = STR_speak_report_word};
    return str(v->settings.language, kinds[v->speak.said->kind]);
}

static const char *about_words(struct scene *s, const struct view *v)
{
    switch (v->speak.said->about) {
    case SPEAK_ABOUT_MACHINE:
        return SAY(speak_about_machine);
    case SPEAK_ABOUT_SITE:
        return SAY(speak_about_site);
    case SPEAK_ABOUT_ITEM:
        return v->speak.said->item[0] && v->item.item ? v->item.item->task_name : SAY(speak_about_item);
    case SPEAK_ABOUT_CASE:
        return SAY_WITH(speak_about_case_number, v->speak.said->case_number);
    case SPEAK_ABOUT_NOTHING:
    case SPEAK_ABOUTS:
        break;
    }
    return SAY(speak_about_nothing);
}

static const char *who_words(struct scene *s, const struct view *v)
{
    if (v->speak.named && v->identity)
        return v->speak.said->phone[0] ? SAY_WITH(speak_left_both, v->identity->name, v->speak.said->phone)
                                       : v->identity->name;
    return v->speak.said->phone[0] ? v->speak.said->phone : SAY(speak_left_nothing);
}

static int body(struct scene *s, const struct view *v, struct leaves *l)
{
    const char *labels[] = {SAY(speak_kind), SAY(speak_about), SAY(speak_left_with)};
    const struct words_card words = {BANNER_INFO, true, "edit", SAY(speak_words_head), v->speak.said->words};
    struct card c = card_open(s, l->area.x, l->area.y, l->area.w, &CARD_PLAIN);
    int column = pair_column(s, labels, 3), y = c.in.y;

    y += pair_draw(s, c.in.x, y, c.in.w, &(struct pair){"kind", labels[0], kind_words(v), column, false, true});
    y += pair_draw(s, c.in.x, y, c.in.w, &(struct pair){"about", labels[1], about_words(s, v), column, true, false});
    y += pair_draw(s, c.in.x, y, c.in.w, &(struct pair){"who", labels[2], who_words(s, v), column, true, false});
    y = card_close(s, &c, y) + GAP;
    leaves_break(s, l, y);
    y = words_card(s, v, l, y, &words) + GAP;
    leaves_break(s, l, y);
    return hint(s, l->area.x, y, l->area.w, "lock", SAY(speak_sealed));
}

void build_SPEAK_CHECK(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), under[2] = {page, page};
    const struct actions rows[2] = {actions(s, v, &under[0], false), actions(s, v, &under[1], true)};
    const struct head head = {SAY(speak_check_title), NULL, TYPE(TITLE_1, BOLD, INK), 16, true, 0};

    page.h = under[0].h < under[1].h ? under[0].h : under[1].h; /* what stands on a page does not hang on its button */
    frame_head(s, v, &page, &head, NULL);
    int y = notice_card(s, v, page.x, page.y, page.w, GAP);
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    leaves_end(s, v, &l, body(s, v, &l));
    actions_draw(s, &rows[s->env.page + 1 < s->own_pages]);
    frame_dock(s, v);
}
