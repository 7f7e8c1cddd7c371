/* SPDX-License-Identifier: Apache-2.0
 *
 * See renew.h.
 */
#include "sync/renew.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "model/terminal.h"
#include "sync/enrol_cert.h"
#include "sync/identity.h"

#define TIMEOUT_S 30
#define NEAR_END_MS (INT64_C(90) * 86400000)
#define LOOK_MS (60 * 60 * 1000)  /* how often it is looked whether it is due */
#define RETRY_MS (10 * 60 * 1000) /* after a failure; there are months for it */

struct renew {
    struct http *http;
    struct renew_events events;
    void *ctx;
    char data[400], terminal[TERMINAL_ID_MAX + 1];
    int64_t from_ms, ends_ms;
    struct buf key; /* PEM, of the request under way */
    struct http_request *request;
    struct loop_timer *timer;
    bool waits; /* the timer is a retry's */
};

int64_t renew_due(int64_t from_ms, int64_t ends_ms, uint32_t spread)
{
    int64_t life = ends_ms - from_ms;
    return from_ms + life / 3 * 2 + life / 12 / 1000 * spread / UINT32_MAX * 1000;
}

static uint32_t own_share(const struct renew *r)
{
    uint8_t hash[SHA256_LEN];
    sha256(r->terminal, strlen(r->terminal), hash);
    return be32(hash);
}

/* --- what is there --- */

static int read_own(struct renew *r, struct buf *pem, struct err *e)
{
    int rc = identity_load(r->data, pem, e);
    return rc ? rc : enrol_cert_dates(pem, &r->from_ms, &r->ends_ms, e);
}

int64_t renew_ends(const struct renew *r)
{
    return r->ends_ms;
}

bool renew_near_end(const struct renew *r)
{
    bool sure;
    return r->events.moment(r->ctx, &sure) > r->ends_ms - NEAR_END_MS;
}

/* --- asking --- */

static void finish(struct renew *r, int rc, const struct err *e)
{
    buf_reset(&r->key);
    r->waits = rc != 0;
    if (rc)
        log_warn("renew", "the certificate could not be renewed: %s", e->text);
    loop_timer_start(r->timer, rc ? RETRY_MS : LOOK_MS);
}

/* On disk first, then in use. */
static int take(struct renew *r, const struct buf *cert, struct err *e)
{
    struct buf pem = {0};
    int64_t from = 0, ends = 0;
    int rc = enrol_cert_dates(cert, &from, &ends, e);
    if (rc == 0 && ends <= r->ends_ms)
        rc = err_set(e, ERR_PROTOCOL, "the new one ends no later than the old one");
    if (rc)
        identity_forget_next(r->data); /* with the same key the same one would come */
    if (rc == 0)
        rc = identity_save(r->data, &r->key, cert, e);
    if (rc == 0)
        rc = read_own(r, &pem, e);
    if (rc == 0)
        rc = http_identity(r->http, &pem, e);
    buf_finish(&pem);
    return rc;
}

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct renew *r = ctx;
    struct err e = {0};
    struct buf cert;
    r->request = NULL;
    buf_init(&cert, IDENTITY_MAX);
    int rc = a && a->status == 200 ? enrol_cert_pick_key(a->data, a->len, &r->key, &cert, &e)
             : a                   ? err_set(&e, ERR_REFUSED, "the hall says %d", a->status)
                                   : err_set(&e, why->code, "%s", why->text);
    if (rc == 0)
        rc = take(r, &cert, &e);
    buf_finish(&cert);
    finish(r, rc, &e);
    if (rc == 0) {
        log_info("renew", "the certificate is renewed");
        r->events.renewed(r->ctx);
    }
}

static int make_request(struct renew *r, struct buf *csr, struct err *e)
{
    buf_reset(&r->key);
    int rc = identity_next_key(r->data, &r->key, e);
    return rc ? rc : enrol_cert_request(&r->key, r->terminal, csr, e);
}

static void ask(struct renew *r)
{
    struct err e = {0};
    struct buf csr;
    buf_init(&csr, IDENTITY_MAX);
    int rc = make_request(r, &csr, &e);
    const struct http_call call = {.method = "POST",
                                   .path = "/.well-known/est/simplereenroll",
                                   .type = "application/pkcs10",
                                   .body = csr.data,
                                   .body_len = csr.len,
                                   .timeout_s = TIMEOUT_S};
    if (rc == 0 && !(r->request = http_start(r->http, &call, on_answer, r)))
        rc = err_set(&e, ERR_NOMEM, "HTTP");
    if (rc)
        finish(r, rc, &e);
    buf_finish(&csr);
}

/* --- when --- */

void renew_check(struct renew *r)
{
    bool sure;
    if (r->request || r->waits)
        return;
    if (r->events.moment(r->ctx, &sure) >= renew_due(r->from_ms, r->ends_ms, own_share(r)))
        ask(r);
}

static void on_timer(void *ctx)
{
    struct renew *r = ctx;
    r->waits = false;
    loop_timer_start(r->timer, LOOK_MS);
    renew_check(r);
}

int renew_create(struct loop *l, struct http *h, const char *data_dir, const char *terminal,
                 const struct renew_events *events, void *ctx, struct renew **ret, struct err *e)
{
    struct buf pem = {0};
    struct renew *r = calloc(1, sizeof *r);
    if (!r)
        return err_set(e, ERR_NOMEM, "renewal");
    *r = (struct renew){.http = h, .events = *events, .ctx = ctx};
    text_copy(r->data, sizeof r->data, data_dir);
    text_copy(r->terminal, sizeof r->terminal, terminal);
    buf_init(&r->key, IDENTITY_MAX);
    int rc = read_own(r, &pem, e);
    if (rc == 0)
        rc = http_identity(h, &pem, e);
    buf_finish(&pem);
    r->timer = loop_add_timer(l, on_timer, r);
    loop_timer_start(r->timer, 0);
    if (rc) {
        renew_destroy(r);
        return rc;
    }
    *ret = r;
    return 0;
}

void renew_destroy(struct renew *r)
{
    if (!r)
        return;
    http_cancel(r->request);
    loop_timer_remove(r->timer);
    buf_finish(&r->key);
    free(r);
}
