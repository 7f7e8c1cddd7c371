/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample views of a paper at the slot of a printer that can tell: it stands there, was taken, was drawn back. Part of
 * sample.h.
 */
#ifndef TESTS_UI_SAMPLE_SLIP_H
#define TESTS_UI_SAMPLE_SLIP_H

static void sample_printed_out(struct view *v)
{
    sample_printed(v);
    v->done.slip = SLIP_OUT;
}
static void sample_printed_taken(struct view *v)
{
    sample_printed(v);
    v->done.slip = SLIP_TAKEN;
}
static void sample_printed_back(struct view *v)
{
    sample_printed(v);
    v->done.slip = SLIP_BACK;
}
static void sample_ticket_out(struct view *v)
{
    sample_ticket(v);
    v->ticket.slip = SLIP_OUT;
}
static void sample_ticket_taken(struct view *v)
{
    sample_ticket(v);
    v->ticket.slip = SLIP_TAKEN;
}
static void sample_ticket_back(struct view *v)
{
    sample_ticket(v);
    v->ticket.slip = SLIP_BACK;
}

#endif
