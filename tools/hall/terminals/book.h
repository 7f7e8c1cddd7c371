/* SPDX-License-Identifier: Apache-2.0
 *
 * The published catalogue as the hall's threads read it: items' names, the calendar. One at a time reads it.
 */
#ifndef HALL_BOOK_H
#define HALL_BOOK_H

#include "catalog/catalog.h"

struct book;

int book_create(struct book **ret, struct err *e);
void book_destroy(struct book *b); /* takes NULL */
/* From now on it is this one, which is taken over. From any thread, as the following. */
void book_take(struct book *b, struct catalog *c);
/* Waits until nobody else reads; NULL: none is published, and days are counted by weekends and the regulation alone. Either
 * way book_close() ends it. */
struct catalog *book_open(struct book *b);
void book_close(struct book *b);

#endif
