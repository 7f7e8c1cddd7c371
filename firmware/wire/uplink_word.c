/* SPDX-License-Identifier: Apache-2.0
 *
 * See uplink_word.h.
 */
#include "wire/uplink_word.h"

#include <string.h>

#include "base/err.h"
#include "base/text.h"

#define NOTHING "-"

void uplink_word_put(const struct uplink_found *f, struct peer_line *ret)
{
    *ret = (struct peer_line){.kind = PEER_UPLINK, .ms = f->n, .bytes = f->what[0] ? f->what : NOTHING};
    text_copy(ret->reason, sizeof ret->reason, uplink_finding_word(f->finding));
}

int uplink_word_take(const struct peer_line *p, struct uplink_found *ret)
{
    struct uplink_found f = {.finding = uplink_finding_by_word(p->reason), .n = p->ms};

    if (f.finding == UPLINK_NOT_REACHED || !uplink_what_ok(p->bytes))
        return -ERR_INVALID;
    if (strcmp(p->bytes, NOTHING))
        text_copy(f.what, sizeof f.what, p->bytes);
    *ret = f;
    return 0;
}
