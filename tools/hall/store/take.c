/* SPDX-License-Identifier: Apache-2.0
 *
 * Records against what the hall knows.
 */
#include "tools/hall/store/take.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tools/hall/store/projection.h"
#include "tools/hall/store/store_bundle.h"
#include "tools/hall/store/store_queue.h"
#include "tools/hall/store/store_supplement.h"
#include "wire/record.h"

static bool is(const struct store_record *r, enum record_kind kind)
{
    return !strcmp(r->kind, record_kind_word(kind));
}

__attribute__((format(printf, 5, 6))) static int tell(struct store *s, const struct sender *who,
                                                      const struct store_record *r, const char *what, const char *fmt, ...)
{
    char why[120], detail[160];
    struct err e = {0};
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(why, sizeof why, fmt, ap);
    va_end(ap);
    snprintf(detail, sizeof detail, "record %llu: %s", (unsigned long long)r->seq, why);
    return store_alert(s, who->office, who->terminal, what, detail, &e);
}

/* --- what cannot be read --- */

static int tell_unreadable(struct store *s, const struct sender *who, const struct store_record *r)
{
    static const char *const why[STORE_STATES] = {[STORE_HEADER_BAD] = "its header cannot be read, or names another place",
                                                  [STORE_BODY_GONE] = "its sealed content did not come",
                                                  [STORE_BODY_BAD] = "its sealed content is not what the chain says"};
    return r->state < STORE_STATES && why[r->state] ? tell(s, who, r, store_state_word(r->state), "%s", why[r->state]) : 0;
}

/* --- cases --- */

/* A case of its own it is all the same. */
static int tell_bundle(struct store *s, const struct sender *who, const struct store_record *r)
{
    struct record_header h;

    if (record_header_decode(r->header, r->header_len, &h, NULL) < 0 || !h.bundle[0] || bundle_fits(&h))
        return 0;
    return tell(s, who, r, "bundle-foreign", "case number %s is not number %d of bundle %s", r->number, h.part, h.bundle);
}

static int judge_case(struct store *s, const struct sender *who, struct store_record *r, struct err *e)
{
    if (sender_gives_case(who, r->number))
        return tell_bundle(s, who, r);
    r->state = STORE_FOREIGN;
    return tell(s, who, r, "case-foreign", "case number %s is not of this terminal", r->number);
}

/* --- supplements --- */

static int judge_supplement(struct store *s, const struct sender *who, struct store_record *r)
{
    if (sender_supplements(who, r->number))
        return 0;
    r->state = STORE_FOREIGN;
    return tell(s, who, r, "supplement-foreign", "case %s is not of this terminal's office", r->number);
}

/* What nobody waits for is kept and marked; staff look at it. */
static int take_supplement(struct store *s, const struct sender *who, struct store_record *r,
                           const struct workday_calendar *calendar, struct err *e)
{
    enum case_refusal why = CASE_MAY;
    int rc = supplement_take(s, who, r, calendar, &why, e);

    if (rc < 0 || why == CASE_MAY)
        return rc;
    r->state = STORE_UNASKED;
    return tell(s, who, r, "supplement-unasked", "case %s does not wait for it: %s", r->number, case_refusal_what(why));
}

/* --- what somebody said --- */

/* One without a number is of a terminal that gives none: it is kept, and nothing derives from it. */
static int judge_spoken(struct store *s, const struct sender *who, struct store_record *r)
{
    if (!r->number[0] || sender_gives_spoken(who, r->number))
        return 0;
    r->state = STORE_FOREIGN;
    return tell(s, who, r, "spoken-foreign", "number %s is not of this terminal", r->number);
}

/* --- tickets --- */

static int judge_ticket(struct store *s, const struct sender *who, struct store_record *r, struct err *e)
{
    enum queue_verdict verdict;
    int rc = is(r, RECORD_TICKET) ? queue_judge_ticket(s, who, r, &verdict, e) : queue_judge_void(s, who, r, &verdict, e);
    if (rc < 0)
        return rc;
    switch (verdict) {
    case QUEUE_ITS_OWN:
    case QUEUE_NOTHING:
        return 0;
    case QUEUE_UNKNOWN:
        r->state = STORE_FOREIGN;
        return tell(s, who, r, "queue-unknown", "no catalogue has the queue %s", r->queue);
    case QUEUE_FOREIGN:
        r->state = STORE_FOREIGN;
        return tell(s, who, r, "ticket-foreign", "%s %s of %s is not this terminal's", r->kind, r->number, r->queue);
    }
    return 0;
}

/* --- the batch --- */

static int judge(struct store *s, const struct sender *who, struct store_record *r, struct err *e)
{
    int rc = tell_unreadable(s, who, r);
    if (rc == 0 && r->state != STORE_HEADER_BAD && is(r, RECORD_APPLICATION))
        rc = judge_case(s, who, r, e);
    if (rc == 0 && r->state != STORE_HEADER_BAD && is(r, RECORD_SUPPLEMENT))
        rc = judge_supplement(s, who, r);
    if (rc == 0 && r->state != STORE_HEADER_BAD && is(r, RECORD_FEEDBACK))
        rc = judge_spoken(s, who, r);
    if (rc == 0 && r->state == STORE_GOOD && r->queue[0] && r->day)
        rc = judge_ticket(s, who, r, e);
    return rc;
}

static int tell_double(struct store *s, const struct sender *who, struct store_record *r)
{
    r->state = STORE_DOUBLE;
    if (is(r, RECORD_APPLICATION))
        return tell(s, who, r, "case-double", "case number %s was given before", r->number);
    return is(r, RECORD_FEEDBACK)
               ? tell(s, who, r, "spoken-double", "number %s of what somebody said was given before", r->number)
               : tell(s, who, r, "ticket-double", "ticket %s of %s was given twice on one day", r->number, r->queue);
}

static int take_record(struct store *s, const struct sender *who, struct store_record *r,
                       const struct workday_calendar *calendar, bool *tickets, struct err *e)
{
    enum projection_verdict made = PROJECTION_NOTHING;
    int rc = judge(s, who, r, e);
    if (rc == 0 && r->state == STORE_GOOD && is(r, RECORD_SUPPLEMENT))
        rc = take_supplement(s, who, r, calendar, e);
    if (rc == 0)
        rc = projection_add(s, who, r, &made, e);
    if (rc == 0 && made == PROJECTION_DOUBLE)
        rc = tell_double(s, who, r);
    if (made == PROJECTION_MADE && r->queue[0])
        *tickets = true;
    return rc < 0 ? rc : store_add(s, who, r, e);
}

int take_batch(struct store *s, const struct take *t, bool *ret_moved, bool *ret_tickets, struct err *e)
{
    struct sender who = {.office = t->office, .terminal = t->terminal, .epoch = t->epoch, .received = t->received};
    *ret_moved = *ret_tickets = false;
    int rc = store_sender(s, &who, e);
    struct sender after = who;
    for (size_t i = 0; i < t->n; i++)
        after.at = sender_later(&after, t->records[i].at, t->records[i].clock_trusted);
    if (rc == 0)
        rc = store_move(s, &after, t->from, t->head, ret_moved, e);
    for (size_t i = 0; rc == 0 && *ret_moved && i < t->n; i++) {
        struct store_record r = t->records[i];
        rc = take_record(s, &who, &r, t->calendar, ret_tickets, e);
        who.at = sender_later(&who, r.at, r.clock_trusted);
    }
    if (rc == 0 && *ret_tickets)
        rc = queue_changed(s, t->office, e);
    return err_wrap(e, rc, "store records of %s", t->terminal);
}
