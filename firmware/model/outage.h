/* SPDX-License-Identifier: Apache-2.0
 *
 * Out of service because somebody of the staff said so: durable by its availability record, ended by another one.
 */
#ifndef MODEL_OUTAGE_H
#define MODEL_OUTAGE_H

#include <stdbool.h>
#include <stdint.h>

#define OUTAGE_BEGINS "out" /* `what` of the record */
#define OUTAGE_ENDS "in"

enum outage_reason {
#define OUTAGE(name, word) OUTAGE_##name,
#include "model/outage.def"
#undef OUTAGE
    OUTAGE_REASONS,
};

struct outage {
    bool on;
    enum outage_reason reason;
    int64_t since_ms, until_ms; /* until 0: nobody knows yet */
    bool by_change;             /* a change of a roll began it, and ends it; told by no record */
};

const char *outage_word(enum outage_reason r);
/* OUTAGE_REPAIR for a word that is not known: it is out of service all the same. */
enum outage_reason outage_by_word(const char *word);

#endif
