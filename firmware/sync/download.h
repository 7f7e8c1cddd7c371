/* SPDX-License-Identifier: Apache-2.0
 *
 * One published catalogue: the signed files, MANIFEST_MAX bytes each at most, and when the catalogue's manifest is signed by
 * whom this terminal trusts, the large file it names or a patch to it, never more bytes than it says. That is resumed from
 * DATA/sync/download/, and moved into DATA/sync/incoming/ when it is whole, the manifests last.
 */
#ifndef SYNC_DOWNLOAD_H
#define SYNC_DOWNLOAD_H

#include <stdbool.h>

#include "sync/http.h"

struct download;

/* How it ended. `final`: trying the same again would not help (the hall says 4xx, or sends nonsense). `news`: something in
 * incoming is not what it was. Called once, from the loop; the download is freed afterwards. rc 0: complete. */
typedef void download_done_fn(void *ctx, int rc, bool final, bool news, const struct err *e);

/* DOWNLOAD_HEAD: only root and head, which is what stands there when no catalogue is published. DOWNLOAD_CATALOGUE: that and
 * the catalogue, as a patch when there is one from the installed catalogue, and whole when the patch is missing or not what
 * the manifest says. DOWNLOAD_WHOLE: never as a patch. */
/* A catalogue that needs software of a higher level is not fetched: its manifest alone is put into incoming (VERIFY_NEWER),
 * for kiosk to tell of. */
enum download_what { DOWNLOAD_HEAD, DOWNLOAD_CATALOGUE, DOWNLOAD_WHOLE };
/* NULL: out of memory. */
struct download *download_start(struct http *h, const char *data_dir, enum download_what what, download_done_fn *done,
                                void *ctx);
/* The manifest of such a catalogue lies there, and by now this software has the level. */
bool download_fits_now(const char *data_dir);
void download_cancel(struct download *d); /* done is not called; takes NULL */

#endif
