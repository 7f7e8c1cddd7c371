/* SPDX-License-Identifier: Apache-2.0
 *
 * Records to rows.
 */
#include "tools/hall/store/projection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_act.h"
#include "tools/hall/store/store_arrival.h"
#include "tools/hall/store/store_bundle.h"
#include "tools/hall/store/store_case.h"
#include "tools/hall/store/store_complaint.h"
#include "tools/hall/store/store_index.h"
#include "tools/hall/store/store_queue.h"

void projection_describe(struct store_record *r, const struct record_header *h)
{
    struct date day;
    text_copy(r->kind, sizeof r->kind, record_kind_word(h->kind));
    text_copy(r->number, sizeof r->number, h->number);
    if (h->kind == RECORD_SUPPLEMENT)
        text_copy(r->number, sizeof r->number, h->case_number);
    r->at = h->at;
    r->clock_trusted = h->clock_trusted;
    if ((h->kind != RECORD_TICKET && h->kind != RECORD_TICKET_VOID) || !queue_id_valid(h->queue) ||
        !record_day_parse(h->day, &day))
        return;
    text_copy(r->queue, sizeof r->queue, h->queue);
    r->day = date_to_days(day);
}

/* --- one record: rows made; 0: its number is another's; NOTHING --- */

#define NOTHING 2
#define RATING_OF_CASE 2 /* the question set of a case that is over; the visit's has 1 */

static bool in_queue(const struct store_record *r)
{
    return r->state == STORE_GOOD && r->queue[0] && r->day;
}

/* One that nobody has taken in is due from its first day. Who has the number is known also where the header does not read.
 */
static int put_case(struct store *s, const struct sender *who, const struct store_record *r, struct err *e)
{
    struct record_header h;
    bool reads = record_header_decode(r->header, r->header_len, &h, NULL) == 0;
    int64_t applied = sender_taken_at(who, r->at, r->clock_trusted, 0);
    int rc = sql_do(
        store_sql(s), e,
        "INSERT INTO cases (office, number, id, terminal, received, applied, item, version, stage, staff, post, due)"
        " VALUES ($1,$2,$3,$4,$5,$6,$7,0,0,'','',$8) ON CONFLICT (office, number) DO NOTHING",
        "itbtiiti", (int64_t)who->office, r->number, r->id, sizeof r->id, who->terminal, who->received, applied,
        reads ? h.item : "", date_to_days(date_of_ms(applied)));
    int linked = rc == 1 && reads && bundle_fits(&h) ? bundle_put(s, who->office, &h, e) : 0;
    if (linked < 0)
        return linked;
    return rc == 1 && index_want(s, who->office, r->id, r->number, e) < 0 ? -(int)e->code : rc;
}

/* The ticket was taken by whoever checked in with an appointment: its header's `what` says which. */
static int put_arrival(struct store *s, const struct sender *who, const struct store_record *r, struct err *e)
{
    struct record_header h;
    if (record_header_decode(r->header, r->header_len, &h, NULL) < 0 || !appointment_number_valid(h.what))
        return 0;
    const struct arrival a = {who->office, h.what, r->queue, r->day, r->number};
    int rc = arrival_add(s, &a, e);
    return rc < 0 ? rc : 0;
}

/* A ticket that was taken while the hall was away keeps its place; one that is made anew keeps what windows did. */
static int put_ticket(struct store *s, const struct sender *who, const struct store_record *r, struct err *e)
{
    int64_t since = 0;
    if (!in_queue(r))
        return NOTHING;
    int rc = queue_entitled(s, who, r, &since, e);
    if (rc >= 0)
        rc = sql_do(
            store_sql(s), e,
            "INSERT INTO ticket (office, day, queue, number, terminal, taken, called, void, line, since)"
            " VALUES ($1,$2,$3,$4,$5,$6,0,0,$3,$6) ON CONFLICT (office, day, queue, number) DO UPDATE SET"
            " terminal = excluded.terminal, taken = excluded.taken, void = 0,"
            " since = CASE WHEN ticket.seq = 0 AND ticket.class <> 'appointment' THEN excluded.since ELSE ticket.since END"
            " WHERE ticket.void >= $7",
            "iitttii", (int64_t)who->office, r->day, r->queue, r->number, who->terminal,
            sender_taken_at(who, r->at, r->clock_trusted, since), (int64_t)QUEUE_STALE);
    return rc == 1 && put_arrival(s, who, r, e) < 0 ? -(int)e->code : rc;
}

