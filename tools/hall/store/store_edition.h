/* SPDX-License-Identifier: Apache-2.0
 *
 * Editions (rules/edition.h): of the catalogue with their signed manifests, and of systems, whose files store_system.h
 * knows; the terminals chosen for each, and what each terminal says of its catalogue. Each function runs in the caller's
 * transaction.
 */
#ifndef HALL_STORE_EDITION_H
#define HALL_STORE_EDITION_H

#include "base/buf.h"
#include "model/place.h"
#include "tools/hall/rules/account.h"
#include "tools/hall/rules/edition.h"
#include "tools/hall/store/store.h"

#define EDITION_WHY_MAX 200 /* bytes of a reason, in one line */

struct edition_row {
    struct edition edition;
    int64_t seq;                                                        /* of its changes */
    char brought_id[ACCOUNT_ID_MAX + 1], brought_by[CASE_NAME_MAX + 1]; /* id "": somebody without an account */
    char approved_by[CASE_NAME_MAX + 1], changed_by[CASE_NAME_MAX + 1]; /* "": nobody yet */
    int64_t brought, approved, changed;
    char why[EDITION_WHY_MAX + 1]; /* of the last change, in words */
};
/* Of the catalogue, with catalog.json and catalog.sig as they were signed. -ERR_EXISTS: that version was brought before. */
int edition_add(struct store *s, const struct edition_row *r, const struct buf *manifest, const struct buf *signatures,
                struct err *e);
/* -ERR_NOTFOUND */
int edition_read(struct store *s, enum edition_kind kind, int64_t version, struct edition_row *ret, struct err *e);
/* Of the catalogue: appends both; either may be NULL. */
int edition_signed(struct store *s, int64_t version, struct buf *manifest, struct buf *signatures, struct err *e);
/* As it was read, and changed since: seq is raised. -ERR_RETRY: another was faster. */
int edition_put(struct store *s, struct edition_row *r, struct err *e);
/* Those above `above`, the highest first; non-zero stops. */
typedef int edition_fn(void *ctx, const struct edition_row *r);
int edition_each(struct store *s, enum edition_kind kind, int64_t above, edition_fn *fn, void *ctx, struct err *e);
/* The one that is being rolled out, paused or stopped; 0: none is. A system that goes to all keeps no later one waiting. */
int edition_running(struct store *s, enum edition_kind kind, int64_t *ret_version, struct err *e);

/* 1; 0: the hall has no such terminal. *ret_reached: it has a certificate, so that an edition can come to it. */
int edition_knows(struct store *s, const char *terminal, bool *ret_reached, struct err *e);
/* -ERR_NOTFOUND: as above. Twice is no error. */
int edition_choose(struct store *s, const struct edition *ed, const char *terminal, struct err *e);
int edition_each_chosen(struct store *s, const struct edition *ed, int (*fn)(void *ctx, const char *terminal), void *ctx,
                        struct err *e);

/* --- what terminals say --- */

struct edition_heard {
    int64_t catalogue,
        refused; /* refused 0: nothing new; what it refused before stands until it has that, or a higher one */
    int level;
    char why[32]; /* a word: wire/health.h */
    int64_t at;
};
int edition_hear(struct store *s, int office, const char *terminal, const struct edition_heard *h, struct err *e);

struct edition_seen {
    int office;
    char id[TERMINAL_ID_MAX + 1];
    struct place place;
    struct edition_heard heard;   /* at 0: never */
    struct edition_terminal rule; /* its id points to the above */
};
/* All that have a certificate, by office and name, as that edition of the catalogue sees them: a revoked one is waited for
 * by nobody. Non-zero stops. */
typedef int edition_seen_fn(void *ctx, const struct edition_seen *t);
int edition_each_terminal(struct store *s, int64_t version, edition_seen_fn *fn, void *ctx, struct err *e);
/* Of either kind. */
int edition_count(struct store *s, const struct edition *ed, int64_t now, struct edition_figures *ret, struct err *e);

#endif
