/* SPDX-License-Identifier: Apache-2.0
 *
 * A roll is changed: by sensors, without them, and what is wrong.
 */
#include "model/paper_change.h"

#include <string.h>

#include "test.h"

static const struct place place = {.terminal = "t-1103-003"};

static bool sees(struct paper_change *c, bool open, bool out)
{
    return paper_change_senses(c, &(struct printer_senses){.told = true, .open = open, .out = out}, 1000);
}

/* From the cover to the slip, as most printers tell it. */
static void to_slip(struct paper_change *c)
{
    CHECK(sees(c, true, false));
    CHECK_INT(c->step, CHANGE_TAKE);
    CHECK(sees(c, true, true));
    CHECK_INT(c->step, CHANGE_PUT);
    CHECK(sees(c, true, false));
    CHECK_INT(c->step, CHANGE_SHUT);
    CHECK(sees(c, false, false));
    CHECK_INT(c->step, CHANGE_TRY);
    paper_change_slip(c, 7, &place);
    CHECK(c->running && c->ask == CHANGE_ASK_NOTHING);
}

TEST(sensors_lead_it_and_a_person_ends_it)
{
    struct paper_change c = {.role = DEVICE_RECEIPT};

    CHECK(!sees(&c, false, false)); /* nothing has happened yet */
    to_slip(&c);
    CHECK(!sees(&c, false, false)); /* it prints */
    paper_change_printed(&c, false);
    CHECK_INT(c.ask, CHANGE_ASK_NUMBER);
    CHECK(!paper_change_says(&c, c.number.right, 2000));
    CHECK_INT(c.ask, CHANGE_ASK_EDGES);
    CHECK(!paper_change_says(&c, CHANGE_EDGES_GOOD, 3000));
    CHECK_INT(c.step, CHANGE_DONE);
    CHECK(!c.by_hand && !c.uncut);
    for (int i = 0; i < CHANGE_STEPS; i++)
        CHECK(c.at[i] > 0);
    CHECK(!sees(&c, true, true)); /* done is done */
    CHECK(!paper_change_says(&c, 0, 4000));
}

TEST(a_cover_shut_over_paper_ends_the_steps_before)
{
    struct paper_change c = {.role = DEVICE_RECEIPT};

    sees(&c, true, false); /* a sensor that sees paper only when it is shut, or none taken out */
    CHECK(sees(&c, false, false));
    CHECK_INT(c.step, CHANGE_TRY);
}

TEST(shut_without_paper_it_says_so_once)
{
    struct paper_change c = {.role = DEVICE_RECEIPT};

    sees(&c, true, true);
    sees(&c, true, true);
    CHECK_INT(c.step, CHANGE_PUT);
    CHECK(sees(&c, false, true));
    CHECK_INT(c.trouble, CHANGE_EMPTY);
    CHECK_INT(c.step, CHANGE_PUT);
    CHECK(!sees(&c, false, true));
    CHECK(sees(&c, true, true)); /* opened again: the words go */
    CHECK_INT(c.trouble, CHANGE_FINE);
    sees(&c, true, false);
    CHECK(sees(&c, false, false));
    CHECK_INT(c.step, CHANGE_TRY);
}

TEST(without_a_cover_sensor_the_person_says_each_step)
{
    struct paper_change c = {.role = DEVICE_TICKET};

    CHECK(paper_change_by_hand(&c, 1));
    CHECK(!sees(&c, false, false)); /* it was never seen open, so shut means nothing */
    CHECK_INT(c.step, CHANGE_TAKE);
    CHECK(sees(&c, false, true));
    CHECK_INT(c.step, CHANGE_PUT);
    CHECK(sees(&c, false, false));
    CHECK_INT(c.step, CHANGE_SHUT);
    CHECK(paper_change_by_hand(&c, 2));
    CHECK_INT(c.step, CHANGE_TRY);
    CHECK(c.by_hand);
    CHECK(!paper_change_by_hand(&c, 3)); /* whether it printed nobody can say without having looked */
}

TEST(a_printer_that_is_silent_moves_nothing)
{
    struct paper_change c = {.role = DEVICE_RECEIPT};

    CHECK(!paper_change_senses(&c, &(struct printer_senses){.told = false, .open = true}, 1));
    CHECK_INT(c.step, CHANGE_OPEN);
}