static int void_ticket(struct store *s, const struct sender *who, const struct store_record *r, struct err *e)
{
    if (!in_queue(r))
        return NOTHING;
    int rc = sql_do(store_sql(s), e,
                    "UPDATE ticket SET void=1 WHERE office=$1 AND day=$2 AND queue=$3 AND number=$4 AND terminal=$5"
                    " AND void < $6",
                    "iittti", (int64_t)who->office, r->day, r->queue, r->number, who->terminal, (int64_t)QUEUE_STALE);
    if (rc == 1 && arrival_remove(s, who->office, r->day, r->queue, r->number, e) < 0)
        return -(int)e->code;
    return rc == 0 ? NOTHING : rc;
}

/* A case is counted once, by the first rating that came of it, whichever terminal sent that: so it is the same row when all
 * of them are made anew, in another order. */
static int put_case_rating(struct store *s, const struct sender *who, const struct store_record *r,
                           const struct record_header *h, struct err *e)
{
    struct case_number n;
    if (!case_number_parse(h->number, &n))
        return NOTHING;
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO case_rating (office, number, id, item, question_set, score, received)"
                    " VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (office, number) DO UPDATE SET id=excluded.id,"
                    " item=excluded.item, question_set=excluded.question_set, score=excluded.score,"
                    " received=excluded.received"
                    " WHERE (excluded.received, excluded.id) < (case_rating.received, case_rating.id)",
                    "itbtiii", (int64_t)n.office, h->number, r->id, sizeof r->id, h->item, (int64_t)h->set,
                    (int64_t)h->score, who->received);
    return rc < 0 ? rc : 1;
}

static int put_rating(struct store *s, const struct sender *who, const struct store_record *r, struct err *e)
{
    struct record_header h;
    if (record_header_decode(r->header, r->header_len, &h, NULL) < 0)
        return NOTHING;
    if (h.set == RATING_OF_CASE)
        return put_case_rating(s, who, r, &h, e);
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO rating (office, id, item, question_set, score, number) VALUES ($1,$2,$3,$4,$5,$6)"
                    " ON CONFLICT (office, id) DO NOTHING",
                    "ibtiit", (int64_t)who->office, r->id, sizeof r->id, h.item, (int64_t)h.set, (int64_t)h.score, h.number);
    return rc < 0 ? rc : 1;
}

static int put_spoken(struct store *s, const struct sender *who, const struct store_record *r, struct err *e)
{
    struct record_header h;
    struct speak_number n;
    enum speak_kind kind;
    if (record_header_decode(r->header, r->header_len, &h, NULL) < 0 || !speak_number_parse(h.number, &n) ||
        !speak_by_word(h.what, &kind))
        return NOTHING;
    return complaint_put(s, who, r, h.number, kind, e);
}

/* A record that answers an act of the hall's staff; all others of the kind are a technician's. */
static int put_act(struct store *s, const struct sender *who, const struct store_record *r, struct err *e)
{
    uint8_t id[ACT_ID_LEN];
    struct record_header h;
    size_t n = 0;

    if (record_header_decode(r->header, r->header_len, &h, NULL) < 0 || strncmp(h.what, ACT_WHAT, strlen(ACT_WHAT)) != 0 ||
        hex_decode(h.role, strlen(h.role), id, sizeof id, &n) < 0 || n != sizeof id)
        return NOTHING;
    int rc = act_done(s, who->office, who->terminal, id, who->received, e);
    return rc < 0 ? rc : NOTHING;
}

int projection_add(struct store *s, const struct sender *who, const struct store_record *r, enum projection_verdict *ret,
                   struct err *e)
{
    int (*put)(struct store *, const struct sender *, const struct store_record *, struct err *) = NULL;
    *ret = PROJECTION_NOTHING;
    switch (record_kind_by_word(r->kind)) {
#define PROJECTION(kind, fn)                                                                                                \
    case RECORD_##kind:                                                                                                     \
        put = fn;                                                                                                           \
        break;
#include "tools/hall/store/projection.def"
#undef PROJECTION
    }
    if (!put || r->state == STORE_HEADER_BAD || r->state == STORE_FOREIGN || r->state == STORE_DOUBLE ||
        r->state == STORE_UNASKED)
        return 0;
    int rc = put(s, who, r, e);
    *ret = rc == 0 ? PROJECTION_DOUBLE : rc == 1 ? PROJECTION_MADE : PROJECTION_NOTHING;
    return rc < 0 ? rc : 0;
}

