/* SPDX-License-Identifier: Apache-2.0
 *
 * P-256 keys (FIPS 186-4): as PEM files (PKCS#8 or SEC 1 private, SubjectPublicKeyInfo public) and as raw points.
 */
#ifndef CRYPTO_KEYS_H
#define CRYPTO_KEYS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define P256_POINT_LEN 65 /* SEC 1 uncompressed: 04 X Y */
#define P256_SCALAR_LEN 32

/* A private key in secret memory; opaque. */
struct private_key;

struct public_key {
    uint8_t point[P256_POINT_LEN];
};

int key_generate(struct private_key **ret, struct err *e);
/* Whatever else a PEM file holds (the certificate) is passed over. */
int key_load(const char *path, struct private_key **ret, struct err *e);
/* Appends PEM. */
int key_to_pem(const struct private_key *k, struct buf *out, struct err *e);
/* Writes PEM with the mode 0600, whole or not at all; refuses to overwrite (-ERR_EXISTS). */
int key_save(const struct private_key *k, const char *path, struct err *e);
/* From 32 bytes, for test vectors. */
int key_from_scalar(const uint8_t scalar[P256_SCALAR_LEN], struct private_key **ret, struct err *e);
/* A key whose number is kept elsewhere, in a token that does not give it away: agree() multiplies the peer's point by it
 * and gives the x coordinate, or an error. It opens what is sealed, and does nothing else (-ERR_KEY). `ctx` is borrowed. */
typedef int key_agree_fn(void *ctx, const struct public_key *peer, uint8_t out[P256_SCALAR_LEN], struct err *e);
int key_elsewhere(const struct public_key *public, key_agree_fn *agree, void *ctx, struct private_key **ret, struct err *e);
void key_free(struct private_key *k); /* wipes; takes NULL */
void key_public(const struct private_key *k, struct public_key *ret);

/* Checks that the point is on the curve and not infinity: -ERR_KEY. */
int public_key_check(const struct public_key *k, struct err *e);
int public_key_load(const char *path, struct public_key *ret, struct err *e);
int public_key_save(const struct public_key *k, const char *path, struct err *e);
/* First 8 bytes of SHA-256 of the 65-byte point: names the key. */
void public_key_id(const struct public_key *k, uint8_t out[8]);

#endif
