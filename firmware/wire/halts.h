/* SPDX-License-Identifier: Apache-2.0
 *
 * Which items are taken off everywhere (model/halt.h), as the hall tells its terminals in the answer to a long poll
 * (wire/news.h): the value of `halts` is {"state":text,"key":16 hex digits,"sig":hex of the DER signature}, and that text
 *     {"at":ms,"version":V,"list":[{"item":task_code,"upto":task_version,"since":ms,"zh":text,"en":text}]}
 * signed by a key of the root's role acknowledgement over "tongban-halts-v1\n" ‖ its bytes. It is the whole list each time,
 * as long as that text may be (NEWS_QUEUES_MAX). Who does not say &whole=1 in the poll knows no list of more than HALTS_FEW
 * items, would refuse it, and is told the first so many (tools/hall/store/store_halt.h). It can only take away: whoever has
 * taken over the hall can halt items with it, and neither bring one in nor change a word of it; a catalogue with a newer
 * version of the item, which the hall cannot sign, offers it again. Of two lists the one counts that is younger by its time
 * or by its version: a hall whose clock was set back goes on in versions, a restored one in time.
 */
#ifndef WIRE_HALTS_H
#define WIRE_HALTS_H

#include "model/halt.h"
#include "wire/news.h"

#define HALTS_PREFIX "tongban-halts-v1\n"
#define HALTS_TIME_MAX_MS INT64_C(253402300799999)

struct halts_told {
    int64_t at_ms; /* the hall's time */
    struct halts halts;
};
/* `state` alone: what is signed. -ERR_INVALID where decode would refuse it. */
int halts_encode(const struct halts_told *h, struct buf *out, struct err *e);
int halts_decode(const void *data, size_t len, struct halts_told *ret, struct err *e);
/* A word of the hall: 0 and what it says, or -ERR_SIGNATURE. */
int halts_verify(const struct manifest_role *hall, const struct news_word *w, struct halts_told *ret, struct err *e);

#endif
