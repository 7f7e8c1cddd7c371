/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall's certificates, by OpenSSL.
 */
#include "tools/hall/pki.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "tools/hall/openssl.h"

struct pki {
    X509 *ca;
    EVP_PKEY *key;
    struct buf der;
};

static int fail(struct err *e, const char *what)
{
    char text[160] = "no reason given";
    unsigned long code = ERR_get_error();
    if (code)
        ERR_error_string_n(code, text, sizeof text);
    ERR_clear_error();
    return err_set(e, ERR_KEY, "%s: %s", what, text);
}

/* --- making certificates --- */

struct validity {
    bool test;
    int years;
};

static int set_dates(X509 *x, struct validity v)
{
    if (v.test)
        return ASN1_TIME_set_string_X509(X509_getm_notBefore(x), "20000101000000Z") &&
               ASN1_TIME_set_string_X509(X509_getm_notAfter(x), "20991231235959Z");
    /* an hour back: a terminal's clock may be a little behind the hall's */
    return X509_gmtime_adj(X509_getm_notBefore(x), -3600) && X509_time_adj_ex(X509_getm_notAfter(x), 365 * v.years, 0, NULL);
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

struct extension {
    int nid;
    const char *value;
};

/* An X.509 v3 certificate; `issuer` NULL: signed by itself. NULL on failure. */
static X509 *make(EVP_PKEY *subject_key, const char *common, const char *organisation, X509 *issuer, EVP_PKEY *issuer_key,
                  struct validity v, const struct extension *extensions)
{
    X509 *x = X509_new();
    X509 *from = issuer ? issuer : x;
    int ok = x && X509_set_version(x, X509_VERSION_3) && set_serial(x) && set_dates(x, v) &&
             set_name(x, common, organisation) && X509_set_issuer_name(x, X509_get_subject_name(from)) &&
             X509_set_pubkey(x, subject_key);
    for (; ok && extensions->nid; extensions++)
        ok = add_extension(x, from, extensions->nid, extensions->value);
    if (ok && X509_sign(x, issuer_key, EVP_sha256()) > 0)
        return x;
    X509_free(x);
    return NULL;
}

/* --- files --- */

static EVP_PKEY *read_key(const char *path)
{
    BIO *b = BIO_new_file(path, "r");
    EVP_PKEY *k = b ? PEM_read_bio_PrivateKey(b, NULL, NULL, NULL) : NULL;
    BIO_free(b);
    return k;
}

static X509 *read_cert(const char *path)
{
    BIO *b = BIO_new_file(path, "r");
    X509 *x = b ? PEM_read_bio_X509(b, NULL, NULL, NULL) : NULL;
    BIO_free(b);
    return x;
}

static int write_cert(const char *path, X509 *x, struct err *e)
{
    char *text = NULL;
    BIO *b = BIO_new(BIO_s_mem());
    int rc = 0;
    if (!b || !PEM_write_bio_X509(b, x)) {
        rc = fail(e, path);
    } else {
        long len = BIO_get_mem_data(b, &text);
        rc = fs_write_atomic(path, text, (size_t)len, 0644, e);
    }
    BIO_free(b);
    return rc;
}

/* Makes a key with the house's randomness, saves it, and hands it to OpenSSL. */
static int new_key(const char *path, EVP_PKEY **ret, struct err *e)
{
    struct private_key *k = NULL;
    int rc = key_generate(&k, e);
    if (!rc)
        rc = key_save(k, path, e);
    key_free(k);
    if (!rc && !(*ret = read_key(path)))
        rc = fail(e, path);
    return rc;
}

static void alternative_names(const char *const *hosts, struct buf *out)
{
    buf_adds(out, "IP:127.0.0.1,IP:::1,DNS:localhost");
    for (; hosts && *hosts; hosts++) {
        bool address = strspn(*hosts, "0123456789.") == strlen(*hosts) || strchr(*hosts, ':');
        buf_addf(out, ",%s:%s", address ? "IP" : "DNS", *hosts);
    }
}

static int make_ca(const char *dir, struct validity v, EVP_PKEY **ret_key, X509 **ret_ca, struct err *e)
{
    static const struct extension extensions[] = {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                                                  {NID_key_usage, "critical,keyCertSign,cRLSign"},
                                                  {NID_subject_key_identifier, "hash"},
                                                  {0, NULL}};
    char path[512];
    fs_join(path, sizeof path, dir, "ca.key");
    int rc = new_key(path, ret_key, e);
    if (rc)
        return rc;
    *ret_ca = make(*ret_key, "Tongban hall CA", NULL, NULL, *ret_key, v, extensions);
    if (!*ret_ca)
        return fail(e, "make the CA's certificate");
    fs_join(path, sizeof path, dir, "ca.crt");
    return write_cert(path, *ret_ca, e);
}

static int make_server(const char *dir, const char *const *hosts, struct validity v, EVP_PKEY *ca_key, X509 *ca,
                       struct err *e)
{
    struct buf names;
    char path[512];
    EVP_PKEY *key = NULL;
    buf_init(&names, 1024);
    alternative_names(hosts, &names);
    const struct extension extensions[] = {{NID_basic_constraints, "critical,CA:FALSE"},
                                           {NID_key_usage, "critical,digitalSignature"},
                                           {NID_ext_key_usage, "serverAuth"},
                                           {NID_subject_alt_name, buf_str(&names)},
                                           {NID_authority_key_identifier, "keyid"},
                                           {0, NULL}};
    fs_join(path, sizeof path, dir, "server.key");
    int rc = new_key(path, &key, e);
    X509 *x = rc ? NULL : make(key, "Tongban hall", NULL, ca, ca_key, v, extensions);
    fs_join(path, sizeof path, dir, "server.crt");
    if (!rc)
        rc = x ? write_cert(path, x, e) : fail(e, "make the server's certificate");
    X509_free(x);
    EVP_PKEY_free(key);
    buf_finish(&names);
    return rc;
}

int pki_init(const char *dir, const char *const *hosts, bool test, struct err *e)
{
    EVP_PKEY *ca_key = NULL;
    X509 *ca = NULL;
    int rc = make_ca(dir, (struct validity){test, 20}, &ca_key, &ca, e);
    if (!rc)
        rc = make_server(dir, hosts, (struct validity){test, 1}, ca_key, ca, e);
    X509_free(ca);
    EVP_PKEY_free(ca_key);
    return rc;
}

/* --- the CA at work --- */

/* Appends what an i2d function writes. */
static int add_der(struct buf *out, unsigned char *der, int len, struct err *e)
{
    int rc = len > 0 ? buf_add(out, der, (size_t)len) : fail(e, "encode");
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
    int rc = (p->ca = read_cert(cert)) ? 0 : fail(e, cert);
    if (!rc && !(p->key = read_key(key)))
        rc = fail(e, key);
    if (!rc && !X509_check_private_key(p->ca, p->key))
        rc = fail(e, "ca.key does not belong to ca.crt");
    if (!rc) {
        unsigned char *der = NULL;
        int len = i2d_X509(p->ca, &der);
        rc = add_der(&p->der, der, len, e);
    }
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
    return n > 0 ? 0 : fail(e, "encode the public key");
}

/* A CA made for tests runs from the year 2000, and so do its certificates. */
static bool is_test_ca(X509 *ca)
{
    ASN1_TIME *start = ASN1_TIME_set(NULL, 0);
    bool test = start && ASN1_TIME_set_string_X509(start, "20000101000000Z") &&
                ASN1_TIME_compare(X509_get0_notBefore(ca), start) == 0;
    ASN1_TIME_free(start);
    return test;
}

int pki_issue(struct pki *p, const void *der, size_t len, const char *terminal, int office, struct buf *ret_der,
              struct err *e)
{
    static const struct extension extensions[] = {{NID_basic_constraints, "critical,CA:FALSE"},
                                                  {NID_key_usage, "critical,digitalSignature"},
                                                  {NID_ext_key_usage, "clientAuth"},
                                                  {NID_authority_key_identifier, "keyid"},
                                                  {0, NULL}};
    char organisation[16];
    snprintf(organisation, sizeof organisation, "%04d", office);
    X509_REQ *q = read_request(der, len, e);
    if (!q)
        return -ERR_INVALID;
    X509 *x = make(X509_REQ_get0_pubkey(q), terminal, organisation, p->ca, p->key, (struct validity){is_test_ca(p->ca), 1},
                   extensions);
    unsigned char *out = NULL;
    int n = x ? i2d_X509(x, &out) : 0;
    int rc = add_der(ret_der, out, n, e);
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
        rc = fail(e, "wrap a certificate");
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
