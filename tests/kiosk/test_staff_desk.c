/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose card it is, and when a PIN is taken: the journal remembers the wrong ones.
 */
#include "kiosk/staff_desk.h"

#include "catalog/catalog_test.h"
#include "kiosk/desk_test.h"

#define CARD "110105198503150035"
#define PIN "620859"

static struct staff_desk *d;
static struct catalog *staffed;
static struct identity card;

static void begin(void)
{
    static char path[160];
    struct err e = {0};

    desk_begin(0);
    snprintf(path, sizeof path, "%s/staffed.db", sample_folder());
    if (access(path, F_OK))
        CHECK_INT(sample_build_from("tests/catalogues/staffed", path, 1, &e), 0);
    CHECK_INT(catalog_open(path, &staffed, &e), 0);
    CHECK_STR(e.text, "");
    d = staff_desk_create(data, &port);
    card = (struct identity){.name = "x"};
    text_copy(card.number, sizeof card.number, CARD);
}

static void end(void)
{
    staff_desk_destroy(d);
    catalog_close(staffed);
    desk_end();
}

/* The session writes each try down before it is compared. */
static void tries(int n)
{
    struct effect_record r = {.header = {.kind = RECORD_STAFF, .staff = "0417", .what = "pin"}};

    for (int i = 0; i < n; i++)
        CHECK_INT(records_write(records, &r, &(struct records_given){.ticket = ""}), 0);
}

static bool right(const char *pin, bool unrecorded)
{
    staff_desk_pin(d, records_journal(records), pin, unrecorded);
    return fed(INPUT_STAFF_PIN)->right;
}

TEST(only_cards_of_the_list)
{
    begin();
    CHECK(staff_desk_card(d, staffed, records_journal(records), &card));
    CHECK_STR(fed(INPUT_STAFF_CARD)->badge->id, "0417");
    CHECK(!fed(INPUT_STAFF_CARD)->badge->expired);
    CHECK_INT(fed(INPUT_STAFF_CARD)->badge->wait_s, 0);
    hear_anew();
    text_copy(card.number, sizeof card.number, "110105194912310011");
    CHECK(!staff_desk_card(d, staffed, records_journal(records), &card));
    CHECK(!staff_desk_card(d, NULL, records_journal(records), &card));
    CHECK_INT(heard.n_fed, 0);
    end();
}

TEST(the_pin)
{
    begin();
    staff_desk_card(d, staffed, records_journal(records), &card);
    tries(1);
    CHECK(!right("111111", false));
    tries(1);
    CHECK(!right(PIN, true)); /* its try could not be written down */
    CHECK(right(PIN, false));
    staff_desk_over(d);
    hear_anew();
    staff_desk_pin(d, records_journal(records), PIN, false); /* no card is known any more */
    CHECK_INT(heard.n_fed, 0);
    end();
}

TEST(wrong_ones_make_it_wait)
{
    begin();
    tries(4);
    staff_desk_card(d, staffed, records_journal(records), &card);
    CHECK_INT(fed(INPUT_STAFF_CARD)->badge->wait_s, 0);
    tries(1);
    CHECK(!right("111111", false));
    int wait = fed(INPUT_STAFF_PIN)->wait_s;
    CHECK(wait > 10 && wait <= 15);
    CHECK(!right(PIN, false)); /* too early, right or not */
    tries(1);
    staff_desk_card(d, staffed, records_journal(records), &card); /* switching it off and on helps nobody */
    wait = fed(INPUT_STAFF_CARD)->badge->wait_s;
    CHECK(wait > 25 && wait <= 30);
    clock_advance(31000);
    CHECK(right(PIN, false));
    staff_desk_card(d, staffed, NULL, &card); /* nobody knows how many were tried */
    CHECK_INT(fed(INPUT_STAFF_CARD)->badge->wait_s, 900);
    end();
    sample_close();
}

TEST_MAIN(T(only_cards_of_the_list), T(the_pin), T(wrong_ones_make_it_wait))
