/* SPDX-License-Identifier: Apache-2.0
 *
 * What the terminal remembers of signed things: the highest versions it has seen, in DATA/catalog/state.json. Replaced in
 * one step, after all checks: it is what switches from one catalogue to the next. For update.c and verify.c only.
 */
#ifndef CATALOG_STATE_H
#define CATALOG_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "crypto/hash.h"

struct catalog_state {
    uint8_t pin[SHA256_LEN]; /* hash of DATA/root.json: another enrolment starts from nothing */
    int64_t root;            /* version of the newest root; the pinned one's version at first */
    int64_t catalogue;       /* installed version, 0: none */
    int64_t catalogue_root;  /* version of the root that verified it */
    int64_t min_version;
    int64_t head_root, head_catalogue; /* the versions of the newest head.json, which only rise */
    int64_t head_at_ms, head_expires_ms;
};

/* -ERR_NOTFOUND when there is none yet. */
int catalog_state_load(const char *data_dir, struct catalog_state *ret, struct err *e);
int catalog_state_save(const char *data_dir, const struct catalog_state *s, struct err *e);

/* DATA/catalog/<stem>.<version>.<suffix>; -ERR_TOOLONG. */
int catalog_state_path(char *out, size_t cap, const char *data_dir, const char *stem, int64_t version, const char *suffix,
                       struct err *e);

#endif
