/* SPDX-License-Identifier: Apache-2.0
 *
 * A visit's beginning and end. Whatever way it ends, the record of the end comes before the wipe, and after the wipe nothing
 * in the session's memory is the resident's.
 */
#include <string.h>

#include "base/secret.h"
#include "session/internal.h"

bool serviceable(const struct session *s)
{
    const struct health *h = &s->view.health;

    return h->storage && h->journal == JOURNAL_WHOLE && h->catalogue && !s->view.out.on;
}

bool at_rest(const struct session *s)
{
    return s->base == SCREEN_IDLE || s->base == SCREEN_OUT_OF_SERVICE;
}

void rest_page(struct session *s)
{
    go(s, serviceable(s) ? SCREEN_IDLE : SCREEN_OUT_OF_SERVICE);
}

void visit_begin(struct session *s)
{
    s->visit++;
    s->view.visit = true;
    fx_record(s, RECORD_VISIT_START, "");
    fx_poll(s, false); /* one that lies there already goes on being watched */
    fx_simple(s, EFFECT_HOME);
    go(s, SCREEN_HOME);
}

void reading_begin(struct session *s)
{
    s->visit++;
    s->view.visit = s->view.reading = true;
    s->card_offered = false;
    fx_poll(s, false);
    fx_browse(s, -1, 0);
    go(s, SCREEN_BROWSE);
}

/* In service again, it becomes a visit like any other, wherever the reader is, and its record begins there. */
void reading_health(struct session *s)
{
    if (!s->view.reading)
        return;
    if (serviceable(s)) {
        s->view.reading = false;
        fx_record(s, RECORD_VISIT_START, "");
    } else if (!s->view.health.catalogue) {
        visit_end(s, "fault");
    } else {
        out_tell(s);
    }
}

void visit_lost_catalogue(struct session *s)
{
    visit_end(s, "fault");
    if (s->base != SCREEN_OUT_OF_SERVICE)
        return;
    s->cut_told = true;
    out_tell(s);
    fx_timer(s, TIMER_PAGE, CUT_SHOWN);
}

void forget_values(struct session *s)
{
    secret_wipe(s->values, sizeof *s->values);
    memset(&s->view.form, 0, sizeof s->view.form);
    s->view.form.focus = s->view.form.signature = s->anchor = -1;
    entry_close(s);
    s->view.values = NULL;
    s->form_item = NULL;
    s->typed = s->edited = false;
}

static void wipe(struct session *s)
{
    forget_values(s);
    secret_wipe(s->identity, sizeof *s->identity);
    s->view.identity = NULL;
    settings_reset(s);
    find_forget(s);
    memset(&s->view.browse, 0, sizeof s->view.browse);
    memset(&s->view.region, 0, sizeof s->view.region);
    memset(s->region_codes, 0, sizeof s->region_codes);
    memset(&s->view.item, 0, sizeof s->view.item);
    s->item = NULL;
    memset(&s->view.card, 0, sizeof s->view.card);
    memset(&s->view.done, 0, sizeof s->view.done);
    memset(&s->view.rating, 0, sizeof s->view.rating);
    memset(&s->view.ticket, 0, sizeof s->view.ticket);
    memset(&s->view.timeout, 0, sizeof s->view.timeout);
    memset(&s->view.storage, 0, sizeof s->view.storage);
    memset(s->day, 0, sizeof s->day);
    s->queue = 0;
    memset(s->copy, 0, sizeof s->copy);
    s->view.browse.theme = -1;
    s->timed_out = s->asked_leave = s->finished = s->item_asked = s->taking = false;
    s->compose_gone = false;
}

void visit_end(struct session *s, const char *how)
{
    jobs_visit_over(s);
    if (!s->view.reading)
        fx_record(s, RECORD_VISIT_END, how);
    for (enum timer_id t = 0; t < TIMER_COUNT; t++)
        fx_timer(s, t, 0);
    s->view.visit = s->view.reading = false;
    s->rest_running = 0;
    wipe(s);
    fx_poll(s, false);
    fx_simple(s, EFFECT_WIPE);
    fx_simple(s, EFFECT_HOME);
    if (s->card_present)
        go(s, SCREEN_CARD_REMOVE);
    else
        rest_page(s);
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
    if (serviceable(s))
        visit_begin(s);
}

void visit_leave(struct session *s)
{
    if (s->typed && !s->asked_leave && !s->timed_out)
        s->asked_leave = true;
    else
        visit_end(s, how_left(s));
}
