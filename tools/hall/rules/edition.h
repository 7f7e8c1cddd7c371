/* SPDX-License-Identifier: Apache-2.0
 *
 * An edition: a signed catalogue, or a system, on its way from who brought it to every terminal. Another person approves it;
 * then it goes to chosen terminals, to 1, 10 and 100 percent of all (the part edition_among() says, so that it only grows).
 * A further stage is ordered, perhaps for a later hour, and begins only when those of the present one are well: most have
 * it, and on so few it failed as staff allow. More failures stop it by themselves. A catalogue at 100 percent is the one of
 * all at once; a system, which each terminal installs in its own night, when all that were heard of have it, and it still
 * stops where it fails on more. Only a later one follows then; as soon as that has begun, a system goes to nobody any more.
 * No terminal ever goes back: who has it keeps it. Which terminal installs a system when is rollout.h's. Pure: no clock, no
 * database.
 */
#ifndef HALL_EDITION_H
#define HALL_EDITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/system_report.h"

#define EDITION_STOP_AFTER 1                       /* refusals, where staff say nothing else */
#define EDITION_HEARD_MS (INT64_C(40) * 60 * 1000) /* who was not heard of since is silent */
#define EDITION_ALL 100                            /* percent */
#define EDITION_NO_STAGE (-1)

enum edition_state {
#define EDITION_STATE(name, word, about) EDITION_##name,
#include "tools/hall/rules/edition_state.def"
#undef EDITION_STATE
    EDITION_STATES
};
enum edition_act {
#define EDITION_ACT(name, word, states) EDITION_ACT_##name,
#include "tools/hall/rules/edition_act.def"
#undef EDITION_ACT
    EDITION_ACTS
};
enum edition_refusal {
#define EDITION_REFUSAL(name, word, about) EDITION_##name##_REFUSED,
#include "tools/hall/rules/edition_refusal.def"
#undef EDITION_REFUSAL
    EDITION_REFUSALS
};
#define EDITION_MAY EDITION_MAY_REFUSED

const char *edition_state_word(enum edition_state s);
bool edition_state_by_word(const char *word, enum edition_state *ret); /* false: it is none */
const char *edition_state_about(enum edition_state s);
const char *edition_act_word(enum edition_act a);
bool edition_act_by_word(const char *word, enum edition_act *ret); /* false: it is none */
const char *edition_refusal_word(enum edition_refusal r);
const char *edition_refusal_about(enum edition_refusal r);

enum edition_kind { EDITION_CATALOGUE, EDITION_SYSTEM, EDITION_KINDS };

struct edition {
    enum edition_kind kind;
    int64_t version;                   /* of a system its number, in the order in which they were published */
    char name[SYSTEM_VERSION_LEN + 1]; /* of a system: its version, "1.5.9" */
    enum edition_state state;
    int percent;     /* of all, beside the chosen ones; EDITION_NO_STAGE: it has not begun */
    int next;        /* the stage that was ordered and has not begun; EDITION_NO_STAGE: none */
    int64_t next_at; /* not before; ms */
    int stop_after;  /* so many refusals stop it */
    int needs;       /* the level a terminal must have (model/level.h) */
    int64_t expires_ms;
};

/* --- what may be done --- */

struct edition_ask {
    enum edition_act act;
    bool own;        /* who asks is who brought it */
    bool changed;    /* it is not any more as who asks saw it: in the way of what sends it on, not of what holds it back */
    int64_t offered; /* the version that all have by now; the last system that has begun, but for this one */
    int64_t running; /* another one that is being rolled out, paused or stopped; 0: none */
    int next;        /* ROLLOUT: the stage; 0: chosen terminals alone */
    bool chosen;     /* ROLLOUT: there are chosen terminals */
    int64_t now;
};
enum edition_refusal edition_judge(const struct edition *ed, const struct edition_ask *ask);
/* What it makes of the edition; may is taken for granted. */
void edition_apply(struct edition *ed, const struct edition_ask *ask, int64_t at, int stop_after);

/* --- one terminal --- */

/* It goes to nobody any more, whatever becomes of it: withdrawn, or superseded. */
bool edition_is_over(const struct edition *ed);
/* It is in the part of all that the present stage is for. */
bool edition_among(const struct edition *ed, const char *terminal);

struct edition_terminal {
    const char *id;
    bool chosen;
    int64_t catalogue, refused; /* the version it has; the one it said it cannot take, 0: none */
    int level;                  /* of its software; 0: it does not say */
    int64_t heard_ms;           /* 0: never */
};
/* Is it offered to this terminal, or what all have (`offered`, 0: there is none)? One that has no catalogue yet takes that
 * of all first, so that it has one whatever becomes of this. */
bool edition_offered(const struct edition *ed, const struct edition_terminal *t, int64_t offered);
/* LEFT: it was to have it, does not, and is given it no more. */
enum edition_place {
    EDITION_OUTSIDE,
    EDITION_HAS,
    EDITION_REFUSED,
    EDITION_SILENT,
    EDITION_WAITS,
    EDITION_LEFT,
    EDITION_PLACES
};
/* Of a catalogue; rollout_place() says it of a system. */
enum edition_place edition_place(const struct edition *ed, const struct edition_terminal *t, int64_t now);
const char *edition_place_word(enum edition_place p);
/* It speaks for the present stage: it is in it, has the edition, and was heard of. One that had it from elsewhere, a stick
 * or the factory, outside the stage, proves nothing. Of a catalogue; rollout_proves() says it of a system. */
bool edition_proves(const struct edition *ed, const struct edition_terminal *t, int64_t now);

/* --- all of them --- */

struct edition_figures {
    int of[EDITION_PLACES];
    int proves; /* so many of those that have it */
};
/* The hall looked at `now`: stops it, begins what was ordered, or finds that all have it. Whether that changed anything. Of
 * one that has not begun nothing is waited for but the hour. */
bool edition_tick(struct edition *ed, const struct edition_figures *f, int64_t now);

#endif
