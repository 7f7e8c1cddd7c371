/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may install a new system now. A rollout goes over all terminals in stages: those staff have chosen, then a part of all
 * in percent, which is raised by hand; which terminals that part has follows from their names and the version, so that it
 * only grows. It ends by itself where it fails more often than staff have allowed. In one zone (an office's service zone of
 * one name) never all terminals are updated at once: at most half of them, and another one has to be known to work.
 * Pure: no clock, no database.
 */
#ifndef HALL_ROLLOUT_H
#define HALL_ROLLOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/system.h"

#define ROLLOUT_HEARD_MS (INT64_C(40) * 60 * 1000)         /* who was heard of since is taken to work */
#define ROLLOUT_GRANT_MS (INT64_C(30) * 60 * 1000)         /* so long leave lasts; a terminal at work asks again in time */
#define ROLLOUT_GONE_MS (INT64_C(7) * 24 * 60 * 60 * 1000) /* who was not heard of for so long is no neighbour */

enum rollout_reason {
#define ROLLOUT(name, word, about) ROLLOUT_##name,
#include "tools/hall/rules/rollout.def"
#undef ROLLOUT
    ROLLOUT_REASONS
};
const char *rollout_word(enum rollout_reason r);
const char *rollout_about(enum rollout_reason r);

enum rollout_state { ROLLOUT_NONE, ROLLOUT_RUNS, ROLLOUT_IS_PAUSED, ROLLOUT_IS_STOPPED, ROLLOUT_IS_WITHDRAWN };
struct rollout {
    enum rollout_state state;
    char version[SYSTEM_VERSION_LEN + 1];
    int percent;    /* of all terminals, beside the chosen ones */
    int stop_after; /* so many failures end it */
};
struct rollout_terminal {
    const char *id;
    bool chosen;
    struct system_report report; /* its last word */
    int64_t heard_ms;            /* when; 0: never */
    int64_t granted_ms;   /* when it was last told to go with the rollout's version; 0: never, or it has ended since */
    int from_min, to_min; /* the hours of its site */
};

/* Of `me` among the others of its zone, at that moment; `minute`: of the day. */
enum rollout_reason rollout_decide(const struct rollout *r, const struct rollout_terminal *me,
                                   const struct rollout_terminal *others, size_t n, int64_t now_ms, int minute);
/* It is in the part of all. */
bool rollout_among(const struct rollout *r, const char *terminal);
/* The terminal's word says that this version did not work on it. */
bool rollout_failed(const struct rollout *r, const struct system_report *report);

#endif
