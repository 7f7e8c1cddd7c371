/* SPDX-License-Identifier: Apache-2.0
 *
 * The line to the hall, tested step by step (uplink_step.def): what was found at each (uplink_finding.def), and what it all
 * comes to. kiosk-sync finds it, kiosk shows it, kioskctl prints it. Pure.
 */
#ifndef MODEL_UPLINK_REPORT_H
#define MODEL_UPLINK_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/strings.h"

enum uplink_step {
#define UPLINK_STEP(name, id, word) UPLINK_##name,
#include "model/uplink_step.def"
#undef UPLINK_STEP
    UPLINK_STEPS,
};

enum uplink_finding {
    UPLINK_NOT_REACHED, /* nothing was found at that step */
#define UPLINK_GOOD(name, ...) UPLINK_##name,
#define UPLINK_PLAIN UPLINK_GOOD
#define UPLINK_BAD UPLINK_GOOD
#include "model/uplink_finding.def"
#undef UPLINK_GOOD
#undef UPLINK_PLAIN
#undef UPLINK_BAD
    UPLINK_FINDINGS,
};

enum uplink_grade { UPLINK_IS_OPEN, UPLINK_IS_GOOD, UPLINK_IS_PLAIN, UPLINK_IS_BAD };

/* Of what a stranger says of himself in a certificate, so much is shown. */
#define UPLINK_WHAT_MAX 96

struct uplink_found {
    enum uplink_finding finding;
    char what[UPLINK_WHAT_MAX + 1]; /* uplink_what_ok(); "": nothing */
    int64_t n;                      /* a number, or a moment (Unix ms) of which the day counts; 0: none */
};

enum uplink_state {
    UPLINK_UNTESTED,
    UPLINK_TESTING,
    UPLINK_TESTED,
    UPLINK_NOBODY,    /* kiosk-sync does not run */
    UPLINK_BROKE_OFF, /* it said nothing more */
};

struct uplink_report {
    enum uplink_state state;
    struct uplink_found of[UPLINK_STEPS];
};

const char *uplink_step_word(enum uplink_step s);
const char *uplink_step_name(enum uplink_step s, enum language language);

const char *uplink_finding_word(enum uplink_finding f); /* "" of UPLINK_NOT_REACHED */
/* UPLINK_NOT_REACHED for a word that is not known. */
enum uplink_finding uplink_finding_by_word(const char *word);
enum uplink_grade uplink_grade(enum uplink_finding f);

/* Short enough, and of what every page can draw: printable ASCII, and Chinese characters of the basic plane. */
bool uplink_what_ok(const char *what);
/* Copies what may be shown of it; the rest becomes "?", and what is too long is cut. */
void uplink_what(char out[UPLINK_WHAT_MAX + 1], const char *text);

/* What it means, a sentence; cut where `cap` is too small. Returns out. */
const char *uplink_found_says(const struct uplink_found *f, enum language language, char *out, size_t cap);
/* What to do about a bad one, "" of others. Static. */
const char *uplink_found_remedy(const struct uplink_found *f, enum language language);

/* Forgets all steps. */
void uplink_report_begin(struct uplink_report *r);
/* Takes the place of what was found at that step before. */
void uplink_report_take(struct uplink_report *r, const struct uplink_found *f);
/* The first step that is bad; UPLINK_STEPS: none is. */
enum uplink_step uplink_report_breaks(const struct uplink_report *r);
/* The first step of which nothing was found: while a test runs, it is at work there. UPLINK_STEPS: none is. */
enum uplink_step uplink_report_turn(const struct uplink_report *r);
/* The hall answered, whatever else there is to say. */
bool uplink_report_through(const struct uplink_report *r);

#endif
