/* SPDX-License-Identifier: Apache-2.0
 *
 * What the terminal remembers of signed things: the highest versions it has seen. Kept twice, in DATA/catalog/state.json and
 * DATA/catalog-seen.json, each a JSON object and in the next line the SHA-256 of the first, so that one wrong bit is no
 * other number. Replaced in one step each, after all checks: it is what switches from one catalogue to the next. What both
 * copies have lost, installed.c finds again in the signed files. For installed.c, update.c and verify.c only.
 *
 *     {"v":2,"pin":hex,"root":n,"catalogue":n,"min_version":n,"head_root":n,"head_catalogue":n,"head_at":ms,"head_expires":ms}
 *     SHA-256 of that line without its end, in hexadecimal
 *
 * Version 1 is read too: no second line, one more number ("catalogue_root", of no use any more), and no head_* before the
 * first head.
 */
#ifndef CATALOG_STATE_H
#define CATALOG_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "crypto/hash.h"

#define CATALOG_STATE_MAX 1024 /* bytes of a copy */

struct catalog_state {
    uint8_t pin[SHA256_LEN]; /* hash of DATA/root.json: another enrolment starts from nothing */
    int64_t root;            /* version of the newest root */
    int64_t catalogue;       /* the newest that was installed, 0: none */
    int64_t min_version;
    int64_t head_root, head_catalogue; /* the versions of the newest head.json, which only rise */
    int64_t head_at_ms, head_expires_ms;
};

int catalog_state_encode(const struct catalog_state *s, struct buf *out, struct err *e);
/* *ret is untouched on failure. -ERR_CHECKSUM: the line and its hash do not belong together. */
int catalog_state_decode(const void *data, size_t len, struct catalog_state *ret, struct err *e);

/* The highest numbers of both copies. `pin`: only of those that speak of this root; NULL: whatever the first one speaks of.
 * *ret_same (may be NULL): both are there and say the same. -ERR_NOTFOUND: no copy is there; or why none can be read. */
int catalog_state_load(const char *data_dir, const uint8_t *pin, struct catalog_state *ret, bool *ret_same, struct err *e);
int catalog_state_save(const char *data_dir, const struct catalog_state *s, struct err *e);

/* DATA/catalog/<stem>.<version>.<suffix>; -ERR_TOOLONG. */
int catalog_state_path(char *out, size_t cap, const char *data_dir, const char *stem, int64_t version, const char *suffix,
                       struct err *e);

#endif
