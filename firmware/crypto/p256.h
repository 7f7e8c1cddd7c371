/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by keys, sign and seal, and by nobody else: the curve as mbedTLS sees it.
 */
#ifndef CRYPTO_P256_H
#define CRYPTO_P256_H

#include <mbedtls/ecp.h>

#include "crypto/keys.h"

/* Fields of mbedTLS's structs that 3.x renamed and 2.28 did not. */
#ifndef MBEDTLS_PRIVATE
#define MBEDTLS_PRIVATE(member) member
#endif

struct private_key { /* in memory from secret_alloc */
    uint8_t scalar[P256_SCALAR_LEN];
    struct public_key public;
    key_agree_fn *agree; /* NULL: the scalar is here */
    void *ctx;
};

/* The curve, loaded once with the multiples of its base point. Read-only afterwards: usable from any thread. */
mbedtls_ecp_group *p256_group(void);
/* The point of a key; `ret` is initialised by the caller. -ERR_KEY: not on the curve, or infinity. */
int p256_point(const struct public_key *k, mbedtls_ecp_point *ret, struct err *e);
/* The scalar of a key; mbedtls_mpi_free wipes it. */
int p256_scalar(const struct private_key *k, mbedtls_mpi *ret, struct err *e);
/* mbedTLS's code as one of ours: out of memory is told apart, all else becomes `code`. */
int p256_err(struct err *e, enum err_code code, int mbedtls_rc, const char *clause);

#endif
