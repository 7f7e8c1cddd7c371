/* SPDX-License-Identifier: Apache-2.0
 *
 * The first boot: what comes next, whatever comes.
 */
#include "base/text.h"
#include "session/play.h"

static struct first_facts facts;

static void tell(struct play *p)
{
    play_input(p, (struct input){.kind = INPUT_FIRST, .first = &facts});
}

static void begin_as(struct play *p, uint32_t seed, const char *terminal, enum first_sheet sheet, enum first_hall hall)
{
    struct session_config c = {.seed = seed};

    facts = (struct first_facts){.sheet = sheet, .hall = hall, .machine = {.slot = '-'}};
    text_copy(facts.terminal, sizeof facts.terminal, terminal);
    c.first = (struct first){.on = true, .facts = facts};
    *p = (struct play){.item = item_a()};
    p->health = (struct health){.storage = true, .catalogue = true};
    p->s = session_create(&c);
    p->v = session_view(p->s);
    p->health.reader = READER_ABSENT;
    p->health.printer[DEVICE_RECEIPT] = p->health.printer[DEVICE_TICKET] = PRINTER_ABSENT;
    play_input(p, (struct input){.kind = INPUT_START, .health = p->health});
}

static void begin(struct play *p, enum first_sheet sheet, enum first_hall hall)
{
    begin_as(p, 7, "t-1", sheet, hall);
}

static void plug(struct play *p)
{
    p->health.reader = READER_READY;
    p->health.printer[DEVICE_RECEIPT] = p->health.printer[DEVICE_TICKET] = PRINTER_READY;
    play_health(p);
}

static void right(struct play *p)
{
    play_outcome(p, PRINT_DONE, PRINTER_READY);
    CHECK_INT(p->v->first.ask, FIRST_ASK_NUMBER);
    play_tap(p, INTENT_FIRST_SAYS, p->v->first.number.right);
}

static void proved(struct play *p)
{
    facts.proved = true;
    tell(p);
}

TEST(without_a_sheet_it_looks_until_there_is_one)
{
    struct play p;
    begin(&p, FIRST_SHEET_NONE, FIRST_HALL_SILENT);
    CHECK_SCREEN(&p, FIRST_NO_SHEET);
    plug(&p);
    CHECK_SCREEN(&p, FIRST_NO_SHEET);
    CHECK_INT(p.prints, 0);
    play_timer(&p, TIMER_PAGE);
    CHECK_INT(p.first[FIRST_LOOK], 1);
    CHECK(p.timers[TIMER_PAGE] > 0);
    facts.sheet = FIRST_SHEET_GOOD;
    tell(&p);
    CHECK_SCREEN(&p, FIRST_TEST);
    CHECK_INT(p.prints, 1);
    play_end(&p);
}

TEST(to_the_open_door)
{
    struct play p;
    begin(&p, FIRST_SHEET_GOOD, FIRST_HALL_SILENT);
    CHECK_SCREEN(&p, FIRST_FINDING);
    plug(&p);
    CHECK_SCREEN(&p, FIRST_TEST);
    CHECK_INT(p.role, DEVICE_RECEIPT);
    CHECK(!session_idle(p.s)); /* a paper is on its way */
    right(&p);
    CHECK_INT(p.role, DEVICE_TICKET);
    right(&p);
    CHECK_INT(p.v->first.ask, FIRST_ASK_CARD);
    CHECK(p.poll);
    play_card(&p, &p.card);
    CHECK(!p.poll || p.v->first.ask == FIRST_ASK_NOTHING);
    CHECK(p.v->identity == NULL); /* nothing of it is kept */
    CHECK_SCREEN(&p, FIRST_NOT_READY);
    CHECK_STR(first_lack_code(p.v->first.lack), "H-1");
    CHECK(session_idle(p.s));
    facts.hall = FIRST_HALL_OPEN;
    tell(&p);
    CHECK_SCREEN(&p, FIRST_TEST);
    CHECK_INT(p.first[FIRST_PROVE], 1);
    CHECK_INT(p.prints, 2);
    proved(&p);
    CHECK_INT(p.prints, 3);
    CHECK_INT(p.first[FIRST_OPEN], 0);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    CHECK_INT(p.first[FIRST_OPEN], 1);
    play_health(&p); /* until another session is made nothing is done twice */
    tell(&p);
    CHECK_INT(p.first[FIRST_OPEN], 1);
    CHECK_INT(p.prints, 3);
    CHECK_INT(p.visits, 0);
    play_end(&p);
}

