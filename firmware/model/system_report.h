/* SPDX-License-Identifier: Apache-2.0
 *
 * What a terminal says of its two systems and of the last update: a plain value, from root's part to kiosk, kiosk-sync,
 * kioskctl and the hall; and beside it what kiosk knows of what the hall wants, for the technician's page.
 */
#ifndef MODEL_SYSTEM_REPORT_H
#define MODEL_SYSTEM_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#define SYSTEM_VERSION_LEN 64
#define SYSTEM_WHY_MAX 63
#define SYSTEM_LEFT_MAX 7

enum system_state {
#define SYSTEM_STATE(name, word) SYSTEM_##name,
#include "model/system_state.def"
#undef SYSTEM_STATE
    SYSTEM_STATES
};
const char *system_state_word(enum system_state s);
bool system_state_by_word(const char *word, enum system_state *ret);
bool system_state_wrong(enum system_state s); /* the update came to nothing */

struct system_report {
    char running[SYSTEM_VERSION_LEN + 1], slot[2], other[SYSTEM_VERSION_LEN + 1]; /* "": not known */
    enum system_state state;
    char version[SYSTEM_VERSION_LEN + 1], why[SYSTEM_WHY_MAX + 1];
    int64_t at_s;                   /* since when, by the terminal's clock; 0: not known */
    char left[SYSTEM_LEFT_MAX + 1]; /* of a status: which starts the other slot has, a number or "good"; not sent */
};

/* May the other slot's system start? */
enum system_other { SYSTEM_OTHER_EMPTY, SYSTEM_OTHER_GOOD, SYSTEM_OTHER_TRIAL, SYSTEM_OTHER_GIVEN_UP };
enum system_other system_report_other(const struct system_report *r);
/* A technician may have it started: it is there, and it was not given up. */
bool system_report_startable(const struct system_report *r);

/* What a technician has asked root's part for, or an order of the hall has, and it has not ended. */
enum system_asked { SYSTEM_ASKED_NOTHING, SYSTEM_ASKED_ORDER, SYSTEM_ASKED_STICK, SYSTEM_ASKED_OTHER };

struct system_facts {
    struct system_report report;         /* running "": this machine does not say */
    char wanted[SYSTEM_VERSION_LEN + 1]; /* by the hall, in an order verified here; "": nothing, or no order is known */
    char why[SYSTEM_WHY_MAX + 1];        /* a word of tools/hall/rules/rollout.def: why not now, or "go" */
    int64_t since_ms, until_ms;          /* first heard of since kiosk started; until when the order is good */
    int from_min, to_min;                /* the hours, in minutes of the day */
    bool here;                           /* it has been fetched */
    enum system_asked asked;
    bool heard;  /* … and root's part has said something of it */
    bool nobody; /* what was asked last nobody took: root's part is not on this machine */
};

#endif
