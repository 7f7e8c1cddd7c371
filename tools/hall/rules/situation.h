/* SPDX-License-Identifier: Apache-2.0
 *
 * How a terminal stands, for whoever looks after two hundred of them: must somebody go there, and why. It goes by the
 * terminal's own last word, and a word that is old says nothing of now: after ROLLOUT_HEARD_MS a terminal is silent,
 * whatever it said. Pure.
 */
#ifndef HALL_RULES_SITUATION_H
#define HALL_RULES_SITUATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/health.h"

enum situation {
#define SITUATION(name, word) SITUATION_##name,
#include "tools/hall/rules/situation.def"
    SITUATIONS
};
const char *situation_word(enum situation s);
bool situation_by_word(const char *word, enum situation *ret);

/* What such a word comes to. False: situation.def has none of that name. */
bool situation_of_why(const char *word, enum situation *ret);
#define SITUATION_OTHER "other"                                 /* of a newer terminal */
#define SITUATION_WHYS_MAX (HEALTH_WARNINGS_MAX + DEVICE_ROLES) /* all that one report can say */

struct situation_facts {
    int64_t heard_ms;                 /* of whatever it last sent; 0: never */
    const struct health_report *told; /* its last report; NULL: none, or one that cannot be read */
};
struct situation_now {
    enum situation situation;
    bool serves;                         /* it is known to serve people now */
    const char *why[SITUATION_WHYS_MAX]; /* words of situation.def, the worst first; also of a silent one: its last word */
    size_t n;
};
void situation_judge(const struct situation_facts *f, int64_t now_ms, struct situation_now *ret);
/* The same in two steps, for who keeps the first: what its last word comes to (NULL: nothing), and what time makes of that.
 */
void situation_of_word(const struct health_report *told, struct situation_now *ret);
void situation_age(int64_t heard_ms, int64_t now_ms, struct situation_now *now);

#endif
