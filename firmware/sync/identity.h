/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminal's TLS key and its certificate: one file, DATA/sync/tls.pem, so that whatever a power cut leaves is a pair. A
 * terminal enrolled earlier has its certificate in tls.crt beside it until it renews.
 */
#ifndef SYNC_IDENTITY_H
#define SYNC_IDENTITY_H

#include "base/buf.h"
#include "base/err.h"

#define IDENTITY_MAX 16384

/* Key and certificate as PEM, one after the other; `out` is initialised. -ERR_NOTFOUND, -ERR_KEY. */
int identity_load(const char *data_dir, struct buf *out, struct err *e);
int identity_save(const char *data_dir, const struct buf *key, const struct buf *cert, struct err *e);
/* Where the certificate begins in what was loaded. */
size_t identity_split(const struct buf *pem);

#endif
