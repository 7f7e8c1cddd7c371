/* SPDX-License-Identifier: Apache-2.0
 *
 * The columns of a record that are derived from its header: made when it is stored, compared when it is verified.
 */
#ifndef JOURNAL_INDEX_H
#define JOURNAL_INDEX_H

#include "model/record.h"

#define INDEX_SERIES_CASE "case"
#define INDEX_SERIES_SPOKEN "spoken" /* day 0: it runs on as long as the journal does */
#define INDEX_SERIES_MAX (2 * RECORD_TEXT_MAX)

struct record_index {
    char series[INDEX_SERIES_MAX]; /* "": the record gives out no number */
    int64_t day;                   /* since 1970-01-01 */
    int64_t serial;
    int office, registration; /* out of a case number, or that of what was said; -1 for others */
};

/* -ERR_INVALID: the record should give out a number and has none that can be read. */
int record_index_of(const struct record_header *h, struct record_index *ret);
/* The series of a queue's tickets whose numbers look like `number`. */
int record_index_ticket_series(const char *queue, const char *number, char out[INDEX_SERIES_MAX]);

#endif
