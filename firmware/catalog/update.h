/* SPDX-License-Identifier: Apache-2.0
 *
 * Verifies what kiosk-sync downloaded and installs it: signatures up from the root, versions never below one seen before,
 * hash of the file while copying it into DATA/catalog/, which only kiosk writes. Works between visits only; the caller sees
 * to that. State (highest versions seen) is stored only after all checks.
 */
#ifndef CATALOG_UPDATE_H
#define CATALOG_UPDATE_H

#include "base/err.h"
#include "crypto/keys.h"

#include <stdbool.h>

/* Checks the installed catalogue against the recorded manifest (signature, version, size; not the whole hash) and gives
 * its path. -ERR_NOTFOUND: none installed yet. `path` holds 512 bytes. */
int update_current(const char *data_dir, char *path, int *ret_version, struct err *e);
/* Looks into DATA/sync/incoming for root.json (optional, one version above), catalog.json, their *.sig and the file the
 * manifest names. *ret_changed true when a newer root or catalogue was verified and installed: load key and catalogue
 * anew. A refused one is removed from there by nobody (kiosk cannot write there) but not looked at again: it is remembered
 * by hash, so the second call gives 0. Blocks as long as reading and writing the catalogue takes. -ERR_NOSPACE and
 * -ERR_IO are worth another try, with the same files. */
int update_install(const char *data_dir, bool *ret_changed, struct err *e);
/* The hall's sealing key from the newest signed root; -ERR_NOTFOUND, -ERR_SIGNATURE, -ERR_EXPIRED. */
int update_sealing_key(const char *data_dir, struct public_key *ret, struct err *e);

#endif
