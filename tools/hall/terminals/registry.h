/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminals in memory: looked up at every request, so that a revoked certificate is refused at once. The loop's thread
 * only.
 */
#ifndef HALL_REGISTRY_H
#define HALL_REGISTRY_H

#include "tools/hall/keys/pki.h"
#include "tools/hall/store/terminal.h"
#include "wire/health.h"

struct registry;

struct registry_entry {
    struct terminal terminal;
    struct evp_pkey_st *verifier;    /* of the signing key; NULL until registered */
    int64_t health_stored_ms;        /* monotonic; when the last report went to disk */
    char warnings[HEALTH_WORDS_MAX]; /* of the last report, with commas */
};

int registry_create(struct store *s, struct registry **ret, struct err *e); /* loads all */
void registry_destroy(struct registry *r);                                  /* takes NULL */
/* NULL: unknown. Valid until the registry is destroyed; its content changes by registry_put. */
struct registry_entry *registry_find(struct registry *r, const char *id);
/* Adds or replaces after a row changed. */
struct registry_entry *registry_put(struct registry *r, const struct terminal *t);

#endif
