/* SPDX-License-Identifier: Apache-2.0
 *
 * Taking one item off everywhere, and bringing it back (model/halt.h). Pure.
 */
#ifndef HALL_RULES_HALT_H
#define HALL_RULES_HALT_H

#include "model/halt.h"

enum halt_refusal {
#define HALT_REFUSAL(name, word, about) HALT_##name##_REFUSED,
#include "tools/hall/rules/halt_refusal.def"
#undef HALT_REFUSAL
    HALT_REFUSALS
};
const char *halt_refusal_word(enum halt_refusal r);
const char *halt_refusal_about(enum halt_refusal r);

struct halt_facts {
    bool known; /* some catalogue has the item */
    bool off;   /* it is */
    bool same;  /* with these words, and in every version that a catalogue has by now */
    bool full;  /* with it, or with its words, the list would be longer than the hall can sign */
};
/* HALT_MAY_REFUSED: it may be done. What is off may be given other words that fit, and be brought back, whether or not a
 * catalogue still has it. */
enum halt_refusal halt_judge(const struct halt_facts *f, bool on);

#endif
