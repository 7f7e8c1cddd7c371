/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall's CA at work, and signatures of heads.
 */
#include "tools/hall/keys/pki.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "crypto/hash.h"
#include "tools/hall/keys/cert.h"

struct pki {
    X509 *ca;
    EVP_PKEY *key;
    struct buf der;
};

/* --- the CA at work --- */

/* Appends what an i2d function writes. */
static int add_der(struct buf *out, unsigned char *der, int len, struct err *e)
{
    int rc = len > 0 ? buf_add(out, der, (size_t)len) : cert_fail(e, "encode");
    OPENSSL_free(der);
    return rc;
}

int pki_load(const char *dir, struct pki **ret, struct err *e)
{
    char cert[512], key[512];
    fs_join(cert, sizeof cert, dir, "ca.crt");
    fs_join(key, sizeof key, dir, "ca.key");
    struct pki *p = calloc(1, sizeof *p);
    if (!p)
        return err_set(e, ERR_NOMEM, "load the CA");
    buf_init(&p->der, PKI_DER_MAX);
    int rc = (p->ca = cert_read(cert)) ? 0 : cert_fail(e, cert);
    if (rc == 0 && !(p->key = cert_read_key(key)))
        rc = cert_fail(e, key);
    if (rc == 0 && !X509_check_private_key(p->ca, p->key))
        rc = cert_fail(e, "ca.key does not belong to ca.crt");
    if (rc == 0)
        rc = cert_der(p->ca, &p->der, e);
    if (rc) {
        pki_free(p);
        return rc;
    }
    *ret = p;
    return 0;
}

void pki_free(struct pki *p)
{
    if (!p)
        return;
    X509_free(p->ca);
    EVP_PKEY_free(p->key);
    buf_finish(&p->der);
    free(p);
}

const struct buf *pki_ca_der(const struct pki *p)
{
    return &p->der;
}

static bool is_p256(EVP_PKEY *k)
{
    char group[32];
    return EVP_PKEY_is_a(k, "EC") && EVP_PKEY_get_group_name(k, group, sizeof group, NULL) == 1 &&
           !strcmp(group, SN_X9_62_prime256v1);
}

/* The request, checked; NULL and *e. */
static X509_REQ *read_request(const void *der, size_t len, struct err *e)
{
    const unsigned char *p = der;
    X509_REQ *q = d2i_X509_REQ(NULL, &p, (long)len);
    EVP_PKEY *k = q ? X509_REQ_get0_pubkey(q) : NULL;
    bool ok = k && p == (const unsigned char *)der + len && is_p256(k) && X509_REQ_verify(q, k) == 1;
    if (ok)
        return q;
    X509_REQ_free(q);
    ERR_clear_error();
    err_set(e, ERR_INVALID, "no PKCS#10 request of a P-256 key, signed by it");
    return NULL;
}

int pki_request_check(const void *der, size_t len, uint8_t ret_key_sha256[32], struct err *e)
{
    X509_REQ *q = read_request(der, len, e);
    if (!q)
        return -ERR_INVALID;
    unsigned char *spki = NULL;
    int n = i2d_PUBKEY(X509_REQ_get0_pubkey(q), &spki);
    if (n > 0)
        sha256(spki, (size_t)n, ret_key_sha256);
    OPENSSL_free(spki);
    X509_REQ_free(q);
    return n > 0 ? 0 : cert_fail(e, "encode the public key");
}

int pki_issue(struct pki *p, const void *der, size_t len, const char *terminal, int office, struct buf *ret_der,
              struct err *e)
{
    static const struct cert_extension extensions[] = {{NID_basic_constraints, "critical,CA:FALSE"},
                                                       {NID_key_usage, "critical,digitalSignature"},
                                                       {NID_ext_key_usage, "clientAuth"},
                                                       {NID_authority_key_identifier, "keyid"},
                                                       {0, NULL}};
    char organisation[16];
    snprintf(organisation, sizeof organisation, "%04d", office);
    X509_REQ *q = read_request(der, len, e);
    if (!q)
        return -ERR_INVALID;
    const struct cert_of of = {.key = X509_REQ_get0_pubkey(q),
                               .common = terminal,
                               .organisation = organisation,
                               .test = cert_is_test(p->ca),
                               .days = PKI_TERMINAL_DAYS,
                               .extensions = extensions};
    X509 *x = cert_make(&of, p->ca, p->key);
    int rc = x ? cert_der(x, ret_der, e) : cert_fail(e, "make a terminal's certificate");
    X509_free(x);
    X509_REQ_free(q);
    return rc;
}

int pki_certs_only(const void *cert_der, size_t len, struct buf *out, struct err *e)
{
    const unsigned char *p = cert_der;
    unsigned char *der = NULL;
    X509 *x = d2i_X509(NULL, &p, (long)len);
    PKCS7 *p7 = PKCS7_new();
    int rc = 0;
    if (!x || !p7 || !PKCS7_set_type(p7, NID_pkcs7_signed) || !PKCS7_content_new(p7, NID_pkcs7_data) ||
        !PKCS7_set_detached(p7, 1) || !PKCS7_add_certificate(p7, x)) {
        rc = cert_fail(e, "wrap a certificate");
    } else {
        int n = i2d_PKCS7(p7, &der);
        rc = add_der(out, der, n, e);
    }
    PKCS7_free(p7);
    X509_free(x);
    return rc;
}

/* --- signatures of heads --- */

EVP_PKEY *pki_verifier(const struct public_key *k)
{
    EVP_PKEY *key = NULL;
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char[]){"P-256"}, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)(uintptr_t)k->point, sizeof k->point),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    if (!ctx || EVP_PKEY_fromdata_init(ctx) != 1 || EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
        key = NULL;
    EVP_PKEY_CTX_free(ctx);
    ERR_clear_error();
    return key;
}

void pki_verifier_free(EVP_PKEY *k)
{
    EVP_PKEY_free(k);
}

int pki_verify(EVP_PKEY *k, const char *prefix, const void *msg, size_t len, const uint8_t *sig, size_t sig_len,
               struct err *e)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool ok = ctx && EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, k) == 1 &&
              EVP_DigestVerifyUpdate(ctx, prefix, strlen(prefix)) == 1 && EVP_DigestVerifyUpdate(ctx, msg, len) == 1 &&
              EVP_DigestVerifyFinal(ctx, sig, sig_len) == 1;
    EVP_MD_CTX_free(ctx);
    ERR_clear_error();
    return ok ? 0 : err_set(e, ERR_SIGNATURE, "the signature does not fit");
}
