/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample views of a card that was left on the reader, that holds a newer address, or that the reader does not trust. Part of
 * sample.h.
 */
#ifndef TESTS_UI_SAMPLE_CARD_H
#define TESTS_UI_SAMPLE_CARD_H

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

static void sample_card_chip(struct view *v)
{
    sample_guide(v);
    v->screen = SCREEN_TROUBLE_CARD;
    v->card.trouble = CARD_CHIP;
}

#endif
