/* SPDX-License-Identifier: Apache-2.0
 *
 * Enrolment: the CA's certificate for everybody (RFC 7030 4.1), a certificate for a terminal with a one-time code (4.2), and
 * then, with that certificate, the registration of its journal.
 */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "tools/hall/hall.h"
#include "tools/hall/openssl.h"

#define TEXT_MAX 8192

/* --- base64 (RFC 4648 4), as EST carries DER --- */

static int base64_decode(const char *text, size_t len, uint8_t *out, size_t cap, size_t *ret_len)
{
    EVP_ENCODE_CTX *ctx = EVP_ENCODE_CTX_new();
    int n = 0, tail = 0;
    bool ok = ctx && len <= cap; /* decoded is shorter */
    if (ok) {
        EVP_DecodeInit(ctx);
        ok = EVP_DecodeUpdate(ctx, out, &n, (const unsigned char *)text, (int)len) >= 0 &&
             EVP_DecodeFinal(ctx, out + n, &tail) == 1;
    }
    EVP_ENCODE_CTX_free(ctx);
    *ret_len = ok ? (size_t)(n + tail) : 0;
    return ok && *ret_len ? 0 : -ERR_INVALID;
}

static void answer_certificate(struct exchange *x, const void *der, size_t len)
{
    struct buf p7;
    struct err e = {0};
    unsigned char text[TEXT_MAX];
    buf_init(&p7, TEXT_MAX / 2);
    if (pki_certs_only(der, len, &p7, &e)) {
        log_error("hall", "%s", e.text);
        server_answer_error(x, 500, "the certificate could not be sent");
    } else {
        int n = EVP_EncodeBlock(text, p7.data, (int)p7.len);
        exchange_set(x, "Content-Transfer-Encoding", "base64");
        server_answer(x, 200, "application/pkcs7-mime; smime-type=certs-only", text, (size_t)n);
    }
    buf_finish(&p7);
}

void enrol_cacerts(void *ctx, struct exchange *x)
{
    struct hall *h = ctx;
    const struct buf *der = pki_ca_der(h->pki);
    answer_certificate(x, der->data, der->len);
}

/* --- a certificate for a code --- */

struct request {
    struct write_job job; /* first: the writer hands it back */
    struct hall *hall;
    struct exchange *exchange;
    char credentials[TERMINAL_ID_MAX + 1 + ENROL_CODE_MAX + 1]; /* id NUL code NUL */
    struct terminal_request ask;
    uint8_t csr[TEXT_MAX];
    size_t csr_len;

    enum terminal_verdict verdict; /* result of a run */
    struct buf cert;
    bool have_row;
    struct terminal row;
};

static int issue(void *ctx, const char *id, int office, struct buf *out, struct err *e)
{
    struct request *q = ctx;
    return pki_issue(q->hall->pki, q->csr, q->csr_len, id, office, out, e);
}

static int certify_run(struct write_job *j, struct store *s, struct err *e)
{
    struct request *q = (struct request *)j;
    buf_reset(&q->cert);
    int rc = terminal_certify(s, &q->ask, &q->verdict, &q->cert, e);
    if (!rc && q->verdict == TERMINAL_CERTIFIED)
        rc = terminal_get(s, q->ask.id, &q->row, e);
    return rc;
}

/* The new certificate is the only one from now on. */
static void replace_certificate(struct request *q)
{
    struct registry_entry *entry = registry_find(q->hall->registry, q->ask.id);
    if (entry && memcmp(entry->terminal.cert, q->row.cert, SHA256_LEN))
        server_drop(q->hall->server, entry->terminal.cert);
    registry_put(q->hall->registry, &q->row);
}

static void answer_verdict(struct request *q)
{
    switch (q->verdict) {
    case TERMINAL_CERTIFIED:
        replace_certificate(q);
        answer_certificate(q->exchange, q->cert.data, q->cert.len);
        break;
    case TERMINAL_WRONG:
        exchange_set(q->exchange, "WWW-Authenticate", "Basic realm=\"tongban\"");
        server_answer_error(q->exchange, 401, "the code is wrong, or the terminal is not known");
        break;
    case TERMINAL_LOCKED:
        server_answer_error(q->exchange, 403, "the code has expired or was tried too often: ask for a new sheet");
        break;
    case TERMINAL_OTHER_KEY:
        server_answer_error(q->exchange, 403, "the code was used by another machine: ask for a new sheet");
        break;
    case TERMINAL_FULL:
        server_answer_error(q->exchange, 409, "the office has no registration number left");
        break;
    }
}

static void request_free(struct request *q)
{
    secret_wipe(q->credentials, sizeof q->credentials);
    buf_finish(&q->cert);
    free(q);
}

static void certify_done(struct write_job *j, int rc, const struct err *e)
{
    struct request *q = (struct request *)j;
    if (rc) {
        log_error("hall", "enrolment of %s: %s", q->ask.id, e->text);
        hall_answer_failure(q->exchange, rc);
    } else {
        log_info("hall", "enrolment of %s: %s", q->ask.id, q->verdict == TERMINAL_CERTIFIED ? "certified" : "refused");
        answer_verdict(q);
    }
    request_free(q);
}

