/* SPDX-License-Identifier: Apache-2.0
 *
 * See password.h. The call by context is in mbedTLS 2.28 and in 3.6.
 */
#include "crypto/password.h"

#include <stdlib.h>

#include <mbedtls/md.h>
#include <mbedtls/pkcs5.h>

void password_hash(const void *secret, size_t len, const uint8_t salt[PASSWORD_SALT_LEN], int rounds,
                   uint8_t out[PASSWORD_HASH_LEN])
{
    mbedtls_md_context_t md;

    mbedtls_md_init(&md);
    if (mbedtls_md_setup(&md, mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), 1) ||
        mbedtls_pkcs5_pbkdf2_hmac(&md, secret, len, salt, PASSWORD_SALT_LEN, (unsigned)rounds, PASSWORD_HASH_LEN, out))
        abort();          /* out of memory, or a library built without SHA-256 */
    mbedtls_md_free(&md); /* wipes */
}
