/* SPDX-License-Identifier: Apache-2.0
 *
 * By which moment the hall's certificate is judged: base/clock's where it is trusted, else one that has surely passed. Then
 * a certificate that ended before it is refused, and one that begins after it is not: it may be later by now. By OpenSSL,
 * which must be what libcurl speaks TLS with.
 */
#ifndef SYNC_TLS_JUDGE_H
#define SYNC_TLS_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define TLS_NAME_MAX 127

enum tls_fault { TLS_NO_FAULT, TLS_UNKNOWN_ISSUER, TLS_EXPIRED, TLS_NOT_YET };
/* What a certificate says that was shown last, believed or not. */
struct tls_seen {
    char name[TLS_NAME_MAX + 1], issuer[TLS_NAME_MAX + 1]; /* their common names; "": none was seen, or it has none */
    int64_t from_ms, ends_ms;
    enum tls_fault fault;
};

struct tls_judge {
    int64_t (*moment)(void *ctx, bool *ret_sure); /* NULL: the clock, which is sure */
    void *ctx;
    bool sure;       /* of the last moment taken */
    int64_t ends_ms; /* when the certificate ends that the hall showed last; 0: none was seen */
    int64_t now_ms;  /* what it was judged by */
    struct tls_seen seen;
};

/* `ssl_version` as curl_version_info() says it: -ERR_STATE for another library. */
int tls_judge_backend(const char *ssl_version, struct err *e);
/* In CURLOPT_SSL_CTX_FUNCTION; the judge is borrowed for as long as connections live. False: out of memory. */
bool tls_judge_attach(struct tls_judge *j, void *ssl_ctx);

#endif
