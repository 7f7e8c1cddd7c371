/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of `hallctl system` share: system.c has the command, system_publish.c takes bundles in, system_status.c
 * lists terminals and why each is where it is.
 */
#ifndef HALLCTL_SYSTEM_H
#define HALLCTL_SYSTEM_H

#include "tools/hall/store/store_system.h"

/* Copies the bundle and makes its list of pieces in DIR/public/system; fills *ret. -ERR_INVALID: no bundle of RAUC's that
 * says its version. Its signature is for the terminals to verify. */
int system_take(const char *data, const char *bundle, struct system_release *ret, struct err *e);
/* Prints the rollout and all terminals. */
int system_status(struct store *s, bool json, struct err *e);

#endif
