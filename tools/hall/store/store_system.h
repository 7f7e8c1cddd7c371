/* SPDX-License-Identifier: Apache-2.0
 *
 * Systems that are published, the one that is rolled out, and how far each terminal is. One rollout at a time: a new one
 * takes its place.
 */
#ifndef HALL_STORE_SYSTEM_H
#define HALL_STORE_SYSTEM_H

#include "model/place.h"
#include "tools/hall/rules/rollout.h"
#include "tools/hall/store/store.h"

#define SYSTEM_FROM_MIN 120 /* 2:00 to 5:00, where an office has no hours of its own */
#define SYSTEM_TO_MIN 300

struct system_release {
    char version[SYSTEM_VERSION_LEN + 1];
    int64_t size;
    uint8_t sha256[SHA256_LEN];
};
/* -ERR_EXISTS: the version is known with other bytes. What is published never changes. */
int system_publish(struct store *s, const struct system_release *r, struct err *e);
int system_release(struct store *s, const char *version, struct system_release *ret, struct err *e); /* -ERR_NOTFOUND */

/* What is rolled out; state ROLLOUT_NONE: nothing ever was. `why` (may be NULL): the words of its last change. */
int system_rollout(struct store *s, struct rollout *ret, char *why, size_t why_cap, struct err *e);
int system_set_rollout(struct store *s, const struct rollout *r, const char *why, struct err *e);
int system_choose(struct store *s, const char *version, const char *terminal, struct err *e);
/* Hours of an office's night. */
int system_set_hours(struct store *s, int office, int from_min, int to_min, struct err *e);

/* One terminal as the rule sees it. */
struct system_terminal {
    int office;
    char id[TERMINAL_ID_MAX + 1];
    struct place place;           /* those of one office, zone and spot are neighbours */
    struct rollout_terminal rule; /* its id points to the above */
};
/* fn gets each terminal of the office (-1: of all) by office and name; non-zero stops. */
int system_each(struct store *s, const struct rollout *r, int office, int (*fn)(void *ctx, const struct system_terminal *t),
                void *ctx, struct err *e);
/* The terminal, and what the rule says of it among its neighbours now. -ERR_NOTFOUND. */
int system_decide(struct store *s, const struct rollout *r, int office, const char *terminal, struct system_terminal *ret_me,
                  enum rollout_reason *ret, struct err *e);
/* Its last word, and the moment it came. */
int system_hear(struct store *s, int office, const char *terminal, const struct system_report *report, struct err *e);
/* It was told to go. */
int system_grant(struct store *s, int office, const char *terminal, struct err *e);
/* What failed on it counts no more. -ERR_NOTFOUND: nothing did. */
int system_retry(struct store *s, int office, const char *terminal, struct err *e);
/* On how many terminals this version did not work. */
int system_failures(struct store *s, const struct rollout *r, int *ret, struct err *e);

#endif
