/* SPDX-License-Identifier: Apache-2.0
 *
 * The sample views of a visit that was cut off, and of cards that do not count. Part of sample.h.
 */
#ifndef TESTS_UI_SAMPLE_RECOVERY_H
#define TESTS_UI_SAMPLE_RECOVERY_H

static void sample_recovery_in(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_RECOVERY;
    v->visit = false;
    v->recovery.handed_in = true;
    strcpy(v->recovery.number, "1103003261119000278");
    receipt_qr_text(v->recovery.number, sample_place.terminal, v->recovery.qr);
    v->recovery.print = PRINT_UNKNOWN;
}
static void sample_recovery_paper(struct view *v)
{
    sample_recovery_in(v);
    v->recovery.handed_in = false;
    v->recovery.paper = true;
}
static void sample_recovery_both(struct view *v)
{
    sample_recovery_in(v);
    strcpy(v->recovery.ticket, "A 032");
    ticket_qr_text(v->recovery.ticket, "general", "2026-11-19", sample_place.terminal, v->recovery.ticket_qr);
}
static void sample_recovery_ticket(struct view *v)
{
    sample_recovery_both(v);
    v->recovery.handed_in = false;
}
static void sample_recovery_ticket_own(struct view *v)
{
    sample_recovery_ticket(v);
    strcpy(v->recovery.ticket, "A03-032");
    ticket_qr_text(v->recovery.ticket, "general", "2026-11-19", sample_place.terminal, v->recovery.ticket_qr);
}
static void sample_card_number(struct view *v)
{
    sample_card_bad(v);
    v->card.trouble = CARD_BAD_NUMBER;
}
static void sample_card_kind(struct view *v)
{
    sample_card_bad(v);
    v->card.trouble = CARD_NOT_RESIDENT;
}
static void sample_recovery_supplement(struct view *v)
{
    sample_recovery_in(v);
    v->recovery.supplement = true;
}
static void sample_recovery_out(struct view *v)
{
    sample_recovery_in(v);
    memset(&v->recovery, 0, sizeof v->recovery);
}

#endif
