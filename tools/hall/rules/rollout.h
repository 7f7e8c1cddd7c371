/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may install a new system now. It goes over all terminals in stages, as an edition of the catalogue does (edition.h);
 * in one zone (an office's service zone of one name) never all terminals are updated at once: at most half of them, and
 * another one has to be known to work.
 * Pure: no clock, no database.
 */
#ifndef HALL_ROLLOUT_H
#define HALL_ROLLOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/hall/rules/edition.h"
#include "wire/system.h"

#define ROLLOUT_HEARD_MS EDITION_HEARD_MS                  /* who was heard of since is taken to work */
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

struct rollout_terminal {
    const char *id;
    bool chosen;
    struct system_report report; /* its last word */
    int64_t heard_ms;            /* when; 0: never */
    int64_t granted_ms;          /* when it was last told to go, with any version; 0: never, or it has ended since */
    int from_min, to_min;        /* the hours of its site */
};

/* Of `me` among the others of its zone, at that moment; `minute`: of the day. An edition that has not begun: nothing is
 * rolled out. */
enum rollout_reason rollout_decide(const struct edition *ed, const struct rollout_terminal *me,
                                   const struct rollout_terminal *others, size_t n, int64_t now_ms, int minute);
/* The terminal's word says that this system did not work on it. */
bool rollout_failed(const struct edition *ed, const struct system_report *report);
/* How it stands to a system; REFUSED: it failed there. */
enum edition_place rollout_place(const struct edition *ed, const struct rollout_terminal *t, int64_t now_ms);

bool rollout_proves(const struct edition *ed, const struct rollout_terminal *t, int64_t now_ms); /* edition_proves() */

#endif
