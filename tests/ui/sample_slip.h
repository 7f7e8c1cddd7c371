/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample views of a paper of which the printer can tell: it stands at the slot, was taken, was drawn back, or the roll ended
 * in its middle. Part of sample.h.
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
static void sample_paper_partly(struct view *v)
{
    sample_no_paper(v);
    v->done.print = PRINT_UNKNOWN;
    v->done.partly = true;
}
static void sample_unknown_ticket_paper(struct view *v)
{
    sample_unknown_ticket(v);
    v->ticket.why = PRINTER_NO_PAPER;
}

#endif
