/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_appointment.h.
 */
#include "tools/hall/store/store_appointment.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/rules/slot.h"
#include "tools/hall/store/store_place.h"

/* --- rows --- */

#define COLUMNS "SELECT number, code, queue, at, state, id, idx, ticket FROM appointment "

struct row {
    struct appointment appointment;
    uint8_t id[APPOINTMENT_ID_LEN], idx[SHA256_LEN];
    bool indexed; /* it is of somebody whose card was read */
    char ticket[TICKET_NUMBER_MAX + 1];
};

static int take_row(struct sql_rows *r, struct row *ret, struct err *e)
{
    struct appointment *a = &ret->appointment;

    *ret = (struct row){.appointment = {.from = sql_int(r, 3), .until = sql_int(r, 3) + APPOINTMENT_HOUR_MS}};
    text_copy(a->number, sizeof a->number, sql_text(r, 0));
    text_copy(a->code, sizeof a->code, sql_text(r, 1));
    text_copy(a->queue, sizeof a->queue, sql_text(r, 2));
    text_copy(ret->ticket, sizeof ret->ticket, sql_text(r, 7));
    ret->indexed = sql_copy(r, 6, ret->idx, sizeof ret->idx) == 0;
    if (!appointment_state_by_word(sql_text(r, 4), &a->state))
        return err_set(e, ERR_STATE, "appointment %s is \"%s\", which this version does not know", a->number,
                       sql_text(r, 4));
    if (sql_copy(r, 5, ret->id, sizeof ret->id) < 0)
        return err_set(e, ERR_CHECKSUM, "the id of appointment %s is damaged", a->number);
    return 0;
}

/* The one row of a query, which is ended. 1: found. */
static int one_row(struct sql_rows *r, int rc, struct row *ret, struct err *e)
{
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1 && take_row(r, ret, e) < 0)
        rc = -(int)e->code;
    sql_done(r);
    return rc;
}

static int row_of_id(struct store *s, int office, const uint8_t *id, struct row *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, COLUMNS "WHERE office=$1 AND id=$2", "ib", (int64_t)office, id,
                        (size_t)APPOINTMENT_ID_LEN);

    return one_row(r, rc, ret, e);
}

static int row_of_number(struct store *s, int office, const char *number, struct row *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, COLUMNS "WHERE office=$1 AND number=$2 ORDER BY at DESC LIMIT 1", "it",
                        (int64_t)office, number);

    return one_row(r, rc, ret, e);
}

/* --- facts --- */

static int64_t day_of(int64_t ms)
{
    return date_to_days(date_of_ms(ms));
}

static int read_paused(struct store *s, int office, const char *queue, int64_t *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT until FROM queue_pause WHERE office=$1 AND queue=$2", "it",
                        (int64_t)office, queue);

    if (rc == 0)
        rc = sql_next(r, e);
    *ret = rc == 1 ? sql_int(r, 0) : 0;
    sql_done(r);
    return rc < 0 ? rc : 0;
}

/* What the person has already, `old` aside, whose place the new one would take. */
static int read_held(struct store *s, const struct appointment_asked *a, const struct row *old, struct slot_facts *f,
                     struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = 0;

    if (!a->idx)
        return 0;
    rc = sql_select(store_sql(s), &r, e, COLUMNS "WHERE office=$1 AND idx=$2 AND at>$3 AND state='booked'", "ibi",
                    (int64_t)a->office, a->idx, (size_t)SHA256_LEN, a->now - APPOINTMENT_HOUR_MS);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        struct row row;
        rc = take_row(r, &row, e);
        if (rc < 0 || (old && memcmp(old->id, row.id, sizeof row.id) == 0))
            continue;
        f->held++;
    }
    sql_done(r);
    return rc;
}

static int read_same_day(struct store *s, const struct appointment_asked *a, const struct row *old, bool *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = 0;

    *ret = false;
    if (!a->idx)
        return 0;
    rc = sql_select(store_sql(s), &r, e,
                    "SELECT id FROM appointment_person WHERE office=$1 AND idx=$2 AND queue=$3 AND day=$4", "ibti",
                    (int64_t)a->office, a->idx, (size_t)SHA256_LEN, a->wish->queue, day_of(a->wish->from));
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1) {
        uint8_t id[APPOINTMENT_ID_LEN];
        *ret = sql_copy(r, 0, id, sizeof id) < 0 || !old || memcmp(id, old->id, sizeof id) != 0;
    }
    sql_done(r);
    return rc < 0 ? rc : 0;
}

