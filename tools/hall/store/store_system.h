/* SPDX-License-Identifier: Apache-2.0
 *
 * Systems that are published, how far each is on its way (an edition, store_edition.h), and how far each terminal is. What
 * holds for terminals is the last one that has begun.
 */
#ifndef HALL_STORE_SYSTEM_H
#define HALL_STORE_SYSTEM_H

#include "model/place.h"
#include "tools/hall/rules/rollout.h"
#include "tools/hall/store/store_edition.h"

#define SYSTEM_FROM_MIN 120 /* 2:00 to 5:00, where an office has no hours of its own */
#define SYSTEM_TO_MIN 300
#define SYSTEM_BOARD_MAX 63   /* bytes of what a bundle says it is for */
#define SYSTEM_SIGNER_MAX 127 /* … and of who signed it */

struct system_release {
    char version[SYSTEM_VERSION_LEN + 1];
    int64_t size;
    uint8_t sha256[SHA256_LEN];
    /* as its manifest says, and who signed it; "": not known, it was published by an earlier hallctl */
    char board[SYSTEM_BOARD_MAX + 1], signer[SYSTEM_SIGNER_MAX + 1];
    char replaces[SYSTEM_VERSION_LEN + 1]; /* the newer version that it may take the place of; "": none */
};
/* With who brought it, and why. -ERR_EXISTS: the version is known with other bytes. What is published never changes: the
 * same again is no error, and changes nothing. */
int system_publish(struct store *s, const struct system_release *r, const struct edition_row *by, struct err *e);
int system_release(struct store *s, const char *version, struct system_release *ret, struct err *e); /* -ERR_NOTFOUND */
/* Its number; -ERR_NOTFOUND: no such version is published. */
int system_number(struct store *s, const char *version, int64_t *ret, struct err *e);

/* What holds for terminals; percent EDITION_NO_STAGE: nothing was ever rolled out. */
int system_rollout(struct store *s, struct edition *ret, struct err *e);
/* Hours of an office's night. */
int system_set_hours(struct store *s, int office, int from_min, int to_min, struct err *e);

/* One terminal as the rule sees it. */
struct system_terminal {
    int office;
    char id[TERMINAL_ID_MAX + 1];
    struct place place;           /* those of one office, zone and spot are neighbours */
    struct rollout_terminal rule; /* its id points to the above */
};
/* fn gets each terminal that has a certificate, of the office (-1: of all), by office and name; non-zero stops. Without
 * `whole` no more is read of each than rollout_place() asks for. */
int system_each(struct store *s, const struct edition *ed, int office, bool whole,
                int (*fn)(void *ctx, const struct system_terminal *t), void *ctx, struct err *e);
/* The terminal, and what the rule says of it among its neighbours now. -ERR_NOTFOUND. */
int system_decide(struct store *s, const struct edition *ed, int office, const char *terminal,
                  struct system_terminal *ret_me, enum rollout_reason *ret, struct err *e);
/* Its last word, and the moment it came. */
int system_hear(struct store *s, int office, const char *terminal, const struct system_report *report, struct err *e);
/* It was told to go. */
int system_grant(struct store *s, int office, const char *terminal, struct err *e);
/* What failed on it counts no more. -ERR_NOTFOUND: nothing did. */
int system_retry(struct store *s, int office, const char *terminal, struct err *e);
/* How many of them stand where; of each no more is read than that takes. */
int system_count(struct store *s, const struct edition *ed, int64_t now, struct edition_figures *ret, struct err *e);
/* Which systems they run, the most frequent first: fn gets "" for those that have not said. */
int system_each_running(struct store *s, int (*fn)(void *ctx, const char *version, int64_t n), void *ctx, struct err *e);
/* Version 9 had one rollout, and nobody who approved it: what is published becomes editions. In the caller's transaction. */
struct sql;
int system_bring_editions(struct sql *d, struct err *e);

#endif
