/* SPDX-License-Identifier: Apache-2.0
 *
 * The X.509 side of enrolment: PKCS#10 out (RFC 2986), certs-only PKCS#7 in (RFC 5652), both base64 as EST carries them. By
 * OpenSSL, which libcurl brings along; this file is its only user in the firmware.
 */
#ifndef SYNC_ENROL_CERT_H
#define SYNC_ENROL_CERT_H

#include "base/buf.h"
#include "base/err.h"
#include "crypto/hash.h"

/* A certificate request for a private key (PEM); base64 is appended to out. */
int enrol_cert_request(const struct buf *key, const char *common_name, struct buf *out, struct err *e);
/* The one certificate with this SHA-256 (of its DER) out of a certs-only answer, as PEM. -ERR_NOTFOUND. */
int enrol_cert_pick_hash(const void *p7, size_t len, const uint8_t sha256[SHA256_LEN], struct buf *out, struct err *e);
/* The one that belongs to the private key (PEM). -ERR_NOTFOUND. */
int enrol_cert_pick_key(const void *p7, size_t len, const struct buf *key, struct buf *out, struct err *e);
/* The validity of the first certificate in PEM text, in Unix milliseconds. */
int enrol_cert_dates(const struct buf *pem, int64_t *ret_from_ms, int64_t *ret_ends_ms, struct err *e);

#endif