static int judge_book(struct store *s, const struct appointment_asked *a, const struct row *old,
                      enum appointment_refusal *ret, struct err *e)
{
    struct slot_facts f = {.offer = a->offer, .now = a->now, .from = a->wish->from};
    int rc = a->offer ? read_paused(s, a->office, a->wish->queue, &f.paused_until, e) : 0;

    if (rc == 0)
        rc = place_taken(s, &(struct place_hour){a->office, a->wish->queue, f.from}, &f.taken, e);
    if (rc == 0)
        rc = read_same_day(s, a, old, &f.same_day, e);
    if (rc == 0)
        rc = read_held(s, a, old, &f, e);
    if (rc == 0)
        *ret = a->offer ? slot_judge_book(&f) : APPOINTMENT_REFUSED_NOT_OFFERED;
    return rc;
}

/* --- what is set --- */

static int faster(struct err *e)
{
    return err_set(e, ERR_RETRY, "somebody else booked at the same moment");
}

static int take_day(struct store *s, const struct appointment_asked *a, struct err *e)
{
    if (!a->idx)
        return 0;
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO appointment_person (office, idx, queue, day, id) VALUES ($1,$2,$3,$4,$5)"
                    " ON CONFLICT (office, idx, queue, day) DO NOTHING",
                    "ibtib", (int64_t)a->office, a->idx, (size_t)SHA256_LEN, a->wish->queue, day_of(a->wish->from),
                    a->wish->id, (size_t)APPOINTMENT_ID_LEN);
    return rc == 0 ? faster(e) : rc < 0 ? rc : 0;
}

static int give_day(struct store *s, int office, const struct row *row, struct err *e)
{
    if (!row->indexed)
        return 0;
    int rc = sql_do(store_sql(s), e,
                    "DELETE FROM appointment_person WHERE office=$1 AND idx=$2 AND queue=$3 AND day=$4 AND id=$5", "ibtib",
                    (int64_t)office, row->idx, (size_t)SHA256_LEN, row->appointment.queue, day_of(row->appointment.from),
                    row->id, (size_t)APPOINTMENT_ID_LEN);
    return rc < 0 ? rc : 0;
}

/* Digits that follow from the id, which nobody can guess. */
static void code_of(const uint8_t id[APPOINTMENT_ID_LEN], char out[APPOINTMENT_CODE_LEN + 1])
{
    uint8_t hash[SHA256_LEN];

    sha256(id, APPOINTMENT_ID_LEN, hash);
    snprintf(out, APPOINTMENT_CODE_LEN + 1, "%04u", (unsigned)(hash[0] << 8 | hash[1]) % 10000u);
}

static int book(struct store *s, const struct appointment_asked *a, const uint8_t *idx, struct my_appointments *ret,
                struct err *e)
{
    char number[APPOINTMENT_NUMBER_MAX + 1], code[APPOINTMENT_CODE_LEN + 1];
    const struct place_hour hour = {a->office, a->wish->queue, a->wish->from};
    int64_t nth = 0;
    int rc = place_take(s, &hour, a->offer->per_hour, &nth, e);

    if (rc <= 0)
        return rc < 0 ? rc : faster(e);
    slot_number(a->offer->letter, a->wish->from, nth, number);
    code_of(a->wish->id, code);
    rc = sql_do(store_sql(s), e,
                "INSERT INTO appointment (office, id, number, code, queue, at, day, state, idx, ticket, made)"
                " VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,'',$10) ON CONFLICT (office, id) DO NOTHING",
                "ibtttiitbi", (int64_t)a->office, a->wish->id, (size_t)APPOINTMENT_ID_LEN, number, code, a->wish->queue,
                a->wish->from, day_of(a->wish->from), appointment_state_word(APPOINTMENT_BOOKED),
                idx ? (const void *)idx : "", idx ? (size_t)SHA256_LEN : (size_t)0, a->now);
    if (rc <= 0)
        return rc < 0 ? rc : faster(e);
    text_copy(ret->done, sizeof ret->done, number);
    return 0;
}

