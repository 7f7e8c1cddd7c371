/* SPDX-License-Identifier: Apache-2.0
 *
 * See password.h. mbedTLS 2.28 has the call by context alone, 3.6 deprecates it for one by digest.
 */
#include "crypto/password.h"

#include <stdlib.h>

#include <mbedtls/md.h>
#include <mbedtls/pkcs5.h>
#include <mbedtls/version.h>

#include "base/must.h"

static int derive(const void *secret, size_t len, const uint8_t *salt, unsigned rounds, uint8_t *out)
{
#if MBEDTLS_VERSION_MAJOR >= 3
    return mbedtls_pkcs5_pbkdf2_hmac_ext(MBEDTLS_MD_SHA256, secret, len, salt, PASSWORD_SALT_LEN, rounds, PASSWORD_HASH_LEN,
                                         out);
#else
    mbedtls_md_context_t md;

    mbedtls_md_init(&md);
    int rc = mbedtls_md_setup(&md, mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), 1);
    if (rc == 0)
        rc = mbedtls_pkcs5_pbkdf2_hmac(&md, secret, len, salt, PASSWORD_SALT_LEN, rounds, PASSWORD_HASH_LEN, out);
    mbedtls_md_free(&md); /* wipes */
    return rc;
#endif
}

void password_hash(const void *secret, size_t len, const uint8_t salt[PASSWORD_SALT_LEN], int rounds,
                   uint8_t out[PASSWORD_HASH_LEN])
{
    must(derive(secret, len, salt, (unsigned)rounds, out) == 0, "out of memory, or a library without SHA-256");
}
