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

bool rollout_among(const struct rollout *r, const char *terminal)
{
    char text[SYSTEM_VERSION_LEN + TERMINAL_ID_MAX + 2];
    uint8_t hash[SHA256_LEN];
    size_t n = strlen(r->version);

    memcpy(text, r->version, n);
    text[n++] = '\n';
    memcpy(text + n, terminal, strlen(terminal));
    sha256(text, n + strlen(terminal), hash);
    uint32_t place = (uint32_t)hash[0] << 24 | (uint32_t)hash[1] << 16 | (uint32_t)hash[2] << 8 | hash[3];
    return place % 10000 < (uint32_t)r->percent * 100;
}

bool rollout_failed(const struct rollout *r, const struct system_report *report)
{
    bool over = report->state == SYSTEM_FELLBACK || report->state == SYSTEM_FAILED || report->state == SYSTEM_REFUSED;

    /* an installation that the power ended is begun again */
    return over && strcmp(report->version, r->version) == 0 && strcmp(report->why, "interrupted") != 0;
}

/* It may be away at any moment, or is. */
static bool is_busy(const struct rollout *r, const struct rollout_terminal *t, int64_t now_ms)
{
    return t->granted_ms && now_ms - t->granted_ms < ROLLOUT_GRANT_MS && strcmp(t->report.running, r->version) != 0;
}

static enum rollout_reason ask_zone(const struct rollout *r, const struct rollout_terminal *others, size_t n, int64_t now_ms)
{
    static const enum rollout_reason words[] = {
        [ZONE_MAY] = ROLLOUT_GO, [ZONE_BUSY] = ROLLOUT_NEIGHBOUR, [ZONE_SILENT] = ROLLOUT_NEIGHBOUR_SILENT};
    struct zone_count c = {.all = 1};

    for (size_t i = 0; i < n; i++) {
        const struct rollout_terminal *t = &others[i];

        if (!t->heard_ms || now_ms - t->heard_ms > ROLLOUT_GONE_MS)
            continue;
        c.all++;
        if (is_busy(r, t, now_ms))
            c.busy++;
        else if (now_ms - t->heard_ms <= ROLLOUT_HEARD_MS)
            c.work++;
    }
    return words[zone_judge(&c)];
}

/* What holds for the rollout as a whole; GO: nothing is in the way. */
static enum rollout_reason ask_rollout(const struct rollout *r, const struct rollout_terminal *me)
{
    if (r->state == ROLLOUT_NONE)
        return ROLLOUT_NOTHING;
    if (strcmp(me->report.running, r->version) == 0)
        return ROLLOUT_CURRENT;
    if (r->state == ROLLOUT_IS_WITHDRAWN)
        return ROLLOUT_WITHDRAWN;
    if (rollout_failed(r, &me->report))
        return ROLLOUT_FAILED_HERE;
    if (r->state == ROLLOUT_IS_STOPPED)
        return ROLLOUT_STOPPED;
    if (r->state == ROLLOUT_IS_PAUSED)
        return ROLLOUT_PAUSED;
    return me->chosen || rollout_among(r, me->id) ? ROLLOUT_GO : ROLLOUT_STAGE;
}

enum rollout_reason rollout_decide(const struct rollout *r, const struct rollout_terminal *me,
                                   const struct rollout_terminal *others, size_t n, int64_t now_ms, int minute)
{
    const struct system_order hours = {.from_min = me->from_min, .to_min = me->to_min};
    enum rollout_reason why = ask_rollout(r, me);

    if (why != ROLLOUT_GO)
        return why;
    if (strcmp(me->report.version, r->version) != 0 || me->report.state == SYSTEM_DOWNLOADING ||
        me->report.state == SYSTEM_NONE)
        return ROLLOUT_FETCHING;
    if (!system_order_hour(&hours, minute))
        return ROLLOUT_HOURS;
    return ask_zone(r, others, n, now_ms);
}