/* --- all of them --- */

struct rebuild {
    struct store *store;
    struct err *e;
    struct sender who; /* of the chain that is being read */
    char terminal[TERMINAL_ID_MAX + 1];
    uint8_t epoch[EPOCH_LEN];
    int rc;
};

/* The chain that this record is of. Its time begins anew, as it did when its first record came. */
static int take_chain(struct rebuild *b, const struct store_found *f)
{
    bool same = b->who.office == f->office && strcmp(b->terminal, f->terminal) == 0 &&
                memcmp(b->epoch, f->epoch, EPOCH_LEN) == 0;
    if (same)
        return 0;
    text_copy(b->terminal, sizeof b->terminal, f->terminal);
    memcpy(b->epoch, f->epoch, EPOCH_LEN);
    b->who = (struct sender){.office = f->office, .terminal = b->terminal, .epoch = b->epoch};
    int rc = store_sender(b->store, &b->who, b->e);
    b->who.at = 0;
    return rc;
}

static int put_again(void *ctx, const struct store_found *f)
{
    struct rebuild *b = ctx;
    struct store_record r = f->record;
    struct record_header h;
    enum projection_verdict verdict;
    b->rc = take_chain(b, f);
    if (b->rc < 0)
        return b->rc;
    if (record_header_decode(r.header, r.header_len, &h, NULL) == 0)
        projection_describe(&r, &h);
    b->who.received = f->received;
    b->rc = projection_add(b->store, &b->who, &r, &verdict, b->e);
    b->who.at = sender_later(&b->who, r.at, r.clock_trusted);
    return b->rc;
}

/* Tickets are not deleted, for calls stand in their rows: those that no record comes to any more go at the end. */
int projection_rebuild(struct store *s, const struct workday_calendar *calendar, struct err *e)
{
    static const char *const derived[] = {"DELETE FROM cases", "DELETE FROM case_bundle", "DELETE FROM rating",
                                          "DELETE FROM case_rating", "DELETE FROM complaint"};
    struct rebuild b = {.store = s, .e = e, .who.office = -1};
    struct sql *d = store_sql(s);
    int rc = 0;
    for (size_t i = 0; rc >= 0 && i < sizeof derived / sizeof *derived; i++)
        rc = sql_do(d, e, derived[i], "");
    if (rc >= 0)
        rc = sql_do(d, e, "UPDATE ticket SET void = void + $1", "i", (int64_t)QUEUE_STALE);
    int n = rc < 0 ? rc : store_each_record(s, put_again, &b, e);
    if (n >= 0 && b.rc < 0)
        n = b.rc;
    rc = n < 0 ? n : sql_do(d, e, "DELETE FROM ticket WHERE void >= $1", "i", (int64_t)QUEUE_STALE);
    if (rc >= 0)
        rc = case_rebuild(s, calendar, e);
    if (rc >= 0)
        rc = complaint_rebuild(s, e);
    return rc < 0 ? err_wrap(e, rc, "derive from the records") : n;
}

/* All ratings a statement selects, with these columns. */
static int each(struct store *s, const char *query, int (*fn)(void *ctx, const struct projection_rating *r), void *ctx,
                struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, query, "");
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        const struct projection_rating one = {.office = (int)sql_int(r, 0),
                                              .item = sql_text(r, 1),
                                              .set = (int)sql_int(r, 2),
                                              .score = (int)sql_int(r, 3),
                                              .number = sql_text(r, 4)};
        rc = fn(ctx, &one);
    }
    sql_done(r);
    return rc;
}
#define RATINGS_OF "SELECT office, item, question_set, score, number FROM "

int projection_each_case_rating(struct store *s, int (*fn)(void *ctx, const struct projection_rating *r), void *ctx,
                                struct err *e)
{
    return err_wrap(e, each(s, RATINGS_OF "case_rating", fn, ctx, e), "read the ratings of cases");
}

int projection_each_rating(struct store *s, int (*fn)(void *ctx, const struct projection_rating *r), void *ctx,
                           struct err *e)
{
    return err_wrap(e, each(s, RATINGS_OF "rating", fn, ctx, e), "read the ratings");
}
