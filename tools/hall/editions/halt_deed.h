/* SPDX-License-Identifier: Apache-2.0
 *
 * One item is taken off everywhere, or brought back (rules/halt.h), for hallctl and the staff's pages. Both run in the
 * caller's transaction and write down who did it, or was refused; terminals hear of it within seconds (terminals/halts.c).
 */
#ifndef HALL_HALT_DEED_H
#define HALL_HALT_DEED_H

#include "tools/hall/editions/edition_deed.h"
#include "tools/hall/store/store_halt.h"

struct halt_deed {
    const char *data;
    bool on; /* bring it back; else take it off */
    const char *task_code;
    const char *zh, *en; /* taking off: why, for residents; `en` may be "" */
    struct edition_by by;
};
/* *ret_refusal other than HALT_MAY_REFUSED: nothing was done but to write that down; of an item that is or was off *ret has
 * its row. Of an item whose versions differ between editions all are taken off. -ERR_RETRY: as in writer.h. */
int halt_do(struct store *s, const struct halt_deed *d, enum halt_refusal *ret_refusal, struct halt_row *ret, struct err *e);

#endif
