/* SPDX-License-Identifier: Apache-2.0
 *
 * See paper_change.h. Some printers tell nothing of their cover, and some see paper only when it is shut: so a step is done
 * by whichever sensor speaks, and a cover that is shut over paper ends them all.
 */
#include "model/paper_change.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/must.h"
#include "model/strings.h"

static bool to(struct paper_change *c, enum change_step step, int64_t now_ms)
{
    for (int i = (int)c->step; i < (int)step && i < CHANGE_STEPS; i++)
        c->at[i] = now_ms;
    c->step = step;
    c->trouble = CHANGE_FINE;
    c->ask = CHANGE_ASK_NOTHING;
    return true;
}

/* From the beginning, with what to do. */
static void again(struct paper_change *c, enum change_trouble why)
{
    c->step = CHANGE_OPEN;
    c->trouble = why;
    c->ask = CHANGE_ASK_NOTHING;
    c->saw_open = false;
}

static bool shut(struct paper_change *c, const struct printer_senses *s, int64_t now_ms)
{
    bool news = c->trouble != CHANGE_EMPTY;

    if (!s->out)
        return to(c, CHANGE_TRY, now_ms);
    c->step = CHANGE_PUT;
    c->trouble = CHANGE_EMPTY;
    return news;
}

bool paper_change_senses(struct paper_change *c, const struct printer_senses *s, int64_t now_ms)
{
    if (!s->told || c->running || c->step == CHANGE_DONE)
        return false;
    if (s->open && (c->step == CHANGE_OPEN || c->step == CHANGE_TRY)) {
        c->saw_open = true;
        c->step = CHANGE_OPEN;
        return to(c, CHANGE_TAKE, now_ms);
    }
    if (c->step == CHANGE_OPEN || c->step == CHANGE_TRY)
        return false;
    if (!s->open && c->saw_open)
        return shut(c, s, now_ms);
    c->saw_open |= s->open;
    if (s->out && c->step == CHANGE_TAKE)
        return to(c, CHANGE_PUT, now_ms);
    if (!s->out && c->step == CHANGE_PUT)
        return to(c, CHANGE_SHUT, now_ms);
    if (s->open && c->trouble == CHANGE_EMPTY)
        return to(c, CHANGE_PUT, now_ms);
    return false;
}

bool paper_change_by_hand(struct paper_change *c, int64_t now_ms)
{
    if (c->step >= CHANGE_TRY)
        return false;
    c->by_hand = true;
    return to(c, (enum change_step)(c->step + 1), now_ms);
}

void paper_change_slip(struct paper_change *c, uint32_t seed, const struct place *place)
{
    must(c->step == CHANGE_TRY, "a slip of a roll that is not in yet");
    const char *const elsewhere[] = {place->terminal, NULL};

    test_number_draw(&c->number, seed ^ ++c->slips * 2654435761u, elsewhere);
    c->running = true;
    c->ask = CHANGE_ASK_NOTHING;
}

void paper_change_printed(struct paper_change *c, bool nothing)
{
    c->running = false;
    if (nothing)
        c->trouble = CHANGE_CANNOT;
    else
        c->ask = CHANGE_ASK_NUMBER;
}

static bool says_number(struct paper_change *c, int which)
{
    c->trouble = CHANGE_FINE;
    if (which == c->number.right) {
        c->ask = CHANGE_ASK_EDGES;
    } else if (which == CHANGE_SAYS_NOTHING || which == CHANGE_SAYS_BLANK) {
        again(c, which == CHANGE_SAYS_BLANK ? CHANGE_BLANK : CHANGE_NOTHING);
    } else {
        c->trouble = CHANGE_MISREAD;
        return true;
    }
    return false;
}

bool paper_change_says(struct paper_change *c, int which, int64_t now_ms)
{
    if (c->ask == CHANGE_ASK_NUMBER)
        return says_number(c, which);
    if (c->ask != CHANGE_ASK_EDGES)
        return false;
    c->uncut = which == CHANGE_EDGES_UNCUT;
    if (which == CHANGE_EDGES_NARROW)
        again(c, CHANGE_NARROW);
    else
        to(c, CHANGE_DONE, now_ms);
    return false;
}

/* --- the slip --- */

static const char *say(enum str_id id)
{
    return str(LANGUAGE_ZH_CN, id);
}

struct paper *paper_change_compose(const struct paper_change *c, const struct place *place, int64_t now_ms)
{
    struct paper *p = paper_create();
    char number[12], at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(now_ms, at);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, true, say(STR_change_slip_left));
    paper_text(p, PAPER_NORMAL, PAPER_RIGHT, true, say(STR_change_slip_right));
    paper_rule(p, false);
    paper_text(p, PAPER_TITLE, PAPER_CENTER, true,
               say(c->role == DEVICE_TICKET ? STR_first_paper_ticket : STR_first_paper_receipt));
    paper_text(p, PAPER_DOUBLE, PAPER_CENTER, true, test_number_digits(c->number.offered[c->number.right], number));
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, say(STR_first_paper_which));
    paper_rule(p, true);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, place->terminal);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, at);
    paper_cut(p);
    if (paper_ok(p))
        return p;
    paper_destroy(p);
    return NULL;
}
