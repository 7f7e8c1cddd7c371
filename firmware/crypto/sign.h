/* SPDX-License-Identifier: Apache-2.0
 *
 * ECDSA over P-256 with SHA-256 (FIPS 186-4; deterministic nonces, RFC 6979). Signatures are DER (RFC 3279 2.2.3). The
 * message is always prefixed with a line that binds its type, e.g. "tongban-head-v1\n".
 */
#ifndef CRYPTO_SIGN_H
#define CRYPTO_SIGN_H

#include <stddef.h>
#include <stdint.h>

#include "crypto/keys.h"

#define SIGNATURE_MAX 72

int sign_message(const struct private_key *k, const char *prefix, const void *msg, size_t len, uint8_t out[SIGNATURE_MAX],
                 size_t *ret_len, struct err *e);
/* 0, or -ERR_SIGNATURE. */
int verify_message(const struct public_key *k, const char *prefix, const void *msg, size_t len, const uint8_t *sig,
                   size_t sig_len, struct err *e);

#endif
