/* SPDX-License-Identifier: Apache-2.0
 *
 * Enrolling many at once.
 */
#include "tools/fleet/roll.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "crypto/random.h"
#include "tools/hall/keys/pki.h"
#include "tools/hall/store/terminal.h"

#define GROUP 100 /* in one transaction: a hall beside waits no longer for the database */
#define PATH_MAX_ 512
#define LONG_AGO_MS (INT64_C(2) * PKI_TERMINAL_DAYS * 86400000)

struct roll {
    struct store *store;
    struct pki *pki, *other; /* the hall's CA; one that it does not know */
};
/* What issue() needs: one request. */
struct asking {
    const struct roll *roll;
    const struct roll_entry *entry;
    const struct buf *request;
};

/* --- certificates --- */

/* Of a CA made for this, whose key nobody keeps. */
static int make_other(struct pki **ret, struct err *e)
{
    static const char *const files[] = {"ca.crt", "ca.key", PKI_SERVER_FILE};
    const char *tmp = getenv("TMPDIR");
    char dir[PATH_MAX_], path[PATH_MAX_ + 32];

    snprintf(dir, sizeof dir, "%s/fleet-ca-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(dir))
        return err_errno(e, "make %s", dir);
    int rc = pki_init(dir, NULL, false, e);
    if (rc == 0)
        rc = pki_load(dir, ret, e);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, files[i]);
        unlink(path);
    }
    rmdir(dir);
    return err_wrap(e, rc, "another CA");
}

/* As it would have been made back then: the CA's dates are what they are, and the hall judges a date by itself. */
static int issue_ended(const struct asking *a, const char *id, int office, struct buf *out, struct err *e)
{
    int64_t now = clock_wall_ms();

    clock_set_wall(now - LONG_AGO_MS);
    int rc = pki_issue(a->roll->pki, a->request->data, a->request->len, id, office, out, e);
    clock_set_wall(now);
    if (rc == 0 && pki_der_ends(out->data, out->len) > now)
        rc = err_set(e, ERR_STATE, "certificates of this CA never end: it was made by hallctl keys init --test");
    return rc;
}

static int issue(void *ctx, const char *id, int office, struct buf *out, struct err *e)
{
    const struct asking *a = ctx;

    if (a->entry->kind == ROLL_EXPIRED)
        return issue_ended(a, id, office, out, e);
    return pki_issue(a->roll->pki, a->request->data, a->request->len, id, office, out, e);
}

static int certify(const struct asking *a, const char *code, struct buf *cert, struct err *e)
{
    struct terminal_request q = {.id = a->entry->id, .code = code, .issue = issue, .ctx = (void *)(uintptr_t)a};
    enum terminal_verdict verdict = TERMINAL_WRONG;
    int rc = pki_request_check(a->request->data, a->request->len, q.key_sha256, e);

    if (rc == 0)
        rc = terminal_certify(a->roll->store, &q, &verdict, cert, e);
    if (rc == 0 && verdict == TERMINAL_FULL)
        return err_set(e, ERR_RANGE, "office %04d has no registration number left: take another hall", a->entry->office);
    if (rc == 0 && verdict != TERMINAL_CERTIFIED)
        return err_set(e, ERR_REFUSED, "%s was not certified", a->entry->id);
    return rc;
}

/* What it shows: the hall's, or of the CA nobody knows. */
static int take_certificate(const struct asking *a, struct roll_entry *entry, const struct buf *cert, struct err *e)
{
    struct buf foreign;

    if (entry->kind != ROLL_FOREIGN)
        return credential_certify(entry->credential, cert->data, cert->len, e);
    buf_init(&foreign, PKI_DER_MAX);
    int rc = pki_issue(a->roll->other, a->request->data, a->request->len, entry->id, entry->office, &foreign, e);
    if (rc == 0)
        rc = credential_certify(entry->credential, foreign.data, foreign.len, e);
    buf_finish(&foreign);
    return rc;
}

/* --- one terminal --- */

static int register_journal(const struct roll *r, struct roll_entry *entry, struct err *e)
{
    struct enrol_register q = {0};
    struct terminal row;

    random_bytes(entry->epoch, EPOCH_LEN);
    int rc = key_generate(&entry->signing, e);
    if (rc < 0)
        return rc;
    key_public(entry->signing, &q.signing);
    memcpy(q.epoch, entry->epoch, EPOCH_LEN);
    memcpy(q.terminal, entry->id, sizeof q.terminal);
    rc = terminal_register(r->store, &q, e);
    if (rc == 0 && entry->kind == ROLL_REVOKED)
        rc = terminal_revoke(r->store, entry->id, e);
    if (rc == 0)
        rc = terminal_get(r->store, entry->id, &row, e);
    if (rc == 0)
        entry->registration = row.registration;
    return rc;
}

static int enter(const struct roll *r, struct roll_entry *entry, struct err *e)
{
    static const struct place place = {
        .zone = "fleet", .spot = "fleet", .device = "fleet", .hotline = "12345", .supervision = "12345"};
    char code[ENROL_CODE_MAX + 1];
    struct buf request, cert;
    const struct asking a = {r, entry, &request};

    buf_init(&request, PKI_DER_MAX);
    buf_init(&cert, PKI_DER_MAX);
    terminal_new_code(code);
    int rc = terminal_add(r->store, entry->office, entry->id, &place, code, e);
    if (rc == 0)
        rc = credential_create(&entry->credential, &request, e);
    if (rc == 0)
        rc = certify(&a, code, &cert, e);
    if (rc == 0)
        rc = take_certificate(&a, entry, &cert, e);
    if (rc == 0)
        rc = register_journal(r, entry, e);
    buf_finish(&request);
    buf_finish(&cert);
    return rc;
}

/* --- all of them --- */

/* Both or neither: what the database does not know has no key either. */
static void undo(struct roll_entry *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        credential_destroy(list[i].credential);
        key_free(list[i].signing);
        list[i].credential = NULL;
        list[i].signing = NULL;
    }
}

static int enter_group(const struct roll *r, struct roll_entry *list, size_t n, struct err *e)
{
    int rc = store_begin(r->store, e);

    if (rc < 0)
        return rc;
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = enter(r, &list[i], e);
    if (rc < 0)
        store_rollback(r->store);
    else
        rc = store_commit(r->store, e);
    if (rc < 0)
        undo(list, n);
    return rc;
}

static bool any_foreign(const struct roll_entry *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].kind == ROLL_FOREIGN)
            return true;
    return false;
}

int roll_call(const char *data_dir, struct roll_entry *list, size_t n, void (*told)(void *ctx, size_t done), void *ctx,
              struct err *e)
{
    struct roll r = {0};
    char tls[PATH_MAX_];

    if (fs_join(tls, sizeof tls, data_dir, "tls"))
        return err_set(e, ERR_TOOLONG, "%s", data_dir);
    int rc = store_open(data_dir, &r.store, e);
    if (rc == 0)
        rc = pki_load(tls, &r.pki, e);
    if (rc == 0 && any_foreign(list, n))
        rc = make_other(&r.other, e);
    for (size_t at = 0; rc == 0 && at < n; at += GROUP) {
        size_t group = n - at < GROUP ? n - at : GROUP;

        rc = enter_group(&r, list + at, group, e);
        if (rc == 0 && told)
            told(ctx, at + group);
    }
    pki_free(r.other);
    pki_free(r.pki);
    store_close(r.store);
    return rc;
}
