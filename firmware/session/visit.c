/* SPDX-License-Identifier: Apache-2.0
 *
 * A visit's beginning and end. Whatever way it ends, the record of the end comes before the wipe, and after the wipe nothing
 * in the session's memory is the resident's.
 */
#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "session/booking.h"
#include "session/cases.h"
#include "session/effects.h"
#include "session/fields.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/licences.h"
#include "session/out_of_service.h"
#include "session/searching.h"
#include "session/settings.h"
#include "session/visit.h"

#define CUT_SHOWN 20000 /* why a visit ended, before the terminal is itself again */

bool visit_serviceable(const struct session *s)
{
    const struct health *h = &s->view.health;

    return h->storage && h->journal == JOURNAL_WHOLE && h->catalogue && !s->view.out.on;
}

bool visit_at_rest(const struct session *s)
{
    return s->base == SCREEN_IDLE || s->base == SCREEN_OUT_OF_SERVICE;
}

void visit_rest(struct session *s)
{
    must(!s->view.visit && !s->view.staff.on, "the page at rest takes the place of somebody");
    session_go(s, s->view.update.on      ? SCREEN_UPDATE /* that a technician began */
                  : visit_serviceable(s) ? SCREEN_IDLE
                                         : SCREEN_OUT_OF_SERVICE);
}

void visit_begin(struct session *s)
{
    must(!s->view.visit, "a visit begins within a visit");
    must(!s->view.staff.on, "a visit begins over the pages of a technician");
    must(!s->view.first.on, "a visit begins before the terminal is open");
    s->visit++;
    s->view.visit = true;
    effects_record(s, RECORD_VISIT_START, "");
    effects_poll(s, false); /* one that lies there already goes on being watched */
    effects_once(s, EFFECT_HOME);
    session_go(s, SCREEN_HOME);
}

void visit_begin_reading(struct session *s)
{
    must(!s->view.visit, "a visit begins within a visit");
    must(!s->view.staff.on, "a visit begins over the pages of a technician");
    must(s->view.health.catalogue, "guides are read without a catalogue");
    s->visit++;
    s->view.visit = s->view.reading = true;
    s->card.offered = false;
    effects_poll(s, false);
    effects_browse(s, -1, 0);
    session_go(s, SCREEN_BROWSE);
}

/* In service again, it becomes a visit like any other, wherever the reader is, and its record begins there. */
void visit_health(struct session *s)
{
    if (!s->view.reading)
        return;
    if (visit_serviceable(s)) {
        s->view.reading = false;
        effects_record(s, RECORD_VISIT_START, "");
    } else if (!s->view.health.catalogue) {
        visit_end(s, "fault");
    } else {
        out_of_service_tell(s);
    }
}

void visit_lost_catalogue(struct session *s)
{
    must(s->view.visit, "a visit ends that has not begun");
    visit_end(s, "fault");
    if (s->base != SCREEN_OUT_OF_SERVICE)
        return;
    s->cut_told = true;
    out_of_service_tell(s);
    effects_timer(s, TIMER_PAGE, CUT_SHOWN);
}

static void wipe(struct session *s)
{
    must(!s->view.visit, "a visit is wiped while it goes on");
    fields_forget(s);
    secret_wipe(s->identity, sizeof *s->identity);
    s->view.identity = NULL;
    settings_reset(s);
    searching_forget(s);
    cases_forget(s);
    speak_forget(s);
    booking_forget(s);
    licences_forget(s);
    memset(&s->view.browse, 0, sizeof s->view.browse);
    memset(&s->view.region, 0, sizeof s->view.region);
    memset(s->region.codes, 0, sizeof s->region.codes);
    memset(&s->view.item, 0, sizeof s->view.item);
    s->guide.item = NULL;
    memset(&s->view.card, 0, sizeof s->view.card);
    memset(&s->view.done, 0, sizeof s->view.done);
    memset(&s->view.rating, 0, sizeof s->view.rating);
    memset(&s->view.ticket, 0, sizeof s->view.ticket);
    memset(&s->view.timeout, 0, sizeof s->view.timeout);
    memset(&s->view.storage, 0, sizeof s->view.storage);
    memset(s->queues.day, 0, sizeof s->queues.day);
    memset(s->queues.appointment, 0, sizeof s->queues.appointment);
    s->queues.booked_ms = 0;
    s->queues.chosen = 0;
    memset(s->jobs.copy, 0, sizeof s->jobs.copy);
    s->view.browse.theme = -1;
    s->timed_out = s->asked_leave = s->finished = s->guide.asked = s->queues.taking = false;
    s->entry.gone = false;
    s->entry.liked = KEYS_LETTERS;
}

void visit_end(struct session *s, const char *how)
{
    must(s->view.visit, "a visit ends that has not begun");
    must(how && *how, "a visit ends in no way");
    jobs_visit_over(s);
    if (!s->view.reading)
        effects_record(s, RECORD_VISIT_END, how);
    for (enum timer_id t = 0; t < TIMER_COUNT; t++)
        effects_timer(s, t, 0);
    s->view.visit = s->view.reading = false;
    s->rest_running = 0;
    wipe(s);
    effects_poll(s, false);
    effects_once(s, EFFECT_WIPE);
    effects_once(s, EFFECT_HOME);
    if (s->card.present)
        session_go(s, SCREEN_CARD_REMOVE);
    else
        visit_rest(s);
}

static const char *how_left(const struct session *s)
{
    if (s->finished)
        return "done";
    return s->base == SCREEN_TROUBLE_STORAGE || s->base == SCREEN_TROUBLE_READER || s->base == SCREEN_TROUBLE_CARD ? "fault"
                                                                                                                   : "left";
}

void visit_again(struct session *s)
{
    must(!s->view.visit, "a visit begins within a visit");
    if (visit_serviceable(s) && !s->view.update.on)
        visit_begin(s);
}

void visit_leave(struct session *s)
{
    must(s->view.visit, "a visit is left that has not begun");
    if (s->fields.typed && !s->asked_leave && !s->timed_out)
        s->asked_leave = true;
    else
        visit_end(s, how_left(s));
}
