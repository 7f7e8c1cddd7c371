/* SPDX-License-Identifier: Apache-2.0
 *
 * The only source of randomness: getrandom(2). Tests may replace it.
 */
#ifndef CRYPTO_RANDOM_H
#define CRYPTO_RANDOM_H

#include <stddef.h>

/* Fills out; aborts when the kernel has none to give (never after boot). */
void random_bytes(void *out, size_t len);
/* mbedTLS's callback shape over random_bytes. */
int random_mbedtls(void *ctx, unsigned char *out, size_t len);

#endif
