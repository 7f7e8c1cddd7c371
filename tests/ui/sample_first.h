/* SPDX-License-Identifier: Apache-2.0
 *
 * The sample views of the first boot; a part of sample.h.
 */
#ifndef TESTS_UI_SAMPLE_FIRST_H
#define TESTS_UI_SAMPLE_FIRST_H

static const struct place sample_no_place;

static void sample_first(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_FIRST_FINDING;
    v->visit = false;
    v->place = &sample_no_place;
    v->first.on = true;
    v->first.facts = (struct first_facts){.hall = FIRST_HALL_UNREACHED,
                                          .terminal = "t-1103-003",
                                          .machine = {.version = "1.5.0", .slot = 'a', .imaged = true},
                                          .total_mb = 58 * 1024};
    v->health.printer[DEVICE_TICKET] = PRINTER_ABSENT;
}
static void sample_first_test(struct view *v)
{
    sample_first(v);
    v->screen = SCREEN_FIRST_TEST;
    v->place = &sample_place;
    v->health.printer[DEVICE_TICKET] = PRINTER_READY;
    v->first.facts.hall = FIRST_HALL_OPEN;
    v->first.part[FIRST_HALL] = v->first.part[FIRST_STORAGE] = FIRST_GOOD;
    v->first.testing = FIRST_RECEIPT;
    v->first.ask = FIRST_ASK_NUMBER;
    v->first.number.offered[0] = 7305;
    v->first.number.offered[1] = 7350;
}
static void sample_first_again(struct view *v)
{
    sample_first_test(v);
    v->first.testing = FIRST_TICKET;
    v->first.part[FIRST_RECEIPT] = v->first.part[FIRST_TOUCH] = FIRST_GOOD;
    v->first.seen[FIRST_RECEIPT] = 7305;
    v->first.again = true;
}
static void sample_first_card(struct view *v)
{
    sample_first_again(v);
    v->first.again = false;
    v->first.ask = FIRST_ASK_CARD;
    v->first.testing = FIRST_READER;
    v->first.part[FIRST_TICKET] = FIRST_LEFT_OUT;
    v->first.facts.hall = FIRST_HALL_UNREACHED;
    v->first.part[FIRST_HALL] = FIRST_UNTESTED;
}
static void sample_first_slip(struct view *v)
{
    sample_first_again(v);
    v->first.ask = FIRST_ASK_NOTHING;
    v->first.part[FIRST_TICKET] = FIRST_GOOD;
    v->first.seen[FIRST_TICKET] = 2218;
    v->first.part[FIRST_READER] = FIRST_UNSEEN;
    v->first.testing = FIRST_RECEIPT;
    v->first.slip = v->first.running = true;
}
static void sample_first_slip_asked(struct view *v)
{
    sample_first_slip(v);
    v->first.running = false;
    v->first.ask = FIRST_ASK_SLIP;
}
static void sample_first_not_ready(struct view *v)
{
    sample_first_test(v);
    v->screen = SCREEN_FIRST_NOT_READY;
    v->first.ask = FIRST_ASK_NOTHING;
    v->first.lack = FIRST_LACK_RECEIPT_ABSENT;
    v->first.lacking = 1;
}
static void sample_first_unseen(struct view *v)
{
    sample_first_not_ready(v);
    v->first.lack = FIRST_LACK_TICKET_UNSEEN;
    v->first.lacking = 2;
}
static void sample_first_hall(struct view *v)
{
    sample_first_not_ready(v);
    v->place = &sample_no_place;
    v->first.facts.hall = FIRST_HALL_REFUSED;
    v->first.lack = FIRST_LACK_HALL_REFUSED;
}
static void sample_first_no_sheet(struct view *v)
{
    sample_first(v);
    v->screen = SCREEN_FIRST_NO_SHEET;
    v->first.facts.sheet = FIRST_SHEET_NONE;
    v->first.facts.terminal[0] = '\0';
}
static void sample_first_bad_sheet(struct view *v)
{
    sample_first_no_sheet(v);
    v->first.facts.sheet = FIRST_SHEET_BAD;
    v->first.facts.machine = (struct machine){.slot = '-'};
}
static void sample_first_later(struct view *v)
{
    sample_first_no_sheet(v);
    v->first.facts.sheet = FIRST_SHEET_LATER;
}

#endif