/* It is left, and its place is free. */
static int leave(struct store *s, const struct appointment_asked *a, const struct row *row, enum appointment_state to,
                 struct err *e)
{
    int rc = sql_do(store_sql(s), e, "UPDATE appointment SET state=$1 WHERE office=$2 AND id=$3 AND state=$4", "tibt",
                    appointment_state_word(to), (int64_t)a->office, row->id, sizeof row->id,
                    appointment_state_word(APPOINTMENT_BOOKED));

    if (rc <= 0)
        return rc < 0 ? rc : faster(e);
    rc = place_give(s, &(struct place_hour){a->office, row->appointment.queue, row->appointment.from}, e);
    return rc == 0 ? give_day(s, a->office, row, e) : rc;
}

/* --- the verbs --- */

/* Whoever shows the card it was booked with, or the code of its paper. */
static bool may_have(const struct appointment_asked *a, const struct row *row)
{
    if (a->idx)
        return row->indexed && memcmp(a->idx, row->idx, SHA256_LEN) == 0;
    return a->code && strcmp(a->code, row->appointment.code) == 0;
}

/* 1: it was booked before, by this very wish. */
static int booked_before(struct store *s, const struct appointment_asked *a, struct my_appointments *ret, struct err *e)
{
    struct row row;
    int rc = row_of_id(s, a->office, a->wish->id, &row, e);

    if (rc != 1)
        return rc;
    bool same = strcmp(row.appointment.queue, a->wish->queue) == 0 && row.appointment.from == a->wish->from &&
                (!a->idx || may_have(a, &row));
    if (same)
        text_copy(ret->done, sizeof ret->done, row.appointment.number);
    else
        ret->refused = APPOINTMENT_REFUSED_UNKNOWN;
    return 1;
}

static int do_book(struct store *s, const struct appointment_asked *a, struct my_appointments *ret, struct err *e)
{
    int rc = judge_book(s, a, NULL, &ret->refused, e);

    if (rc < 0 || ret->refused != APPOINTMENT_MAY)
        return rc;
    rc = take_day(s, a, e);
    return rc == 0 ? book(s, a, a->idx, ret, e) : rc;
}

/* The one that is to be left. *ret_refused where it cannot be. */
static int find_left(struct store *s, const struct appointment_asked *a, struct row *ret,
                     enum appointment_refusal *ret_refused, struct err *e)
{
    int rc = row_of_number(s, a->office, a->wish->which, ret, e);

    if (rc >= 0)
        *ret_refused = slot_judge_leave(rc == 1 && may_have(a, ret) ? &ret->appointment : NULL, a->now);
    return rc < 0 ? rc : 0;
}

/* Whose it is stays as it was, whoever moves it by its code. */
static int do_move(struct store *s, const struct appointment_asked *asked, struct my_appointments *ret, struct err *e)
{
    struct appointment_asked a = *asked;
    struct row old;
    int rc = find_left(s, &a, &old, &ret->refused, e);

    if (rc < 0 || ret->refused != APPOINTMENT_MAY)
        return rc;
    a.idx = old.indexed ? old.idx : NULL;
    rc = judge_book(s, &a, &old, &ret->refused, e);
    if (rc < 0 || ret->refused != APPOINTMENT_MAY)
        return rc;
    rc = leave(s, &a, &old, APPOINTMENT_MOVED, e);
    if (rc == 0)
        rc = take_day(s, &a, e);
    return rc == 0 ? book(s, &a, a.idx, ret, e) : rc;
}

static int do_cancel(struct store *s, const struct appointment_asked *a, struct my_appointments *ret, struct err *e)
{
    struct row row;
    int rc = find_left(s, a, &row, &ret->refused, e);

    if (rc == 0 && ret->refused == APPOINTMENT_REFUSED_OVER && row.appointment.state == APPOINTMENT_CANCELLED)
        ret->refused = APPOINTMENT_MAY; /* asked again: it is given back */
    else if (rc == 0 && ret->refused == APPOINTMENT_MAY)
        rc = leave(s, a, &row, APPOINTMENT_CANCELLED, e);
    return rc;
}

