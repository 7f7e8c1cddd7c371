/* SPDX-License-Identifier: Apache-2.0
 *
 * ECDSA. mbedTLS changed the calls that take a key object between 2.28 and 3.6; the ones over r and s stayed, so the DER
 * frame around them is made here.
 */
#include "crypto/sign.h"

#include <string.h>

#include <mbedtls/asn1.h>
#include <mbedtls/asn1write.h>
#include <mbedtls/ecdsa.h>

#include "crypto/hash.h"
#include "crypto/p256.h"
#include "crypto/random.h"

static void digest_of(const char *prefix, const void *msg, size_t len, uint8_t out[SHA256_LEN])
{
    struct sha256 *h = sha256_begin();

    sha256_add(h, prefix, strlen(prefix));
    sha256_add(h, msg, len);
    sha256_end(h, out);
}

/* SEQUENCE { r INTEGER, s INTEGER }, written backwards as mbedTLS does. Returns the length or mbedTLS's code. */
static int write_der(const mbedtls_mpi *r, const mbedtls_mpi *s, uint8_t out[SIGNATURE_MAX])
{
    unsigned char der[SIGNATURE_MAX], *p = der + sizeof der;
    int len = 0, ret;

    MBEDTLS_ASN1_CHK_ADD(len, mbedtls_asn1_write_mpi(&p, der, s));
    MBEDTLS_ASN1_CHK_ADD(len, mbedtls_asn1_write_mpi(&p, der, r));
    MBEDTLS_ASN1_CHK_ADD(len, mbedtls_asn1_write_len(&p, der, (size_t)len));
    MBEDTLS_ASN1_CHK_ADD(len, mbedtls_asn1_write_tag(&p, der, MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE));
    memcpy(out, p, (size_t)len);
    return len;
}

int sign_message(const struct private_key *k, const char *prefix, const void *msg, size_t len, uint8_t out[SIGNATURE_MAX],
                 size_t *ret_len, struct err *e)
{
    uint8_t digest[SHA256_LEN];
    mbedtls_mpi d, r, s;

    digest_of(prefix, msg, len, digest);
    mbedtls_mpi_init(&d);
    mbedtls_mpi_init(&r);
    mbedtls_mpi_init(&s);
    int rc = p256_scalar(k, &d, e);
    if (rc == 0) {
        int n = mbedtls_ecdsa_sign_det_ext(p256_group(), &r, &s, &d, digest, sizeof digest, MBEDTLS_MD_SHA256,
                                           random_mbedtls, NULL);
        if (!n)
            n = write_der(&r, &s, out);
        if (n < 0)
            rc = p256_err(e, ERR_KEY, n, "sign");
        else
            *ret_len = (size_t)n;
    }
    mbedtls_mpi_free(&s);
    mbedtls_mpi_free(&r);
    mbedtls_mpi_free(&d);
    return rc;
}

static int read_der(const uint8_t *sig, size_t sig_len, mbedtls_mpi *r, mbedtls_mpi *s)
{
    unsigned char *p = (unsigned char *)sig; /* mbedTLS's reader only moves it */
    const unsigned char *end = sig + sig_len;
    size_t n;

    int rc = mbedtls_asn1_get_tag(&p, end, &n, MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE);
    if (rc == 0 && p + n != end)
        rc = MBEDTLS_ERR_ASN1_LENGTH_MISMATCH;
    if (rc == 0)
        rc = mbedtls_asn1_get_mpi(&p, end, r);
    if (rc == 0)
        rc = mbedtls_asn1_get_mpi(&p, end, s);
    if (rc == 0 && p != end)
        rc = MBEDTLS_ERR_ASN1_LENGTH_MISMATCH;
    return rc;
}

int verify_message(const struct public_key *k, const char *prefix, const void *msg, size_t len, const uint8_t *sig,
                   size_t sig_len, struct err *e)
{
    uint8_t digest[SHA256_LEN];
    mbedtls_ecp_point q;
    mbedtls_mpi r, s;

    if (sig_len == 0 || sig_len > SIGNATURE_MAX)
        return err_set(e, ERR_SIGNATURE, "a signature has %d bytes at most, this one %zu", SIGNATURE_MAX, sig_len);
    digest_of(prefix, msg, len, digest);
    mbedtls_ecp_point_init(&q);
    mbedtls_mpi_init(&r);
    mbedtls_mpi_init(&s);
    int rc = p256_point(k, &q, e);
    if (rc == 0 && read_der(sig, sig_len, &r, &s))
        rc = err_set(e, ERR_SIGNATURE, "the signature is not in DER form");
    if (rc == 0 && mbedtls_ecdsa_verify(p256_group(), digest, sizeof digest, &q, &r, &s))
        rc = err_set(e, ERR_SIGNATURE, "the signature does not verify");
    mbedtls_mpi_free(&s);
    mbedtls_mpi_free(&r);
    mbedtls_ecp_point_free(&q);
    return rc;
}
