/* SPDX-License-Identifier: Apache-2.0
 *
 * What differs between two catalogues, in words a head of section can sign: items that are new, gone and changed, and of
 * those each changed field with what stood there and what stands there now. Then the queues and the calendar. Two files and
 * nothing else decide it, in the order of the newer one.
 */
#ifndef HALL_EDITION_DIFF_H
#define HALL_EDITION_DIFF_H

#include "catalog/catalog.h"

enum edition_diff_kind { EDITION_ITEM_ADDED, EDITION_ITEM_GONE, EDITION_ITEM_CHANGED, EDITION_DIFF_KINDS };
const char *edition_diff_word(enum edition_diff_kind k);  /* "added" */
const char *edition_diff_about(enum edition_diff_kind k); /* 新增 */

struct edition_diff_item {
    enum edition_diff_kind kind;
    const char *code, *name, *dept; /* of a queue: "queue:ID"; of the calendar "calendar" */
};
/* Who is told: each item, then its fields. Before or after "": it does not stand there. Texts are valid for the call. */
struct edition_diff_to {
    void (*item)(void *ctx, const struct edition_diff_item *i);
    void (*field)(void *ctx, const char *where, const char *before, const char *after);
};
/* ret_counts (may be NULL): how many of each kind. */
int edition_diff(struct catalog *from, struct catalog *now, const struct edition_diff_to *to, void *ctx,
                 int ret_counts[EDITION_DIFF_KINDS], struct err *e);

#endif
