/* SPDX-License-Identifier: Apache-2.0
 *
 * Patches between published catalogues, for terminals that have an older one (wire/patch.h).
 */
#ifndef HALLCTL_CATALOG_PATCH_H
#define HALLCTL_CATALOG_PATCH_H

#include "wire/manifest.h"

/* Writes the patch from `base` to `file`; the same two files make the same bytes. *ret_size: its bytes. */
int patch_make(const char *base, const char *file, const char *out, int64_t *ret_size, struct err *e);

/* Makes a patch in `staging` from each of the last MANIFEST_PATCHES_MAX catalogues of files/ to `file`, which *c describes,
 * and enters those that save something into *c. */
int patch_make_all(const char *file, const char *files, const char *staging, struct manifest_catalog *c, struct err *e);
/* Does each patch that *c names lie in `staging`, and make exactly the file? */
int patch_check_all(const char *files, const char *staging, const struct manifest_catalog *c, struct err *e);
/* Moves the patches of *c to files/, and removes there the catalogues and patches nobody will ask for any more. */
int patch_publish(const char *staging, const char *files, const struct manifest_catalog *c, struct err *e);

#endif
