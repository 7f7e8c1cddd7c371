/* SPDX-License-Identifier: Apache-2.0
 *
 * Enrolment, step by step.
 */
#include "sync/enrol.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "sync/enrol_cert.h"
#include "sync/http.h"
#include "sync/identity.h"
#include "sync/trust.h"
#include "wire/enrol.h"
#include "wire/manifest.h"

#define TIMEOUT_S 30
#define PEM_MAX 8192

struct enrolment {
    struct loop *loop;
    bool anew, hand_over;
    struct enrol_sheet sheet;
    struct buf request;             /* register.json */
    struct enrol_register announce; /* the same, read */
    char data[400], sync[420];
    struct buf ca, key, cert; /* PEM */
    struct trust trust;
    struct buf root, root_sig;
    struct terminal_config terminal;
};

/* DATA/sync/name */
static const char *sync_path(const struct enrolment *n, const char *name, char out[480])
{
    snprintf(out, 480, "%s/%s", n->sync, name);
    return out;
}

/* --- one request, waited for --- */

struct wait {
    bool over;
    int rc, status;
    struct buf *answer;
    struct err *e;
};

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct wait *w = ctx;
    w->over = true;
    if (!a) {
        w->rc = -why->code;
        *w->e = *why;
        return;
    }
    w->status = a->status;
    w->rc = buf_add(w->answer, a->data, a->len);
}

/* A terminal fresh from its box has no trusted clock. */
static int64_t moment(void *ctx, bool *ret_sure)
{
    const struct enrolment *n = ctx;
    return trust_moment(&n->trust, ret_sure);
}

/* What the hall said in {"error":text}, or "". */
static void hall_words(const struct buf *answer, char out[200])
{
    struct json *doc = NULL;
    const char *text = "";
    out[0] = '\0';
    if (!json_parse(answer->data, answer->len, JSON_SIZE_MAX, &doc, NULL) &&
        !json_get_str(doc, "error", 1, 190, &text, NULL))
        snprintf(out, 200, ": %s", text);
    json_free(doc);
}

/* The answer's body; any status but 200 is an error. */
static int call(struct enrolment *n, const struct http_config *config, const struct http_call *c, struct buf *answer,
                struct err *e)
{
    struct http *h = NULL;
    struct wait w = {.answer = answer, .e = e};
    char words[200];
    int rc = http_create(n->loop, config, &h, e);
    if (rc)
        return rc;
    if (!http_start(h, c, on_answer, &w))
        w = (struct wait){.over = true, .rc = err_set(e, ERR_NOMEM, "HTTP")};
    while (!w.over)
        loop_step(n->loop, -1);
    http_destroy(h);
    if (!w.rc && w.status != 200) {
        hall_words(answer, words);
        w.rc = err_set(e, ERR_REFUSED, "the hall refuses (HTTP %d)%s", w.status, words);
    }
    return w.rc;
}

/* --- the steps --- */

static int read_inputs(struct enrolment *n, const char *sheet_path, struct err *e)
{
    char path[480];
    struct buf sheet;
    int rc = fs_read_given(sheet_path, 4096, &sheet, e);
    if (rc == 0)
        rc = enrol_sheet_decode(sheet.data, sheet.len, &n->sheet, e);
    buf_finish(&sheet);
    if (rc)
        return rc;
    snprintf(path, sizeof path, "%s/%s", n->data, n->hand_over ? ENROL_REQUEST : "sync/register.json");
    rc = fs_read(path, 4096, &n->request, e);
    if (rc == 0)
        rc = enrol_register_decode(n->request.data, n->request.len, &n->announce, e);
    if (rc == 0 && strcmp(n->announce.terminal, n->sheet.terminal))
        rc = err_set(e, ERR_INVALID, "%s is for %s, the sheet for %s", path, n->announce.terminal, n->sheet.terminal);
    return err_wrap(e, rc, "read the registration that `kioskctl enrol` prepares");
}

