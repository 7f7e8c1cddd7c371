/* SPDX-License-Identifier: Apache-2.0
 *
 * See sealed.h.
 */
#include "tools/hall/store/sealed.h"

#include <string.h>

#include "base/text.h"
#include "tools/hall/store/store_index.h"

void sealed_keep(struct sealed *r, const struct store_found *f)
{
    memcpy(r->id, f->record.id, sizeof r->id);
    r->received = f->received;
    r->state = f->record.state;
    text_copy(r->terminal, sizeof r->terminal, f->terminal);
    buf_init(&r->header, RECORD_HEADER_MAX);
    buf_init(&r->body, RECORD_BODY_MAX);
    buf_add(&r->header, f->record.header, f->record.header_len);
    buf_add(&r->body, f->record.body, f->record.body_len);
}

int sealed_compare(struct sealed *r, struct store *s, int office, const uint8_t application[16], struct err *e)
{
    int rc = index_same(s, office, application, r->id, e);

    r->same = rc == 1;
    return rc < 0 ? rc : 0;
}

void sealed_finish(struct sealed *r)
{
    buf_finish(&r->header);
    buf_finish(&r->body);
}