int appointment_do(struct store *s, const struct appointment_asked *a, struct my_appointments *ret, struct err *e)
{
    enum appointment_verb verb = a->wish->verb;
    int rc = verb == APPOINTMENT_BOOK || verb == APPOINTMENT_MOVE ? booked_before(s, a, ret, e) : 0;

    if (rc == 0 && verb == APPOINTMENT_BOOK)
        rc = do_book(s, a, ret, e);
    else if (rc == 0 && verb == APPOINTMENT_MOVE)
        rc = do_move(s, a, ret, e);
    else if (rc == 0 && verb == APPOINTMENT_CANCEL)
        rc = do_cancel(s, a, ret, e);
    return rc < 0 ? err_wrap(e, rc, "%s an appointment", appointment_verb_word(verb)) : 0;
}

/* --- what is told --- */

static int tell_days(struct store *s, const struct appointment_asked *a, struct my_appointments *ret, struct err *e)
{
    int64_t paused = 0, taken = 0;
    int rc = read_paused(s, a->office, a->wish->queue, &paused, e);

    ret->n_days = rc == 0 ? slot_days(a->offer, a->now, paused, ret->days, APPOINTMENT_DAYS_MAX) : 0;
    for (int i = 0; rc == 0 && i < ret->n_days; i++)
        for (int k = 0; rc == 0 && k < ret->days[i].n; k++) {
            struct appointment_hour *h = &ret->days[i].hours[k];
            rc = place_taken(s, &(struct place_hour){a->office, a->wish->queue, h->from}, &taken, e);
            h->left = taken < h->left ? h->left - (int)taken : 0;
        }
    return rc;
}

/* What is still to come, and what was taken up today. */
static int tell_own(struct store *s, const struct appointment_asked *a, struct my_appointments *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    struct row row;
    int rc = sql_select(store_sql(s), &r, e,
                        COLUMNS "WHERE office=$1 AND idx=$2 AND at>$3 AND state IN ('booked','arrived') ORDER BY at, number"
                                " LIMIT $4",
                        "ibii", (int64_t)a->office, a->idx, (size_t)SHA256_LEN, a->now - APPOINTMENT_HOUR_MS,
                        (int64_t)MY_APPOINTMENTS_MAX);

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        rc = take_row(r, &row, e);
        if (rc < 0)
            continue;
        row.appointment.arrive = slot_judge_arrive(&row.appointment, a->now);
        ret->list[ret->n++] = row.appointment;
    }
    sql_done(r);
    return rc;
}

int appointment_tell(struct store *s, const struct appointment_asked *a, struct my_appointments *ret, struct err *e)
{
    int rc = a->offer && a->wish->queue[0] ? tell_days(s, a, ret, e) : 0;

    ret->at = a->now;
    if (rc == 0 && a->idx)
        rc = tell_own(s, a, ret, e);
    return rc < 0 ? err_wrap(e, rc, "tell of appointments") : 0;
}

/* --- for staff --- */

int appointment_each(struct store *s, int office, int64_t day, appointment_row_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int stop = 0, rc = sql_select(store_sql(s), &r, e, COLUMNS "WHERE office=$1 AND day=$2 ORDER BY at, number", "ii",
                                  (int64_t)office, day);

    while (rc == 0 && !stop && (rc = sql_next(r, e)) == 1) {
        struct row row;
        struct appointment_row told;
        rc = take_row(r, &row, e);
        told.appointment = row.appointment;
        text_copy(told.ticket, sizeof told.ticket, row.ticket);
        stop = rc == 0 && fn(ctx, &told);
    }
    sql_done(r);
    return err_wrap(e, rc < 0 ? rc : 0, "list the appointments");
}

int appointment_find(struct store *s, int office, const char *number, struct appointment *ret, struct err *e)
{
    struct row row;
    int rc = row_of_number(s, office, number, &row, e);

    if (rc == 1)
        *ret = row.appointment;
    return rc;
}
