/* SPDX-License-Identifier: Apache-2.0
 *
 * See tell_spoken.h.
 */
#include "tools/hall/terminals/tell_spoken.h"

#include "base/text.h"

_Static_assert(COMPLAINT_WORDS_MAX <= MY_SPOKEN_WORDS_MAX && CASE_NAME_MAX <= MY_SPOKEN_POST_MAX, "an answer has room");

static enum my_spoken_stage stage_of(const struct complaint_state *s)
{
    if (s->answered.year)
        return s->refused ? MY_SPOKEN_REFUSED : MY_SPOKEN_ANSWERED;
    return s->stage == COMPLAINT_NEW ? MY_SPOKEN_NEW : MY_SPOKEN_ASSIGNED;
}

void tell_spoken(const struct complaint_file *f, const struct workday_calendar *calendar, struct my_spoken *ret)
{
    static const struct workday_calendar unknown = {0};
    int year = 0;

    *ret = (struct my_spoken){.kind = f->kind, .stage = stage_of(&f->state), .said_ms = f->said};
    ret->due = complaint_due(f->kind, f->said, calendar ? calendar : &unknown, &year);
    ret->provisional = year != 0;
    ret->answered_on = f->state.answered;
    text_copy(ret->post, sizeof ret->post, f->state.post);
    text_copy(ret->words, sizeof ret->words, f->state.words);
}
