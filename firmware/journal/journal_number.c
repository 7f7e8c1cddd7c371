/* SPDX-License-Identifier: Apache-2.0
 *
 * Which day it is, and which number comes next. A number's day stands on paper and is what a window calls by, so a clock
 * that was wrong for a moment must not decide it for good: only a trusted clock makes days go forward for ever.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/must.h"
#include "journal/index.h"
#include "journal/journal_struct.h"
#include "journal/query.h"

#define DAY_MS (24 * 3600 * INT64_C(1000))
#define DOUBT_MS (7 * DAY_MS) /* so far ahead of a trusted clock, what is known was wrong */

/* --- the day ---------------------------------------------------------------------------------------------------------- */

void journal_set_clock_trusted(struct journal *j, bool trusted)
{
    j->clock_trusted = trusted;
    j->clock_offset_ms = clock_offset_ms();
    int64_t before = j->anchor.trusted_ms / DAY_MS;
    journal_clock_note(j);
    if (j->anchor.trusted_ms / DAY_MS != before) /* else the next record is early enough */
        journal_anchor_note(j);
}

bool journal_clock_trusted(const struct journal *j)
{
    return j->clock_trusted && llabs(clock_offset_ms() - j->clock_offset_ms) <= CLOCK_JUMP_MS;
}

void journal_clock_note(struct journal *j)
{
    int64_t now = clock_wall_ms();

    if (!journal_clock_trusted(j) || (now < j->anchor.trusted_ms && j->anchor.trusted_ms - now <= DOUBT_MS))
        return;
    j->anchor.trusted_ms = now;
    j->trusted_mono_ms = clock_mono_ms();
    j->trusted_here = true;
}

/* What time it is as far as we know: a clock that was set since is not asked while the monotonic one counts, and one that
 * lost its battery cannot lead behind what was known before. */
static int64_t likely_ms(const struct journal *j)
{
    int64_t now = clock_wall_ms(), known = j->anchor.trusted_ms > clock_built_ms() ? j->anchor.trusted_ms : clock_built_ms();

    if (journal_clock_trusted(j))
        return now < known && known - now <= DOUBT_MS ? known : now;
    if (j->trusted_here)
        return j->anchor.trusted_ms + (clock_mono_ms() - j->trusted_mono_ms);
    return now < known ? known : now;
}

struct date journal_day(const struct journal *j)
{
    return date_of_ms(likely_ms(j));
}

/* --- numbers ---------------------------------------------------------------------------------------------------------- */

int journal_next_bundle(struct journal *j, struct date day, int n, struct case_number *ret, struct err *e)
{
    must(day.year > 0, "a number for no day");
    must(n >= 0, "a bundle of fewer than nothing");
    int64_t serial;

    int rc = query_next_serial(j->db, INDEX_SERIES_CASE, date_to_days(day), &serial, e);
    if (rc == 0 && serial + n > CASE_SERIAL_MAX)
        rc = err_set(e, ERR_RANGE, "all %d numbers of the day are given", CASE_SERIAL_MAX);
    if (rc)
        return err_wrap(e, rc, "next case number");
    *ret = (struct case_number){
        .office = j->id.office, .registration = j->id.registration, .day = day, .serial = (int)serial};
    return 0;
}

int journal_next_case(struct journal *j, struct date day, struct case_number *ret, struct err *e)
{
    return journal_next_bundle(j, day, 0, ret, e);
}

int journal_next_spoken(struct journal *j, struct speak_number *ret, struct err *e)
{
    int64_t serial;

    int rc = query_next_serial(j->db, INDEX_SERIES_SPOKEN, 0, &serial, e);
    if (rc == 0 && serial > SPEAK_SERIAL_MAX)
        rc = err_set(e, ERR_RANGE, "all %d numbers are given: enrol the terminal anew", SPEAK_SERIAL_MAX);
    if (rc)
        return err_wrap(e, rc, "next number of what is said");
    *ret = (struct speak_number){.office = j->id.office, .registration = j->id.registration, .serial = (int)serial};
    return 0;
}

/* The last number given on that day in the series `sample` belongs to; 0: none. */
static int last_ticket(struct journal *j, const char *queue, const char *sample, struct date day, int64_t *ret,
                       struct err *e)
{
    must(queue[0] && sample[0], "a ticket of no queue");
    char series[INDEX_SERIES_MAX];
    int64_t next;

    if (record_index_ticket_series(queue, sample, series))
        return err_set(e, ERR_INVALID, "the queue's name is too long");
    int rc = query_next_serial(j->db, series, date_to_days(day), &next, e);
    if (rc == 0)
        *ret = next - 1;
    return rc;
}

static int last_leased(struct journal *j, const char *queue, char letter, struct date day, int64_t *ret, struct err *e)
{
    char sample[TICKET_NUMBER_MAX + 1];

    ticket_number_leased(letter, 1, sample);
    return last_ticket(j, queue, sample, day, ret, e);
}

static int next_own(struct journal *j, const char *queue, char letter, struct date day, char out[TICKET_NUMBER_MAX + 1],
                    struct err *e)
{
    must(queue[0], "a ticket of no queue");
    char sample[TICKET_NUMBER_MAX + 1];
    int64_t last;

    ticket_number_own(letter, j->id.registration, 1, sample);
    int rc = last_ticket(j, queue, sample, day, &last, e);
    if (rc == 0)
        ticket_number_own(letter, j->id.registration, (int)last + 1, out);
    return rc;
}

int journal_next_ticket(struct journal *j, const char *queue, char letter, struct date day,
                        const struct ticket_block *blocks, size_t n, char out[TICKET_NUMBER_MAX + 1], struct err *e)
{
    must(blocks || !n, "a lease that is not there");
    must(day.year > 0, "a number for no day");
    int64_t last;

    int rc = last_leased(j, queue, letter, day, &last, e);
    if (rc)
        return err_wrap(e, rc, "next ticket number");
    int number = ticket_block_next(blocks, n, last);
    must(!number || number > last, "a number is given a second time");
    if (number)
        ticket_number_leased(letter, number, out);
    else
        rc = next_own(j, queue, letter, day, out, e);
    return err_wrap(e, rc, "next ticket number");
}

int journal_tickets_left(struct journal *j, const char *queue, char letter, struct date day,
                         const struct ticket_block *blocks, size_t n, int *ret, struct err *e)
{
    must(blocks || !n, "a lease that is not there");
    int64_t last;

    int rc = last_leased(j, queue, letter, day, &last, e);
    if (rc == 0)
        *ret = ticket_block_left(blocks, n, last);
    return err_wrap(e, rc, "ticket numbers left");
}