TEST(a_wrong_number_prints_another)
{
    struct play p;
    begin(&p, FIRST_SHEET_GOOD, FIRST_HALL_OPEN);
    plug(&p);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    int number = p.v->first.number.offered[p.v->first.number.right];
    CHECK(p.v->first.number.offered[0] != p.v->first.number.offered[1]);
    play_tap(&p, INTENT_FIRST_SAYS, !p.v->first.number.right);
    CHECK(p.v->first.again);
    CHECK_INT(p.prints, 2);
    CHECK_INT(p.role, DEVICE_RECEIPT);
    CHECK(p.v->first.number.offered[p.v->first.number.right] != number);
    CHECK_INT(p.v->first.part[FIRST_RECEIPT], FIRST_UNTESTED);
    right(&p);
    CHECK_INT(p.v->first.part[FIRST_RECEIPT], FIRST_GOOD);
    play_end(&p);
}

/* On the page stand the terminal's name and the year, too: who reads those must not find them offered. */
TEST(no_number_stands_there_twice)
{
    struct play p;
    int found = 0;

    for (uint32_t seed = 0; seed < 20000; seed++) {
        begin_as(&p, seed, "t-1103-003", FIRST_SHEET_GOOD, FIRST_HALL_OPEN);
        plug(&p);
        for (int i = 0; i < 2; i++)
            found += p.v->first.number.offered[i] == 1103 || p.v->first.number.offered[i] / 100 == 20;
        play_end(&p);
    }
    CHECK_INT(found, 0);
}

TEST(done_without_paper_is_not_done)
{
    struct play p;
    begin(&p, FIRST_SHEET_GOOD, FIRST_HALL_OPEN);
    plug(&p);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    play_tap(&p, INTENT_FIRST_SAYS, 2);
    CHECK_SCREEN(&p, FIRST_NOT_READY);
    CHECK_STR(first_lack_code(p.v->first.lack), "P-5");
    play_timer(&p, TIMER_PAGE);
    CHECK_SCREEN(&p, FIRST_NOT_READY); /* only somebody who looks can tell */
    play_tap(&p, INTENT_FIRST_AGAIN, 0);
    CHECK_SCREEN(&p, FIRST_TEST);
    CHECK_INT(p.prints, 2);
    CHECK_INT(p.first[FIRST_LOOK_NOW], 1);
    play_end(&p);
}

TEST(what_lacks_is_said_and_goes_on_by_itself)
{
    struct play p;
    begin(&p, FIRST_SHEET_GOOD, FIRST_HALL_OPEN);
    plug(&p);
    p.health.printer[DEVICE_RECEIPT] = PRINTER_NO_PAPER;
    p.health.printer[DEVICE_TICKET] = PRINTER_OPEN;
    play_health(&p); /* its paper is on its way: its outcome is waited for */
    CHECK_SCREEN(&p, FIRST_TEST);
    play_outcome(&p, PRINT_NOT, PRINTER_NO_PAPER);
    CHECK_SCREEN(&p, FIRST_NOT_READY);
    CHECK_STR(first_lack_code(p.v->first.lack), "P-3");
    CHECK_INT(p.v->first.lacking, 2);
    p.health.printer[DEVICE_RECEIPT] = PRINTER_READY;
    play_health(&p);
    CHECK_STR(first_lack_code(p.v->first.lack), "T-4");
    p.health.printer[DEVICE_TICKET] = PRINTER_READY;
    play_health(&p);
    CHECK_SCREEN(&p, FIRST_TEST);
    CHECK_INT(p.prints, 2);
    play_end(&p);
}

