/* SPDX-License-Identifier: Apache-2.0
 *
 * Bundles (一件事): which cases were handed in with one form, in which order. Derived from the records of their applications
 * (projection.c); a case of a bundle is a case like any other, and goes its own way. Each runs in the caller's transaction.
 */
#ifndef HALL_STORE_BUNDLE_H
#define HALL_STORE_BUNDLE_H

#include "model/number.h"
#include "model/record.h"
#include "tools/hall/store/store.h"

/* An application says that it is one of a bundle, and its number is the one that it then has. */
bool bundle_fits(const struct record_header *h);
/* Notes it; 0 where it was noted before. */
int bundle_put(struct store *s, int office, const struct record_header *h, struct err *e);

/* Of which bundle a case is. */
struct case_bundle {
    char number[CASE_NUMBER_LEN + 1]; /* of the bundle; "": of none */
    char item[RECORD_TEXT_MAX];       /* its task_code: whose department leads */
    int part, parts;                  /* which of it this is, from 1, of how many */
};
int bundle_of_case(struct store *s, int office, const char *number, struct case_bundle *ret, struct err *e);
/* The bundle that has this number: ret->part 0. -ERR_NOTFOUND: none that was delivered. */
int bundle_read(struct store *s, int office, const char *number, struct case_bundle *ret, struct err *e);

#endif
