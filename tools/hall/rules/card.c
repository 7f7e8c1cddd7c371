/* SPDX-License-Identifier: Apache-2.0
 *
 * Reminders and cards, by card.def.
 */
#include "tools/hall/rules/card.h"

#define OVER (-1)

static const struct {
    const char *word;
    enum deadline_kind of;
    int before; /* working days; OVER: the day after */
    enum card_level level;
} rules[] = {
#define CARD(word, limit, when, level) {word, DEADLINE_##limit, when, CARD_##level},
#include "tools/hall/rules/card.def"
#undef CARD
};
#define N_RULES (sizeof rules / sizeof *rules)

const char *card_level_word(enum card_level l)
{
    static const char *const words[CARD_LEVELS] = {"reminder", "tacit", "yellow", "red"};
    return words[l];
}

/* The day from which the rule holds. */
static struct date since(size_t rule, const struct deadline *d, const struct workday_calendar *calendar)
{
    int64_t day = date_to_days(d->due) + (rules[rule].before == OVER);

    for (int left = rules[rule].before; left > 0;)
        left -= workday_is(calendar, date_of_days(--day));
    /* not before it began */
    return day < date_to_days(d->from) ? d->from : date_of_days(day);
}

static bool holds(size_t rule, const struct case_state *s, const struct deadline *d)
{
    bool tacit = rules[rule].level == CARD_TACIT;

    return rules[rule].of == d->kind && d->limit.day >= 0 && !case_day(d->done) &&
           (!tacit || s->limits.law_decides != CASE_RESULT_NONE);
}

int card_list(const struct case_state *s, const struct workday_calendar *calendar, const struct deadlines *d,
              struct date today, struct card ret[DEADLINES])
{
    int n = 0;

    for (int i = 0; i < d->n; i++) {
        struct card card = {0};

        for (size_t r = 0; r < N_RULES; r++) {
            struct date from = holds(r, s, &d->list[i]) ? since(r, &d->list[i], calendar) : (struct date){0};

            if (case_day(from) && date_compare(from, today) <= 0)
                card = (struct card){rules[r].word, rules[r].level, from, &d->list[i]};
        }
        if (card.rule)
            ret[n++] = card;
    }
    return n;
}

int64_t card_first(const struct case_state *s, const struct workday_calendar *calendar)
{
    struct deadlines d;
    int64_t first = 0;

    deadline_fold(s, calendar, s->applied, &d);
    for (int i = 0; i < d.n; i++) {
        for (size_t r = 0; r < N_RULES; r++) {
            int64_t day = holds(r, s, &d.list[i]) ? date_to_days(since(r, &d.list[i], calendar)) : 0;

            if (day && (!first || day < first))
                first = day;
        }
    }
    return first;
}
