/* SPDX-License-Identifier: Apache-2.0
 *
 * See edition.h.
 */
#include "tools/hall/rules/edition.h"

#include <stdio.h>
#include <string.h>

#include "crypto/hash.h"
#include "model/record.h"

static const struct {
    const char *word, *about;
} states[] = {
#define EDITION_STATE(name, word, about) [EDITION_##name] = {word, about},
#include "tools/hall/rules/edition_state.def"
#undef EDITION_STATE
};

#define IS(name) (1u << EDITION_##name)
static const struct {
    const char *word;
    unsigned in;
} acts[] = {
#define EDITION_ACT(name, word, states) [EDITION_ACT_##name] = {word, states},
#include "tools/hall/rules/edition_act.def"
#undef EDITION_ACT
};
#undef IS

static const struct {
    const char *word, *about;
} refusals[] = {
#define EDITION_REFUSAL(name, word, about) [EDITION_##name##_REFUSED] = {word, about},
#include "tools/hall/rules/edition_refusal.def"
#undef EDITION_REFUSAL
};

const char *edition_state_word(enum edition_state s)
{
    return states[s].word;
}

bool edition_state_by_word(const char *word, enum edition_state *ret)
{
    for (int i = 0; i < EDITION_STATES; i++)
        if (strcmp(word, states[i].word) == 0) {
            *ret = (enum edition_state)i;
            return true;
        }
    return false;
}

const char *edition_state_about(enum edition_state s)
{
    return states[s].about;
}

const char *edition_act_word(enum edition_act a)
{
    return acts[a].word;
}

bool edition_act_by_word(const char *word, enum edition_act *ret)
{
    for (int i = 0; i < EDITION_ACTS; i++)
        if (strcmp(word, acts[i].word) == 0) {
            *ret = (enum edition_act)i;
            return true;
        }
    return false;
}

const char *edition_refusal_word(enum edition_refusal r)
{
    return refusals[r].word;
}

const char *edition_refusal_about(enum edition_refusal r)
{
    return refusals[r].about;
}

/* --- what may be done --- */

static bool is_stage(int percent)
{
    return percent == 0 || percent == 1 || percent == 10 || percent == EDITION_ALL;
}

/* All at once is no stage to begin with: nobody would have tried it. More terminals may be chosen at any time. */
static enum edition_refusal judge_stage(const struct edition *ed, const struct edition_ask *ask)
{
    bool more_chosen = ask->next == 0 && ed->percent <= 0;

    if (!is_stage(ask->next) || (ask->next <= ed->percent && !more_chosen) ||
        (ed->percent == EDITION_NO_STAGE && ask->next == EDITION_ALL))
        return EDITION_STEP_REFUSED;
    return ask->next == 0 && !ask->chosen ? EDITION_NOBODY_REFUSED : EDITION_MAY;
}

enum edition_refusal edition_judge(const struct edition *ed, const struct edition_ask *ask)
{
    bool forward = ask->act == EDITION_ACT_APPROVE || ask->act == EDITION_ACT_ROLLOUT || ask->act == EDITION_ACT_RESUME;

    if (forward && ask->changed)
        return EDITION_CHANGED_REFUSED;
    if (!(acts[ask->act].in & 1u << ed->state))
        return EDITION_STATE_REFUSED;
    if (ask->act == EDITION_ACT_APPROVE && ask->own)
        return EDITION_OWN_REFUSED;
    if (forward && ed->version <= ask->offered)
        return EDITION_OLD_REFUSED;
    if (forward && ed->expires_ms <= ask->now)
        return EDITION_EXPIRED_REFUSED;
    if (ask->act != EDITION_ACT_ROLLOUT)
        return EDITION_MAY;
    if (ask->running && ask->running != ed->version)
        return EDITION_OTHER_REFUSED;
    return judge_stage(ed, ask);
}

void edition_apply(struct edition *ed, const struct edition_ask *ask, int64_t at, int stop_after)
{
    switch (ask->act) {
    case EDITION_ACT_APPROVE:
        ed->state = EDITION_APPROVED;
        break;
    case EDITION_ACT_ROLLOUT:
        ed->state = EDITION_RUNS;
        ed->next = ask->next;
        ed->next_at = at;
        ed->stop_after = stop_after;
        break;
    case EDITION_ACT_PAUSE:
        ed->state = EDITION_PAUSED;
        break;
    case EDITION_ACT_RESUME:
        ed->state = EDITION_RUNS;
        ed->stop_after = stop_after;
        break;
    case EDITION_ACT_WITHDRAW:
        ed->state = EDITION_WITHDRAWN;
        ed->next = EDITION_NO_STAGE;
        break;
    case EDITION_ACTS:
        break;
    }
}

