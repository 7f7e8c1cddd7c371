/* SPDX-License-Identifier: Apache-2.0
 *
 * See opener.h.
 */
#include "tools/hall/open/opener.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "wire/record.h"

int opener_check_keys(const char *keys, struct err *e)
{
    struct stat st;

    if (stat(keys, &st) < 0)
        return err_errno(e, "the folder with the keys, %s", keys);
    if (!S_ISDIR(st.st_mode) || st.st_uid != geteuid() || (st.st_mode & 077))
        return err_set(e, ERR_ACCESS, "%s must be a folder of the user that hall-open runs as, with the mode 0700", keys);
    return 0;
}

/* --- opening --- */

const char *opener_case_of(const struct record_header *h)
{
    if (h->kind == RECORD_SUPPLEMENT)
        return h->case_number;
    return h->kind == RECORD_APPLICATION || h->kind == RECORD_FEEDBACK ? h->number : "";
}

/* A token that fails has no key either; why stands in the log. */
static enum opening_outcome no_key(const struct err *e)
{
    if (e->code == ERR_UNREACHABLE)
        log_error("opening", "the key is not to be had: %s", e->text);
    return OPENING_NO_KEY;
}

/* What was sealed under the header that was read into *h. */
static enum opening_outcome unseal(struct keyring *keys, const struct record_header *h, const void *header,
                                   size_t header_len, const void *body, size_t body_len, struct buf *plain)
{
    const struct private_key *k = NULL;
    struct err e = {0};

    if (keyring_find(keys, "sealing", h->key, &k, &e) < 0)
        return no_key(&e);
    const char *info = record_seal_info(h->kind);
    int rc = seal_open(k, info, strlen(info), header, header_len, body, body_len, plain, &e);
    if (rc == -ERR_UNREACHABLE)
        return no_key(&e);
    if (rc < 0)
        return OPENING_FORGED;
    return seal_unpad(plain, NULL) < 0 ? OPENING_UNREADABLE : OPENING_OPENED;
}

enum opening_outcome opener_unseal(struct keyring *keys, const void *header, size_t header_len, const void *body,
                                   size_t body_len, struct record_header *ret_header, struct buf *plain)
{
    if (record_header_decode(header, header_len, ret_header, NULL) < 0 || !opener_case_of(ret_header)[0])
        return OPENING_NO_APPLICATION;
    return unseal(keys, ret_header, header, header_len, body, body_len, plain);
}

/* Whose the record is; the seal says later whether that is true. */
static enum opening_outcome judge_header(const struct opening_request *r, struct opening_row *row, struct record_header *h)
{
    if (record_header_decode(r->header, r->header_len, h, NULL) < 0)
        return r->terminal[0] ? OPENING_OTHER_RECORD : OPENING_NO_APPLICATION;
    memcpy(row->record, h->id, sizeof row->record);
    const char *number = opener_case_of(h);
    if (r->terminal[0])
        return !number[0] && record_kind_has_body(h->kind) && strcmp(h->terminal, r->terminal) == 0 ? OPENING_OPENED
                                                                                                    : OPENING_OTHER_RECORD;
    if (!number[0])
        return OPENING_NO_APPLICATION;
    return strcmp(number, r->number) == 0 ? OPENING_OPENED : OPENING_OTHER_CASE;
}

/* `row` gets which record it is. */
static enum opening_outcome open_one(struct keyring *keys, const struct opening_request *r, struct opening_row *row,
                                     struct opening_answer *a, struct buf *application)
{
    struct record_header h;
    enum opening_outcome outcome = judge_header(r, row, &h);
    struct buf plain;

    if (outcome != OPENING_OPENED)
        return outcome;
    buf_init(&plain, OPENING_BODY_MAX);
    outcome = unseal(keys, &h, r->header, r->header_len, r->body, r->body_len, &plain);
    if (outcome == OPENING_OPENED && opening_application_decode(buf_str(&plain), plain.len, a, application) < 0)
        outcome = OPENING_UNREADABLE;
    buf_finish(&plain);
    return outcome;
}

static void describe(const struct opening_request *r, int64_t user, struct opening_row *row)
{
    *row = (struct opening_row){.at = clock_wall_ms(), .user = user};
    memcpy(row->number, r->number, sizeof row->number);
    memcpy(row->terminal, r->terminal, sizeof row->terminal);
    memcpy(row->staff, r->staff, sizeof row->staff);
    memcpy(row->post, r->post, sizeof row->post);
    memcpy(row->reason, r->reason, sizeof row->reason);
}

/* Nothing of what was opened goes out without its row. */
static void audit(struct opening_log *log, struct opening_row *row, struct opening_answer *a)
{
    struct err e = {0};

    row->outcome = a->outcome;
    if (opening_log_add(log, row, a->hash, &e) == 0) {
        a->seq = row->seq;
        return;
    }
    log_error("opening", "%s is not opened, for the audit cannot be written: %s",
              row->number[0] ? row->number : row->terminal, e.text);
    secret_wipe(a, sizeof *a);
    *a = (struct opening_answer){.outcome = OPENING_NOT_AUDITED};
}

void opener_answer(struct keyring *keys, struct opening_log *log, int64_t user, const char *text, struct buf *out)
{
    struct opening_answer a = {.outcome = OPENING_BAD_REQUEST};
    struct opening_request r;
    struct opening_row row;
    struct buf application;
    struct err e = {0};

    buf_init(&application, APPLICATION_MAX);
    if (opening_request_decode(text, strlen(text), &r, &e) < 0) {
        log_warn("opening", "refused, of user %lld: %s", (long long)user, e.text);
    } else {
        describe(&r, user, &row);
        a.outcome = open_one(keys, &r, &row, &a, &application);
        audit(log, &row, &a);
    }
    if (opening_answer_encode(&a, &application, out) < 0) /* the ceilings leave room */
        log_error("opening", "the answer is too long");
    buf_finish(&application);
    secret_wipe(&a, sizeof a);
}
