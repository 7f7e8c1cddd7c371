/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of `hallctl exchange` share: exchange.c has the command and its answers, exchange_day.c makes the tables of
 * a day, exchange_feedback.c takes what comes back.
 */
#ifndef HALLCTL_EXCHANGE_H
#define HALLCTL_EXCHANGE_H

#include "tools/hall/exchange/exchange_table.h"
#include "tools/hall/store/store_exchange.h"
#include "tools/hallctl/case.h"

#define EXCHANGE_COMMAND "hallctl exchange"
#define EXCHANGE_TABLES_MAX 40

struct exchange_options {
    const char *data, *day, *out, *office, *codes, *file;
    bool json;
    /* what was read of them */
    struct date day_n;
    int office_n; /* -1: all */
    struct exchange_codes codes_n;
};

/* What the centre calls the day's rows: "20260105", or with the office "20260105-1103". */
void exchange_batch(const struct exchange_options *o, char out[20]);
/* Fills `outs`, one for each table, with the rows of the day (cases) and of the published catalogue (items). *ret_n: how
 * many tables, of which all are to be finished, also after a failure. */
int exchange_day(struct store *s, const struct published *p, const struct exchange_options *o,
                 struct exchange_out outs[EXCHANGE_TABLES_MAX], int *ret_n, struct err *e);

/* Verbs. The exit code. */
int exchange_feedback(struct store *s, const struct exchange_options *o);
int exchange_errors(struct store *s, const struct exchange_options *o);
/* A line for people on stdout for each that a case has. */
int exchange_say_errors(struct store *s, int office, const char *number, struct err *e);

#endif
