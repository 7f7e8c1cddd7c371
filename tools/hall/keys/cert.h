/* SPDX-License-Identifier: Apache-2.0
 *
 * How the hall makes X.509 certificates (RFC 5280) and keeps their files; what for is said in pki.c and pki_files.c. For
 * these two only. All dates are of base/clock.
 */
#ifndef HALL_CERT_H
#define HALL_CERT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "tools/hall/keys/openssl.h"

#define CERT_PATH_MAX 512

/* Sets *e from OpenSSL's own words; returns -ERR_KEY. */
int cert_fail(struct err *e, const char *what);

struct cert_extension {
    int nid; /* 0 ends a list */
    const char *value;
};
/* A v3 certificate, for `days`, or with `test` for 2000–2099. `issuer` NULL: signed by itself; else it ends at the latest
 * with its issuer. The names are the subject's CN and O (may be NULL). NULL on failure. Owned. */
struct cert_of {
    EVP_PKEY *key;
    const char *common, *organisation;
    bool test;
    int days;
    const struct cert_extension *extensions;
};
X509 *cert_make(const struct cert_of *of, X509 *issuer, EVP_PKEY *issuer_key);
bool cert_is_test(X509 *ca); /* made with `test` */

/* Unix milliseconds; 0 when it cannot be read. */
int64_t cert_from_ms(const X509 *x);
int64_t cert_ends_ms(const X509 *x);

/* Appends DER. */
int cert_der(X509 *x, struct buf *out, struct err *e);

/* NULL: there is none that can be read. Owned. */
EVP_PKEY *cert_read_key(const char *path);
X509 *cert_read(const char *path);
/* PEM, whole or not at all. `key_pem` (may be NULL) stands before the certificate, and then only the owner may read it. */
int cert_write(const char *path, X509 *x, const struct buf *key_pem, struct err *e);

#endif
