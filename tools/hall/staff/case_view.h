/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: a case as the pages show it, counted anew from its events.
 */
#ifndef HALL_STAFF_CASE_VIEW_H
#define HALL_STAFF_CASE_VIEW_H

#include "tools/hall/rules/card.h"
#include "tools/hall/rules/day_strip.h"
#include "tools/hall/staff/ask.h"
#include "tools/hall/store/store_case.h"

/* Whose turn it is, and why: what it is counted as. */
enum case_group {
    GROUP_LATE,     /* past its last day */
    GROUP_TODAY,    /* today is the last */
    GROUP_SUPPLIED, /* what was asked for has come */
    GROUP_NEW,      /* nobody has it yet */
    GROUP_MINE,
    GROUP_WAITING, /* for the applicant */
    CASE_GROUPS,
};
const char *case_group_word(enum case_group g);

struct case_view {
    struct case_file file;
    struct case_state state; /* to count from */
    struct deadlines all;
    const struct deadline *next; /* NULL: no day is known */
    struct day_strip strip;      /* of `next` */
    enum case_group group;
    enum card_level card; /* the strongest; CARD_LEVELS: none */
};
/* Reads it. fn as in case_file_read(). */
int case_view_read(struct ask *a, struct store *s, int office, const char *number, case_event_fn *fn, void *ctx,
                   struct case_view *ret, struct err *e);
/* The members of a row; `name`: the applicant's, masked. */
void case_view_put(struct ask *a, struct jsonw *w, const struct case_view *v, const char *name);
/* [["2026-01-05","used"], …] */
void case_view_put_strip(struct jsonw *w, const struct day_strip *s);

#endif