TEST(what_does_not_answer_is_missing_after_a_while)
{
    struct play p;
    begin(&p, FIRST_SHEET_GOOD, FIRST_HALL_OPEN);
    for (int i = 0; i < 9; i++)
        play_timer(&p, TIMER_PAGE);
    CHECK_SCREEN(&p, FIRST_FINDING);
    play_timer(&p, TIMER_PAGE);
    CHECK_SCREEN(&p, FIRST_NOT_READY);
    CHECK_STR(first_lack_code(p.v->first.lack), "R-1");
    play_end(&p);
}

TEST(opened_without_and_back_again)
{
    struct play p;
    begin(&p, FIRST_SHEET_GOOD, FIRST_HALL_OPEN);
    p.health.printer[DEVICE_TICKET] = PRINTER_READY;
    p.health.reader = READER_READY;
    play_health(&p);
    for (int i = 0; i < 10; i++)
        play_timer(&p, TIMER_PAGE);
    CHECK_STR(first_lack_code(p.v->first.lack), "P-1");
    play_tap(&p, INTENT_FIRST_WITHOUT, 0);
    CHECK_INT(first_left_out(&p.v->first), 1);
    CHECK_INT(p.role, DEVICE_TICKET);
    right(&p);
    play_tap(&p, INTENT_FIRST_NO_CARD, 0);
    CHECK_INT(p.first[FIRST_PROVE], 1);
    proved(&p);
    CHECK_INT(p.role, DEVICE_TICKET); /* the slip comes out of the printer that was seen printing */
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_READY);
    CHECK_INT(p.v->first.ask, FIRST_ASK_SLIP);
    plug(&p); /* and there it is: tested like the other, and the slip is printed anew */
    CHECK_INT(p.v->first.ask, FIRST_ASK_SLIP);
    play_tap(&p, INTENT_FIRST_SAYS, 2);
    CHECK_STR(first_lack_code(p.v->first.lack), "T-5");
    CHECK_INT(p.first[FIRST_OPEN], 0);
    play_end(&p);
}

TEST(nobody_opens_without_the_hall)
{
    struct play p;
    begin(&p, FIRST_SHEET_GOOD, FIRST_HALL_REFUSED);
    plug(&p);
    right(&p);
    right(&p);
    play_tap(&p, INTENT_FIRST_NO_CARD, 0);
    CHECK_STR(first_lack_code(p.v->first.lack), "H-3");
    play_tap(&p, INTENT_FIRST_WITHOUT, 0);
    CHECK_SCREEN(&p, FIRST_NOT_READY);
    CHECK_INT(p.first[FIRST_OPEN], 0);
    play_end(&p);
}

TEST(a_session_made_meanwhile_goes_on)
{
    struct play p;
    struct session_config c = {.seed = 8};
    begin(&p, FIRST_SHEET_GOOD, FIRST_HALL_OPEN);
    plug(&p);
    right(&p);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    c.first = p.v->first;
    int number = c.first.number.offered[c.first.number.right];
    play_end(&p);
    p.s = session_create(&c);
    p.v = session_view(p.s);
    play_input(&p, (struct input){.kind = INPUT_START, .health = p.health});
    CHECK_SCREEN(&p, FIRST_TEST);
    CHECK_INT(p.v->first.ask, FIRST_ASK_NUMBER);
    CHECK_INT(p.v->first.number.offered[p.v->first.number.right], number);
    play_tap(&p, INTENT_FIRST_SAYS, p.v->first.number.right);
    CHECK_INT(p.v->first.ask, FIRST_ASK_CARD);
    CHECK_INT(p.prints, 2);
    play_end(&p);
}

TEST_MAIN(T(without_a_sheet_it_looks_until_there_is_one), T(to_the_open_door), T(a_wrong_number_prints_another),
          T(no_number_stands_there_twice), T(done_without_paper_is_not_done), T(what_lacks_is_said_and_goes_on_by_itself),
          T(what_does_not_answer_is_missing_after_a_while), T(opened_without_and_back_again),
          T(nobody_opens_without_the_hall), T(a_session_made_meanwhile_goes_on))
