/* SPDX-License-Identifier: Apache-2.0
 *
 * A slow hash for what can be guessed: PINs, and card numbers that must be recognised without being stored. PBKDF2 with
 * HMAC-SHA-256 (RFC 8018, 5.2).
 */
#ifndef CRYPTO_PASSWORD_H
#define CRYPTO_PASSWORD_H

#include <stddef.h>
#include <stdint.h>

#define PASSWORD_SALT_LEN 16
#define PASSWORD_HASH_LEN 32
#define PASSWORD_ROUNDS_MIN 1000 /* a list that asks for fewer is refused */
#define PASSWORD_ROUNDS_MAX 5000000

/* Takes as long as `rounds` says: about 0.3 s for a million on a machine with SHA instructions. */
void password_hash(const void *secret, size_t len, const uint8_t salt[PASSWORD_SALT_LEN], int rounds,
                   uint8_t out[PASSWORD_HASH_LEN]);

#endif
