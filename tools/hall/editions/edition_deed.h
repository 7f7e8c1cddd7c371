/* SPDX-License-Identifier: Apache-2.0
 *
 * What is done with editions of the catalogue and of systems (rules/edition.h), for hallctl, the staff's pages and the hall
 * itself. Each runs in the caller's transaction and writes down who did it, or was refused.
 */
#ifndef HALL_EDITION_DEED_H
#define HALL_EDITION_DEED_H

#include "tools/hall/editions/edition_files.h"
#include "tools/hall/store/store_edition.h"

#define EDITION_CHOSEN_MAX 4000 /* bytes of names with commas */

/* Somebody, and why. */
struct edition_by {
    const char *id, *name; /* id "": without an account */
    int office;
    const char *why;
    int64_t now;
};

/* What a further version must be above: the one that all have, and whatever some terminals have or may have by now, for none
 * ever goes back. */
int edition_above(struct store *s, const char *data, int64_t *ret_version, struct err *e);
/* What was signed elsewhere becomes an edition that waits for approval. Its files lie in DATA/public/files by then
 * (edition_files_take). -ERR_EXISTS: that version was brought before. */
int edition_enter(struct store *s, const struct manifest_catalog *c, const struct buf *manifest,
                  const struct buf *signatures, const struct edition_by *by, struct err *e);
/* A bundle that hallctl has put into DATA/public/system. -ERR_EXISTS: as system_publish() has it. */
struct system_release;
int edition_enter_system(struct store *s, const struct system_release *release, const struct edition_by *by, struct err *e);

struct edition_deed {
    const char *data;
    enum edition_kind kind;
    const char *name; /* of a system; its version is not looked at */
    enum edition_act act;
    int64_t version;
    int64_t seen; /* the row's seq that whoever presses looked at; 0: the words stand for themselves */
    struct edition_by by;
    /* ROLLOUT: */
    int next;           /* the stage */
    int64_t at;         /* not before; 0: now */
    const char *chosen; /* terminals with commas, beside those chosen before; NULL: none */
    int stop_after;     /* ROLLOUT, RESUME; 0: as it was, or one more than have refused it by now */
    bool damaged;       /* edition_prepare()'s */
};
/* Before edition_do(), and in no transaction, for it may read a file of hundreds of megabytes: is that as it was brought? */
int edition_prepare(struct store *s, struct edition_deed *d, struct err *e);
/* *ret_refusal other than EDITION_MAY: nothing was done but to write that down. -ERR_RETRY: as in writer.h. */
int edition_do(struct store *s, const struct edition_deed *d, enum edition_refusal *ret_refusal, struct edition_row *ret,
               struct err *e);

/* The system that terminals had, or were on the way to, when this one came (name "": none), and how many still wait for it
 * who are given it no more as soon as this one begins. */
struct edition_passed {
    char name[SYSTEM_VERSION_LEN + 1];
    int waits; /* 0, too, when this one has begun */
};
int edition_passes(struct store *s, const struct edition *ed, int64_t now, struct edition_passed *ret, struct err *e);

/* What failed on a terminal of a system is tried there once more. -ERR_NOTFOUND: there is no such terminal, or nothing
 * failed on it. */
int edition_again(struct store *s, const char *terminal, const struct edition_by *by, struct err *e);

/* What is due by itself: a stage that was ordered begins, refusals stop it, an edition that all were given meanwhile by
 * another way is over, and so is a system when a later one has begun. 1: *ret changed; 0: nothing did. */
int edition_step(struct store *s, enum edition_kind kind, const char *data, int64_t now, struct edition_row *ret,
                 struct err *e);
/* An edition that is CURRENT and not in DATA/public yet is put there. The version that is offered to all. No transaction is
 * needed: it is done again until it is done. */
int edition_settle(struct store *s, const char *data, int64_t *ret_version, struct err *e);

#endif