/* --- one terminal --- */

bool edition_is_over(const struct edition *ed)
{
    return ed->state == EDITION_WITHDRAWN || ed->state == EDITION_SUPERSEDED;
}

bool edition_among(const struct edition *ed, const char *terminal)
{
    char text[SYSTEM_VERSION_LEN + TERMINAL_ID_MAX + 2];
    uint8_t hash[SHA256_LEN];

    if (ed->percent == EDITION_NO_STAGE)
        return false;
    int n = ed->kind == EDITION_SYSTEM ? snprintf(text, sizeof text, "%s\n%s", ed->name, terminal)
                                       : snprintf(text, sizeof text, "catalogue-%lld\n%s", (long long)ed->version, terminal);
    sha256(text, (size_t)n, hash);
    uint32_t place = (uint32_t)hash[0] << 24 | (uint32_t)hash[1] << 16 | (uint32_t)hash[2] << 8 | hash[3];
    return place % 10000 < (uint32_t)ed->percent * 100;
}

static bool is_given(const struct edition *ed, const struct edition_terminal *t)
{
    return ed->percent != EDITION_NO_STAGE && (t->chosen || edition_among(ed, t->id));
}

bool edition_offered(const struct edition *ed, const struct edition_terminal *t, int64_t offered)
{
    if (t->catalogue >= ed->version)
        return t->catalogue == ed->version;
    if (!t->catalogue && offered)
        return false;
    return (ed->state == EDITION_RUNS && is_given(ed, t)) || ed->state == EDITION_CURRENT;
}

static bool is_heard(const struct edition_terminal *t, int64_t now)
{
    return t->heard_ms && now - t->heard_ms <= EDITION_HEARD_MS;
}

enum edition_place edition_place(const struct edition *ed, const struct edition_terminal *t, int64_t now)
{
    if (t->catalogue >= ed->version)
        return EDITION_HAS;
    if (!is_given(ed, t))
        return EDITION_OUTSIDE;
    if (t->refused == ed->version || (t->level && t->level < ed->needs))
        return EDITION_REFUSED;
    if (edition_is_over(ed))
        return EDITION_LEFT;
    return is_heard(t, now) ? EDITION_WAITS : EDITION_SILENT;
}

bool edition_proves(const struct edition *ed, const struct edition_terminal *t, int64_t now)
{
    return t->catalogue >= ed->version && is_given(ed, t) && is_heard(t, now);
}

const char *edition_place_word(enum edition_place p)
{
    static const char *const words[] = {"outside", "has", "refused", "silent", "waits", "left"};

    return words[p];
}

/* --- all of them --- */

enum health { WELL, WAIT, STOP };

/* Nine of ten of the stage that were heard of have it. Who is silent says nothing: a terminal that is switched off holds
 * nobody up. */
static enum health judge_health(const struct edition *ed, const struct edition_figures *f)
{
    int have = f->proves, without = f->of[EDITION_WAITS] + f->of[EDITION_REFUSED];

    if (f->of[EDITION_REFUSED] >= ed->stop_after)
        return STOP;
    return have && 9 * without <= have ? WELL : WAIT;
}

bool edition_tick(struct edition *ed, const struct edition_figures *f, int64_t now)
{
    bool begun = ed->percent != EDITION_NO_STAGE, system = ed->kind == EDITION_SYSTEM;
    enum health health = judge_health(ed, f);

    if (ed->state != EDITION_RUNS && !(system && ed->state == EDITION_CURRENT))
        return false;
    if (begun && health == STOP) {
        ed->state = EDITION_STOPPED;
        return true;
    }
    if (ed->state == EDITION_CURRENT)
        return false;
    if (system && ed->percent == EDITION_ALL && ed->next == EDITION_NO_STAGE && f->of[EDITION_HAS] &&
        !f->of[EDITION_WAITS]) {
        ed->state = EDITION_CURRENT;
        return true;
    }
    /* further terminals of the first stage wait for nobody */
    if (ed->next == EDITION_NO_STAGE || now < ed->next_at || (begun && ed->next > 0 && health != WELL))
        return false;
    ed->percent = ed->next;
    ed->next = EDITION_NO_STAGE;
    if (ed->percent == EDITION_ALL && !system)
        ed->state = EDITION_CURRENT;
    return true;
}
