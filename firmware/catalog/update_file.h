/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside update.c: how a verified manifest's file comes into DATA/catalog/, and what is cleared out there.
 */
#ifndef CATALOG_UPDATE_FILE_H
#define CATALOG_UPDATE_FILE_H

#include <stdbool.h>

#include "catalog/state.h"
#include "wire/manifest.h"

/* Makes DATA/catalog/catalog.N.db of what lies in `incoming`: the whole file, or a patch to it from one that is
 * still kept. Durable and checked to its last page when it returns 0. -ERR_CHECKSUM and others: see update_copy and
 * patch_apply; -ERR_NOTFOUND: neither lies there. */
int update_file_make(const char *data_dir, const char *incoming, const struct manifest_catalog *c, bool *ret_patched,
                     struct err *e);

/* Removes from DATA/catalog the files of all catalogues but the newest and the one before it, and what a power cut left half
 * done. Roots stay: each proves the next. Left-overs cost space, nothing else. */
void update_file_tidy(const char *data_dir, int64_t newest);

#endif
