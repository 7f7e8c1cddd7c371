/* SPDX-License-Identifier: Apache-2.0
 *
 * See asking.h. A hall that does not say is no dead end: what this terminal knows itself, when to ask again, whom else.
 */
#include "ui/screens/asking.h"

#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/words.h"

void asking_waiting(struct scene *s, const struct view *v, const char *title)
{
    struct box page = frame_paper(s, v);
    const struct verdict head = {"sync", title, SAY(asking_soon), false, true};
    int y = verdict(s, page.x, page.y + 32, page.w, &head) + 32;

    hint(s, page.x, y, page.w, "hidden", SAY(asking_sealed));
    frame_dock(s, v);
}

static const struct asking_words said[ASK_REASONS] = {
    [ASK_ANSWERED] = {STR_refused_busy, STR_refused_away_second},
    [ASK_NO_SUCH_CASE] = {STR_refused_no_case, STR_refused_no_case_second},
    [ASK_PHONE_DIFFERS] = {STR_refused_phone, STR_refused_phone_second},
    [ASK_NO_PHONE] = {STR_refused_no_phone, STR_refused_no_phone_second},
    [ASK_TOO_MANY_TRIES] = {STR_refused_tries, STR_refused_tries_second},
    [ASK_UNREADABLE] = {STR_refused_unreadable, STR_refused_unreadable_second},
    [ASK_TIME_DIFFERS] = {STR_refused_busy, STR_refused_away_second},
    [ASK_HALL_AWAY] = {STR_refused_away, STR_refused_away_second},
    [ASK_HALL_BUSY] = {STR_refused_busy, STR_refused_away_second},
    [ASK_OPENER_AWAY] = {STR_refused_busy, STR_refused_away_second},
    [ASK_REFUSED] = {STR_refused_busy, STR_refused_away_second},
};

struct asking_words asking_words(enum ask_reason why, bool silent)
{
    return silent ? (struct asking_words){STR_refused_no_answer, STR_refused_no_answer_second} : said[why];
}

/* The hall is there, and says no: what was typed may be wrong. */
static bool mistyped(const struct view *v)
{
    return v->cases.why == ASK_NO_SUCH_CASE || v->cases.why == ASK_PHONE_DIFFERS;
}

/* Asked again it would say the same. */
static bool for_good(const struct view *v)
{
    return v->cases.why == ASK_TOO_MANY_TRIES || v->cases.why == ASK_NO_PHONE || v->cases.why == ASK_UNREADABLE;
}

static const char *safe(const struct view *v)
{
    if (!v->cases.by_number)
        return SAY(refused_safe);
    if (!v->cases.here.here)
        return SAY(refused_not_here);
    return v->cases.here.sent ? SAY(refused_here_sent) : SAY(refused_here_kept);
}

static const char *safe_note(struct scene *s, const struct view *v)
{
    const struct case_here *h = &v->cases.here;

    if (!v->cases.by_number)
        return SAY(refused_safe_note);
    if (!h->here)
        return SAY(refused_not_here_note);
    return SAY_WITH(refused_here_when, words_date_inline(s, v, date_of_ms(h->at_ms)), words_time(s, h->at_ms));
}

static void refused(struct scene *s, const struct view *v)
{
    const struct asking_words words = asking_words(v->cases.why, v->cases.silent);
    const struct advice check = {"edit", SAY(refused_check), SAY(refused_check_do)},
                        again = {"clock", SAY(refused_wait), SAY(refused_wait_do)},
                        tomorrow = {"clock", SAY(refused_tomorrow), SAY(refused_tomorrow_do)},
                        window = {"hall", SAY(refused_window), SAY(refused_window_do)},
                        number = {"keypad", SAY(refused_number), SAY(refused_number_do)},
                        card = {"idcard", SAY(refused_card), SAY(refused_card_do)},
                        call = {"phone", SAY(refused_call), SAY_WITH(refused_call_do, v->place->hotline)};
    const struct advice rows[] = {mistyped(v)                          ? check
                                  : v->cases.why == ASK_TOO_MANY_TRIES ? tomorrow
                                  : for_good(v)                        ? window
                                                                       : again,
                                  v->cases.by_number ? card : number, call};
    const struct button by_number = {
        .kind = BUTTON_SECOND, .id = "by-number", .label = SAY(cases_by_number), .action = DO(CASE_BY_NUMBER, 0, 0)};

    trouble_page(s, v,
                 &(struct trouble){.icon = mistyped(v) ? "search" : "network-off",
                                   .title = str(v->settings.language, words.title),
                                   .second = str(v->settings.language, words.second),
                                   .safe = safe(v),
                                   .safe_note = safe_note(s, v),
                                   .not_safe = v->cases.by_number && !v->cases.here.here,
                                   .rows = rows,
                                   .n = 3,
                                   .other = v->cases.by_number ? NULL : &by_number,
                                   .button = for_good(v)   ? NULL
                                             : mistyped(v) ? SAY(refused_retype)
                                                           : SAY(refused_again)});
}

bool asking_page(struct scene *s, const struct view *v)
{
    if (v->cases.asking == ASKED_KNOWN && v->cases.known)
        return false;
    if (v->cases.asking == ASKED_REFUSED)
        refused(s, v);
    else
        asking_waiting(s, v, v->cases.by_number ? SAY(asking_one) : SAY(asking_list));
    return true;
}
