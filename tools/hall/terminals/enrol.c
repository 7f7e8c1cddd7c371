/* SPDX-License-Identifier: Apache-2.0
 *
 * Certificates over HTTPS: the CA's for everybody (RFC 7030 4.1.3), one for a terminal with a one-time code (4.2.1), and a
 * new one for the terminal that shows its present one, even if that has ended (4.2.2). The registration that follows an
 * enrolment is in register.c.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "tools/hall/keys/openssl.h"
#include "tools/hall/terminals/hall.h"

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

/* --- a certificate for a code, or for the one before it --- */

struct request {
    struct write_job job; /* first: the writer hands it back */
    struct hall *hall;
    struct exchange *exchange;
    char address[GUESS_ADDRESS_MAX + 1];
    bool renewal;
    uint8_t shown[SHA256_LEN];                                  /* of a renewal: the certificate it was asked for with */
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
    q->verdict = TERMINAL_CERTIFIED;
    int rc = q->renewal ? terminal_renew(s, &q->ask, q->shown, &q->cert, e)
                        : terminal_certify(s, &q->ask, &q->verdict, &q->cert, e);
    if (rc == 0 && q->verdict == TERMINAL_CERTIFIED)
        rc = terminal_get(s, q->ask.id, &q->row, e);
    return rc;
}

/* Whatever the terminal's row no longer names is refused from now on. */
static void update_registry(struct request *q)
{
    struct registry_entry *entry = registry_find(q->hall->registry, q->ask.id);
    uint8_t before[SHA256_LEN] = {0};
    if (entry)
        memcpy(before, entry->terminal.certs.cert, sizeof before);
    registry_put(q->hall->registry, &q->row);
    if (memcmp(before, q->row.certs.cert, sizeof before))
        server_drop(q->hall->server, before);
}

/* The code has more random bits than anybody can try; slowing who tries is for the log's sake, and that an alert means
 * something. */
static void note_guess(struct request *q)
{
    char detail[160];
    const struct registry_entry *entry = registry_find(q->hall->registry, q->ask.id);
    int n = guess_wrong(q->hall->guesses, q->address, clock_mono_ms());
    if (!guess_alarms(n))
        return;
    snprintf(detail, sizeof detail, "%d wrong enrolment codes from %s", n, q->address);
    hall_alert(q->hall, entry ? entry->terminal.office : 0, entry ? q->ask.id : STORE_NO_TERMINAL, "enrolment-code", detail);
}

