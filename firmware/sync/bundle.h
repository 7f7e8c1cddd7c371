/* SPDX-License-Identifier: Apache-2.0
 *
 * A system's bundle, fetched into DATA/sync/system/VERSION.raucb: only those pieces (wire/pieces.h) that neither an earlier
 * download of it nor the bundle that was installed before has. So it is resumed where it was broken off, by a lost line or
 * by a power cut, and an update of one program costs little more than that program. It gets its name when the whole is what
 * the hall's order says. Reading and hashing are done a little at a time, beside everything else.
 */
#ifndef SYNC_BUNDLE_H
#define SYNC_BUNDLE_H

#include "base/loop.h"
#include "sync/http.h"
#include "wire/system.h"

struct bundle;
struct bundle_want {
    const char *data; /* DATA */
    const char *seed; /* a bundle from before; need not be there */
    char version[SYSTEM_VERSION_LEN + 1];
    int64_t size;
    uint8_t sha256[SHA256_LEN];
};
/* How it ended: 0: it is there. `final`: trying again would not help. `fetched`: bytes that came over the line. Called once,
 * from the loop; the bundle is freed afterwards. -ERR_NOSPACE: the disk has no room for it. */
typedef void bundle_done_fn(void *ctx, int rc, bool final, int64_t fetched, const struct err *e);
/* NULL: out of memory. Strings of `want` are copied. */
struct bundle *bundle_start(struct loop *l, struct http *h, const struct bundle_want *want, bundle_done_fn *done, void *ctx);
void bundle_cancel(struct bundle *b); /* done is not called; takes NULL */
/* It lies there whole. */
bool bundle_here(const char *data, const char *version);
/* Removes all of DATA/sync/system but this version's ("": all). */
void bundle_tidy(const char *data, const char *version);

#endif
