/* SPDX-License-Identifier: Apache-2.0
 *
 * See situation.h.
 */
#include "tools/hall/rules/situation.h"

#include <string.h>

#include "tools/hall/rules/rollout.h"

const char *situation_word(enum situation s)
{
    static const char *const words[] = {
#define SITUATION(name, word) [SITUATION_##name] = word,
#include "tools/hall/rules/situation.def"
    };
    return words[s];
}

bool situation_by_word(const char *word, enum situation *ret)
{
    for (int i = 0; i < SITUATIONS; i++)
        if (strcmp(situation_word((enum situation)i), word) == 0) {
            *ret = (enum situation)i;
            return true;
        }
    return false;
}

static const struct {
    const char *word;
    enum situation situation;
    bool serves;
} whys[] = {
#define SITUATION_WHY(word, situation, serves) {word, SITUATION_##situation, serves},
#include "tools/hall/rules/situation.def"
};
#define N_WHYS (sizeof whys / sizeof *whys)

bool situation_of_why(const char *word, enum situation *ret)
{
    for (size_t i = 0; i < N_WHYS; i++)
        if (strcmp(whys[i].word, word) == 0) {
            *ret = whys[i].situation;
            return true;
        }
    return false;
}

static bool warns(const struct health_report *r, const char *word)
{
    size_t len = strlen(word);

    for (const char *p = r->warnings; *p; p += strcspn(p, ",") + (p[strcspn(p, ",")] == ','))
        if (strcspn(p, ",") == len && strncmp(p, word, len) == 0)
            return true;
    return false;
}

/* ROLE-STATE. */
static bool has_state(const struct health_report *r, const char *word)
{
    for (int i = 0; i < DEVICE_ROLES; i++) {
        const char *role = device_word((enum device_role)i);
        size_t len = strlen(role);

        if (r->device[i][0] && strncmp(word, role, len) == 0 && word[len] == '-' &&
            strcmp(word + len + 1, r->device[i]) == 0)
            return true;
    }
    return false;
}

static size_t count_warnings(const struct health_report *r)
{
    size_t n = r->warnings[0] != '\0';

    for (const char *p = r->warnings; *p; p++)
        n += *p == ',';
    return n;
}

/* What it says, the worst first. */
static void gather(const struct health_report *r, struct situation_now *now)
{
    size_t warned = 0;

    for (size_t i = 0; i < N_WHYS; i++) {
        bool warning = warns(r, whys[i].word);

        if (!warning && !has_state(r, whys[i].word))
            continue;
        warned += warning;
        now->serves &= whys[i].serves;
        if (now->n == 0)
            now->situation = whys[i].situation;
        now->why[now->n++] = whys[i].word;
    }
    if (warned == count_warnings(r))
        return;
    if (now->n == 0)
        now->situation = SITUATION_DESK;
    now->why[now->n++] = SITUATION_OTHER;
}

void situation_of_word(const struct health_report *told, struct situation_now *ret)
{
    *ret = (struct situation_now){.situation = SITUATION_GOOD, .serves = true};
    if (!told)
        return;
    gather(told, ret);
    if (!told->out[0])
        return;
    ret->situation = ret->situation < SITUATION_OUT ? ret->situation : SITUATION_OUT;
    ret->serves = false;
}

void situation_age(int64_t heard_ms, int64_t now_ms, struct situation_now *now)
{
    if (!heard_ms)
        now->situation = SITUATION_NEW;
    else if (now_ms - heard_ms > ROLLOUT_HEARD_MS)
        now->situation = SITUATION_SILENT;
    now->serves &= now->situation != SITUATION_NEW && now->situation != SITUATION_SILENT;
}

void situation_judge(const struct situation_facts *f, int64_t now_ms, struct situation_now *ret)
{
    situation_of_word(f->told, ret);
    situation_age(f->heard_ms, now_ms, ret);
}
