/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall's own certificates on disk: the CA, made once, and the server's, renewed before it ends. Key and certificate of
 * the server lie in one file, so that no power cut leaves a key with another key's certificate.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "tools/hall/keys/cert.h"
#include "tools/hall/keys/pki.h"

#define YEAR_DAYS 365
#define CA_YEARS 20
#define PEM_MAX 16384

static int join(char out[CERT_PATH_MAX], const char *dir, const char *name, struct err *e)
{
    return fs_join(out, CERT_PATH_MAX, dir, name) ? err_set(e, ERR_TOOLONG, "%s", dir) : 0;
}

/* Makes a key with the house's randomness: as PEM, and in OpenSSL's hands. */
static int new_key(struct buf *pem, EVP_PKEY **ret, struct err *e)
{
    struct private_key *k = NULL;
    int rc = key_generate(&k, e);
    if (rc == 0)
        rc = key_to_pem(k, pem, e);
    key_free(k);
    BIO *b = rc ? NULL : BIO_new_mem_buf(pem->data, (int)pem->len);
    if (rc == 0 && (!b || !(*ret = PEM_read_bio_PrivateKey(b, NULL, NULL, NULL))))
        rc = cert_fail(e, "make a key");
    BIO_free(b);
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

static int make_ca(const char *dir, bool test, EVP_PKEY **ret_key, X509 **ret_ca, struct err *e)
{
    static const struct cert_extension extensions[] = {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                                                       {NID_key_usage, "critical,keyCertSign,cRLSign"},
                                                       {NID_subject_key_identifier, "hash"},
                                                       {0, NULL}};
    struct private_key *k = NULL;
    char path[CERT_PATH_MAX];
    int rc = join(path, dir, "ca.key", e);
    if (rc == 0)
        rc = key_generate(&k, e);
    if (rc == 0)
        rc = key_save(k, path, e);
    key_free(k);
    if (rc == 0 && !(*ret_key = cert_read_key(path)))
        rc = cert_fail(e, path);
    if (rc)
        return rc;
    const struct cert_of of = {
        .key = *ret_key, .common = "Tongban hall CA", .test = test, .days = CA_YEARS * YEAR_DAYS, .extensions = extensions};
    if (!(*ret_ca = cert_make(&of, NULL, *ret_key)))
        return cert_fail(e, "make the CA's certificate");
    rc = join(path, dir, "ca.crt", e);
    return rc ? rc : cert_write(path, *ret_ca, NULL, e);
}

/* A new key, and a certificate for it with these names. */
static int make_server(const char *dir, const char *file, const char *names, EVP_PKEY *ca_key, X509 *ca, struct err *e)
{
    const struct cert_extension extensions[] = {{NID_basic_constraints, "critical,CA:FALSE"},
                                                {NID_key_usage, "critical,digitalSignature"},
                                                {NID_ext_key_usage, "serverAuth"},
                                                {NID_subject_alt_name, names},
                                                {NID_authority_key_identifier, "keyid"},
                                                {0, NULL}};
    struct cert_of of = {.common = "Tongban hall", .test = cert_is_test(ca), .days = YEAR_DAYS, .extensions = extensions};
    char path[CERT_PATH_MAX];
    struct buf pem;
    buf_init(&pem, PEM_MAX);
    int rc = join(path, dir, file, e);
    if (rc == 0)
        rc = new_key(&pem, &of.key, e);
    X509 *x = rc ? NULL : cert_make(&of, ca, ca_key);
    if (rc == 0)
        rc = x ? cert_write(path, x, &pem, e) : cert_fail(e, "make the server's certificate");
    X509_free(x);
    EVP_PKEY_free(of.key);
    buf_finish(&pem);
    return rc;
}

int pki_init(const char *dir, const char *const *hosts, bool test, struct err *e)
{
    EVP_PKEY *ca_key = NULL;
    X509 *ca = NULL;
    struct buf names;
    buf_init(&names, 1024);
    alternative_names(hosts, &names);
    int rc = make_ca(dir, test, &ca_key, &ca, e);
    if (rc == 0)
        rc = make_server(dir, PKI_SERVER_FILE, buf_str(&names), ca_key, ca, e);
    X509_free(ca);
    EVP_PKEY_free(ca_key);
    buf_finish(&names);
    return rc;
}

int pki_server_files(const char *dir, char cert[CERT_PATH_MAX], char key[CERT_PATH_MAX], struct err *e)
{
    int rc = join(cert, dir, PKI_SERVER_FILE, e);
    if (rc == 0)
        rc = join(key, dir, PKI_SERVER_FILE, e);
    if (rc || !access(cert, F_OK))
        return rc;
    rc = join(cert, dir, "server.crt", e);
    return rc ? rc : join(key, dir, "server.key", e);
}

/* "DNS:…,IP:…" as make_server takes it. */
static int names_of(X509 *x, struct buf *out, struct err *e)
{
    GENERAL_NAMES *all = X509_get_ext_d2i(x, NID_subject_alt_name, NULL, NULL);
    for (int i = 0; i < sk_GENERAL_NAME_num(all); i++) {
        const GENERAL_NAME *n = sk_GENERAL_NAME_value(all, i);
        const unsigned char *a = n->type == GEN_IPADD ? ASN1_STRING_get0_data(n->d.iPAddress) : NULL;
        if (n->type == GEN_DNS)
            buf_addf(out, "%sDNS:%s", out->len ? "," : "", (const char *)ASN1_STRING_get0_data(n->d.dNSName));
        else if (a && ASN1_STRING_length(n->d.iPAddress) == 4)
            buf_addf(out, "%sIP:%d.%d.%d.%d", out->len ? "," : "", a[0], a[1], a[2], a[3]);
        else if (a && ASN1_STRING_length(n->d.iPAddress) == 16)
            for (int k = 0; k < 16; k += 2)
                buf_addf(out, "%s%x", k ? ":" : out->len ? ",IP:" : "IP:", a[k] << 8 | a[k + 1]);
    }
    GENERAL_NAMES_free(all);
    return buf_ok(out) && out->len ? 0 : err_set(e, ERR_KEY, "the server's certificate names no host");
}

/* A key and a certificate by the CA that lies there. */
static int issue_server(const char *dir, const char *file, const char *names, struct err *e)
{
    char ca_path[CERT_PATH_MAX], ca_key_path[CERT_PATH_MAX];
    int rc = join(ca_path, dir, "ca.crt", e);
    if (rc == 0)
        rc = join(ca_key_path, dir, "ca.key", e);
    X509 *ca = rc ? NULL : cert_read(ca_path);
    EVP_PKEY *ca_key = rc ? NULL : cert_read_key(ca_key_path);
    if (rc == 0 && (!ca || !ca_key))
        rc = cert_fail(e, "read the CA");
    if (rc == 0)
        rc = make_server(dir, file, names, ca_key, ca, e);
    X509_free(ca);
    EVP_PKEY_free(ca_key);
    return rc;
}

int pki_renew_server(const char *dir, struct err *e)
{
    char cert[CERT_PATH_MAX], key[CERT_PATH_MAX];
    struct buf names;
    buf_init(&names, 4096);
    int rc = pki_server_files(dir, cert, key, e);
    X509 *old = rc ? NULL : cert_read(cert);
    if (rc == 0 && !old)
        rc = cert_fail(e, "read the server's certificate");
    if (rc == 0)
        rc = names_of(old, &names, e);
    if (rc == 0)
        rc = issue_server(dir, PKI_SERVER_FILE, buf_str(&names), e);
    if (rc == 0 && strcmp(cert, key)) { /* the two files of before there was one */
        unlink(cert);
        unlink(key);
    }
    X509_free(old);
    buf_finish(&names);
    return err_wrap(e, rc, "renew the server's certificate");
}

int pki_make_staff(const char *dir, const char *const *hosts, struct err *e)
{
    struct buf names;
    buf_init(&names, 1024);
    alternative_names(hosts, &names);
    int rc = issue_server(dir, PKI_STAFF_FILE, buf_str(&names), e);
    buf_finish(&names);
    return err_wrap(e, rc, "the certificate of the staff's listener");
}

int pki_dates(const char *path, int64_t *ret_from_ms, int64_t *ret_ends_ms, struct err *e)
{
    X509 *x = cert_read(path);
    if (!x)
        return cert_fail(e, path);
    *ret_from_ms = cert_from_ms(x);
    *ret_ends_ms = cert_ends_ms(x);
    X509_free(x);
    return 0;
}

int64_t pki_der_ends(const void *der, size_t len)
{
    const unsigned char *p = der;
    X509 *x = d2i_X509(NULL, &p, (long)len);
    int64_t ends = x ? cert_ends_ms(x) : 0;
    X509_free(x);
    ERR_clear_error();
    return ends;
}
