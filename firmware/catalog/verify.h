/* SPDX-License-Identifier: Apache-2.0
 *
 * Whom a terminal trusts, and whether a file is the one a manifest speaks of. Read-only; kiosk decides by it, and kiosk-sync
 * uses it so as not to hand over what kiosk would refuse.
 */
#ifndef CATALOG_VERIFY_H
#define CATALOG_VERIFY_H

#include "wire/manifest.h"

#define VERIFY_PINNED "pinned" /* DATA/catalog/pinned.json and *.sig: kiosk's copy of DATA/root.json and *.sig */

/* DATA/sync/incoming/newer.json and *.sig: the manifest of a catalogue for software of a higher level. kiosk-sync puts it
 * there alone, so that all that lies there of the one in use is still what that can be made of. */
#define VERIFY_NEWER "newer"

/* The newest root this terminal can show: DATA/root.json as pinned at enrolment (or the copy of it, when that is lost or
 * damaged), and those that kiosk chained on from it and keeps. A newer one may have been seen: installed.h.
 * -ERR_NOTFOUND: not enrolled. `ret_pin` (may be NULL): SHA-256 of DATA/root.json. */
int verify_root(const char *data_dir, struct manifest_root *ret, uint8_t ret_pin[SHA256_LEN], struct err *e);
/* The same for a version that was trusted before; what verified the installed catalogue stays good for it. -ERR_NOTFOUND. */
int verify_root_version(const char *data_dir, int64_t version, struct manifest_root *ret, struct err *e);
/* A manifest and the *.sig beside it: dir/name.json, dir/name.sig. *ret_raw (may be NULL) gets the bytes of both, to keep.
 */
struct verify_raw {
    struct buf json, sig;
};
int verify_read(const char *dir, const char *name, struct verify_raw *ret, struct err *e);
void verify_raw_finish(struct verify_raw *r);
/* Version and file of the installed catalogue, as its manifest says; kiosk-sync chooses a patch by it. -ERR_NOTFOUND. */
int verify_installed(const char *data_dir, int64_t *ret_version, struct manifest_file *ret, struct err *e);
/* Size and hash of a file. -ERR_NOTFOUND, -ERR_CHECKSUM. */
int verify_file(const char *path, const struct manifest_file *f, struct err *e);

#endif
