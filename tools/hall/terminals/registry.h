/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminals in memory: looked up at every request. A cache: what this hall changes it puts here at once, what another
 * one or hallctl changes within a second, by the revisions of offices. The loop's thread only.
 */
#ifndef HALL_REGISTRY_H
#define HALL_REGISTRY_H

#include "tools/hall/keys/pki.h"
#include "tools/hall/rules/asking.h"
#include "tools/hall/store/reader.h"
#include "tools/hall/store/terminal.h"
#include "wire/health.h"

struct registry;

struct registry_entry {
    struct terminal terminal;        /* `stored` may be behind: store_move() compares */
    uint64_t stamp;                  /* of its last change here */
    struct evp_pkey_st *verifier;    /* of the signing key; NULL until registered */
    int64_t health_stored_ms;        /* monotonic; when the last report went to disk */
    int64_t catalogue;               /* the highest that it is known to have; 0: none is known */
    uint8_t health_stored[8];        /* and what it said of devices, service and warnings, as a hash */
    char warnings[HEALTH_WORDS_MAX]; /* of the last report, with commas */
    struct asking_rate asking;       /* of its questions */
};

/* Loads all from `s`, which is borrowed for the call; then looks once a second by way of `reader`. changed() is told what an
 * entry was and is by then; `before` NULL: it is new. */
typedef void registry_changed_fn(void *ctx, const struct terminal *before, const struct terminal *now);
int registry_create(struct event_base *base, struct store *s, struct reader *reader, registry_changed_fn *changed, void *ctx,
                    struct registry **ret, struct err *e);
void registry_destroy(struct registry *r); /* after the reader; takes NULL */
/* Something may have changed: looks without waiting for the second. */
void registry_check(struct registry *r);
/* NULL: unknown. Valid until the registry is destroyed; its content changes by registry_put. */
struct registry_entry *registry_find(struct registry *r, const char *id);
/* Adds or replaces after a row changed. */
struct registry_entry *registry_put(struct registry *r, const struct terminal *t);
/* The entry was changed in place: what is being read just now is older. */
void registry_touch(struct registry *r, struct registry_entry *entry);

#endif
