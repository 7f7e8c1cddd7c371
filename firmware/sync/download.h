/* SPDX-License-Identifier: Apache-2.0
 *
 * One published catalogue: the signed files, then the large one, resumed from DATA/sync/download/ and moved into
 * DATA/sync/incoming/ with the manifests last.
 */
#ifndef SYNC_DOWNLOAD_H
#define SYNC_DOWNLOAD_H

#include <stdbool.h>

#include "sync/http.h"

struct download;

/* How it ended. `final`: trying the same again would not help (the hall says 4xx, or sends nonsense). Called once, from the
 * loop; the download is freed afterwards. rc 0: complete. */
typedef void download_done_fn(void *ctx, int rc, bool final, const struct err *e);
/* NULL: out of memory. `catalogue` false: only root and head, which is what stands there when none is published. */
struct download *download_start(struct http *h, const char *data_dir, bool catalogue, download_done_fn *done, void *ctx);
void download_cancel(struct download *d); /* done is not called; takes NULL */

#endif
