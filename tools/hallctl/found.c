/* SPDX-License-Identifier: Apache-2.0
 *
 * See found.h.
 */
#include "tools/hallctl/found.h"

#include <stdio.h>
#include <string.h>

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

int found_unseal(const struct found *f, const char *keys, struct buf *plain, struct err *e)
{
    struct record_header h;
    struct private_key *k = NULL;
    int rc = read_header(f, &h, e);
    if (rc)
        return rc;
    const char *info = record_seal_info(h.kind);
    rc = key_folder_find(keys, "sealing", h.key, &k, e);
    if (rc == -ERR_NOTFOUND) /* not the record */
        rc = err_set(e, ERR_KEY, "it is sealed to a key that is not in %s", keys);
    if (rc == 0)
        rc = seal_open(k, info, strlen(info), f->header.data, f->header.len, f->body.data, f->body.len, plain, e);
    if (rc == 0)
        rc = seal_unpad(plain, e);
    key_free(k);
    return err_wrap(e, rc, "open the record");
}
