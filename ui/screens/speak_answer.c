/* SPDX-License-Identifier: Apache-2.0
 *
 * What became of what somebody said: the answer, or who looks into it and until when. Not a word of what was said: the code
 * alone is asked for. A hall that does not say is no dead end: the hot lines are there.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/asking.h"
#include "ui/screens/screens.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"
#include "ui/widgets/words_card.h"

#define GAP 20

/* --- the hall says no, or nothing --- */

/* A code is neither a case nor a telephone. */
static struct asking_words words_of(const struct view *v)
{
    enum ask_reason why = v->speak.why;

    if (v->speak.silent)
        return asking_words(why, true);
    if (why == ASK_NO_SUCH_CASE || why == ASK_PHONE_DIFFERS)
        return (struct asking_words){STR_speak_no_code, STR_speak_no_code_second};
    if (why == ASK_TOO_MANY_TRIES)
        return (struct asking_words){STR_refused_tries, STR_speak_tries_second};
    if (why == ASK_UNREADABLE)
        return (struct asking_words){STR_speak_unreadable, STR_refused_unreadable_second};
    return asking_words(why == ASK_NO_PHONE ? ASK_REFUSED : why, false);
}

static void refused(struct scene *s, const struct view *v)
{
    const struct asking_words words = words_of(v);
    bool mistyped = v->speak.why == ASK_NO_SUCH_CASE, tries = v->speak.why == ASK_TOO_MANY_TRIES;
    const struct advice check = {"edit", SAY(refused_check), SAY(speak_check_do)},
                        again = {"clock", SAY(refused_wait), SAY(refused_wait_do)},
                        tomorrow = {"clock", SAY(refused_tomorrow), SAY(speak_tomorrow_do)};
    const struct advice rows[] = {mistyped ? check
                                  : tries  ? tomorrow
                                           : again,
                                  {"phone", SAY(speak_call), SAY_WITH(speak_call_do, v->place->hotline)},
                                  {"shield", SAY(speak_supervision), SAY_WITH(speak_supervision_do, v->place->supervision)}};

    trouble_page(s, v,
                 &(struct trouble){.icon = mistyped ? "search" : "network-off",
                                   .title = str(v->settings.language, words.title),
                                   .second = str(v->settings.language, words.second),
                                   .safe = SAY(speak_safe),
                                   .safe_note = SAY(speak_safe_note),
                                   .rows = rows,
                                   .n = 3,
                                   .button = tries      ? NULL
                                             : mistyped ? SAY(refused_retype)
                                                        : SAY(refused_again)});
}

/* --- the answer --- */

static struct verdict verdict_of(struct scene *s, const struct view *v, const struct my_spoken *t)
{
    const char *due = t->due.year ? words_date_inline(s, v, t->due) : "";

    switch (t->stage) {
    case MY_SPOKEN_NEW:
        return (struct verdict){"wait", SAY(speak_new), *due ? SAY_WITH(speak_until, due) : SAY(speak_until_unknown), false,
                                false};
    case MY_SPOKEN_ASSIGNED:
        return (struct verdict){"wait", SAY_WITH(speak_assigned, words_own(s, v, t->post)),
                                *due ? SAY_WITH(speak_until, due) : SAY(speak_until_unknown), false, false};
    case MY_SPOKEN_ANSWERED:
        return (struct verdict){"check", SAY(speak_answered), SAY_WITH(speak_answered_by, words_own(s, v, t->post)), true,
                                false};
    case MY_SPOKEN_REFUSED:
        break;
    }
    return (struct verdict){"info", SAY(speak_refused), SAY_WITH(speak_answered_by, words_own(s, v, t->post)), false, false};
}

static int body(struct scene *s, const struct view *v, struct leaves *l)
{
    const struct my_spoken *t = v->speak.told;
    const char *labels[] = {SAY(speak_said_on), SAY(speak_answered_on)};
    const struct words_card answer = {BANNER_INFO, true, "feedback", SAY(speak_answer_head), t->words};
    const struct advice rows[] = {{"phone", SAY(speak_more), SAY_WITH(speak_call_do, v->place->hotline)},
                                  {"shield", SAY(speak_supervision), SAY_WITH(speak_supervision_do, v->place->supervision)}};
    int y = l->area.y, column = pair_column(s, labels, 2);

    if (t->words[0]) {
        y = words_card(s, v, l, y, &answer) + GAP;
        leaves_break(s, l, y);
    }
    struct card c = card_open(s, l->area.x, y, l->area.w, &CARD_PLAIN);

    y = c.in.y;
    y += pair_draw(s, c.in.x, y, c.in.w,
                   &(struct pair){"said", labels[0], words_date_inline(s, v, date_of_ms(t->said_ms)), column, false, false});
    if (t->answered_on.year)
        y += pair_draw(s, c.in.x, y, c.in.w,
                       &(struct pair){"answered", labels[1], words_date_inline(s, v, t->answered_on), column, false, false});
    y = card_close(s, &c, y) + GAP;
    leaves_break(s, l, y);
    return advice_card(s, v, l, y, rows, 2);
}

void build_SPEAK_ANSWER(struct scene *s, const struct view *v)
{
    if (v->speak.asking == ASKED_REFUSED) {
        refused(s, v);
        return;
    }
    if (!v->speak.told) {
        asking_waiting(s, v, SAY(speak_asking));
        return;
    }
    struct box page = frame_paper(s, v);
    const struct verdict what = verdict_of(s, v, v->speak.told);
    int y = verdict(s, page.x, page.y + 28, page.w, &what) + 28;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y - GAP});

    leaves_end(s, v, &l, body(s, v, &l));
    frame_dock(s, v);
}
