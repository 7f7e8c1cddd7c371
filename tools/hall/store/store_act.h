/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff want terminals to do (rules/act.h), as rows. Each function runs in the caller's transaction.
 */
#ifndef HALL_STORE_ACT_H
#define HALL_STORE_ACT_H

#include "tools/hall/rules/act.h"
#include "tools/hall/store/store_fleet.h"

#define ACT_WHY_MAX 200   /* bytes: why it is wanted, for colleagues */
#define ACT_NAME_MAX 80   /* who wants it */
#define ACTS_SHOWN_MAX 30 /* of a terminal */

struct act_row {
    struct act act; /* `at_ms`: when it was wanted */
    char why[ACT_WHY_MAX + 1], name[ACT_NAME_MAX + 1];
    int64_t granted_ms, done_ms;
};
/* 1: added, and what is older of its kind and no terminal has yet is over (OUT and IN are one kind); 0: it stands there
 * already, as it is. -ERR_NOTFOUND: the office has no such terminal; -ERR_EXISTS: something else bears its id. */
int act_add(struct store *s, int office, const struct act_row *r, struct err *e);
/* No terminal has it yet, and it may be withdrawn. */
bool act_row_waits(const struct act_row *r, int64_t now_ms);
/* What it is, in words: 'message “今天停电”, wanted by 张三 at 2026-01-05T09:00:00.000+08:00'. Cut where there is no room.
 */
#define ACT_TOLD_MAX (ACT_MESSAGE_MAX + ACT_NAME_MAX + 120)
void act_row_tell(const struct act_row *r, char out[ACT_TOLD_MAX + 1]);
struct act_withdrawal {
    int office;
    const uint8_t *id;
    const char *who, *why; /* for the audit log */
    int64_t now_ms;
};
/* By its id, so that nothing is withdrawn that nobody looked at. 1: it is, its time is over; 0: it does not wait, because
 * its terminal has it, it is over, or something newer stands in its place: then nothing changes. Both are written down, with
 * what it was; *ret says it too, without a terminal where the office knows no such id. */
int act_withdraw(struct store *s, const struct act_withdrawal *w, struct act_row *ret, struct err *e);
/* The newest first, ACTS_SHOWN_MAX of a terminal; non-zero stops. */
typedef int act_fn(void *ctx, const struct act_row *r);
int act_each(struct store *s, int office, const char *terminal, act_fn *fn, void *ctx, struct err *e);
/* How far it is, among the terminal's neighbours now. */
int act_stands(struct store *s, const struct fleet_terminal *t, const struct act_row *r, int64_t now_ms, enum act_stand *ret,
               struct err *e);
/* Something waits for the terminal, or it has a message to show. 1, 0. */
int act_waits(struct store *s, int office, const char *terminal, int64_t now_ms, struct err *e);
/* What the terminal is given now, the oldest first: what it had been given and has not answered, what may be given, and
 * the newest message while it lasts. From now on it has them. */
int act_grant(struct store *s, int office, const char *terminal, int64_t now_ms, struct act list[ACTS_MAX], size_t *ret_n,
              struct err *e);
/* Its record has come. What is of another terminal, or not known, changes nothing. */
int act_done(struct store *s, int office, const char *terminal, const uint8_t id[ACT_ID_LEN], int64_t at_ms, struct err *e);

#endif
