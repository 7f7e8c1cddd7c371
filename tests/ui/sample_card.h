/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample views of the card: waiting for it, reading it, taking it away, and what may be odd about it. Part of sample.h.
 */
#ifndef TESTS_UI_SAMPLE_CARD_H
#define TESTS_UI_SAMPLE_CARD_H

static void sample_waiting(struct view *v)
{
    sample_guide(v);
    v->screen = SCREEN_CARD_WAITING;
    v->identity = NULL;
}

static void sample_reading(struct view *v)
{
    sample_waiting(v);
    v->screen = SCREEN_CARD_READING;
}

static void sample_remove(struct view *v)
{
    sample_guide(v);
    v->screen = SCREEN_CARD_REMOVE;
}

static void sample_forgotten(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_CARD_REMOVE;
    v->visit = false;
}

static void sample_form_lying(struct view *v)
{
    sample_form(v);
    v->card.remind = true;
}

static void sample_form_moved(struct view *v)
{
    static struct identity moved;
    sample_form(v);
    moved = *v->identity;
    moved.newest_address = true;
    v->identity = &moved;
}

static void sample_home_lying(struct view *v)
{
    sample_home(v);
    v->card.remind = true;
}

static void sample_idle_lying(struct view *v)
{
    sample_idle(v);
    v->card.remind = true;
}

static void sample_waiting_lies(struct view *v)
{
    sample_waiting(v);
    v->card.lies = v->card.remind = true;
}

static void sample_waiting_long(struct view *v)
{
    sample_waiting(v);
    v->card.slow = true;
}

static void sample_card_chip(struct view *v)
{
    sample_guide(v);
    v->screen = SCREEN_TROUBLE_CARD;
    v->card.trouble = CARD_CHIP;
}

/* At night: no counter is staffed, and who is sent there is told from when. */
static void sample_card_expired_night(struct view *v)
{
    sample_card_expired(v);
    sample_night(v);
}
static void sample_card_long_night(struct view *v)
{
    sample_out_places(v); /* the places */
    int n = v->n_places;
    struct view_place places[VIEW_PLACES_MAX];

    memcpy(places, v->places, sizeof places);
    sample_card_long(v);
    sample_night(v);
    v->n_places = n;
    memcpy(v->places, places, sizeof places);
}
/* One question a page, as from 特大 on. */
static void sample_form_question(struct view *v)
{
    sample_form(v);
    v->form.questions = 2;
    v->form.n_fields = 1;
    v->form.n_locked = 0;
}
static void sample_leave_review(struct view *v)
{
    sample_leave(v);
    v->timeout.below = SCREEN_REVIEW;
}
static void sample_out_night(struct view *v)
{
    sample_out_places(v);
    sample_night(v);
}

#endif
