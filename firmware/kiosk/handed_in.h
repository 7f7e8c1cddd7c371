/* SPDX-License-Identifier: Apache-2.0
 *
 * What is handed in, as records: one application, or those of a bundle (一件事), which are written together or not at all.
 */
#ifndef KIOSK_HANDED_IN_H
#define KIOSK_HANDED_IN_H

#include "catalog/workday.h"
#include "journal/journal.h"
#include "session/session.h"

/* The item and its versions, as they stand in a header. */
void handed_in_name(struct record_header *h, const struct item *item);
/* The number and the promises that this item, or bundle, would get now: ret->number, promised and accepted (the latest of a
 * bundle's), parts, provisional. */
int handed_in_next(struct journal *j, const struct item *item, const struct workday_calendar *calendar, struct input *ret,
                   struct err *e);
/* Seals and appends it. *h comes with what all its records share; then it is the last of them, and h->number the number the
 * resident is told. *ret as above. */
int handed_in_write(struct journal *j, const struct effect_record *what, const struct workday_calendar *calendar,
                    struct record_header *h, struct input *ret, struct err *e);

#endif
