/* SPDX-License-Identifier: Apache-2.0
 *
 * ECDSA: the deterministic vector of RFC 6979 A.2.5, and every way a signature can be somebody else's.
 */
#include "test.h"

#include "base/buf.h"
#include "crypto/sign.h"

static struct private_key *rfc6979_key(void)
{
    static const char hex[] = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
    uint8_t d[P256_SCALAR_LEN];
    struct private_key *k = NULL;
    size_t n = 0;

    hex_decode(hex, strlen(hex), d, sizeof d, &n);
    CHECK_INT(key_from_scalar(d, &k, NULL), 0);
    return k;
}

TEST(rfc6979_sample)
{
    static const char r[] = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716";
    static const char s[] = "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";
    struct private_key *k = rfc6979_key();
    uint8_t sig[SIGNATURE_MAX];
    char hex[2 * SIGNATURE_MAX + 1], want[2 * SIGNATURE_MAX + 1];
    size_t n = 0;

    /* the prefix and the message are one text: "sample" */
    CHECK_INT(sign_message(k, "sam", "ple", 3, sig, &n, NULL), 0);
    hex_encode(sig, n, hex);
    snprintf(want, sizeof want, "3046022100%s022100%s", r, s);
    CHECK_STR(hex, want);
    key_free(k);
}

struct signed_text {
    struct private_key *key;
    struct public_key public;
    uint8_t sig[SIGNATURE_MAX];
    size_t n;
};

static void sign_hello(struct signed_text *t)
{
    t->key = rfc6979_key();
    key_public(t->key, &t->public);
    CHECK_INT(sign_message(t->key, "tongban-test-v1\n", "hello", 5, t->sig, &t->n, NULL), 0);
}

TEST(right_and_wrong)
{
    struct signed_text t;
    struct private_key *other = NULL;
    struct public_key wrong;
    struct err e = {0};

    sign_hello(&t);
    CHECK_INT(verify_message(&t.public, "tongban-test-v1\n", "hello", 5, t.sig, t.n, &e), 0);
    CHECK_INT(verify_message(&t.public, "tongban-test-v1\n", "hellO", 5, t.sig, t.n, &e), -ERR_SIGNATURE);
    CHECK_INT(verify_message(&t.public, "tongban-test-v2\n", "hello", 5, t.sig, t.n, &e), -ERR_SIGNATURE);
    CHECK_INT(key_generate(&other, &e), 0);
    key_public(other, &wrong);
    CHECK_INT(verify_message(&wrong, "tongban-test-v1\n", "hello", 5, t.sig, t.n, &e), -ERR_SIGNATURE);
    key_free(other);
    key_free(t.key);
}

TEST(every_flipped_bit)
{
    struct signed_text t;
    int accepted = 0;

    sign_hello(&t);
    for (size_t i = 0; i < t.n; i++) {
        t.sig[i] ^= 1;
        accepted += !verify_message(&t.public, "tongban-test-v1\n", "hello", 5, t.sig, t.n, NULL);
        t.sig[i] ^= 1;
    }
    CHECK_INT(accepted, 0);
    key_free(t.key);
}

TEST(broken_forms)
{
    struct signed_text t;
    uint8_t longer[SIGNATURE_MAX + 1] = {0};

    sign_hello(&t);
    for (size_t n = 0; n < t.n; n++)
        CHECK_INT(verify_message(&t.public, "tongban-test-v1\n", "hello", 5, t.sig, n, NULL), -ERR_SIGNATURE);
    memcpy(longer, t.sig, t.n);
    CHECK_INT(verify_message(&t.public, "tongban-test-v1\n", "hello", 5, longer, t.n + 1, NULL), -ERR_SIGNATURE);
    CHECK_INT(verify_message(&t.public, "tongban-test-v1\n", "hello", 5, longer, sizeof longer, NULL), -ERR_SIGNATURE);
    key_free(t.key);
}

TEST(zero_numbers)
{
    static const uint8_t zeros[] = {0x30, 6, 2, 1, 0, 2, 1, 0};
    struct signed_text t;

    sign_hello(&t);
    CHECK_INT(verify_message(&t.public, "tongban-test-v1\n", "hello", 5, zeros, sizeof zeros, NULL), -ERR_SIGNATURE);
    key_free(t.key);
}

TEST_MAIN(T(rfc6979_sample), T(right_and_wrong), T(every_flipped_bit), T(broken_forms), T(zero_numbers))
