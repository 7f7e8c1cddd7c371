/* SPDX-License-Identifier: Apache-2.0
 *
 * Queue numbers: taken, printed, kept on the screen, given back; void when nobody can have them.
 */
#include "session/play.h"

static void ticket_printer(struct play *p, enum printer_health h)
{
    p->health.ticket = h;
    play_health(p);
}

TEST(taken_and_printed)
{
    struct play p;
    play_begin(&p);
    play_to_ticket(&p);
    CHECK_SCREEN(&p, TICKET);
    CHECK_STR(p.v->ticket.number, "A03-001");
    CHECK_STR(p.v->ticket.queue.name, "综合受理");
    CHECK_STR(p.last[RECORD_TICKET].queue, "general");
    CHECK_INT(p.last[RECORD_PRINT_START].role, ROLE_TICKET);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    CHECK_INT(p.v->ticket.print, PRINT_DONE);
    play_tap(&p, INTENT_TOOK_PAPER, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.log, " visit-start ticket print-start print-done visit-end");
    CHECK(!p.v->ticket.number[0]);
    play_end(&p);
}

TEST(closed_queue)
{
    struct play p;
    play_begin(&p);
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_QUEUE, 0);
    CHECK_SCREEN(&p, QUEUE);
    CHECK_INT(p.v->queue.n_queues, 2);
    play_tap(&p, INTENT_TAKE_NUMBER, 1);
    play_tap(&p, INTENT_TAKE_NUMBER, 2);
    play_tap(&p, INTENT_TAKE_NUMBER, -1);
    CHECK_SCREEN(&p, QUEUE);
    CHECK(!strstr(p.log, "ticket"));
    play_end(&p);
}

/* No dead tap: a queue of a later version says why it gives no number here, and leads back. */
TEST(queue_of_a_later_version)
{
    struct play p;
    play_begin(&p);
    p.s->view.queue.queues[0].queue.newer = true;
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_QUEUE, 0);
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    CHECK_SCREEN(&p, NEWER);
    CHECK(p.v->newer == &p.v->queue.queues[0].queue);
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    CHECK_SCREEN(&p, NEWER);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, QUEUE);
    CHECK(!strstr(p.log, "ticket"));
    play_end(&p);
}

/* The same for an item: nothing of it can be begun. */
TEST(item_of_a_later_version)
{
    struct play p;
    play_begin(&p);
    p.item = item_newer();
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_BROWSE, 0);
    play_tap(&p, INTENT_THEME, 0);
    play_tap(&p, INTENT_ITEM, 0);
    CHECK_SCREEN(&p, NEWER);
    CHECK(p.v->item.item->newer && !p.v->newer);
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, NEWER);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, BROWSE);
    play_end(&p);
}

TEST(number_only_when_recorded)
{
    struct play p;
    play_begin(&p);
    p.silent = true;
    play_to_ticket(&p);
    CHECK_SCREEN(&p, QUEUE);
    CHECK_STR(p.v->ticket.number, "");
    play_tap(&p, INTENT_TAKE_NUMBER, 0); /* a second touch takes no second number */
    play_tap(&p, INTENT_END, 0);
    CHECK_STR(p.log, " visit-start ticket");
    play_end(&p);
}

TEST(no_paper_kept)
{
    struct play p;
    play_begin(&p);
    ticket_printer(&p, PRINTER_NO_PAPER);
    play_to_ticket(&p);
    CHECK_SCREEN(&p, TROUBLE_TICKET);
    CHECK_INT(p.v->ticket.why, PRINTER_NO_PAPER);
    CHECK_INT(p.prints, 0);
    play_tap(&p, INTENT_TOOK_PAPER, 0); /* first the question is answered */
    CHECK_SCREEN(&p, TROUBLE_TICKET);
    play_tap(&p, INTENT_KEEP_NUMBER, 0);
    CHECK_SCREEN(&p, TROUBLE_TICKET);
    CHECK(p.v->ticket.kept);
    play_tap(&p, INTENT_NOTED, 0);
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.log, " visit-start ticket print-not visit-end");
    play_end(&p);
}

TEST(no_paper_given_back)
{
    struct play p;
    play_begin(&p);
    ticket_printer(&p, PRINTER_OPEN);
    play_to_ticket(&p);
    play_tap(&p, INTENT_VOID_NUMBER, 0);
    CHECK_SCREEN(&p, HOME);
    CHECK_STR(p.last[RECORD_TICKET_VOID].number, "A03-001");
    CHECK_STR(p.last[RECORD_TICKET_VOID].queue, "general");
    play_tap(&p, INTENT_END, 0);
    CHECK_STR(p.last[RECORD_VISIT_END].what, "left");
    CHECK(!strstr(strstr(p.log, "ticket-void") + 1, "ticket-void"));
    play_end(&p);
}

TEST(no_paper_and_gone)
{
    for (int timeout = 0; timeout < 2; timeout++) {
        struct play p;
        play_begin(&p);
        play_to_ticket(&p);
        play_outcome(&p, PRINT_NOT, PRINTER_NO_PAPER);
        CHECK_SCREEN(&p, TROUBLE_TICKET);
        if (timeout) {
            play_timer(&p, TIMER_REST);
            play_timer(&p, TIMER_REST);
            play_timer(&p, TIMER_REST);
        } else {
            play_tap(&p, INTENT_END, 0);
        }
        CHECK_SCREEN(&p, IDLE);
        CHECK_STR(p.log, " visit-start ticket print-start print-not ticket-void visit-end");
        play_end(&p);
    }
}