/* Nobody is trusted yet: so only the CA's certificate is asked for, and only the sheet's hash makes it one. */
static int get_ca(struct enrolment *n, struct err *e)
{
    struct buf answer;
    char path[480];
    const struct http_config config = {.base = n->sheet.hall, .proxy = n->sheet.line.proxy};
    const struct http_call c = {.method = "GET", .path = "/.well-known/est/cacerts", .timeout_s = TIMEOUT_S};
    buf_init(&answer, HTTP_ANSWER_MAX);
    int rc = call(n, &config, &c, &answer, e);
    if (rc == 0)
        rc = enrol_cert_pick_hash(answer.data, answer.len, n->sheet.ca_sha256, &n->ca, e);
    if (rc == -ERR_NOTFOUND)
        rc = err_set(e, ERR_SIGNATURE, "the hall at %s is not the one on the sheet; the code was not sent", n->sheet.hall);
    if (rc == 0)
        rc = fs_write_atomic(sync_path(n, "ca.new.crt", path), n->ca.data, n->ca.len, 0644, e);
    buf_finish(&answer);
    return err_wrap(e, rc, "the hall's CA");
}

/* The key of an earlier try is used again: the code may be bound to it by now. */
static int make_key(struct enrolment *n, struct err *e)
{
    char path[480];
    struct private_key *k = NULL;
    int rc = 0;
    if (access(sync_path(n, "tls.new.pem", path), F_OK)) {
        rc = key_generate(&k, e);
        if (rc == 0)
            rc = key_save(k, path, e);
        key_free(k);
    }
    if (rc == 0)
        rc = fs_read(path, PEM_MAX, &n->key, e);
    return err_wrap(e, rc, "make the TLS key");
}

static int get_certificate(struct enrolment *n, struct err *e)
{
    struct buf request, answer;
    char path[480];
    buf_init(&request, PEM_MAX);
    buf_init(&answer, HTTP_ANSWER_MAX);
    int rc = enrol_cert_request(&n->key, n->sheet.terminal, &request, e);
    const struct http_config config = {.base = n->sheet.hall,
                                       .proxy = n->sheet.line.proxy,
                                       .ca = sync_path(n, "ca.new.crt", path),
                                       .moment = moment,
                                       .ctx = n};
    const struct http_call c = {.method = "POST",
                                .path = "/.well-known/est/simpleenroll",
                                .type = "application/pkcs10",
                                .body = request.data,
                                .body_len = request.len,
                                .user = n->sheet.terminal,
                                .password = n->sheet.code,
                                .timeout_s = TIMEOUT_S};
    if (rc == 0)
        rc = call(n, &config, &c, &answer, e);
    if (rc == 0)
        rc = enrol_cert_pick_key(answer.data, answer.len, &n->key, &n->cert, e);
    buf_finish(&request);
    buf_finish(&answer);
    return err_wrap(e, rc, "get a certificate");
}

/* A request with the new certificate. */
static int call_known(struct enrolment *n, const struct http_call *c, struct buf *answer, struct err *e)
{
    char ca[480];
    struct buf both;
    const struct http_config config = {.base = n->sheet.hall,
                                       .proxy = n->sheet.line.proxy,
                                       .ca = sync_path(n, "ca.new.crt", ca),
                                       .identity = &both,
                                       .moment = moment,
                                       .ctx = n};
    buf_init(&both, IDENTITY_MAX);
    buf_add(&both, n->key.data, n->key.len);
    int rc = buf_add(&both, n->cert.data, n->cert.len) ? err_set(e, ERR_TOOLONG, "the certificate")
                                                       : call(n, &config, c, answer, e);
    buf_finish(&both);
    return rc;
}

static int register_journal(struct enrolment *n, struct err *e)
{
    struct buf answer;
    struct enrol_answer said = {0};
    const struct http_call c = {.method = "POST",
                                .path = "/v1/register",
                                .type = "application/json",
                                .body = n->request.data,
                                .body_len = n->request.len,
                                .timeout_s = TIMEOUT_S};
    buf_init(&answer, HTTP_ANSWER_MAX);
    int rc = call_known(n, &c, &answer, e);
    if (rc == 0)
        rc = enrol_answer_decode(answer.data, answer.len, &said, e);
    n->terminal = (struct terminal_config){.office = said.office, .registration = said.registration, .place = said.place};
    memcpy(n->terminal.terminal, n->sheet.terminal, sizeof n->terminal.terminal);
    memcpy(n->terminal.place.terminal, n->sheet.terminal, sizeof n->terminal.terminal);
    memcpy(n->terminal.epoch, n->announce.epoch, EPOCH_LEN);
    memcpy(n->terminal.hall, n->sheet.hall, sizeof n->terminal.hall);
    buf_finish(&answer);
    return err_wrap(e, rc, "register the journal");
}

