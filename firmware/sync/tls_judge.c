/* SPDX-License-Identifier: Apache-2.0
 *
 * OpenSSL's verification with another clock.
 */
#include "sync/tls_judge.h"

#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"

/* OpenSSL and base/err.h both have a name ERR_STATE; ours stays */
#define ERR_STATE OPENSSL_ERR_STATE
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#undef ERR_STATE

int tls_judge_backend(const char *ssl_version, struct err *e)
{
    if (ssl_version && !strncmp(ssl_version, "OpenSSL/", 8))
        return 0;
    return err_set(e, ERR_STATE, "libcurl speaks TLS with %s; this program needs OpenSSL's, whose clock it can set",
                   ssl_version ? ssl_version : "nothing");
}

/* One for the process: OpenSSL counts them up for ever. */
static int slot(void)
{
    static int index = -1;
    if (index < 0)
        index = SSL_CTX_get_ex_new_index(0, NULL, NULL, NULL, NULL);
    return index;
}

static struct tls_judge *judge_of(X509_STORE_CTX *x)
{
    SSL *ssl = X509_STORE_CTX_get_ex_data(x, SSL_get_ex_data_X509_STORE_CTX_idx());
    return ssl ? SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), slot()) : NULL;
}

static int64_t ms_of(const ASN1_TIME *t)
{
    struct tm tm;
    return ASN1_TIME_to_tm(t, &tm) ? (int64_t)timegm(&tm) * 1000 : 0;
}

static void common_name(const X509_NAME *n, char out[TLS_NAME_MAX + 1])
{
    unsigned char *utf8 = NULL;
    int at = X509_NAME_get_index_by_NID(n, NID_commonName, -1);
    int len = at < 0 ? -1 : ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(n, at)));
    text_copy(out, TLS_NAME_MAX + 1, len > 0 ? (const char *)utf8 : "");
    OPENSSL_free(utf8);
}

static void see(struct tls_seen *s, const X509 *leaf)
{
    *s = (struct tls_seen){.from_ms = ms_of(X509_get0_notBefore(leaf)), .ends_ms = ms_of(X509_get0_notAfter(leaf))};
    common_name(X509_get_subject_name(leaf), s->name);
    common_name(X509_get_issuer_name(leaf), s->issuer);
}

static enum tls_fault fault_of(int code)
{
    return code == X509_V_ERR_CERT_HAS_EXPIRED     ? TLS_EXPIRED
           : code == X509_V_ERR_CERT_NOT_YET_VALID ? TLS_NOT_YET
                                                   : TLS_UNKNOWN_ISSUER;
}

/* Asked of each certificate of the chain, and once for each thing that is wrong: the first is what it is refused for. */
static int on_certificate(int ok, X509_STORE_CTX *x)
{
    struct tls_judge *j = judge_of(x);
    struct tm tm;
    if (j && !ok && !j->sure && X509_STORE_CTX_get_error(x) == X509_V_ERR_CERT_NOT_YET_VALID) {
        X509_STORE_CTX_set_error(x, X509_V_OK);
        ok = 1;
    }
    if (j && X509_STORE_CTX_get0_cert(x) && j->seen.fault == TLS_NO_FAULT) {
        see(&j->seen, X509_STORE_CTX_get0_cert(x));
        j->seen.fault = ok ? TLS_NO_FAULT : fault_of(X509_STORE_CTX_get_error(x));
    }
    if (j && ok && X509_STORE_CTX_get_error_depth(x) == 0 &&
        ASN1_TIME_to_tm(X509_get0_notAfter(X509_STORE_CTX_get_current_cert(x)), &tm))
        j->ends_ms = (int64_t)timegm(&tm) * 1000;
    return ok;
}

bool tls_judge_attach(struct tls_judge *j, void *ssl_ctx)
{
    SSL_CTX *ctx = ssl_ctx;
    j->sure = true;
    j->seen = (struct tls_seen){.name = ""};
    int64_t ms = j->moment ? j->moment(j->ctx, &j->sure) : clock_wall_ms();
    j->now_ms = ms;
    X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(ctx), (time_t)(ms / 1000));
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, on_certificate);
    return SSL_CTX_set_ex_data(ctx, slot(), j) == 1;
}
