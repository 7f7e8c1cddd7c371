/* SPDX-License-Identifier: Apache-2.0
 *
 * See duty.h.
 */
#include "tools/hall/rules/duty.h"

#include <string.h>

#define MINUTE_MS INT64_C(60000)

static const struct {
    const char *word;
    int minutes;
} levels[] = {
#define DUTY_LEVEL(name, word, minutes) [DUTY_##name] = {word, minutes},
#include "tools/hall/rules/duty.def"
};
static const struct {
    const char *what;
    struct duty_kind kind;
} kinds[] = {
#define DUTY(what, level, lasts) {what, {DUTY_##level, lasts}},
#include "tools/hall/rules/duty.def"
};
static const char *const verbs[] = {
#define DUTY_VERB(name, word) [DUTY_##name] = word,
#include "tools/hall/rules/duty.def"
};
static const struct {
    const char *word;
    int status;
} refusals[] = {
    [DUTY_MAY] = {"", 200},
#define DUTY_REFUSAL(name, word, status) [DUTY_NOT_##name] = {word, status},
#include "tools/hall/rules/duty.def"
};

const char *duty_level_word(enum duty_level l)
{
    return levels[l].word;
}

int64_t duty_limit_ms(enum duty_level l)
{
    return levels[l].minutes * MINUTE_MS;
}

static enum duty_level level_of(enum situation s)
{
    return s == SITUATION_GO ? DUTY_NOW : s == SITUATION_SOON ? DUTY_SOON : DUTY_DESK;
}

struct duty_kind duty_kind(const char *what)
{
    enum situation s;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].what, what) == 0)
            return kinds[i].kind;
    if (situation_of_why(what, &s))
        return (struct duty_kind){level_of(s), true};
    return (struct duty_kind){DUTY_SOON, false};
}

size_t duty_lasts(const struct situation_now *now, const char *ret[DUTY_LASTS_MAX])
{
    size_t n = 0;

    if (now->situation == SITUATION_SILENT)
        ret[n++] = DUTY_SILENT;
    for (size_t i = 0; i < now->n; i++)
        if (duty_kind(now->why[i]).lasts)
            ret[n++] = now->why[i];
    return n;
}

#define WIDER_MAX 3 /* times it doubles */
#define AGAIN_MAX_MS (INT64_C(8) * 3600 * 1000)

static int64_t limit_of(const struct duty_facts *f)
{
    int64_t limit = duty_limit_ms(f->level);

    if (!f->again)
        return limit;
    limit <<= f->rounds < WIDER_MAX ? f->rounds : WIDER_MAX;
    return limit < AGAIN_MAX_MS ? limit : AGAIN_MAX_MS;
}

int64_t duty_next(const struct duty_facts *f)
{
    int64_t next = f->told_ms && !f->nobody ? f->told_ms + limit_of(f) : 0;

    return next > f->by_ms ? next : f->by_ms;
}

bool duty_due(const struct duty_facts *f, int64_t now_ms)
{
    return now_ms >= duty_next(f);
}

const char *duty_verb_word(enum duty_verb v)
{
    return verbs[v];
}

bool duty_verb_by_word(const char *word, enum duty_verb *ret)
{
    for (int i = 0; i < DUTY_VERBS; i++)
        if (strcmp(verbs[i], word) == 0) {
            *ret = (enum duty_verb)i;
            return true;
        }
    return false;
}

const char *duty_refusal_word(enum duty_refusal r)
{
    return refusals[r].word;
}

int duty_refusal_status(enum duty_refusal r)
{
    return refusals[r].status;
}

enum duty_refusal duty_judge(const struct duty_stand *s, enum duty_verb v, const char *who, const char *seen)
{
    if (s->ended)
        return DUTY_NOT_ENDED;
    if (strcmp(s->whose, seen) != 0)
        return DUTY_NOT_TAKEN;
    if (v == DUTY_LEAVE && strcmp(s->whose, who) != 0)
        return DUTY_NOT_MINE;
    return v == DUTY_DONE && s->lasts ? DUTY_NOT_LASTS : DUTY_MAY;
}
