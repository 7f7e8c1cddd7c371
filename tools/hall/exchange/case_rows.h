/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of the exchange tables that an event of a case makes. Pure. A row's guid names case and event, so that what the data
 * centre sends back (feedback.h) finds them again: "1103003260105000279-4-result".
 */
#ifndef HALL_EXCHANGE_CASE_ROWS_H
#define HALL_EXCHANGE_CASE_ROWS_H

#include "tools/hall/exchange/exchange_table.h"
#include "tools/hall/rules/deadline.h"

struct exchange_event {
    const char *number, *item;             /* case number, task_code */
    const struct case_event *event, *stop; /* stop: the one that it ends; NULL: none */
    const struct case_state *state;        /* as the event left the case */
    int64_t before;                        /* ms: of the event before it, or of the application */
    int score;                             /* 5 … 1, of the case's rating; 0: none */
    const struct workday_calendar *calendar;
};
/* Puts the values of such a row; false: the event makes none. */
bool exchange_case_row(const struct exchange_event *x, enum exchange_row_kind kind, struct exchange_row *r);

/* The case and event that a row's guid names; false: it is none of a case. */
bool exchange_guid_parse(const char *guid, char number[CASE_NUMBER_LEN + 1], int64_t *ret_seq);

#endif
