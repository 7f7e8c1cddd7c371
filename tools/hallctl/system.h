/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of `hallctl system` share: system.c has the command, system_publish.c and system_signer.c take bundles in,
 * system_status.c lists terminals and why each is where it is.
 */
#ifndef HALLCTL_SYSTEM_H
#define HALLCTL_SYSTEM_H

#include "tools/hall/store/store_system.h"

/* Copies the bundle and makes its list of pieces in DIR/public/system; fills *ret. The caller holds that folder
 * (edition_files_hold()) until the release has its row. A published bundle that was damaged is put right so. -ERR_INVALID:
 * no bundle of RAUC's that says its version; -ERR_EXISTS: as system_publish() has it. Its signature is for the terminals to
 * verify. */
int system_take(struct store *s, const char *data, const char *bundle, struct system_release *ret, struct err *e);
/* The common name of who signed, as the signature (CMS) says; "": it does not. Not verified: terminals do that. */
void system_signer(const void *cms, size_t len, char *out, size_t cap);
/* Prints the versions, and of each terminal how far it is. */
int system_status(struct store *s, bool json, struct err *e);

#endif
