/* SPDX-License-Identifier: Apache-2.0
 *
 * Rating: after the paper, skippable, anonymous unless wished otherwise, thanked for when it is durable.
 */
#include "session/play.h"

static void to_rating(struct play *p)
{
    play_to_number(p);
    play_outcome(p, PRINT_DONE, PRINTER_READY);
    play_tap(p, INTENT_TOOK_PAPER, 0);
    CHECK_SCREEN(p, RATING);
    CHECK(p->v->identity == NULL); /* what the card said is not needed any more */
}

TEST(given_is_anonymous)
{
    struct play p;
    to_rating(&p);
    play_tap(&p, INTENT_RATE, 2);
    CHECK(p.v->rating.thanks);
    CHECK(logged(&p, "print-done rating"));
    CHECK_INT(p.last[RECORD_RATING].header.score, 2);
    CHECK_STR(p.last[RECORD_RATING].header.number, "");
    CHECK(!p.last[RECORD_RATING].visit_scoped);
    CHECK(p.last[RECORD_RATING].item == item_a());
    play_tap(&p, INTENT_RATE, 5); /* one is enough */
    CHECK_INT(p.last[RECORD_RATING].header.score, 2);
    play_timer(&p, TIMER_PAGE);
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "done");
    play_end(&p);
}

TEST(named_when_wished)
{
    struct play p;
    to_rating(&p);
    play_tap(&p, INTENT_RATE_NAMED, 0);
    CHECK(p.v->rating.named);
    play_tap(&p, INTENT_RATE, 1);
    CHECK_STR(p.last[RECORD_RATING].header.number, CASE_ONE);
    CHECK(p.last[RECORD_RATING].visit_scoped);
    play_tap(&p, INTENT_RATE_NO, 0);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

TEST(skipped_or_left_alone)
{
    struct play p;
    to_rating(&p);
    play_tap(&p, INTENT_RATE, 6); /* no such score */
    play_tap(&p, INTENT_RATE_NO, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK(!logged(&p, "rating"));
    play_end(&p);

    to_rating(&p);
    play_timer(&p, TIMER_REST); /* nobody is asked whether he is still there */
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "done");
    play_end(&p);
}

TEST(not_stored_is_not_thanked_for)
{
    struct play p;
    to_rating(&p);
    p.disk_full = true;
    play_tap(&p, INTENT_RATE, 4);
    CHECK(!p.v->rating.thanks && p.v->rating.lost);
    play_end(&p);
}

TEST(not_asked_while_storage_fails)
{
    struct play p;
    play_to_number(&p);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    p.health.storage = false;
    play_health(&p);
    play_tap(&p, INTENT_TOOK_PAPER, 0);
    CHECK(p.v->screen != SCREEN_RATING && !p.v->visit);
    play_end(&p);
}

TEST_MAIN(T(given_is_anonymous), T(named_when_wished), T(skipped_or_left_alone), T(not_stored_is_not_thanked_for),
          T(not_asked_while_storage_fails))
