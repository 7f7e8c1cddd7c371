/* SPDX-License-Identifier: Apache-2.0
 *
 * 只看办事指南: the guides of a terminal that is out of service. Nothing is handed in and nothing recorded, nothing stays of
 * whoever looked, and the page it began on comes back, or the terminal does.
 */
#include "session/play.h"

#define LOOKED "shangxue"

static void to_themes(struct play *p)
{
    play_open(p);
    p->health.storage = false;
    play_input(p, (struct input){.kind = INPUT_START, .health = p->health});
    play_tap(p, INTENT_GUIDES, 0);
}

static void to_item(struct play *p)
{
    to_themes(p);
    play_tap(p, INTENT_THEME, 0);
    play_tap(p, INTENT_ITEM, 0);
}

TEST(guides_are_read_and_leave_no_record)
{
    struct play p;
    to_item(&p);
    CHECK_SCREEN(&p, ITEM);
    CHECK(p.v->visit && p.v->reading && p.v->item.item);
    CHECK(!session_idle(p.s));
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, ITEM);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, BROWSE);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, BROWSE);
    play_tap(&p, INTENT_BACK, 0); /* not to home, where things are to be had */
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK(!p.v->visit && !p.v->reading && session_idle(p.s));
    CHECK_STR(p.log, "");
    CHECK_INT(p.visits + p.ends, 0);
    CHECK_INT(p.wipes, 1);
    play_end(&p);
}

TEST(what_was_looked_for_is_wiped)
{
    struct play p;
    to_themes(&p);
    play_tap(&p, INTENT_LANGUAGE, 0);
    play_tap(&p, INTENT_SEARCH, 0);
    play_input(&p, (struct input){.kind = INPUT_SEARCH, .listing = &(struct listing){.found.letters = ~0u}});
    for (const char *c = LOOKED; *c; c++)
        play_tap(&p, INTENT_KEY, *c);
    CHECK(session_holds(p.s, LOOKED));
    play_tap(&p, INTENT_QUEUE, 0); /* no number is given */
    CHECK_SCREEN(&p, SEARCH);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK(!session_holds(p.s, LOOKED));
    CHECK_INT(p.v->settings.language, LANGUAGE_ZH_CN);
    play_end(&p);
}

TEST(reading_rests_and_asks_first)
{
    struct play p;
    to_item(&p);
    play_timer(&p, TIMER_REST);
    CHECK_SCREEN(&p, TIMEOUT);
    play_tap(&p, INTENT_MORE_TIME, 0);
    CHECK_SCREEN(&p, ITEM);
    play_timer(&p, TIMER_REST);
    play_timer(&p, TIMER_REST);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK(!p.v->item.item);
    CHECK_STR(p.log, "");
    play_end(&p);
}

TEST(in_service_again_it_is_a_visit)
{
    struct play p;
    to_item(&p);
    p.health.storage = true;
    play_health(&p);
    CHECK_SCREEN(&p, ITEM); /* whoever reads goes on reading */
    CHECK(p.v->visit && !p.v->reading);
    CHECK_STR(p.log, " visit-start");
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, CARD_WAITING);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.log, " visit-start visit-end");
    play_end(&p);
}

TEST(a_visit_that_cannot_begin_ends)
{
    struct play p;
    to_item(&p);
    p.disk_full = true;
    p.health.storage = true;
    play_health(&p);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK(!p.v->visit && !p.v->item.item);
    play_end(&p);
}

TEST(no_catalogue_no_guides)
{
    struct play p;
    to_item(&p);
    p.health.catalogue = false;
    play_health(&p);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK(!p.v->item.item);
    play_tap(&p, INTENT_GUIDES, 0);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK(!p.v->visit);
    CHECK_STR(p.log, "");
    play_end(&p);
}

TEST(an_outage_by_staff_stays_the_reason)
{
    struct play p;
    play_open(&p);
    play_input(&p, (struct input){.kind = INPUT_START, .health = p.health, .outage = {true, OUTAGE_MOVE, p.now, 0}});
    play_tap(&p, INTENT_GUIDES, 0);
    play_health(&p); /* all works, but it stays out of service */
    CHECK(p.v->reading);
    CHECK_INT(p.v->out_reason, OUT_STAFF);
    p.health.storage = false;
    play_health(&p);
    CHECK_INT(p.v->out_reason, OUT_STORAGE);
    play_card(&p, &p.card); /* a card is not asked for, and not kept */
    CHECK_SCREEN(&p, BROWSE);
    CHECK(!p.v->identity && !session_holds(p.s, PLAY_ID));
    play_event(&p, INPUT_CARD_LIFTED);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK_STR(p.log, "");
    play_end(&p);
}

TEST_MAIN(T(guides_are_read_and_leave_no_record), T(what_was_looked_for_is_wiped), T(reading_rests_and_asks_first),
          T(in_service_again_it_is_a_visit), T(a_visit_that_cannot_begin_ends), T(no_catalogue_no_guides),
          T(an_outage_by_staff_stays_the_reason))