static void answer_verdict(struct request *q)
{
    switch (q->verdict) {
    case TERMINAL_CERTIFIED:
        update_registry(q);
        guess_right(q->hall->guesses, q->address);
        answer_certificate(q->exchange, q->cert.data, q->cert.len);
        break;
    case TERMINAL_WRONG:
        note_guess(q);
        exchange_set(q->exchange, "WWW-Authenticate", "Basic realm=\"tongban\"");
        server_answer_error(q->exchange, 401, "the code is wrong, or the terminal is not known");
        break;
    case TERMINAL_LOCKED:
        server_answer_error(q->exchange, 403, "the code has expired: ask for a new sheet");
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
    const char *what = q->renewal ? "renewal" : "enrolment";
    if (rc == -ERR_ACCESS) {
        log_warn("hall", "%s of %s: %s", what, q->ask.id, e->text);
        server_answer_error(q->exchange, 403, "the certificate is not valid any more");
    } else if (rc) {
        log_error("hall", "%s of %s: %s", what, q->ask.id, e->text);
        hall_answer_failure(q->exchange, rc);
    } else {
        log_info("hall", "%s of %s: %s", what, q->ask.id, q->verdict == TERMINAL_CERTIFIED ? "certified" : "refused");
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

static struct request *request_new(struct hall *h, struct exchange *x)
{
    struct request *q = calloc(1, sizeof *q);
    if (!q) {
        server_answer_error(x, 503, "out of memory");
        return NULL;
    }
    q->hall = h;
    q->exchange = x;
    q->ask.issue = issue;
    q->ask.ctx = q;
    snprintf(q->address, sizeof q->address, "%s", exchange_address(x));
    buf_init(&q->cert, TERMINAL_CERT_MAX);
    q->job = (struct write_job){
        .run = certify_run, .done = certify_done, .rows = 2, .bytes = sizeof *q, .from = WRITER_STRANGERS};
    return q;
}

/* Reads the PKCS#10 and hands the request to the writer, or answers. */
static void push(struct request *q)
{
    if (!read_request(q))
        server_answer_error(q->exchange, 400, "no PKCS#10 request of a P-256 key");
    else if (writer_push(q->hall->writer, &q->job))
        return;
    else
        server_answer_error(q->exchange, 503, "the hall is busy");
    request_free(q);
}

void enrol_simple(void *ctx, struct exchange *x)
{
    char after[16];
    struct request *q = request_new(ctx, x);
    if (!q)
        return;
    int wait_s = guess_wait(q->hall->guesses, q->address, clock_mono_ms());
    if (wait_s > 0) {
        snprintf(after, sizeof after, "%d", wait_s);
        exchange_set(x, "Retry-After", after);
        server_answer_error(x, 429, "too many wrong codes came from this address: try again in a minute");
    } else if (!read_credentials(q)) {
        exchange_set(x, "WWW-Authenticate", "Basic realm=\"tongban\"");
        server_answer_error(x, 401, "terminal and code are required");
    } else {
        push(q);
        return;
    }
    request_free(q);
}

void enrol_again(void *ctx, struct exchange *x)
{
    struct request *q = request_new(ctx, x);
    if (!q)
        return;
    const struct who *w = exchange_who(x);
    q->renewal = true;
    memcpy(q->shown, w->cert, sizeof q->shown);
    snprintf(q->credentials, sizeof q->credentials, "%s", w->id);
    q->ask.id = q->job.from = q->credentials;
    push(q);
}

/* --- which certificate is good --- */

struct adoption {
    struct write_job job; /* first: the writer hands it back */
    char terminal[TERMINAL_ID_MAX + 1];
    uint8_t next[SHA256_LEN];
};

static int adopt_run(struct write_job *j, struct store *s, struct err *e)
{
    const struct adoption *a = (const struct adoption *)j;
    return terminal_adopt(s, a->terminal, a->next, e);
}

static void adopt_done(struct write_job *j, int rc, const struct err *e)
{
    if (rc)
        log_warn("hall", "%s", e->text); /* both stay good, and it is seen again after a restart */
    free(j);
}

/* The new certificate is in use: the one before it ends now. */
static void adopt(struct hall *h, struct registry_entry *entry)
{
    struct terminal *t = &entry->terminal;
    struct adoption *a = calloc(1, sizeof *a);
    uint8_t before[SHA256_LEN];
    if (!a)
        return;
    a->job = (struct write_job){.run = adopt_run, .done = adopt_done, .rows = 2, .bytes = sizeof *a};
    memcpy(a->terminal, t->id, sizeof a->terminal);
    memcpy(a->next, t->certs.next, sizeof a->next);
    if (!writer_push(h->writer, &a->job)) {
        free(a);
        return;
    }
    log_info("hall", "%s uses its new certificate", t->id);
    memcpy(before, t->certs.cert, sizeof before);
    memcpy(t->certs.cert, t->certs.next, sizeof t->certs.cert);
    memset(t->certs.next, 0, sizeof t->certs.next);
    registry_touch(h->registry, entry);
    server_drop(h->server, before);
}

static enum standing judge(const struct registry_entry *entry, const struct who *w, bool renews)
{
    struct enrolment_shown shown = {.from_ms = w->from_ms, .ends_ms = w->ends_ms};
    memcpy(shown.cert, w->cert, sizeof shown.cert);
    return enrolment_standing(entry ? &entry->terminal.certs : NULL, &shown, clock_wall_ms(), renews,
                              PKI_BACKDATED_S * INT64_C(1000));
}

/* It was revoked, enrolled or renewed by hallctl or at another hall: a certificate that is its no longer ends. */
void enrol_changed(void *ctx, const struct terminal *before, const struct terminal *now)
{
    struct hall *h = ctx;
    const uint8_t *gone[] = {before ? before->certs.cert : NULL, before ? before->certs.next : NULL};
    static const uint8_t none[SHA256_LEN];
    for (size_t i = 0; h->server && i < 2; i++) {
        if (!gone[i] || memcmp(gone[i], none, sizeof none) == 0 || memcmp(gone[i], now->certs.cert, SHA256_LEN) == 0 ||
            memcmp(gone[i], now->certs.next, SHA256_LEN) == 0)
            continue;
        log_info("hall", "%s: its certificate was %s", now->id,
                 memcmp(now->certs.cert, none, sizeof none) ? "replaced" : "revoked");
        server_drop(h->server, gone[i]);
    }
}

enum standing enrol_known(void *ctx, struct who *w, bool renews)
{
    struct hall *h = ctx;
    struct registry_entry *entry = registry_find(h->registry, w->id);
    enum standing standing = judge(entry, w, renews);
    w->office = entry ? entry->terminal.office : 0;
    if (standing == STANDING_NEXT)
        adopt(h, entry);
    if (standing == STANDING_NEWER)
        hall_alert(h, w->office, w->id, "certificate-unknown",
                   "it shows a certificate that this database has not heard of: restored? enrol the terminal anew");
    return standing == STANDING_NEXT ? STANDING_GOOD : standing;
}
