/* SPDX-License-Identifier: Apache-2.0
 *
 * Sentences of deadlines.
 */
#include "tools/hall/rules/deadline_words.h"

#include <stdio.h>
#include <string.h>

#define DAY_MAX 40
#define NUMBER_MAX 12

static const enum str_id names[DEADLINES] = {
#define DEADLINE(name, word, title) [DEADLINE_##name] = STR_##title,
#include "tools/hall/rules/deadline.def"
#undef DEADLINE
};
static const enum str_id procedures[PROCEDURES] = {
#define CASE_PROCEDURE(word) [PROCEDURE_##word] = STR_procedure_##word,
#include "tools/hall/rules/case_procedure.def"
#undef CASE_PROCEDURE
};

const char *deadline_name(enum deadline_kind k, enum language l)
{
    return str(l, names[k]);
}

const char *deadline_law(enum deadline_kind k, enum language l)
{
    if (k == DEADLINE_ACCEPT)
        return str(l, STR_deadline_accept_law);
    return k == DEADLINE_PROCEDURE ? str(l, STR_deadline_procedure_law) : "";
}

const char *deadline_procedure_name(enum case_procedure p, enum language l)
{
    return str(l, procedures[p]);
}

struct sentence {
    char *out;
    enum language language;
    int year; /* known from what was said before */
};

static void say(struct sentence *s, enum str_id id, const char *first, const char *second)
{
    size_t at = strlen(s->out);

    str_fill(s->out + at, DEADLINE_WORDS_MAX - at, s->language, id, STR_ARGS(first, second));
}

static const char *number(int n, char out[NUMBER_MAX])
{
    snprintf(out, NUMBER_MAX, "%d", n);
    return out;
}

static const char *day(struct sentence *s, struct date d, char out[DAY_MAX])
{
    char year[NUMBER_MAX], of_month[NUMBER_MAX];
    const char *month = str_month(s->language, d.month);

    number(d.year, year);
    number(d.day, of_month);
    if (d.year == s->year)
        str_fill(out, DAY_MAX, s->language, STR_deadline_day, STR_ARGS(month, of_month));
    else
        str_fill(out, DAY_MAX, s->language, STR_deadline_date, STR_ARGS(year, month, of_month));
    s->year = d.year;
    return out;
}

static void say_stop(struct sentence *s, const struct deadline_stop *stop, bool working)
{
    char days[NUMBER_MAX], until[DAY_MAX];
    struct date last = date_of_days(date_to_days(stop->until) - 1);

    say(s, working ? STR_deadline_stop_working : STR_deadline_stop_calendar, number(stop->days, days),
        deadline_procedure_name(stop->procedure, s->language));
    if (stop->open || stop->lapsed)
        say(s, stop->open ? STR_deadline_stop_open : STR_deadline_stop_lapsed, day(s, last, until), "");
}

const char *deadline_sentence(const struct deadline *d, struct date today, enum language l, char out[DEADLINE_WORDS_MAX])
{
    struct sentence s = {.out = out, .language = l};
    char days[NUMBER_MAX], words[DAY_MAX];
    bool working = d->limit.unit == DAY_WORKING, late = deadline_is_late(d, today);

    out[0] = '\0';
    if (d->limit.day < 0) {
        say(&s, STR_deadline_unknown, "", "");
        return out;
    }
    say(&s, working ? STR_deadline_from_working : STR_deadline_from_calendar, number(d->limit.day, days),
        day(&s, d->from, words));
    for (int i = 0; i < d->n_stops; i++)
        say_stop(&s, &d->stops[i], working);
    say(&s, d->open ? STR_deadline_at_latest : STR_deadline_so, day(&s, d->due, words), "");
    if (d->provisional)
        say(&s, STR_deadline_provisional, number(d->provisional, days), "");
    if (case_day(d->done))
        say(&s, late ? STR_deadline_done_late : STR_deadline_done, day(&s, d->done, words), "");
    else if (late)
        say(&s, STR_deadline_late, "", "");
    return out;
}
