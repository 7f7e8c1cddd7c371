/* SPDX-License-Identifier: Apache-2.0
 *
 * See step_use.h.
 */
#include "tools/hall/rules/step_use.h"

bool step_kind(enum deadline_kind k)
{
    return k == DEADLINE_ACCEPT_STEP || k == DEADLINE_EXAMINE_STEP || k == DEADLINE_DECIDE_STEP;
}

static bool stands_still(const struct deadline *d, struct date day)
{
    for (int i = 0; i < d->n_stops; i++)
        if (date_compare(d->stops[i].from, day) <= 0 && date_compare(day, d->stops[i].until) < 0)
            return true;
    return false;
}

static int days_used(const struct deadline *d, const struct workday_calendar *calendar)
{
    int n = 0;

    for (int64_t at = date_to_days(d->from) + 1; at <= date_to_days(d->done); at++) {
        struct date day = date_of_days(at);

        n += !stands_still(d, day) && (d->limit.unit != DAY_WORKING || workday_is(calendar, day));
    }
    return n;
}

/* What ended it; without a year: it was not done, as of one that its applicant took back. */
static struct date done_on(const struct case_state *s, enum deadline_kind k)
{
    if (k == DEADLINE_ACCEPT_STEP)
        return s->answered;
    return k == DEADLINE_EXAMINE_STEP && case_day(s->examined) ? s->examined : s->decided;
}

int step_use_list(const struct report_period *p, const struct case_state *s, const struct workday_calendar *calendar,
                  struct step_use ret[DEADLINES])
{
    struct deadlines all;
    int n = 0;

    deadline_fold(s, calendar, p->until, &all);
    for (int i = 0; i < all.n; i++) {
        const struct deadline *d = &all.list[i];

        if (!step_kind(d->kind) || d->limit.day < 0 || !case_day(done_on(s, d->kind)) ||
            date_compare(d->done, p->from) < 0 || date_compare(d->done, p->until) > 0)
            continue;
        ret[n++] = (struct step_use){.kind = d->kind,
                                     .limit = d->limit,
                                     .from = d->from,
                                     .done = d->done,
                                     .used = days_used(d, calendar),
                                     .late = deadline_is_late(d, p->until)};
    }
    return n;
}
