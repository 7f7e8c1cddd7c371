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
/* Taking off what is off gives it other words, or reaches
 * a newer version that came since; the same again is refused. *ret_refusal other than HALT_MAY_REFUSED: nothing was done but
 * to write that down; of an item that is or was off *ret has its row. Of an item whose versions differ between editions all
 * are taken off. -ERR_RETRY: as in writer.h. */
int halt_do(struct store *s, const struct halt_deed *d, enum halt_refusal *ret_refusal, struct halt_row *ret, struct err *e);

/* Which version of the item that catalogue has, and in `name` (NULL or HALT_NAME_MAX + 1) what it calls it; 0: it has none
 * that this program can read, or its file is gone. */
int halt_item_version(const char *data, int64_t catalogue, const char *task_code, char *name);

#endif
