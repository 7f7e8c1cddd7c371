/* SPDX-License-Identifier: Apache-2.0
 *
 * Certificates for enrolment.
 */
#include "sync/enrol_cert.h"

#include <string.h>
#include <time.h>

/* OpenSSL and base/err.h both have a name ERR_STATE; ours stays */
#define ERR_STATE OPENSSL_ERR_STATE
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>
#undef ERR_STATE

#define DER_MAX 16384

static EVP_PKEY *read_key(const struct buf *pem)
{
    BIO *b = BIO_new_mem_buf(pem->data, (int)pem->len);
    EVP_PKEY *k = b ? PEM_read_bio_PrivateKey(b, NULL, NULL, NULL) : NULL;
    BIO_free(b);
    ERR_clear_error();
    return k;
}

static int add_base64(struct buf *out, const uint8_t *der, int len)
{
    unsigned char line[65];
    int rc = 0;
    for (int at = 0; rc == 0 && at < len; at += 48) {
        int n = EVP_EncodeBlock(line, der + at, len - at < 48 ? len - at : 48);
        rc = buf_add(out, line, (size_t)n);
        buf_addc(out, '\n');
    }
    return rc;
}

int enrol_cert_request(const struct buf *key, const char *common_name, struct buf *out, struct err *e)
{
    EVP_PKEY *k = read_key(key);
    X509_REQ *q = X509_REQ_new();
    unsigned char *der = NULL;
    int n = 0;
    if (k && q && X509_REQ_set_pubkey(q, k) &&
        X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(q), "CN", MBSTRING_UTF8, (const unsigned char *)common_name, -1,
                                   -1, 0) &&
        X509_REQ_sign(q, k, EVP_sha256()) > 0)
        n = i2d_X509_REQ(q, &der);
    int rc = n > 0 ? add_base64(out, der, n) : err_set(e, ERR_KEY, "the certificate request");
    OPENSSL_free(der);
    X509_REQ_free(q);
    EVP_PKEY_free(k);
    ERR_clear_error();
    return rc;
}

static PKCS7 *read_p7(const void *text, size_t len)
{
    uint8_t der[DER_MAX];
    int n = 0, tail = 0;
    const unsigned char *p = der;
    EVP_ENCODE_CTX *ctx = EVP_ENCODE_CTX_new();
    if (!ctx || len > sizeof der)
        goto out;
    EVP_DecodeInit(ctx);
    if (EVP_DecodeUpdate(ctx, der, &n, text, (int)len) < 0 || EVP_DecodeFinal(ctx, der + n, &tail) != 1)
        n = tail = 0;
out:
    EVP_ENCODE_CTX_free(ctx);
    return n + tail > 0 ? d2i_PKCS7(NULL, &p, n + tail) : NULL;
}

static int add_pem(struct buf *out, X509 *x)
{
    char *text = NULL;
    BIO *b = BIO_new(BIO_s_mem());
    int rc = -ERR_NOMEM;
    if (b && PEM_write_bio_X509(b, x)) {
        long len = BIO_get_mem_data(b, &text);
        rc = buf_add(out, text, (size_t)len);
    }
    BIO_free(b);
    return rc;
}

static bool has_hash(X509 *x, const void *wanted)
{
    unsigned char *der = NULL;
    uint8_t hash[SHA256_LEN];
    int n = i2d_X509(x, &der);
    if (n > 0)
        sha256(der, (size_t)n, hash);
    OPENSSL_free(der);
    return n > 0 && !memcmp(hash, wanted, SHA256_LEN);
}

static bool has_key(X509 *x, const void *wanted)
{
    return EVP_PKEY_eq(X509_get0_pubkey(x), wanted) == 1;
}

static int pick(const void *text, size_t len, bool (*fits)(X509 *x, const void *wanted), const void *wanted, struct buf *out,
                struct err *e)
{
    PKCS7 *p7 = read_p7(text, len);
    int rc = err_set(e, ERR_NOTFOUND, "the hall's answer does not hold the certificate looked for");
    if (!p7 || !PKCS7_type_is_signed(p7) || !p7->d.sign)
        rc = err_set(e, ERR_PROTOCOL, "the hall's answer is no certs-only PKCS#7");
    else
        for (int i = 0; rc == -ERR_NOTFOUND && i < sk_X509_num(p7->d.sign->cert); i++)
            if (fits(sk_X509_value(p7->d.sign->cert, i), wanted))
                rc = add_pem(out, sk_X509_value(p7->d.sign->cert, i));
    PKCS7_free(p7);
    ERR_clear_error();
    return rc;
}

int enrol_cert_pick_hash(const void *p7, size_t len, const uint8_t hash[SHA256_LEN], struct buf *out, struct err *e)
{
    return pick(p7, len, has_hash, hash, out, e);
}

int enrol_cert_pick_key(const void *p7, size_t len, const struct buf *key, struct buf *out, struct err *e)
{
    EVP_PKEY *k = read_key(key);
    int rc = k ? pick(p7, len, has_key, k, out, e) : err_set(e, ERR_KEY, "there is no private key");
    EVP_PKEY_free(k);
    return rc;
}

static int64_t to_ms(const ASN1_TIME *t)
{
    struct tm tm;
    return ASN1_TIME_to_tm(t, &tm) ? (int64_t)timegm(&tm) * 1000 : 0;
}

int enrol_cert_dates(const struct buf *pem, int64_t *ret_from_ms, int64_t *ret_ends_ms, struct err *e)
{
    BIO *b = BIO_new_mem_buf(pem->data, (int)pem->len);
    X509 *x = b ? PEM_read_bio_X509(b, NULL, NULL, NULL) : NULL;
    int rc = x ? 0 : err_set(e, ERR_KEY, "there is no certificate");
    if (x) {
        *ret_from_ms = to_ms(X509_get0_notBefore(x));
        *ret_ends_ms = to_ms(X509_get0_notAfter(x));
    }
    X509_free(x);
    BIO_free(b);
    ERR_clear_error();
    return rc;
}
