/* SPDX-License-Identifier: Apache-2.0
 *
 * Makes a new catalogue file of the old one and a patch (wire/patch.h).
 */
#ifndef CATALOG_PATCH_H
#define CATALOG_PATCH_H

#include "wire/manifest.h"
#include "wire/patch.h"

/* Writes `to` piece by piece while hashing, then fsync. Memory: one piece packed and one unpacked, whatever the files'
 * size; of the old file only the pages it refers to are mapped in. `f` is what must come out: -ERR_CHECKSUM when it does
 * not, or when the patch is for another file; `to` is then removed, as after any error. The old file is read through a
 * mapping: a disk that cannot read it ends the process by SIGBUS, so call it in one that may end. */
int patch_apply(const char *patch, const char *base, const char *to, const struct manifest_file *f, struct err *e);

/* One piece, for those who have all of it in memory: unpacks `packed` with `prefix` into out, p->len bytes.
 * -ERR_CHECKSUM. */
struct ZSTD_DCtx_s;
int patch_unpack(struct ZSTD_DCtx_s *z, const struct patch_piece *p, const void *prefix, const void *packed, void *out,
                 struct err *e);

#endif
