/* SPDX-License-Identifier: Apache-2.0
 *
 * A private key in five shares of which any three give it back and two say nothing of it (Shamir's scheme over GF(2^8), by
 * libgfshare). A share is one line that can be printed and typed:
 *   tongban-share-1 <key id, 16 hex> <number, 1..5> <64 hex> <8 hex>
 * The last word is the beginning of the SHA-256 of what stands before it, so that a mistyped share is told; the key id names
 * the key, so that shares that do not belong together are told too.
 */
#ifndef CRYPTO_SHARE_H
#define CRYPTO_SHARE_H

#include "crypto/keys.h"

#define SHARES 5
#define SHARES_NEEDED 3
#define SHARE_LINE_MAX 128 /* with NUL */

struct share { /* a secret: wipe it */
    uint8_t id[8];
    int number;
    uint8_t bytes[P256_SCALAR_LEN];
};

void share_split(const struct private_key *k, struct share ret[SHARES]);
/* -ERR_INVALID: one stands twice, or they are of several keys; -ERR_KEY: what they give is not the key that they name. */
int share_combine(const struct share s[SHARES_NEEDED], struct private_key **ret, struct err *e);

void share_format(const struct share *s, char out[SHARE_LINE_MAX]);
/* Takes any bytes; blanks around and a line end are passed over. -ERR_INVALID, -ERR_CHECKSUM: something was mistyped. */
int share_parse(const char *text, size_t len, struct share *ret, struct err *e);

#endif
