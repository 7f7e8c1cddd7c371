/* SPDX-License-Identifier: Apache-2.0
 *
 * SHA-256 (FIPS 180-4), and HMAC with it (RFC 2104).
 */
#ifndef CRYPTO_HASH_H
#define CRYPTO_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define SHA256_LEN 32

void sha256(const void *data, size_t len, uint8_t out[SHA256_LEN]);
void hmac_sha256(const void *key, size_t key_len, const void *data, size_t len, uint8_t out[SHA256_LEN]);

/* In pieces. */
struct sha256;
struct sha256 *sha256_begin(void);
void sha256_add(struct sha256 *h, const void *data, size_t len);
void sha256_end(struct sha256 *h, uint8_t out[SHA256_LEN]); /* frees h */

/* Of a whole file, with its length in bytes, as long as it was when it was opened. -ERR_INVALID: not a regular file. */
int sha256_file(const char *path, uint8_t out[SHA256_LEN], uint64_t *ret_len, struct err *e);

#endif
