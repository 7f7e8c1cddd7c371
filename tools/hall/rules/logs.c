/* SPDX-License-Identifier: Apache-2.0
 *
 * See logs.h.
 */
#include "tools/hall/rules/logs.h"

#include <string.h>

static const struct {
    const char *word, *about;
} stands[] = {
#define LOGS_STAND(name, word, about) [LOGS_STAND_##name] = {word, about},
#include "tools/hall/rules/logs_stand.def"
#undef LOGS_STAND
};

const char *logs_stand_word(enum logs_stand s)
{
    return stands[s].word;
}

const char *logs_stand_about(enum logs_stand s)
{
    return stands[s].about;
}

static bool is_whole(const struct logs_facts *f)
{
    return f->began_ms && f->size && f->have == f->size;
}

/* A terminal that made them anew sends others under the same act: from the beginning. */
enum logs_take logs_take(const struct logs_facts *f, const struct logs_piece *p, int64_t now_ms)
{
    bool same = f->began_ms && f->size == p->size && memcmp(f->sha256, p->sha256, SHA256_LEN) == 0;

    if (!f->granted_ms)
        return LOGS_TAKE_NONE;
    if (f->gone || f->why || is_whole(f) || now_ms - f->asked_ms > LOGS_OPEN_MS)
        return LOGS_TAKE_OVER;
    if (!same)
        return p->at == 0 ? LOGS_TAKE_BEGIN : LOGS_TAKE_ELSE;
    return p->at == f->have ? LOGS_TAKE_NEXT : LOGS_TAKE_ELSE;
}

enum logs_stand logs_judge(const struct logs_facts *f, int64_t now_ms)
{
    if (f->gone)
        return LOGS_STAND_GONE;
    if (f->why)
        return LOGS_STAND_NOT;
    if (is_whole(f))
        return LOGS_STAND_HERE;
    if (f->began_ms)
        return now_ms - f->last_ms > LOGS_SLOW_MS ? LOGS_STAND_SLOW : LOGS_STAND_COMING;
    if (!f->done_ms)
        return LOGS_STAND_ASKED;
    return now_ms - f->done_ms > LOGS_LATE_MS ? LOGS_STAND_LATE : LOGS_STAND_MAKING;
}
