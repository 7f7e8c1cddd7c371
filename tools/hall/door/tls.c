/* SPDX-License-Identifier: Apache-2.0
 *
 * TLS settings of the hall.
 */
#include "tools/hall/door/tls.h"

#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "tools/hall/keys/cert.h"
#include "tools/hall/keys/pki.h"
#include "wire/enrol.h"

static int load_pair(SSL_CTX *ctx, const char *cert, const char *key, struct err *e)
{
    if (SSL_CTX_use_certificate_chain_file(ctx, cert) != 1)
        return cert_fail(e, cert);
    return SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) == 1 ? 0 : cert_fail(e, key);
}

static int load_staff(SSL_CTX *ctx, const char *dir, struct err *e)
{
    char path[512];
    if (fs_join(path, sizeof path, dir, PKI_STAFF_FILE))
        return err_set(e, ERR_TOOLONG, "%s", dir);
    if (access(path, R_OK))
        return err_set(e, ERR_NOTFOUND, "%s is missing: hallctl staff door makes it", path);
    return load_pair(ctx, path, path, e);
}

static int load_files(SSL_CTX *ctx, const char *dir, struct err *e)
{
    char ca[512], cert[512], key[512];
    if (fs_join(ca, sizeof ca, dir, "ca.crt"))
        return err_set(e, ERR_TOOLONG, "%s", dir);
    int rc = pki_server_files(dir, cert, key, e);
    if (rc == 0)
        rc = load_pair(ctx, cert, key, e);
    if (rc)
        return rc;
    if (SSL_CTX_load_verify_locations(ctx, ca, NULL) != 1)
        return cert_fail(e, ca);
    SSL_CTX_set_client_CA_list(ctx, SSL_load_client_CA_file(ca));
    return 0;
}

int tls_context(const char *dir, bool certificates, SSL_CTX **ret, struct err *e)
{
    static const unsigned char id[] = "tongban-hall", staff_id[] = "tongban-staff";
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
    if (!ctx || SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) != 1) {
        SSL_CTX_free(ctx);
        return cert_fail(e, "TLS");
    }
    /* not FAIL_IF_NO_PEER_CERT: enrolment comes without; server.c decides by route (server.h) */
    SSL_CTX_set_verify(ctx, certificates ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, NULL);
    /* nor is a date judged here: the hall's own clock does, at each request, and one route takes a certificate that has
     * ended */
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(ctx), X509_V_FLAG_NO_CHECK_TIME);
    SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_options(ctx, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_num_tickets(ctx, 1);
    /* resumption with client certificates fails without it */
    SSL_CTX_set_session_id_context(ctx, certificates ? id : staff_id, certificates ? sizeof id - 1 : sizeof staff_id - 1);
    int rc = certificates ? load_files(ctx, dir, e) : load_staff(ctx, dir, e);
    if (rc) {
        SSL_CTX_free(ctx);
        return rc;
    }
    *ret = ctx;
    return 0;
}

static bool read_name(X509 *x, char out[TERMINAL_ID_MAX + 1])
{
    int n = X509_NAME_get_text_by_NID(X509_get_subject_name(x), NID_commonName, out, TERMINAL_ID_MAX + 1);
    return n > 0 && (size_t)n == strlen(out) && terminal_id_valid(out);
}

static void read_certificate(X509 *x, struct who *ret)
{
    unsigned char *der = NULL;
    int n = i2d_X509(x, &der);
    if (n > 0 && read_name(x, ret->id)) {
        ret->kind = WHO_TERMINAL;
        sha256(der, (size_t)n, ret->cert);
        ret->from_ms = cert_from_ms(x);
        ret->ends_ms = cert_ends_ms(x);
    }
    OPENSSL_free(der);
}

void tls_who(SSL *ssl, struct who *ret)
{
    X509 *x = SSL_get1_peer_certificate(ssl);
    *ret = (struct who){.kind = WHO_NOBODY};
    if (x && SSL_get_verify_result(ssl) == X509_V_OK)
        read_certificate(x, ret);
    X509_free(x);
}