/* "Basic base64(id:code)" (RFC 7617). */
static bool read_credentials(struct request *q)
{
    static const char scheme[] = "Basic ";
    uint8_t text[256];
    size_t len = 0;
    const char *header = exchange_header(q->exchange, "Authorization");
    if (!header || strncmp(header, scheme, sizeof scheme - 1) || strlen(header) >= sizeof text)
        return false;
    header += sizeof scheme - 1;
    bool ok = !base64_decode(header, strlen(header), text, sizeof text, &len) && len < sizeof q->credentials &&
              !memchr(text, 0, len);
    char *colon = NULL;
    if (ok) {
        memcpy(q->credentials, text, len);
        colon = strchr(q->credentials, ':');
    }
    secret_wipe(text, sizeof text);
    if (!colon)
        return false;
    *colon = '\0';
    q->ask.id = q->credentials;
    q->ask.code = colon + 1;
    return terminal_id_valid(q->ask.id);
}

static bool read_request(struct request *q)
{
    struct buf body;
    struct err e = {0};
    bool ok = !exchange_body(q->exchange, TEXT_MAX, &body) &&
              !base64_decode(buf_str(&body), body.len, q->csr, sizeof q->csr, &q->csr_len) &&
              !pki_request_check(q->csr, q->csr_len, q->ask.key_sha256, &e);
    buf_finish(&body);
    return ok;
}

void enrol_simple(void *ctx, struct exchange *x)
{
    struct hall *h = ctx;
    struct request *q = calloc(1, sizeof *q);
    if (!q) {
        server_answer_error(x, 503, "out of memory");
        return;
    }
    q->hall = h;
    q->exchange = x;
    q->ask.issue = issue;
    q->ask.ctx = q;
    buf_init(&q->cert, TERMINAL_CERT_MAX);
    q->job = (struct write_job){
        .run = certify_run, .done = certify_done, .rows = 2, .bytes = sizeof *q, .from = WRITER_STRANGERS};
    if (!read_credentials(q)) {
        exchange_set(x, "WWW-Authenticate", "Basic realm=\"tongban\"");
        server_answer_error(x, 401, "terminal and code are required");
    } else if (!read_request(q)) {
        server_answer_error(x, 400, "no PKCS#10 request of a P-256 key");
    } else if (writer_push(h->writer, &q->job)) {
        return;
    } else {
        server_answer_error(x, 503, "the hall is busy");
    }
    request_free(q);
}

/* --- registration of the journal --- */

struct registration {
    struct write_job job; /* first: the writer hands it back */
    struct hall *hall;
    struct exchange *exchange;
    struct enrol_register ask;
    struct terminal row; /* result of a run */
};

static int register_run(struct write_job *j, struct store *s, struct err *e)
{
    struct registration *r = (struct registration *)j;
    int rc = terminal_register(s, &r->ask, e);
    return rc ? rc : terminal_get(s, r->ask.terminal, &r->row, e);
}

static void answer_registration(struct registration *r)
{
    struct buf json;
    const struct enrol_answer a = {r->row.office, r->row.registration, r->row.place};
    buf_init(&json, 4096);
    enrol_answer_encode(&a, &json);
    server_answer(r->exchange, 200, "application/json", json.data, json.len);
    buf_finish(&json);
}

static void register_done(struct write_job *j, int rc, const struct err *e)
{
    struct registration *r = (struct registration *)j;
    if (!rc) {
        registry_put(r->hall->registry, &r->row);
        answer_registration(r);
    } else if (rc == -ERR_EXISTS || rc == -ERR_STATE) {
        const struct registry_entry *entry = registry_find(r->hall->registry, r->ask.terminal);
        hall_alert(r->hall, entry ? entry->terminal.office : 0, r->ask.terminal, "registration", e->text);
        server_answer_error(r->exchange, 409, "this registration has another journal: enrol the terminal anew");
    } else {
        log_error("hall", "%s", e->text);
        hall_answer_failure(r->exchange, rc);
    }
    free(r);
}

void enrol_register(void *ctx, struct exchange *x)
{
    struct hall *h = ctx;
    struct buf body;
    struct err e = {0};
    struct registration *r = calloc(1, sizeof *r);
    int rc = r ? 0 : -ERR_NOMEM;
    if (!rc)
        rc = exchange_body(x, TEXT_MAX, &body);
    if (!rc)
        rc = enrol_register_decode(body.data, body.len, &r->ask, &e);
    if (r)
        buf_finish(&body);
    if (!rc && strcmp(r->ask.terminal, exchange_peer(x)->terminal))
        rc = err_set(&e, ERR_ACCESS, "the certificate is another terminal's");
    if (!rc)
        rc = enrol_register_verify(&r->ask, &e);
    if (!rc) {
        r->hall = h;
        r->exchange = x;
        r->job = (struct write_job){.run = register_run, .done = register_done, .rows = 2, .bytes = sizeof *r};
        r->job.from = r->ask.terminal;
        if (writer_push(h->writer, &r->job))
            return;
    }
    free(r);
    server_answer_error(x, rc ? 400 : 503, rc ? e.text : "the hall is busy");
}
