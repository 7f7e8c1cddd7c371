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

#endif