TEST(what_is_wrong_leads_back_to_the_cover)
{
    static const struct {
        int says;
        enum change_trouble why;
    } list[] = {{CHANGE_SAYS_NOTHING, CHANGE_NOTHING}, {CHANGE_SAYS_BLANK, CHANGE_BLANK}};

    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct paper_change c = {.role = DEVICE_RECEIPT};
        to_slip(&c);
        paper_change_printed(&c, false);
        CHECK(!paper_change_says(&c, list[i].says, 1));
        CHECK_INT(c.step, CHANGE_OPEN);
        CHECK_INT(c.trouble, list[i].why);
        CHECK(!sees(&c, false, false)); /* still shut: the words stay */
        CHECK_INT(c.trouble, list[i].why);
        to_slip(&c);
    }
}

TEST(another_number_prints_another_slip)
{
    struct paper_change c = {.role = DEVICE_RECEIPT};
    struct test_number first;

    to_slip(&c);
    first = c.number;
    paper_change_printed(&c, false);
    CHECK(paper_change_says(&c, !c.number.right, 1));
    CHECK_INT(c.trouble, CHANGE_MISREAD);
    paper_change_slip(&c, 7, &place);
    CHECK(c.number.offered[c.number.right] != first.offered[first.right]);
}

TEST(a_narrow_roll_is_no_new_one_and_a_dull_cutter_is_told)
{
    struct paper_change c = {.role = DEVICE_RECEIPT};

    to_slip(&c);
    paper_change_printed(&c, false);
    paper_change_says(&c, c.number.right, 1);
    paper_change_says(&c, CHANGE_EDGES_NARROW, 1);
    CHECK_INT(c.step, CHANGE_OPEN);
    CHECK_INT(c.trouble, CHANGE_NARROW);
    to_slip(&c);
    paper_change_printed(&c, false);
    paper_change_says(&c, c.number.right, 1);
    paper_change_says(&c, CHANGE_EDGES_UNCUT, 1);
    CHECK_INT(c.step, CHANGE_DONE);
    CHECK(c.uncut);
}

TEST(opened_while_it_is_looked_at_it_begins_again)
{
    struct paper_change c = {.role = DEVICE_RECEIPT};

    to_slip(&c);
    CHECK(!sees(&c, true, false)); /* in the middle of the slip: its outcome first */
    paper_change_printed(&c, true);
    CHECK_INT(c.trouble, CHANGE_CANNOT);
    CHECK(sees(&c, true, false));
    CHECK_INT(c.step, CHANGE_TAKE);
    CHECK_INT(c.trouble, CHANGE_FINE);
}

TEST(answers_to_nothing_are_nothing)
{
    struct paper_change c = {.role = DEVICE_RECEIPT};

    CHECK(!paper_change_says(&c, 0, 1));
    to_slip(&c);
    CHECK(!paper_change_says(&c, 0, 1));
    CHECK_INT(c.step, CHANGE_TRY);
}

TEST(the_slip_bears_the_number_and_both_edges)
{
    struct paper_change c = {.role = DEVICE_TICKET};
    char number[12];
    struct paper *p;
    int found = 0;

    to_slip(&c);
    p = paper_change_compose(&c, &place, INT64_C(1765000000000));
    CHECK(p != NULL);
    test_number_digits(c.number.offered[c.number.right], number);
    for (size_t i = 0; i < p->n_blocks; i++)
        if (p->blocks[i].op == PAPER_TEXT)
            found += !strcmp(p->blocks[i].text, number) ? 100 : p->blocks[i].align == PAPER_RIGHT;
    CHECK_INT(found, 101);
    CHECK_INT(p->blocks[p->n_blocks - 1].op, PAPER_CUT);
    paper_destroy(p);
}

TEST_MAIN(T(sensors_lead_it_and_a_person_ends_it), T(a_cover_shut_over_paper_ends_the_steps_before),
          T(shut_without_paper_it_says_so_once), T(without_a_cover_sensor_the_person_says_each_step),
          T(a_printer_that_is_silent_moves_nothing), T(what_is_wrong_leads_back_to_the_cover),
          T(another_number_prints_another_slip), T(a_narrow_roll_is_no_new_one_and_a_dull_cutter_is_told),
          T(opened_while_it_is_looked_at_it_begins_again), T(answers_to_nothing_are_nothing),
          T(the_slip_bears_the_number_and_both_edges))
