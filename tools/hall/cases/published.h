/* SPDX-License-Identifier: Apache-2.0
 *
 * What the published catalogue says of items and days. A case keeps the limits of the version its applicant saw: where the
 * item has been changed since, an earlier catalogue that still lies in DIR/public/files has them; where some terminals have
 * a later edition (rules/edition.h), that. Of one thread at a time.
 */
#ifndef HALL_CASES_PUBLISHED_H
#define HALL_CASES_PUBLISHED_H

#include "catalog/catalog.h"
#include "tools/hall/rules/case.h"

struct published {
    struct catalog *catalog; /* NULL: none is published: limits are not known, and days may still move */
    const struct workday_calendar *calendar;
    int64_t version;
    char files[420];
};
int published_open(const char *data, struct published *ret, struct err *e);
void published_close(struct published *p);
/* The limits of that version of an item, as this or an earlier catalogue has it. False: none has, every limit is unknown
 * then. */
bool published_limits(const struct published *p, const char *item, int version, struct case_limits *ret);
/* Whether that version of an item names the special procedure, by our word or the one people read ("inspection",
 * "现场勘察"); true also where it names none at all, or no catalogue has it. */
bool published_procedure(const struct published *p, const char *item, int version, enum case_procedure which);
/* What the item is called in the present catalogue; its code where that does not have it. */
void published_name(const struct published *p, const char *item, char *out, size_t cap);
/* fn gets the item as its applicant saw it, or, where no catalogue has that version any more, as it is now; NULL where it is
 * in none. Valid for the call. */
void published_item(const struct published *p, const char *item, int version, void (*fn)(void *ctx, const struct item *item),
                    void *ctx);
/* Whose it is; "" where the catalogue does not have it. */
void published_dept(const struct published *p, const char *item, char *out, size_t cap);
/* The documents it asks for there; none where the catalogue does not have it. */
void published_materials(const struct published *p, const char *item, void (*fn)(void *ctx, const char *name), void *ctx);

#endif
