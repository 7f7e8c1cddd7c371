/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody wants to do to a case, and what comes of it: the one way in which events are added, for `hallctl case` and
 * for the staff's pages. The case is read in the transaction, rules/case.h, rules/deadline.h and rules/account.h judge, the
 * event is added, and the audit log says who did it, or who was refused and why. Who was slower than another finds the case
 * changed and is judged on that.
 */
#ifndef HALL_CASES_DEED_H
#define HALL_CASES_DEED_H

#include "tools/hall/cases/published.h"
#include "tools/hall/rules/account.h"
#include "tools/hall/store/store_case.h"

/* Strings are borrowed; NULL: not said. */
struct deed {
    int office;
    const char *number;
    const char *action; /* word of the audit row, behind "case-" */
    bool tacit;         /* what the law says when nobody has answered; `kind` follows from where the case stands */
    enum case_event_kind kind;
    const char *staff, *post, *words, *law, *to_staff, *to_post;
    enum case_procedure procedure; /* PROCEDURES: none */
    int days;
    enum day_unit unit;
    enum case_result result;
    int64_t at;      /* ms; 0: now */
    int64_t version; /* the case as it was looked at; 0: whichever */
    const char *by;  /* who sat there, for the audit log */

    /* what comes of it */
    struct case_file file;
    enum case_refusal refusal; /* CASE_MAY: done */
    bool known;                /* RECEIVE: the limits of its item */
};
/* In the caller's transaction. 0 also when it is refused: then nothing but the audit log was written to. -ERR_RETRY: the
 * whole transaction again. -ERR_NOTFOUND: no such case. */
int deed_do(struct store *s, const struct published *p, struct deed *d, struct err *e);
/* Would it be refused, whatever is said with it? For showing what may be done now. Nothing is written. */
int deed_may(struct store *s, const struct published *p, const struct case_file *f, const struct account *by,
             enum case_event_kind kind, enum case_refusal *ret, struct err *e);

#endif
