/* SPDX-License-Identifier: Apache-2.0
 *
 * The duty lists of offices (rules/shift.h), as rows. Each function runs in the caller's transaction, and what changes a
 * list leaves a row of the audit log, by `who`.
 */
#ifndef HALL_STORE_SHIFT_H
#define HALL_STORE_SHIFT_H

#include "tools/hall/rules/shift.h"
#include "tools/hall/store/store.h"

/* Adds the row, or puts it in the place of the one with its id; `name` is looked up, and written there. -ERR_NOTFOUND:
 * `staff` is nobody who looks after this office's terminals; -ERR_RANGE: no
 * terminal is in its zone; -ERR_NOSPACE: the list is full. */
int shift_put(struct store *s, int office, struct shift *one, const char *who, struct err *e);
/* 1: it is gone; 0: there was none. */
int shift_drop(struct store *s, int office, const uint8_t id[SHIFT_ID_LEN], const char *who, struct err *e);
/* All of an office, by place, hour and name. The count. */
int shift_list(struct store *s, int office, struct shift ret[SHIFTS_MAX], struct err *e);

#endif
