/* SPDX-License-Identifier: Apache-2.0
 *
 * Rollouts: the decision for one terminal.
 */
#include "tools/hall/rules/rollout.h"

#include <string.h>

#include "tools/hall/rules/zone.h"

static const struct {
    const char *word, *about;
} reasons[] = {
#define ROLLOUT(name, word, about) [ROLLOUT_##name] = {word, about},
#include "tools/hall/rules/rollout.def"
#undef ROLLOUT
};

const char *rollout_word(enum rollout_reason r)
{
    return reasons[r].word;
}

const char *rollout_about(enum rollout_reason r)
{
    return reasons[r].about;
}

bool rollout_failed(const struct edition *ed, const struct system_report *report)
{
    bool over = report->state == SYSTEM_FELLBACK || report->state == SYSTEM_FAILED || report->state == SYSTEM_REFUSED;

    /* an installation that the power ended is begun again */
    return over && strcmp(report->version, ed->name) == 0 && strcmp(report->why, "interrupted") != 0;
}

static bool is_heard(const struct rollout_terminal *t, int64_t now_ms)
{
    return t->heard_ms && now_ms - t->heard_ms <= ROLLOUT_HEARD_MS;
}

/* Its last word is of an installation that goes on, whichever system that is. */
static bool says_busy(const struct rollout_terminal *t, int64_t now_ms)
{
    enum system_state s = t->report.state;
    bool away = s == SYSTEM_INSTALLING || s == SYSTEM_INSTALLED || s == SYSTEM_RESTARTING || s == SYSTEM_UNHEALTHY;

    return away && is_heard(t, now_ms);
}

/* It may be away at any moment, or is: it was told to go with what its word is of, and does not run that yet. */
static bool is_busy(const struct rollout_terminal *t, int64_t now_ms)
{
    bool told = t->granted_ms && now_ms - t->granted_ms < ROLLOUT_GRANT_MS;

    return (told || says_busy(t, now_ms)) && strcmp(t->report.running, t->report.version) != 0;
}

static bool is_given(const struct edition *ed, const struct rollout_terminal *t)
{
    return ed->percent != EDITION_NO_STAGE && (t->chosen || edition_among(ed, t->id));
}

enum edition_place rollout_place(const struct edition *ed, const struct rollout_terminal *t, int64_t now_ms)
{
    if (strcmp(t->report.running, ed->name) == 0)
        return EDITION_HAS;
    if (!is_given(ed, t))
        return EDITION_OUTSIDE;
    if (rollout_failed(ed, &t->report))
        return EDITION_REFUSED;
    if (edition_is_over(ed))
        return EDITION_LEFT;
    return is_heard(t, now_ms) ? EDITION_WAITS : EDITION_SILENT;
}

bool rollout_proves(const struct edition *ed, const struct rollout_terminal *t, int64_t now_ms)
{
    return strcmp(t->report.running, ed->name) == 0 && is_given(ed, t) && is_heard(t, now_ms);
}

static enum rollout_reason ask_zone(const struct rollout_terminal *others, size_t n, int64_t now_ms)
{
    static const enum rollout_reason words[] = {
        [ZONE_MAY] = ROLLOUT_GO, [ZONE_BUSY] = ROLLOUT_NEIGHBOUR, [ZONE_SILENT] = ROLLOUT_NEIGHBOUR_SILENT};
    struct zone_count c = {.all = 1};

    for (size_t i = 0; i < n; i++) {
        const struct rollout_terminal *t = &others[i];

        if (!t->heard_ms || now_ms - t->heard_ms > ROLLOUT_GONE_MS)
            continue;
        c.all++;
        if (is_busy(t, now_ms))
            c.busy++;
        else if (is_heard(t, now_ms))
            c.work++;
    }
    return words[zone_judge(&c)];
}

/* What holds for the rollout as a whole; GO: nothing is in the way. */
static enum rollout_reason ask_rollout(const struct edition *ed, const struct rollout_terminal *me)
{
    if (ed->percent == EDITION_NO_STAGE)
        return ROLLOUT_NOTHING;
    if (strcmp(me->report.running, ed->name) == 0)
        return ROLLOUT_CURRENT;
    if (ed->state == EDITION_WITHDRAWN)
        return ROLLOUT_WITHDRAWN;
    if (ed->state == EDITION_SUPERSEDED)
        return ROLLOUT_SUPERSEDED;
    if (rollout_failed(ed, &me->report))
        return ROLLOUT_FAILED_HERE;
    if (ed->state == EDITION_STOPPED)
        return ROLLOUT_STOPPED;
    if (ed->state == EDITION_PAUSED)
        return ROLLOUT_PAUSED;
    return is_given(ed, me) ? ROLLOUT_GO : ROLLOUT_STAGE;
}

enum rollout_reason rollout_decide(const struct edition *ed, const struct rollout_terminal *me,
                                   const struct rollout_terminal *others, size_t n, int64_t now_ms, int minute)
{
    const struct system_order hours = {.from_min = me->from_min, .to_min = me->to_min};
    enum rollout_reason why = ask_rollout(ed, me);

    if (why != ROLLOUT_GO)
        return why;
    if (strcmp(me->report.version, ed->name) != 0 || me->report.state == SYSTEM_DOWNLOADING ||
        me->report.state == SYSTEM_NONE)
        return ROLLOUT_FETCHING;
    if (!system_order_hour(&hours, minute))
        return ROLLOUT_HOURS;
    return ask_zone(others, n, now_ms);
}
