/* SPDX-License-Identifier: Apache-2.0
 *
 * What reports read beside the cases (store_case.h): ratings, and what terminals told of their own service. Each in one
 * pass, outside any transaction.
 */
#ifndef HALL_STORE_REPORT_H
#define HALL_STORE_REPORT_H

#include "model/place.h"
#include "tools/hall/rules/report.h"
#include "tools/hall/store/store.h"

/* Strings are borrowed for the call; non-zero stops. */
struct rating_row {
    int office, score;
    int64_t at;                           /* when it was given, never after it came */
    const char *terminal, *item, *number; /* number "": anonymous */
    uint8_t id[16];                       /* of its record */
};
typedef int rating_fn(void *ctx, const struct rating_row *r);
/* Given from a moment on, and before another; by their time. */
int report_each_rating(struct store *s, int64_t from, int64_t before, rating_fn *fn, void *ctx, struct err *e);

/* The score of a case's rating, 0: none. */
int report_case_score(struct store *s, int office, const char *number, int *ret, struct err *e);

/* `zone`: where a terminal stands. Each terminal whose place is known, by office and id. */
typedef int site_fn(void *ctx, int office, const char *terminal, const char *zone);
int report_each_site(struct store *s, site_fn *fn, void *ctx, struct err *e);

struct service_row {
    int office;
    const char *terminal;
    int64_t at, since; /* since: of its first record */
    bool told;         /* false: it told nothing of the kind; what and id are not set */
    enum report_told what;
    uint8_t id[16];
};
typedef int service_fn(void *ctx, const struct service_row *r);
/* What each terminal told before a moment, by office, terminal and time; at least a row for each that was heard of by then.
 */
int report_each_service(struct store *s, int64_t before, service_fn *fn, void *ctx, struct err *e);

#endif
