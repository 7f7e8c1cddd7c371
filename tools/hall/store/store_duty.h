/* SPDX-License-Identifier: Apache-2.0
 *
 * What of the alerts is open, and who sees to it (rules/duty.h). A row is one alert from when it began until it ended; when
 * it comes again that is another row. Of one terminal and kind at most one is open. Each function runs in the caller's
 * transaction.
 */
#ifndef HALL_STORE_DUTY_H
#define HALL_STORE_DUTY_H

#include "tools/hall/rules/duty.h"
#include "tools/hall/store/store_fleet.h"
#include "tools/hall/store/store_shift.h"

#define DUTY_KEPT_MS (INT64_C(90) * 24 * 3600 * 1000) /* after it ended; the audit log keeps who did what */

struct duty_row {
    int office;
    char terminal[TERMINAL_ID_MAX + 1], what[DUTY_WHAT_MAX + 1];
    int64_t since, ended; /* ms; 0: open */
    enum duty_level level;
    bool lasts;
    char staff[ACCOUNT_ID_MAX + 1];                          /* whose; "": nobody's */
    char name[CASE_NAME_MAX + 1], words[DUTY_WORDS_MAX + 1]; /* who said last what */
    bool gone;                        /* who has it looks after terminals no more: nobody waits for him */
    int64_t taken, by;                /* when; and until when he promised it, 0: he did not */
    int64_t told;                     /* somebody was, last; 0: nobody */
    char told_to[ACCOUNT_ID_MAX + 1]; /* or DUTY_NOBODY */
    bool waits;                       /* that message was not handed over yet, */
    int tries;                        /* after so many tries */
    int rounds;                       /* so often the list has begun again (rules/duty.h) */
    struct place place;               /* of a terminal whose place can be read, else empty */
    char zone[ZONE_NAME_LEN + 1];     /* or "" */
    int64_t count;                    /* an alert of the hall was told so often, at all; 0: it is none */
    char detail[161];                 /* and its words */
};
/* An alert of the hall was told: what does not last is open from now on, if it was not. */
int duty_alert(struct store *s, int office, const char *terminal, const char *what, int64_t since, struct err *e);

/* One look at an office, in three steps: how its terminals stand, which is read outside any transaction; what of it is new
 * or over, and who is to be told, which is written in one. Of what begins, ends and is told in two looks at once each is
 * counted once. Who is told has a message in the outbox, one for a look, and none where the office has no duty list. A
 * terminal that staff have taken out of service is not missed when it is silent, and one without a certificate says nothing.
 */
struct duty_seen;
int duty_see(struct store *s, int office, int64_t now_ms, struct duty_seen **ret, struct err *e);
int duty_settle(struct store *s, const struct duty_seen *seen, struct err *e);
void duty_forget(struct duty_seen *seen); /* takes NULL */
/* Somebody who sends messages has looked; when that was last, ms, 0: never. */
int duty_looked(struct store *s, int office, int64_t now_ms, struct err *e);
int duty_look_last(struct store *s, int office, int64_t *ret_ms, struct err *e);

/* Those that are open, the most urgent first, nobody's before somebody's, the oldest first; or (`ended`) those that ended
 * since then, the last first. Non-zero stops. */
typedef int duty_fn(void *ctx, const struct duty_row *r);
int duty_each(struct store *s, int office, int64_t ended, duty_fn *fn, void *ctx, struct err *e);
/* The zones of an office, by name, each with the place of one of its terminals; non-zero stops. */
typedef int duty_zone_fn(void *ctx, const char *zone, const struct place *place);
int duty_each_zone(struct store *s, int office, duty_zone_fn *fn, void *ctx, struct err *e);
/* What one was told at a time and is still open and nobody's, or whose promise is past or by who is gone. */
int duty_each_told(struct store *s, int office, const char *staff, int64_t at, int64_t now_ms, duty_fn *fn, void *ctx,
                   struct err *e);
/* By which way. -ERR_NOTFOUND: of what he was told then nothing waits for him any more. */
int duty_way(struct store *s, int office, const char *staff, int64_t at, char ret[SHIFT_WAY_MAX + 1], struct err *e);
/* `again`: as duty_next_of() says. */
struct duty_facts duty_facts_of(const struct duty_row *r, bool again);
/* Who of these is told of it next: the first who was not told yet, else who was told longest ago (`again`), and the first of
 * all after hours in which nobody was on duty. NULL: there is none. */
int duty_next_of(struct store *s, const struct duty_row *r, const struct shift *const *on, size_t n,
                 const struct shift **ret, bool *ret_again, struct err *e);

/* What somebody does about one: for colleagues to read, with a row of the audit log, also where it is refused. Sent again
 * with the same id it is done once: 1. */
struct duty_deed { /* borrowed */
    int office;
    const char *terminal, *what;
    int64_t since;
    enum duty_verb verb;
    const char *staff, *name, *words, *seen; /* who; `seen`: whose it was when he looked */
    int64_t now, by;
    const uint8_t *id; /* 16 bytes */
};
/* 0, 1, or a negative code; *ret_why says whether it was done, *ret how it stands then. */
int duty_do(struct store *s, const struct duty_deed *d, enum duty_refusal *ret_why, struct duty_row *ret, struct err *e);

#endif
