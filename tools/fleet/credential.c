/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys and certificates by OpenSSL, which makes a key in a fiftieth of mbedTLS's time: a fleet needs thousands.
 */
#include "tools/fleet/credential.h"

#include <stdlib.h>

#include "tools/hall/keys/cert.h"

struct credential {
    EVP_PKEY *key;
    X509 *cert;
    SSL_SESSION *session;
};

static int add_request(EVP_PKEY *key, struct buf *out, struct err *e)
{
    X509_REQ *q = X509_REQ_new();
    unsigned char *der = NULL;
    int len = q && X509_REQ_set_pubkey(q, key) && X509_REQ_sign(q, key, EVP_sha256()) > 0 ? i2d_X509_REQ(q, &der) : 0;
    int rc = len > 0 ? buf_add(out, der, (size_t)len) : cert_fail(e, "ask for a certificate");

    OPENSSL_free(der);
    X509_REQ_free(q);
    return rc;
}

int credential_create(struct credential **ret, struct buf *request, struct err *e)
{
    struct credential *c = calloc(1, sizeof *c);

    if (!c)
        return err_set(e, ERR_NOMEM, "a TLS key");
    int rc = (c->key = EVP_EC_gen("P-256")) ? add_request(c->key, request, e) : cert_fail(e, "make a TLS key");
    if (rc) {
        credential_destroy(c);
        return rc;
    }
    *ret = c;
    return 0;
}

void credential_destroy(struct credential *c)
{
    if (!c)
        return;
    EVP_PKEY_free(c->key);
    X509_free(c->cert);
    SSL_SESSION_free(c->session);
    free(c);
}

int credential_certify(struct credential *c, const void *der, size_t len, struct err *e)
{
    const unsigned char *p = der;
    X509 *cert = d2i_X509(NULL, &p, (long)len);

    if (!cert || !X509_check_private_key(cert, c->key)) {
        X509_free(cert);
        return cert_fail(e, "a certificate");
    }
    X509_free(c->cert);
    c->cert = cert;
    return 0;
}

int credential_show(struct credential *c, SSL *ssl)
{
    int ok = SSL_use_certificate(ssl, c->cert) == 1 && SSL_use_PrivateKey(ssl, c->key) == 1;

    if (ok && c->session)
        ok = SSL_set_session(ssl, c->session) == 1;
    ERR_clear_error();
    return ok ? 0 : -ERR_KEY;
}

void credential_keep(struct credential *c, SSL_SESSION *session)
{
    SSL_SESSION_free(c->session);
    c->session = session;
}
