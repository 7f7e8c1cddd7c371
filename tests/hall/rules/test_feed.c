/* SPDX-License-Identifier: Apache-2.0
 *
 * Events for what stands beside the terminals: which of what the hall knows is one, and when it is another one.
 */
#include "test.h"

#include "tools/hall/rules/feed.h"

#define NINE INT64_C(1767574800000) /* 2026-01-05 */
#define HOUR INT64_C(3600000)

static char about[NOTICE_ABOUT_MAX + 1], other[NOTICE_ABOUT_MAX + 1];

TEST(alerts)
{
    static const struct {
        const char *what;
        enum notice_kind kind;
    } rows[] = {{"door-open", NOTICE_FEED_DOOR},
                {"case-open", NOTICE_FEED_TAMPER},
                {"fork", NOTICE_FEED_TAMPER},
                {"journal-behind", NOTICE_FEED_TAMPER},
                {"question-forged", NOTICE_FEED_TAMPER},
                {"receipt-paper-low", NOTICES},
                {"", NOTICES},
                {"door", NOTICES}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_INT(feed_of_alert(rows[i].what, NINE, NINE, about), rows[i].kind);
}

/* What comes again is another event; what is told of again is the same; yesterday's is none. */
TEST(each_alert_once)
{
    char word[NOTICE_ABOUT_MAX + 1];

    CHECK_INT(feed_of_alert("door-open", NINE, NINE + HOUR, about), NOTICE_FEED_DOOR);
    CHECK_INT(feed_of_alert("door-open", NINE, NINE + 2 * HOUR, other), NOTICE_FEED_DOOR);
    CHECK_STR(about, other);
    CHECK_INT(feed_of_alert("door-open", NINE + 1, NINE + HOUR, other), NOTICE_FEED_DOOR);
    CHECK(strcmp(about, other) != 0);
    CHECK_INT(feed_of_alert("door-open", NINE, NINE + 24 * HOUR, other), NOTICES);
    feed_alert_of(about, word);
    CHECK_STR(word, "door-open");
}

TEST(a_long_queue_once_an_hour)
{
    CHECK(feed_long() > 0);
    CHECK_INT(feed_of_queue(NINE, about), NOTICE_FEED_QUEUE);
    CHECK_STR(about, "long 2026-01-05 09");
    feed_of_queue(NINE + HOUR - 1, other);
    CHECK_STR(other, about);
    feed_of_queue(NINE + HOUR, other);
    CHECK_STR(other, "long 2026-01-05 10");
}

TEST(cards)
{
    struct card c = {.rule = "examine-step-late", .level = CARD_YELLOW, .since = {2026, 2, 4}};

    CHECK_INT(feed_of_card(&c, about), NOTICE_FEED_YELLOW);
    CHECK_STR(about, "examine-step-late 2026-02-04");
    c.level = CARD_RED;
    CHECK_INT(feed_of_card(&c, about), NOTICE_FEED_RED);
    c.level = CARD_REMINDER;
    CHECK_INT(feed_of_card(&c, about), NOTICES);
    c.level = CARD_TACIT;
    CHECK_INT(feed_of_card(&c, about), NOTICES);
}

/* The outbox tells by the word to whom a row goes. */
TEST(the_words_say_whose_they_are)
{
    for (enum notice_kind k = 0; k < NOTICES; k++) {
        bool feed = strncmp(notice_word(k), NOTICE_FEED_PREFIX, sizeof NOTICE_FEED_PREFIX - 1) == 0;
        CHECK_INT(feed, notice_to(k) == NOTICE_TO_FEED);
    }
}

TEST(duty)
{
    CHECK_INT(feed_of_duty(INT64_C(1767574800000), false, about), NOTICE_FEED_DUTY);
    CHECK_STR(about, "duty 1767574800000");
    CHECK_INT(feed_duty_at(about), INT64_C(1767574800000));
    CHECK_INT(feed_of_duty(INT64_MAX, true, about), NOTICE_FEED_DUTY_NOBODY);
    CHECK_INT(feed_duty_at(about), INT64_MAX);
    CHECK_INT(feed_duty_at("duty"), 0);
}

TEST_MAIN(T(duty), T(alerts), T(each_alert_once), T(a_long_queue_once_an_hour), T(cards), T(the_words_say_whose_they_are))
