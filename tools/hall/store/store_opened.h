/* SPDX-License-Identifier: Apache-2.0
 *
 * What is kept, masked, of a case that was opened, so that daily work need not open it again; which opening was the last;
 * and who opened it, for its applicant. The openings themselves are hall-open's (open/opening_log.h): what stands here of
 * the last one shows whether its file was cut. Who opened what stands in the audit log too, where the pages find it. Each
 * function runs in the caller's transaction.
 */
#ifndef HALL_STORE_OPENED_H
#define HALL_STORE_OPENED_H

#include "crypto/hash.h"
#include "tools/hall/rules/case.h"
#include "tools/hall/store/store.h"

struct case_opened {
    char name[200], notice[64]; /* masked; "": none */
    int64_t seq;                /* of the last opening; 0: it was never opened */
    uint8_t hash[SHA256_LEN];
};
int case_opened_put(struct store *s, int office, const char *number, const struct case_opened *o, struct err *e);
/* seq 0 when there is none. */
int case_opened_read(struct store *s, int office, const char *number, struct case_opened *ret, struct err *e);

/* Who opened it, as hall-open and the hall were told. `seq`: of hall-open's row. */
struct case_opening {
    int64_t at, seq;
    char staff[CASE_NAME_MAX + 1]; /* "": the machine did, for a notice, and nobody read it */
    char post[CASE_NAME_MAX + 1], reason[CASE_WORDS_MAX + 1];
};
int case_opening_add(struct store *s, int office, const char *number, const struct case_opening *o, struct err *e);
/* The newest first, at most `most` of them. How many there are in `ret`, or negative. */
int case_opening_newest(struct store *s, int office, const char *number, struct case_opening *ret, int most, struct err *e);

/* The row of the audit log for one that hall-open was asked for: `action` is case-open, case-open-supplement for what was
 * added to it, complaint-open for what somebody said; `refused` "": it was opened. */
int case_opened_audit(struct store *s, int office, const char *by, const char *action, const char *number,
                      const char *refused, const char *staff, const char *post, const char *reason, struct err *e);
/* How often it was opened: by the audit log, which knows older ones too. */
int case_opened_count(struct store *s, int office, const char *number, int64_t *ret, struct err *e);
/* The last `max` of them, the newest first; `words`: who, post, why. Borrowed for the call. */
typedef void case_opened_fn(void *ctx, int64_t at, const char *words);
int case_opened_each(struct store *s, int office, const char *number, int max, case_opened_fn *fn, void *ctx, struct err *e);

#endif
