/* SPDX-License-Identifier: Apache-2.0
 *
 * What a simulated terminal shows at the door: a TLS key of its own, the certificate for it, and the session of its last
 * connection, by which the next one is resumed, as libcurl does it.
 */
#ifndef FLEET_CREDENTIAL_H
#define FLEET_CREDENTIAL_H

#include "base/buf.h"
#include "base/err.h"

struct ssl_st;
struct ssl_session_st;
struct credential;

/* A new key; *request gets its PKCS#10 (DER). */
int credential_create(struct credential **ret, struct buf *request, struct err *e);
void credential_destroy(struct credential *c); /* takes NULL */
/* The certificate for its key, as DER. */
int credential_certify(struct credential *c, const void *der, size_t len, struct err *e);

/* For link.c: shows it on a connection that begins; takes a session over for the next one. */
int credential_show(struct credential *c, struct ssl_st *ssl);
void credential_keep(struct credential *c, struct ssl_session_st *session);

#endif
