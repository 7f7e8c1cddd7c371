/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of editions: those that wait in a folder, those in DATA/public/files, and what lies in DATA/public for all.
 */
#ifndef HALL_EDITION_FILES_H
#define HALL_EDITION_FILES_H

#include "catalog/verify.h"
#include "tools/hall/rules/edition.h"
#include "wire/manifest.h"

/* The newest root the hall offers; terminals come to it from the one they have. */
int edition_files_root(const char *data, struct manifest_root *ret, struct err *e);
/* The version that is offered to all; 0: none is. Its signature may be of keys that a newer root has replaced: the number
 * counts all the same. */
int edition_files_offered(const char *data, int64_t *ret_version, struct err *e);
/* What is signed, by the hall's newest root and the clock, and above `above`: no file is looked at. -ERR_SIGNATURE,
 * -ERR_INVALID; -ERR_VERSION: not above, or for a higher level than this software's; -ERR_EXPIRED. */
int edition_files_signed(const struct manifest_root *root, int64_t above, const void *manifest, size_t manifest_len,
                         const void *signatures, size_t signatures_len, struct manifest_catalog *ret, struct err *e);
/* All that a manifest names lies in `dir`. -ERR_NOTFOUND, -ERR_CHECKSUM. */
int edition_files_there(const char *dir, const struct manifest_catalog *c, struct err *e);
/* One brings at a time, or publishes, in whichever process: else the files of one would stand under the number of another.
 * From judging that the number is free to having entered it; ends with close(*ret_fd). -ERR_BUSY: somebody else does. */
int edition_files_hold(const char *data, enum edition_kind kind, int *ret_fd, struct err *e);
/* Copies them from `dir` into DATA/public/files, verified on the way; the caller holds. */
int edition_files_take(const char *data, const char *dir, const struct manifest_catalog *c, struct err *e);
/* Offers it to all: signature before what it signs, `version` last, so that whoever follows the version finds all of it. */
int edition_files_publish(const char *data, const struct manifest_catalog *c, const struct buf *manifest,
                          const struct buf *signatures, struct err *e);

#endif
