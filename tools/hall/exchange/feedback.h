/* SPDX-License-Identifier: Apache-2.0
 *
 * The table by which a data centre tells what is wrong with what it was sent (dn_audit_abnormal), as CSV with the names of
 * its columns first. From outside: bounded, strict, harmless; control characters become blanks.
 */
#ifndef HALL_EXCHANGE_FEEDBACK_H
#define HALL_EXCHANGE_FEEDBACK_H

#include "tools/hall/exchange/case_rows.h"
#include "tools/hall/reports/csv.h"

/* characters, by the national table; four bytes each */
#define FEEDBACK_GUID_MAX 50
#define FEEDBACK_TYPE_MAX 100
#define FEEDBACK_REMARK_MAX 1000
#define FEEDBACK_BATCH_MAX 32
#define FEEDBACK_TABLE_MAX 50
#define FEEDBACK_TIME_MAX 19
#define FEEDBACK_BYTES(characters) (4 * (characters) + 1)

struct feedback {
    char guid[FEEDBACK_BYTES(FEEDBACK_GUID_MAX)]; /* of the finding itself: a second one with it is the same */
    char type[FEEDBACK_BYTES(FEEDBACK_TYPE_MAX)], remark[FEEDBACK_BYTES(FEEDBACK_REMARK_MAX)];
    char batch[FEEDBACK_BYTES(FEEDBACK_BATCH_MAX)], table[FEEDBACK_BYTES(FEEDBACK_TABLE_MAX)];
    char found[FEEDBACK_BYTES(FEEDBACK_TIME_MAX)];    /* cd_time, as it came; "": not said */
    char row_guid[FEEDBACK_BYTES(FEEDBACK_GUID_MAX)]; /* of the row it is about */
    bool of_case;                                     /* it names a case: the three below are set */
    int office;
    char number[CASE_NUMBER_LEN + 1];
    int64_t seq; /* of the event */
};
#define FEEDBACK_COLUMNS 7
struct feedback_reader {
    struct csv_reader csv;
    int columns[FEEDBACK_COLUMNS]; /* where each stands; -1: it is not there */
};
/* Reads the names of columns; `data` is borrowed. -ERR_INVALID: one that is needed is missing, or stands twice. */
int feedback_reader_init(struct feedback_reader *r, const void *data, size_t len, struct err *e);
void feedback_reader_finish(struct feedback_reader *r);
/* 1: a finding; 0: the end; -ERR_INVALID, -ERR_TOOLONG with the line. */
int feedback_next(struct feedback_reader *r, struct feedback *ret, struct err *e);

#endif
