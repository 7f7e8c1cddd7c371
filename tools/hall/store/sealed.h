/* SPDX-License-Identifier: Apache-2.0
 *
 * A record that is to be opened: kept, still sealed, beyond the row in which store_find_…() lent it.
 */
#ifndef HALL_STORE_SEALED_H
#define HALL_STORE_SEALED_H

#include "base/buf.h"
#include "tools/hall/store/store.h"

struct sealed { /* begin with {0} */
    uint8_t id[16];
    int64_t received;
    char terminal[TERMINAL_ID_MAX + 1];
    enum store_state state;
    bool same;               /* as who applied, by both cards: sealed_compare() */
    struct buf header, body; /* a body may be longer than one that can be opened */
};
void sealed_keep(struct sealed *r, const struct store_found *f);
/* Whether it is of the same person as that application, by the blind indexes. */
int sealed_compare(struct sealed *r, struct store *s, int office, const uint8_t application[16], struct err *e);
void sealed_finish(struct sealed *r);

#endif
