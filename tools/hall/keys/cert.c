/* SPDX-License-Identifier: Apache-2.0
 *
 * Making, reading and writing certificates by OpenSSL.
 */
#include "tools/hall/keys/cert.h"

#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/fs.h"
#include "crypto/random.h"
#include "tools/hall/keys/pki.h"

int cert_fail(struct err *e, const char *what)
{
    unsigned long code = ERR_get_error();
    char words[128];
    const char *why = ERR_SYSTEM_ERROR(code) ? strerror_r(ERR_GET_REASON(code), words, sizeof words)
                                             : ERR_reason_error_string(code);
    ERR_clear_error();
    return err_set(e, ERR_KEY, "%s: %s", what, why ? why : "no reason given");
}

/* --- making --- */

static int set_dates(X509 *x, const struct cert_of *of, X509 *issuer)
{
    time_t now = (time_t)(clock_wall_ms() / 1000);
    if (of->test)
        return ASN1_TIME_set_string_X509(X509_getm_notBefore(x), "20000101000000Z") &&
               ASN1_TIME_set_string_X509(X509_getm_notAfter(x), "20991231235959Z");
    if (!X509_time_adj_ex(X509_getm_notBefore(x), 0, -PKI_BACKDATED_S, &now) ||
        !X509_time_adj_ex(X509_getm_notAfter(x), of->days, 0, &now))
        return 0;
    if (issuer && ASN1_TIME_compare(X509_get0_notAfter(x), X509_get0_notAfter(issuer)) > 0)
        return X509_set1_notAfter(x, X509_get0_notAfter(issuer));
    return 1;
}

static int set_serial(X509 *x)
{
    uint8_t bytes[16];
    random_bytes(bytes, sizeof bytes);
    bytes[0] = (uint8_t)((bytes[0] & 0x7f) | 0x40); /* positive and never short */
    BIGNUM *n = BN_bin2bn(bytes, sizeof bytes, NULL);
    int ok = n && BN_to_ASN1_INTEGER(n, X509_get_serialNumber(x));
    BN_free(n);
    return ok;
}

static int set_name(X509 *x, const char *common, const char *organisation)
{
    X509_NAME *n = X509_get_subject_name(x);
    int ok = 1;
    if (organisation)
        ok = X509_NAME_add_entry_by_txt(n, "O", MBSTRING_UTF8, (const unsigned char *)organisation, -1, -1, 0);
    return ok && X509_NAME_add_entry_by_txt(n, "CN", MBSTRING_UTF8, (const unsigned char *)common, -1, -1, 0);
}

static int add_extension(X509 *x, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509V3_set_ctx(&ctx, issuer, x, NULL, NULL, 0);
    X509_EXTENSION *ext = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    int ok = ext && X509_add_ext(x, ext, -1);
    X509_EXTENSION_free(ext);
    return ok;
}

X509 *cert_make(const struct cert_of *of, X509 *issuer, EVP_PKEY *issuer_key)
{
    X509 *x = X509_new();
    X509 *from = issuer ? issuer : x;
    int ok = x && X509_set_version(x, X509_VERSION_3) && set_serial(x) && set_dates(x, of, issuer) &&
             set_name(x, of->common, of->organisation) && X509_set_issuer_name(x, X509_get_subject_name(from)) &&
             X509_set_pubkey(x, of->key);
    for (const struct cert_extension *ext = of->extensions; ok && ext->nid; ext++)
        ok = add_extension(x, from, ext->nid, ext->value);
    if (ok && X509_sign(x, issuer_key, EVP_sha256()) > 0)
        return x;
    X509_free(x);
    return NULL;
}

bool cert_is_test(X509 *ca)
{
    ASN1_TIME *start = ASN1_TIME_set(NULL, 0);
    bool test = start && ASN1_TIME_set_string_X509(start, "20000101000000Z") &&
                ASN1_TIME_compare(X509_get0_notBefore(ca), start) == 0;
    ASN1_TIME_free(start);
    return test;
}

/* --- reading --- */

static int64_t to_ms(const ASN1_TIME *t)
{
    struct tm tm;
    return t && ASN1_TIME_to_tm(t, &tm) ? (int64_t)timegm(&tm) * 1000 : 0;
}

int64_t cert_from_ms(const X509 *x)
{
    return to_ms(X509_get0_notBefore(x));
}

int64_t cert_ends_ms(const X509 *x)
{
    return to_ms(X509_get0_notAfter(x));
}

int cert_der(X509 *x, struct buf *out, struct err *e)
{
    unsigned char *der = NULL;
    int len = i2d_X509(x, &der);
    int rc = len > 0 ? buf_add(out, der, (size_t)len) : cert_fail(e, "encode");
    OPENSSL_free(der);
    return rc;
}

/* --- files --- */

EVP_PKEY *cert_read_key(const char *path)
{
    BIO *b = BIO_new_file(path, "r");
    EVP_PKEY *k = b ? PEM_read_bio_PrivateKey(b, NULL, NULL, NULL) : NULL;
    BIO_free(b);
    return k;
}

X509 *cert_read(const char *path)
{
    BIO *b = BIO_new_file(path, "r");
    X509 *x = b ? PEM_read_bio_X509(b, NULL, NULL, NULL) : NULL;
    BIO_free(b);
    return x;
}

int cert_write(const char *path, X509 *x, const struct buf *key_pem, struct err *e)
{
    struct buf text;
    char *pem = NULL;
    BIO *b = BIO_new(BIO_s_mem());
    int rc = 0;
    buf_init(&text, 16384);
    if (key_pem)
        rc = buf_add(&text, key_pem->data, key_pem->len);
    if (!b || !PEM_write_bio_X509(b, x)) {
        rc = cert_fail(e, path);
    } else if (rc == 0) {
        long len = BIO_get_mem_data(b, &pem);
        rc = buf_add(&text, pem, (size_t)len);
    }
    if (rc == 0)
        rc = fs_write_atomic(path, text.data, text.len, key_pem ? 0600 : 0644, e);
    BIO_free(b);
    buf_finish(&text);
    return rc;
}
