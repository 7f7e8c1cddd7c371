/* SPDX-License-Identifier: Apache-2.0
 *
 * See act.h.
 */
#include "tools/hall/rules/act.h"

static const struct {
    const char *word, *about;
} stands[] = {
#define ACT_STAND(name, word, about) [ACT_STAND_##name] = {word, about},
#include "tools/hall/rules/act_stand.def"
#undef ACT_STAND
};

const char *act_stand_word(enum act_stand s)
{
    return stands[s].word;
}

const char *act_stand_about(enum act_stand s)
{
    return stands[s].about;
}

static enum act_stand ask_zone(const struct act_facts *f)
{
    static const enum act_stand words[] = {
        [ZONE_MAY] = ACT_STAND_NEXT, [ZONE_BUSY] = ACT_STAND_ZONE, [ZONE_SILENT] = ACT_STAND_ZONE_SILENT};

    return act_is_away(f->kind) && f->serves ? words[zone_judge(&f->zone)] : ACT_STAND_NEXT;
}

enum act_stand act_judge(const struct act_facts *f, int64_t now_ms)
{
    if (f->done_ms)
        return ACT_STAND_DONE;
    if (f->withdrawn)
        return ACT_STAND_WITHDRAWN;
    if (now_ms >= f->until_ms)
        return ACT_STAND_EXPIRED;
    if (f->silent)
        return ACT_STAND_SILENT;
    return f->granted_ms ? ACT_STAND_GIVEN : ask_zone(f);
}
