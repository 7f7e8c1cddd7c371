/* SPDX-License-Identifier: Apache-2.0
 *
 * The register of electronic licences, and what the platform said when it was asked in a case. Whose a licence is stands
 * here as the blind index alone (open/blind.h), its number masked; both tell nobody who it is. A person's licences are of no
 * office: the whole hall has one register. Each function runs in the caller's transaction.
 */
#ifndef HALL_STORE_LICENCE_H
#define HALL_STORE_LICENCE_H

#include "tools/hall/rules/licence.h"
#include "tools/hall/store/store.h"

/* -ERR_NOTFOUND: the register does not have it. */
int licence_find(struct store *s, const uint8_t id[LICENCE_ID_LEN], struct licence *ret, struct err *e);
/* New, or in place of what was known of it. `idx`: its holder's. */
int licence_put(struct store *s, const uint8_t idx[SHA256_LEN], const struct licence *l, struct err *e);
/* State, reason and who it was revoked by alone, of one that is there. */
int licence_set(struct store *s, const struct licence *l, struct err *e);
/* What the platform said of a person's licences of one kind before, but for what was revoked here: an answer replaces it. */
int licence_forget(struct store *s, const uint8_t idx[SHA256_LEN], const char *kind, struct err *e);

typedef int licence_fn(void *ctx, const struct licence *l); /* non-zero stops */
/* A person's, by kind and id; all, by kind and id, of one kind where that is not NULL. */
int licence_each_of(struct store *s, const uint8_t idx[SHA256_LEN], licence_fn *fn, void *ctx, struct err *e);
int licence_each(struct store *s, const char *kind, licence_fn *fn, void *ctx, struct err *e);

/* What came of asking: the last time counts, of each kind in a case. */
int licence_check_put(struct store *s, int office, const char *number, const struct licence_check *c, struct err *e);
typedef void licence_check_fn(void *ctx, const struct licence_check *c);
int licence_check_each(struct store *s, int office, const char *number, licence_check_fn *fn, void *ctx, struct err *e);

#endif
