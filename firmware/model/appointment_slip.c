/* SPDX-License-Identifier: Apache-2.0
 *
 * See appointment_slip.h.
 */
#include "model/appointment_slip.h"

#include <stdio.h>

#include "model/receipt_parts.h"
#include "model/strings.h"

static const char *text(enum str_id id)
{
    return str(LANGUAGE_ZH_CN, id);
}

#define FILL(out, id, ...) str_fill(out, sizeof(out), LANGUAGE_ZH_CN, id, STR_ARGS(__VA_ARGS__))

static void time_of(int64_t ms, char out[8])
{
    int minute = clock_minute_of_day(ms);

    snprintf(out, 8, "%d:%02d", minute / 60 % 24, minute % 60);
}

/* Day, weekday and hour, as large as the place. */
static void when(struct paper *p, const struct appointment *a)
{
    char day[60], from[8], until[8], words[120];
    struct date d = date_of_ms(a->from);

    receipt_date(d, day);
    time_of(a->from, from);
    time_of(a->until, until);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_paper_appointment_when));
    paper_text(p, PAPER_DOUBLE, PAPER_LEFT, true, day);
    paper_text(p, PAPER_DOUBLE, PAPER_LEFT, true,
               FILL(words, STR_paper_appointment_hour, text((enum str_id)(STR_paper_weekday_0 + date_weekday(d))), from));
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, FILL(words, STR_paper_appointment_until, until));
}

static void where(struct paper *p, const struct appointment_slip_facts *f)
{
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_paper_appointment_where));
    paper_text(p, PAPER_DOUBLE, PAPER_LEFT, true, f->queue->name);
    if (f->queue->place[0])
        paper_text(p, PAPER_DOUBLE, PAPER_LEFT, true, f->queue->place);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, f->place->zone);
}

struct paper *appointment_slip_compose(const struct appointment_slip_facts *f)
{
    const struct appointment *a = f->appointment;
    struct paper *p = paper_create();
    char words[300];

    receipt_copy_band(p, f->copy);
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, f->place->zone);
    paper_text(p, PAPER_TITLE, PAPER_CENTER, true, text(STR_paper_appointment_title));
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, text(STR_paper_appointment_is));
    paper_rule(p, false);
    when(p, a);
    paper_rule(p, true);
    where(p, f);
    paper_rule(p, true);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, true, FILL(words, STR_paper_appointment_number, a->number));
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, true, FILL(words, STR_paper_appointment_code, a->code));
    paper_qr(p, f->qr);
    paper_rule(p, true);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_paper_appointment_do));
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, FILL(words, STR_paper_appointment_change, f->place->hotline));
    receipt_printed(p, f->place, f->copy, f->printed_ms);
    paper_cut(p);
    return receipt_whole(p);
}