TEST(left_while_printing)
{
    static const struct {
        enum print_state print;
        bool void_wanted;
    } rows[] = {{PRINT_DONE, false}, {PRINT_UNKNOWN, false}, {PRINT_NOT, true}};
    for (size_t i = 0; i < 3; i++) {
        struct play p;
        play_begin(&p);
        play_to_ticket(&p);
        play_tap(&p, INTENT_END, 0);
        CHECK_SCREEN(&p, IDLE);
        play_outcome(&p, rows[i].print, PRINTER_NO_PAPER);
        CHECK_INT(strstr(p.log, "ticket-void") != NULL, rows[i].void_wanted);
        if (rows[i].void_wanted) {
            CHECK_STR(p.last[RECORD_TICKET_VOID].number, "A03-001");
            CHECK_STR(p.last[RECORD_TICKET_VOID].queue, "general");
        }
        play_end(&p);
    }
}

TEST(waits_for_paper)
{
    struct play p;
    play_begin(&p);
    play_to_ticket(&p);
    play_progress(&p, 10, true);
    CHECK_SCREEN(&p, TROUBLE_TICKET);
    play_progress(&p, 10, false);
    CHECK_SCREEN(&p, TICKET);
    play_progress(&p, 20, true);
    play_tap(&p, INTENT_KEEP_NUMBER, 0);
    CHECK(logged(&p, "(stop)"));
    play_outcome(&p, PRINT_NOT, PRINTER_NO_PAPER);
    CHECK_SCREEN(&p, TROUBLE_TICKET);
    CHECK(p.v->ticket.kept);
    play_tap(&p, INTENT_END, 0);
    CHECK(!strstr(p.log, "ticket-void"));
    play_end(&p);
}

TEST(given_back_while_it_waits)
{
    struct play p;
    play_begin(&p);
    play_to_ticket(&p);
    play_progress(&p, 10, true);
    play_tap(&p, INTENT_VOID_NUMBER, 0);
    CHECK_SCREEN(&p, HOME);
    play_outcome(&p, PRINT_NOT, PRINTER_NO_PAPER);
    CHECK_SCREEN(&p, HOME);
    CHECK_STR(p.log, " visit-start ticket print-start ticket-void (stop) print-not");
    play_end(&p);
}

TEST(unknown)
{
    struct play p;
    play_begin(&p);
    play_to_ticket(&p);
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_ABSENT);
    CHECK_SCREEN(&p, TROUBLE_UNKNOWN);
    CHECK_STR(p.v->done.number, "");
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_SCREEN(&p, TICKET);
    CHECK_INT(p.last[RECORD_PRINT_START].copy, 2);
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_ABSENT);
    play_tap(&p, INTENT_NO_PAPER, 0);
    CHECK_SCREEN(&p, TROUBLE_TICKET);
    CHECK(p.v->ticket.kept);
    play_tap(&p, INTENT_END, 0);
    CHECK(!strstr(p.log, "ticket-void")); /* paper may lie in the slot */
    play_end(&p);
}

/* Not certainly without paper, so it keeps its place; the page says what stopped the printer. */
TEST(unknown_because_of_paper)
{
    struct play p;
    play_begin(&p);
    play_to_ticket(&p);
    play_outcome(&p, PRINT_UNKNOWN, PRINTER_NO_PAPER);
    CHECK_SCREEN(&p, TROUBLE_UNKNOWN);
    CHECK_INT(p.v->ticket.why, PRINTER_NO_PAPER);
    play_tap(&p, INTENT_END, 0);
    CHECK(!strstr(p.log, "ticket-void"));
    play_end(&p);
}

TEST(printed_later)
{
    struct play p;
    play_begin(&p);
    ticket_printer(&p, PRINTER_NO_PAPER);
    play_to_ticket(&p);
    ticket_printer(&p, PRINTER_READY);
    CHECK_INT(p.v->ticket.why, PRINTER_READY);
    play_tap(&p, INTENT_PRINT, 0);
    CHECK_SCREEN(&p, TICKET);
    CHECK_INT(p.last[RECORD_PRINT_START].copy, 1);
    play_end(&p);
}

TEST(disk_full)
{
    struct play p;
    play_begin(&p);
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_QUEUE, 0);
    p.disk_full = true;
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    CHECK_SCREEN(&p, TROUBLE_STORAGE);
    CHECK(p.v->storage.no_space && !p.v->storage.before);
    CHECK_STR(p.v->ticket.number, "");
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, QUEUE);
    play_tap(&p, INTENT_TAKE_NUMBER, 0);
    p.disk_full = false;
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, TICKET);
    CHECK_STR(p.v->ticket.number, "A03-003"); /* numbers are the journal's business */
    play_end(&p);
}

TEST_MAIN(T(taken_and_printed), T(closed_queue), T(queue_of_a_later_version), T(item_of_a_later_version),
          T(number_only_when_recorded), T(no_paper_kept), T(no_paper_given_back), T(no_paper_and_gone),
          T(left_while_printing), T(waits_for_paper), T(given_back_while_it_waits), T(unknown), T(unknown_because_of_paper),
          T(printed_later), T(disk_full))