static int get_root(struct enrolment *n, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    struct manifest_root root;
    const struct http_call json = {.method = "GET", .path = "/v1/catalog/root.json", .timeout_s = TIMEOUT_S};
    const struct http_call sig = {.method = "GET", .path = "/v1/catalog/root.sig", .timeout_s = TIMEOUT_S};
    int rc = call_known(n, &json, &n->root, e);
    if (rc == 0)
        rc = call_known(n, &sig, &n->root_sig, e);
    if (rc)
        return err_wrap(e, rc, "root.json");
    sha256(n->root.data, n->root.len, hash);
    if (memcmp(hash, n->sheet.root_sha256, sizeof hash))
        return err_set(e, ERR_SIGNATURE, "root.json is not the one on the sheet: ask for a new sheet");
    return manifest_root_open(n->root.data, n->root.len, n->root_sig.data, n->root_sig.len, &root, e);
}

/* --- keeping it --- */

static int write_data(const struct enrolment *n, const char *name, const struct buf *b, unsigned mode, struct err *e)
{
    char path[480];
    snprintf(path, sizeof path, "%s/%s", n->data, name);
    return fs_write_atomic(path, b->data, b->len, mode, e);
}

/* terminal.json last: with it the terminal counts as enrolled. The key's first file goes after it. */
static int keep(struct enrolment *n, struct err *e)
{
    char path[480];
    struct buf json;
    buf_init(&json, 4096);
    int rc = terminal_config_encode(&n->terminal, &json, e);
    if (rc == 0)
        rc = identity_save(n->data, &n->key, &n->cert, e);
    if (rc == 0)
        rc = write_data(n, "sync/ca.crt", &n->ca, 0644, e);
    if (rc == 0)
        rc = write_data(n, n->hand_over ? ENROL_GIVEN_ROOT : "root.json", &n->root, 0644, e);
    if (rc == 0)
        rc = write_data(n, n->hand_over ? ENROL_GIVEN_ROOT_SIG : "root.sig", &n->root_sig, 0644, e);
    if (rc == 0)
        rc = write_data(n,
                        n->hand_over ? ENROL_GIVEN_TERMINAL
                        : n->anew    ? "sync/terminal.new.json"
                                     : "terminal.json",
                        &json, 0644, e);
    buf_finish(&json);
    static const char *const used[] = {"tls.new.pem", "ca.new.crt", "register.json"};
    size_t all = sizeof used / sizeof *used - n->hand_over; /* then the request is kiosk's */
    for (size_t i = 0; rc == 0 && i < all; i++)
        if (unlink(sync_path(n, used[i], path)))
            rc = err_errno(e, "remove %s", path);
    return err_wrap(e, rc, "keep the enrolment");
}

static int steps(struct enrolment *n, const char *sheet_path, struct err *e)
{
    int rc = fs_mkdirs(n->sync, 0755, e);
    if (rc == 0)
        rc = read_inputs(n, sheet_path, e);
    if (rc == 0)
        rc = get_ca(n, e);
    if (rc == 0)
        rc = make_key(n, e);
    if (rc == 0)
        rc = get_certificate(n, e);
    if (rc == 0)
        rc = register_journal(n, e);
    if (rc == 0)
        rc = get_root(n, e);
    return rc ? rc : keep(n, e);
}

int sync_enrol(const struct sync_enrolment *how, struct err *e)
{
    struct enrolment *n = secret_alloc(sizeof *n); /* the sheet's code is in it */
    memset(n, 0, sizeof *n);
    n->trust.floor_ms = how->built_ms;
    n->anew = how->anew;
    n->hand_over = how->hand_over;
    buf_init(&n->ca, PEM_MAX);
    buf_init(&n->cert, PEM_MAX);
    buf_init(&n->root, MANIFEST_MAX);
    buf_init(&n->root_sig, MANIFEST_MAX);
    int rc = 0;
    if (!text_copy(n->data, sizeof n->data, how->data_dir) || fs_join(n->sync, sizeof n->sync, how->data_dir, "sync"))
        rc = err_set(e, ERR_TOOLONG, "%s", how->data_dir);
    else if (!(n->loop = loop_create()))
        rc = err_set(e, ERR_NOMEM, "enrol");
    if (rc == 0)
        rc = steps(n, how->sheet_path, e);
    loop_destroy(n->loop);
    buf_finish(&n->request);
    buf_finish(&n->ca);
    buf_finish(&n->key);
    buf_finish(&n->cert);
    buf_finish(&n->root);
    buf_finish(&n->root_sig);
    secret_free(n, sizeof *n);
    return err_wrap(e, rc, "enrol with %s", how->sheet_path);
}
