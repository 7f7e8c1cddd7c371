/* SPDX-License-Identifier: Apache-2.0
 *
 * What the verbs of `hallctl keys` share.
 */
#ifndef HALLCTL_KEYS_H
#define HALLCTL_KEYS_H

#include "tools/hallctl/hallctl.h"
#include "wire/manifest.h"

#define KEYS_YEAR_MS (INT64_C(86400000) * 365)

int keys_rotate(int argc, char **argv); /* keys_rotate.c */
int keys_status(int argc, char **argv); /* keys_status.c */
int keys_split(int argc, char **argv);  /* keys_share.c */
int keys_combine(int argc, char **argv);

/* root.json and root.sig of DATA/public, and root.<version>.* beside them, by which terminals that were away come along. The
 * versioned ones first: who sees the new root finds the way to it. */
int keys_publish_root(const char *data, int64_t version, const struct buf *json, const struct buf *sig, struct err *e);

#endif
