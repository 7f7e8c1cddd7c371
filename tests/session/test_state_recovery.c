/* SPDX-License-Identifier: Apache-2.0
 *
 * After a restart in the middle of a visit: what is told, until when, and that the visit gets its end only then.
 */
#include "session/play.h"
#include "session/recovery.h"

static struct input cut(struct play *p)
{
    struct input in = {.kind = INPUT_START, .health = p->health, .recovered = {.open = true}};
    return in;
}

TEST(recovered_handed_in)
{
    struct play p;
    char groups[24];
    play_open(&p);
    struct input in = cut(&p);
    in.recovered.handed_in = true;
    in.recovered.print = PRINT_UNKNOWN;
    text_copy(in.recovered.number, sizeof in.recovered.number, CASE_ONE);
    play_input(&p, in);
    CHECK_SCREEN(&p, RECOVERY);
    CHECK(p.v->recovery.handed_in);
    CHECK_STR(p.v->recovery.number, CASE_ONE);
    case_number_group(CASE_ONE, groups);
    CHECK(strstr(p.v->recovery.qr, groups) != NULL);
    CHECK_INT(p.v->recovery.print, PRINT_UNKNOWN);
    CHECK_STR(p.log, ""); /* cut off once more, it comes again */
    CHECK(!session_idle(p.s));
    play_tap(&p, INTENT_NONE, 0); /* a touch anywhere */
    CHECK_STR(p.log, " visit-end");
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "cut");
    CHECK(p.last[RECORD_VISIT_END].visit_scoped);
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.v->recovery.number, "");
    play_end(&p);
}

/* What was added to a case before is told as that. */
TEST(recovered_supplement)
{
    struct play p;
    play_open(&p);
    struct input in = cut(&p);
    in.recovered.handed_in = in.recovered.supplement = true;
    text_copy(in.recovered.number, sizeof in.recovered.number, CASE_ONE);
    play_input(&p, in);
    CHECK_SCREEN(&p, RECOVERY);
    CHECK(p.v->recovery.handed_in && p.v->recovery.supplement);
    CHECK_STR(p.v->recovery.number, CASE_ONE);
    play_tap(&p, INTENT_CLOSE, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK(!p.v->recovery.supplement);
    play_end(&p);
}

/* Nothing was to be handed in: a paper of a case of before was being printed, and that is what is told. */
TEST(recovered_paper_of_a_case)
{
    struct play p;
    play_open(&p);
    struct input in = cut(&p);
    in.recovered.paper = true;
    in.recovered.print = PRINT_UNKNOWN;
    text_copy(in.recovered.number, sizeof in.recovered.number, CASE_ONE);
    play_input(&p, in);
    CHECK_SCREEN(&p, RECOVERY);
    CHECK(!p.v->recovery.handed_in && p.v->recovery.paper);
    CHECK_STR(p.v->recovery.number, CASE_ONE);
    CHECK(p.v->recovery.qr[0] != '\0');
    CHECK_INT(p.v->recovery.print, PRINT_UNKNOWN);
    play_tap(&p, INTENT_CLOSE, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK(!p.v->recovery.paper);
    play_end(&p);
}

TEST(recovered_with_a_queue_number)
{
    struct play p;
    play_open(&p);
    struct input in = cut(&p);
    text_copy(in.recovered.ticket, sizeof in.recovered.ticket, "A 032");
    text_copy(in.recovered.queue, sizeof in.recovered.queue, "general");
    text_copy(in.recovered.day, sizeof in.recovered.day, "2026-01-05");
    in.recovered.print = PRINT_DONE;
    play_input(&p, in);
    CHECK_SCREEN(&p, RECOVERY);
    CHECK(!p.v->recovery.handed_in);
    CHECK_STR(p.v->recovery.ticket, "A 032");
    CHECK(strstr(p.v->recovery.ticket_qr, "A 032 GENERAL 2026-01-05 ") == p.v->recovery.ticket_qr);
    play_end(&p);
}

TEST(recovered_closes)
{
    for (int way = 0; way < 2; way++) {
        struct play p;
        play_open(&p);
        play_input(&p, cut(&p));
        CHECK_SCREEN(&p, RECOVERY);
        CHECK(!p.v->recovery.handed_in && !p.v->recovery.number[0]);
        CHECK_INT(p.timers[TIMER_PAGE], RECOVERY_SHOWN);
        if (way)
            play_timer(&p, TIMER_PAGE);
        else
            play_card(&p, &p.card); /* closes it, and begins the next visit */
        CHECK_STR(screen_name(p.v->screen), way ? "idle" : "home");
        CHECK_STR(p.log, way ? " visit-end" : " visit-end visit-start");
        CHECK(way || p.v->visit);
        play_end(&p);
    }
}

TEST(recovered_old)
{
    struct play p;
    play_open(&p);
    struct input in = cut(&p);
    in.recovered.old = true;
    play_input(&p, in);
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.log, " visit-end");
    play_end(&p);
}

/* The journal could not be opened at the start; what it says comes later, and its page with it. */
TEST(recovered_late)
{
    struct play p;
    play_open(&p);
    p.health.storage = false;
    play_input(&p, (struct input){.kind = INPUT_START, .health = p.health});
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    struct input in = cut(&p);
    in.kind = INPUT_JOURNAL;
    play_input(&p, in);
    CHECK_SCREEN(&p, RECOVERY);
    p.health.storage = true;
    play_health(&p);
    CHECK_SCREEN(&p, RECOVERY);
    play_tap(&p, INTENT_CLOSE, 0);
    CHECK_STR(p.log, " visit-end");
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

TEST(late_and_somebody_reads)
{
    struct play p;
    play_open(&p);
    p.health.storage = false;
    play_input(&p, (struct input){.kind = INPUT_START, .health = p.health});
    play_tap(&p, INTENT_GUIDES, 0);
    struct input in = cut(&p);
    in.kind = INPUT_JOURNAL;
    play_input(&p, in);
    CHECK_SCREEN(&p, BROWSE); /* his page is not taken from him */
    CHECK_STR(p.log, " visit-end");
    play_end(&p);
}

TEST(recovered_and_out_of_service)
{
    struct play p;
    play_open(&p);
    p.health.storage = false;
    play_input(&p, cut(&p));
    CHECK_SCREEN(&p, RECOVERY); /* whoever waits there is told first */
    play_tap(&p, INTENT_CLOSE, 0);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    play_end(&p);
}

TEST_MAIN(T(recovered_handed_in), T(recovered_supplement), T(recovered_paper_of_a_case), T(recovered_with_a_queue_number),
          T(recovered_closes), T(recovered_old), T(recovered_late), T(late_and_somebody_reads),
          T(recovered_and_out_of_service))
