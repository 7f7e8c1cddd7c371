/* SPDX-License-Identifier: Apache-2.0
 *
 * How an item that is taken off stands at each terminal: by the list that terminal goes by, and by the version of the item
 * in its catalogue, which may be a newer one than was taken off. For the staff's pages and hallctl.
 */
#ifndef HALL_HALT_STAND_H
#define HALL_HALT_STAND_H

#include "tools/hall/store/store_halt.h"

enum halt_stand {
    HALT_STAND_OFF,   /* it is off there */
    HALT_STAND_WAITS, /* the terminal has not said yet that it has the list */
    HALT_STAND_NEWER  /* its catalogue has a newer version of the item, and offers that */
};

struct halt_stands;
/* `data` is borrowed. NULL: out of memory. */
struct halt_stands *halt_stands_create(const char *data);
void halt_stands_destroy(struct halt_stands *s); /* takes NULL */
/* `nth`: which of the items that are off; each catalogue is looked into once for each. */
enum halt_stand halt_stand(struct halt_stands *s, int nth, const struct halt_row *r, const struct halt_seen *t);

#endif
