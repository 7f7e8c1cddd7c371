/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff want a terminal to do (wire/act.h): when it may be given to it, and how far it is. What takes a terminal away
 * from people is given to it only while its zone can spare it (zone.h); from then on it counts as away until it has
 * answered, and a little longer, or its time is over, for it may do so at any moment. Pure.
 */
#ifndef HALL_RULES_ACT_H
#define HALL_RULES_ACT_H

#include "tools/hall/rules/zone.h"
#include "wire/act.h"

#define ACT_AWAY_MS (5 * INT64_C(60000)) /* after its answer: a restart takes that long at most */

enum act_stand {
#define ACT_STAND(name, word, about) ACT_STAND_##name,
#include "tools/hall/rules/act_stand.def"
#undef ACT_STAND
    ACT_STANDS
};
const char *act_stand_word(enum act_stand s);
const char *act_stand_about(enum act_stand s);

struct act_facts {
    enum act_kind kind;
    int64_t until_ms, granted_ms, done_ms; /* the latter two 0: not yet */
    bool withdrawn;                        /* before the terminal had it */
    bool silent;                           /* the terminal */
    bool serves;                           /* it is known to serve people: only then it can be missed */
    struct zone_count zone;                /* of the terminal, with the others' acts */
};
enum act_stand act_judge(const struct act_facts *f, int64_t now_ms);

#endif
