/* SPDX-License-Identifier: Apache-2.0
 *
 * PBKDF2-HMAC-SHA-256 against a published vector: the salt of RFC 7914, section 11 is not 16 bytes, so the values here were
 * computed with Python's hashlib and OpenSSL's `kdf`, which agree.
 */
#include "test.h"

#include "base/buf.h"
#include "crypto/password.h"

static void check(const char *secret, const char *salt, int rounds, const char *want)
{
    uint8_t out[PASSWORD_HASH_LEN];
    char hex[2 * PASSWORD_HASH_LEN + 1];

    password_hash(secret, strlen(secret), (const uint8_t *)salt, rounds, out);
    hex_encode(out, sizeof out, hex);
    CHECK_STR(hex, want);
}

TEST(vectors)
{
    check("passwd", "saltsaltsaltsalt", 1, "731b468a30a3ce7f2a23e6c859c9bfd574121bd99279c8ea84aabd70a5efcb29");
    check("483920\n11010519491231002X", "0123456789abcdef", 1000,
          "aba1342079f4e1b97be9dbcd07f92274b87795931bf26a9b36a9fabcaa71b5d8");
}

TEST_MAIN(T(vectors))
