/* SPDX-License-Identifier: Apache-2.0
 *
 * See found.h.
 */
#include "tools/hallctl/found.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/options.h"
#include "base/text.h"
#include "crypto/key_folder.h"
#include "crypto/seal.h"
#include "tools/hallctl/hallctl.h"
#include "wire/record.h"

void found_init(struct found *f)
{
    *f = (struct found){.count = 0};
    buf_init(&f->header, RECORD_HEADER_MAX);
    buf_init(&f->body, RECORD_BODY_MAX);
}

void found_finish(struct found *f)
{
    buf_finish(&f->header);
    buf_finish(&f->body);
}

int found_keep(void *ctx, const struct store_found *f)
{
    struct found *out = ctx;
    if (out->count++)
        return 1; /* more than one: the caller refuses */
    out->office = f->office;
    out->state = f->record.state;
    snprintf(out->terminal, sizeof out->terminal, "%s", f->terminal);
    memcpy(out->id, f->record.id, sizeof out->id);
    buf_add(&out->header, f->record.header, f->record.header_len);
    buf_add(&out->body, f->record.body, f->record.body_len);
    return 0;
}

int found_audit(struct store *s, const struct found *f, const char *action, const char *reason, struct err *e)
{
    char id[33];
    hex_encode(f->id, sizeof f->id, id);
    return store_audit(s, f->office, hallctl_who(), action, id, reason, e);
}

static int read_header(const struct found *f, struct record_header *h, struct err *e)
{
    if (!store_state_whole(f->state))
        return err_set(e, ERR_SIGNATURE, "the record is marked %s", store_state_word(f->state));
    int rc = record_header_decode(f->header.data, f->header.len, h, e);
    if (rc == 0 && !record_kind_has_body(h->kind))
        rc = err_set(e, ERR_KEY, "a record of the kind %s holds nothing sealed", record_kind_word(h->kind));
    return rc;
}

static int by_keys(const struct found *f, const struct record_header *h, const char *keys, struct buf *plain, struct err *e)
{
    struct private_key *k = NULL;
    const char *info = record_seal_info(h->kind);
    int rc = key_folder_find(keys, "sealing", h->key, &k, e);
    if (rc == -ERR_NOTFOUND) /* not the record */
        rc = err_set(e, ERR_KEY, "it is sealed to a key that is not in %s", keys);
    if (rc == 0)
        rc = seal_open(k, info, strlen(info), f->header.data, f->header.len, f->body.data, f->body.len, plain, e);
    if (rc == 0)
        rc = seal_unpad(plain, e);
    key_free(k);
    return rc;
}

/* The case it belongs to; "": none. */
static const char *case_of(const struct record_header *h)
{
    return h->kind == RECORD_APPLICATION ? h->number : h->kind == RECORD_SUPPLEMENT ? h->case_number : "";
}

static int fill(const struct found *f, const struct record_header *h, struct opening_request *r, struct err *e)
{
    if (f->header.len > sizeof r->header || f->body.len > sizeof r->body)
        return err_set(e, ERR_TOOLONG, "it is larger than what hall-open opens");
    text_copy(r->number, sizeof r->number, case_of(h));
    text_copy(r->terminal, sizeof r->terminal, r->number[0] ? "" : h->terminal);
    memcpy(r->header, f->header.data, r->header_len = f->header.len);
    memcpy(r->body, f->body.data, r->body_len = f->body.len);
    return 0;
}

static int refused(const struct opening_answer *a, struct err *e)
{
    enum err_code code = a->outcome == OPENING_NO_KEY ? ERR_KEY : a->outcome == OPENING_FORGED ? ERR_SIGNATURE : ERR_REFUSED;

    return err_set(e, code, "hall-open does not open it: %s. %s", opening_what(a->outcome), opening_remedy(a->outcome));
}

static int by_line(struct store *s, const struct found *f, const struct record_header *h, const struct open_line *line,
                   struct buf *plain, struct err *e)
{
    struct opening_request *r = calloc(1, sizeof *r);
    struct opening_answer a = {0};
    struct json *doc = NULL;
    const struct json *words = NULL;
    int rc = r ? fill(f, h, r, e) : err_set(e, ERR_NOMEM, "a request to hall-open");

    if (rc == 0)
        rc = open_line_ask(line, r, &a, &doc, &words, e);
    if (rc == 0 && h->kind == RECORD_APPLICATION && f->state == STORE_GOOD)
        rc = open_line_keep(s, line, f->office, h->number, &a, true, e);
    if (rc == 0)
        rc = a.outcome == OPENING_OPENED ? json_dump(words, plain) : refused(&a, e);
    json_free(doc);
    free(r);
    return rc;
}

int found_open(struct store *s, const struct found *f, const struct found_way *way, struct buf *plain, struct err *e)
{
    struct record_header h;
    int rc = read_header(f, &h, e);

    if (rc == 0)
        rc = way->keys ? by_keys(f, &h, way->keys, plain, e) : by_line(s, f, &h, &way->line, plain, e);
    return err_wrap(e, rc, "open the record");
}

int found_way_fit(const char *command, const struct found_way *way)
{
    const struct open_line *l = &way->line;

    if (way->keys && (l->socket || l->staff || l->post))
        return options_wrong(command, "--keys opens without hall-open: no --socket, --staff or --post beside it");
    if (!way->keys && (!l->staff || !l->post))
        return options_wrong(command,
                             "hall-open is told who asks: --staff and --post are missing (or --keys, where the keys are)");
    return hallctl_line(command, "--reason", l->reason, CASE_WORDS_MAX);
}
