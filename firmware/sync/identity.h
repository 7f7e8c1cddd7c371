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
/* Also ends the key of identity_next_key(). */
int identity_save(const char *data_dir, const struct buf *key, const struct buf *cert, struct err *e);
/* The key (PEM) that the next certificate is asked for with: DATA/sync/tls.next.pem, made at the first call and the same
 * until identity_save(), so that all requests that power cuts leave on their way ask for one certificate. `out` is
 * initialised. */
int identity_next_key(const char *data_dir, struct buf *out, struct err *e);
/* For a certificate that is of no use: the next request gets a key of its own. */
void identity_forget_next(const char *data_dir);
/* Where the certificate begins in what was loaded. */
size_t identity_split(const struct buf *pem);

#endif
