/* SPDX-License-Identifier: Apache-2.0
 *
 * What a hall's database consists of, and which hall's it is. The table `hall` holds one row: the hall's id, which also
 * stands in DIR/hall.id, and the version of the tables. A database of version 0, from before there was such a row, has
 * neither; it is read all the same.
 */
#ifndef HALL_SCHEMA_H
#define HALL_SCHEMA_H

#include "tools/hall/store/sql.h"

#define HALL_ID_LEN 16
/* 2: cases and ratings derived, systems of the terminals; 3: what becomes of cases; 4: what is kept of opened ones;
 * 5: whose they are, blindly; what becomes of tickets; accounts of staff; the outbox;
 * what the data centre found; 6: who opened them; what somebody said, and how cases were rated; the audit log is a chain;
 * which were handed in together; appointments; 7: electronic licences; green-channel cards; 8: editions of the
 * catalogue; what staff want terminals to do; 9: their zones; duty lists, and who sees to which alert; items that are
 * taken off; 10: logs of terminals; systems as editions; what a terminal's last word comes to; where places stand, outlines
 * of districts */
#define SCHEMA_VERSION 10

/* All tables of a new hall, in one transaction. */
int schema_make(struct sql *d, const uint8_t hall[HALL_ID_LEN], struct err *e);
/* What an older database needs: when it is of version 0 it becomes the hall `fresh`, NULL: that is refused; derive() makes
 * what is derived from records. */
struct schema_old {
    const uint8_t *fresh;
    int (*derive)(void *ctx, struct err *e);
    void *ctx;
};
/* Brings an older database forward, in one transaction: as it was or whole. *ret_hall: whose it is. -ERR_STATE: tables are
 * missing; -ERR_VERSION: it was made by a newer hall. */
int schema_take(struct sql *d, const struct schema_old *old, uint8_t ret_hall[HALL_ID_LEN], struct err *e);

#endif
