/* SPDX-License-Identifier: Apache-2.0
 *
 * Out of service: why, and until about when. It counts from the moment its record is durable.
 */
#include "base/clock.h"
#include "base/must.h"
#include "base/text.h"
#include "session/internal.h"
#include "session/staff.h"

#define HOUR_MS 3600000
#define DAY_MS (24 * INT64_C(3600000))

/* In an hour or so, this evening (or tomorrow at noon), tomorrow morning, not known. */
static void offer(struct session *s)
{
    int64_t now = s->view.now_ms, day = now - (int64_t)clock_minute_of_day(now) * 60000 - now % 60000;
    int64_t *u = s->view.staff.untils, evening = day + 18 * HOUR_MS;

    u[0] = (now / HOUR_MS + 2) * HOUR_MS;
    u[1] = evening > u[0] ? evening : day + DAY_MS + 12 * HOUR_MS;
    u[2] = day + DAY_MS + 8 * HOUR_MS;
    u[3] = 0;
}

static void enter(struct session *s)
{
    s->view.staff.reason = s->view.staff.until = -1;
    s->view.staff.trouble = STAFF_FINE;
    offer(s);
}

static void pause(struct session *s)
{
    must(s->view.staff.in, "a technician who has not said who he is");
    must(s->view.staff.reason < OUTAGE_REASONS && s->view.staff.until < STAFF_UNTILS, "a reason there is none of");
    int reason = s->view.staff.reason, until = s->view.staff.until;

    if (reason < 0 || until < 0)
        return;
    s->staff.pausing = (struct outage){.on = true,
                                       .reason = (enum outage_reason)reason,
                                       .since_ms = s->view.now_ms,
                                       .until_ms = s->view.staff.untils[until]};
    struct effect_record *r = staff_record(s, RECORD_AVAILABILITY, OUTAGE_BEGINS);
    text_copy(r->header.role, sizeof r->header.role, outage_word(s->staff.pausing.reason));
    r->header.until = s->staff.pausing.until_ms;
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_END)
        staff_leave(s);
    else if (i.kind == INTENT_BACK)
        session_go(s, SCREEN_TECHNICIAN);
    else if (i.kind == INTENT_STAFF_REASON && i.a >= 0 && i.a < OUTAGE_REASONS)
        s->view.staff.reason = i.a;
    else if (i.kind == INTENT_STAFF_UNTIL && i.a >= 0 && i.a < STAFF_UNTILS)
        s->view.staff.until = i.a;
    else if (i.kind == INTENT_STAFF_PAUSE)
        pause(s);
}

static void input(struct session *s, const struct input *in)
{
    if ((in->kind != INPUT_RECORDED && in->kind != INPUT_RECORD_FAILED) || in->record != RECORD_AVAILABILITY)
        return;
    if (in->kind == INPUT_RECORDED) {
        s->view.out = s->staff.pausing;
        session_go(s, SCREEN_TECHNICIAN);
    } else {
        s->view.staff.trouble = STAFF_UNRECORDED;
    }
}

const struct state state_STAFF_PAUSE = {.enter = enter, .intent = intent, .input = input, .rest = STAFF_REST};
