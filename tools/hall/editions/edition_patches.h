/* SPDX-License-Identifier: Apache-2.0
 *
 * Which catalogues and patches lie in a folder, by their names.
 */
#ifndef HALL_EDITION_PATCHES_H
#define HALL_EDITION_PATCHES_H

#include "wire/manifest.h"

/* "catalog-41-42.patch" */
void edition_patch_name(int64_t from, int64_t to, char out[MANIFEST_NAME_MAX + 1]);
/* The newest catalogues of the folder below `below`, newest first. */
size_t edition_bases(const char *files, int64_t below, int64_t ret[MANIFEST_PATCHES_MAX]);
/* `version` is offered to all: removes what nobody will ask for any more. Kept are that catalogue, those a patch may start
 * from, all above; the patches to it, and to the one before, which a terminal may be in the middle of. */
void edition_prune(const char *files, int64_t version);

#endif
