/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside update.c: taking a file over from a folder somebody else writes, and remembering what was refused.
 */
#ifndef CATALOG_UPDATE_COPY_H
#define CATALOG_UPDATE_COPY_H

#include <stdbool.h>

#include "wire/manifest.h"

/* Copies from → to while hashing, then fsync: what was checked is what is kept, whatever happens to `from` meanwhile.
 * -ERR_CHECKSUM: other size or hash; `to` is then removed, as after any error. */
int update_copy(const char *from, const char *to, const struct manifest_file *f, struct err *e);

/* One value for all that lies in incoming but the head, and for the level of this software, which may refuse what a later
 * one takes: the bytes of the manifests, inode, size and time of the other files.
 * false: there is nothing. */
bool update_fingerprint(const char *incoming, uint8_t out[SHA256_LEN]);
/* Remembers these files as refused, and which version must be fetched whole because its patch is of no use (0: none). */
void update_refuse(const char *folder, const uint8_t fingerprint[SHA256_LEN], int64_t whole);
bool update_refused(const char *folder, const uint8_t fingerprint[SHA256_LEN], int64_t *ret_whole);

#endif
