/* SPDX-License-Identifier: Apache-2.0
 *
 * A job step by step, by hand: each step answered, late, stalled, cut short, gone. Whole printers: test_printer.c.
 */
#include "printer/job_hand.h"

static void stop(struct hand *h)
{
    step(h, (struct job_input){.event = JOB_STOPPED});
}

static void gone(struct hand *h)
{
    step(h, (struct job_input){.event = JOB_GONE});
}

static void port(struct hand *h, uint8_t status)
{
    step(h, (struct job_input){.event = JOB_PORT_TOLD, .port = status});
}

static void automatic(struct hand *h, const char *bytes)
{
    struct reply r = {.kind = REPLY_AUTO};

    memcpy(r.bytes, bytes, 4);
    reply_status(&h->status, &r);
    step(h, (struct job_input){.event = JOB_REPLIED, .reply = &r, .status = &h->status});
}

static void marker(struct hand *h, const char *id)
{
    struct reply r = {.kind = REPLY_MARKER};

    memcpy(r.bytes, id, 4);
    step(h, (struct job_input){.event = JOB_REPLIED, .reply = &r, .status = &h->status});
}

/* Up to where the marker is awaited. */
static void all_sent(struct hand *h)
{
    check_ok(h);
    while (h->data)
        written(h, 0, h->len);
}

TEST(done_is_the_marker_and_nothing_else)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    check_ok(&h);
    CHECK_INT(h.len, 4000);
    CHECK_INT(h.data[0] | h.data[255] << 8, 0xFF00);
    written(&h, 0, 4000);
    CHECK_INT(h.percent, 42);
    written(&h, 0, 4000);
    CHECK_INT(h.len, 1000);
    written(&h, 0, 1000);
    CHECK_INT(h.outcomes, 0);
    CHECK(!h.data);
    marker(&h, "J000"); /* somebody else's */
    reply(&h, REPLY_PAPER, 0, 0x00);
    CHECK_INT(h.outcomes, 0);
    marker(&h, "J001");
    CHECK_INT(h.outcomes, 1);
    CHECK_INT(h.outcome, PRINTER_DONE);
    CHECK_INT(h.timer_ms, 0);
    /* what comes later changes nothing */
    marker(&h, "J001");
    gone(&h);
    stop(&h);
    timer(&h);
    CHECK_INT(h.outcomes, 1);
    end(&h);
}

TEST(the_marker_may_be_here_before_the_completion)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    check_ok(&h);
    written(&h, 0, 4000);
    written(&h, 0, 4000);
    marker(&h, "J001");
    CHECK_INT(h.outcome, PRINTER_DONE);
    CHECK_INT(h.outcomes, 1);
    end(&h);
    /* and the answers to the first questions too */
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    for (int n = 1; n <= 4; n++)
        reply(&h, REPLY_STATUS, n, 0x12);
    CHECK_INT(h.len, 4000);
    end(&h);
}

TEST(trouble_before_is_not_printed)
{
    static const struct {
        int n;
        uint8_t byte;
        enum printer_health why;
    } troubles[] = {
        {1, 0x1A, PRINTER_FAULT}, {2, 0x16, PRINTER_OPEN},  {3, 0x16, PRINTER_FAULT},
        {3, 0x1A, PRINTER_FAULT}, {3, 0x32, PRINTER_FAULT}, {4, 0x72, PRINTER_NO_PAPER},
    };

    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++) {
        struct hand h;

        begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
        written(&h, 0, 12);
        for (int n = 1; n <= 4; n++)
            reply(&h, REPLY_STATUS, n, n == troubles[i].n ? troubles[i].byte : 0x12);
        CHECK_INT(h.outcomes, 1);
        CHECK_INT(h.outcome, PRINTER_NOT_PRINTED);
        CHECK_INT(h.why, troubles[i].why);
        CHECK(!job_print_taken(h.job));
        CHECK_INT(h.writes, 1);
        end(&h);
    }
}

TEST(low_paper_prints)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    written(&h, 0, 12);
    for (int n = 1; n <= 4; n++)
        reply(&h, REPLY_STATUS, n, n == 4 ? 0x1E : 0x12);
    CHECK_INT(h.len, 4000);
    end(&h);
}

TEST(automatic_status_that_falls_silent_is_asked)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    all_sent(&h);
    h.now += 4000;
    timer(&h);
    CHECK(!h.data);
    h.now += 2000;
    timer(&h);
    CHECK_MEM(h.data, "\x10\x04\x02", 3);
    written(&h, 0, h.len);
    reply(&h, REPLY_STATUS, 4, 0x72);
    CHECK(h.held);
    end(&h);
}

/* Whatever the cut points of time-outs: the bytes taken are the script, each once and in order. */
TEST(no_byte_twice_and_none_lost_at_any_cut)
{
    for (size_t step = 1; step <= 4000; step = step < 40 ? step + 1 : step * 3 + 1) {
        struct script *whole = make_script(PROFILE_MARKER_PROCESS_ID);
        struct hand h;
        size_t taken = 0;

        begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
        check_ok(&h);
        while (h.data) {
            size_t n = step < h.len ? step : h.len;

            CHECK(taken + n <= whole->bytes.len && !memcmp(h.data, whole->bytes.data + taken, n));
            taken += n;
            written(&h, n == h.len ? 0 : taken % 3 ? -ERR_TIMEOUT : -ERR_STALL, n);
        }
        CHECK_INT(taken, LENGTH);
        marker(&h, "J001");
        CHECK_INT(h.outcome, PRINTER_DONE);
        script_destroy(whole);
        end(&h);
    }
}

TEST(a_timeout_resumes_where_it_was)
{
    struct hand h;
    const uint8_t *from;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    check_ok(&h);
    from = h.data;
    written(&h, -ERR_TIMEOUT, 1000);
    CHECK(h.data == from + 1000);
    CHECK_INT(h.len, 3000);
    written(&h, -ERR_TIMEOUT, 0);
    CHECK(h.data == from + 1000);
    written(&h, -ERR_STALL, 7);
    CHECK(h.data == from + 1007);
    CHECK_INT(h.port_asked, 3);
    written(&h, 0, 2993);
    CHECK(h.data == from + 4000);
    end(&h);
    /* a stall that will not end is an error */
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    check_ok(&h);
    for (int i = 0; i < 4; i++)
        written(&h, -ERR_STALL, 0);
    CHECK_INT(h.outcomes, 1);
    CHECK_INT(h.outcome, PRINTER_OUTCOME_UNKNOWN); /* the write held print bytes */
    end(&h);
}

TEST(gone_before_and_after_the_first_print_byte)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    gone(&h);
    CHECK_INT(h.outcome, PRINTER_NOT_PRINTED);
    CHECK_INT(h.why, PRINTER_ABSENT);
    end(&h);
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    check_ok(&h);
    written(&h, -ERR_GONE, 0); /* how much it took nobody can say */
    CHECK_INT(h.outcome, PRINTER_OUTCOME_UNKNOWN);
    CHECK_INT(h.why, PRINTER_ABSENT);
    end(&h);
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    all_sent(&h);
    gone(&h);
    CHECK_INT(h.outcome, PRINTER_OUTCOME_UNKNOWN);
    end(&h);
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    check_ok(&h);
    written(&h, -ERR_TIMEOUT, FIRST_PRINT);
    CHECK(!job_print_taken(h.job));
    end(&h);
}

TEST(paper_out_holds_and_stops_the_deadline)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    all_sent(&h);
    automatic(&h, "\x18\x00\x0F\x0F");
    CHECK(h.held);
    h.now += 5 * 60000;
    timer(&h);
    CHECK_INT(h.outcomes, 0);
    automatic(&h, "\x10\x00\x00\x0F");
    CHECK(!h.held);
    h.now += 20000;
    timer(&h);
    CHECK_INT(h.outcomes, 0);
    marker(&h, "J001");
    CHECK_INT(h.outcome, PRINTER_DONE);
    end(&h);
}

TEST(nobody_comes_for_ten_minutes)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    all_sent(&h);
    automatic(&h, "\x18\x00\x0F\x0F");
    h.now += 11 * 60000;
    timer(&h);
    CHECK_MEM(h.data, "\x10\x14\x08", 3); /* cleared, so that it does not come out for the next one */
    written(&h, 0, h.len);
    CHECK_INT(h.outcome, PRINTER_OUTCOME_UNKNOWN);
    CHECK_INT(h.why, PRINTER_NO_PAPER);
    end(&h);
}

TEST(past_the_deadline_it_is_cleared_and_unknown)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    all_sent(&h);
    h.now += 30000;
    timer(&h);
    CHECK_INT(h.outcomes, 0);
    h.now += 30000;
    timer(&h);
    CHECK_MEM(h.data, "\x10\x14\x08", 3);
    written(&h, -ERR_TIMEOUT, 0);
    CHECK_INT(h.resets, 1); /* it takes no byte: by the control pipe then */
    CHECK_INT(h.outcomes, 0);
    timer(&h); /* it had its moment, and is asked */
    CHECK_INT(h.len, 12);
    written(&h, 0, 12);
    timer(&h);
    CHECK_INT(h.outcomes, 1);
    CHECK_INT(h.outcome, PRINTER_OUTCOME_UNKNOWN);
    CHECK_INT(h.why, PRINTER_FAULT); /* it did not say */
    end(&h);
}

/* Its buffer was full, so that nothing could be asked before. */
static void given_up(struct hand *h)
{
    begin(h, PROFILE_MARKER_PAPER, false, false);
    check_ok(h);
    written(h, -ERR_TIMEOUT, 100);
    h->now += 200000;
    timer(h);
    CHECK_MEM(h->data, "\x10\x14\x08", 3);
    written(h, 0, h->len);
    CHECK_INT(h->outcomes, 0);
    CHECK_INT(h->len, 12);
}

TEST(given_up_it_is_asked_why)
{
    struct hand h;

    given_up(&h);
    for (int n = 1; n <= 4; n++)
        reply(&h, REPLY_STATUS, n, n == 4 ? 0x72 : 0x12);
    CHECK_INT(h.outcomes, 1);
    CHECK_INT(h.outcome, PRINTER_OUTCOME_UNKNOWN);
    CHECK_INT(h.why, PRINTER_NO_PAPER);
    CHECK(!h.data);
    CHECK_INT(h.timer_ms, 0);
    end(&h);
    /* it says a part of it */
    given_up(&h);
    reply(&h, REPLY_STATUS, 2, 0x16);
    timer(&h);
    CHECK_INT(h.why, PRINTER_OPEN);
    end(&h);
    /* and is stopped, or leaves, meanwhile */
    given_up(&h);
    stop(&h);
    CHECK_INT(h.outcomes, 0);
    gone(&h);
    CHECK_INT(h.outcomes, 1);
    CHECK_INT(h.outcome, PRINTER_OUTCOME_UNKNOWN);
    CHECK_INT(h.why, PRINTER_ABSENT);
    end(&h);
}

TEST(stopping)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    stop(&h);
    CHECK_INT(h.outcome, PRINTER_NOT_PRINTED);
    CHECK_INT(h.cancelled, 1);
    end(&h);
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    check_ok(&h);
    stop(&h);
    CHECK_INT(h.cancelled, 1);
    stop(&h);
    written(&h, 0, h.len);
    timer(&h);
    CHECK_INT(h.outcomes, 1);
    CHECK_INT(h.outcome, PRINTER_OUTCOME_UNKNOWN);
    CHECK(job_print_taken(h.job));
    end(&h);
}

TEST(gs_r_is_asked_again_when_paper_was_out)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PAPER, false, false);
    all_sent(&h);
    reply(&h, REPLY_PAPER, 0, 0x0F); /* answered, but the last line may be missing */
    CHECK_INT(h.outcomes, 0);
    CHECK(h.held);
    reply(&h, REPLY_STATUS, 4, 0x12);
    CHECK(!h.held);
    CHECK_MEM(h.data, "\x1Dr\x01", 3);
    written(&h, 0, 3);
    reply(&h, REPLY_PAPER, 0, 0x00);
    CHECK_INT(h.outcome, PRINTER_DONE);
    end(&h);
}

TEST(without_automatic_status_it_is_asked)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PAPER, false, false);
    all_sent(&h);
    h.asked = 0;
    h.now += 1000;
    timer(&h);
    CHECK_MEM(h.data, "\x10\x04\x02", 3);
    CHECK_INT(h.asked, 0x1C);
    written(&h, -ERR_TIMEOUT, 0); /* nobody took the question: it is dropped, the marker still awaited */
    CHECK(!h.data);
    CHECK_INT(h.forgotten, 1);
    CHECK_INT(h.asked, 0x1D);
    h.now += 1000;
    timer(&h);
    written(&h, -ERR_TIMEOUT, 1); /* half of it was: the rest must follow */
    CHECK_INT(h.len, 8);
    written(&h, 0, 8);
    reply(&h, REPLY_PAPER, 0, 0x00);
    CHECK_INT(h.outcome, PRINTER_DONE);
    end(&h);
    /* while it takes no bytes, the port status is all there is */
    begin(&h, PROFILE_MARKER_PAPER, false, false);
    check_ok(&h);
    written(&h, -ERR_TIMEOUT, 100);
    port(&h, 0x20);
    CHECK(h.held);
    port(&h, 0x18);
    CHECK(!h.held);
    end(&h);
}

TEST(states_in_words)
{
    struct printer_status s = {.known = true};

    CHECK_INT(job_state_of(&s), PRINTER_READY);
    s.paper_low = true;
    CHECK_INT(job_state_of(&s), PRINTER_LOW);
    s.jam = true;
    CHECK_INT(job_state_of(&s), PRINTER_FAULT);
    s.paper_out = true;
    CHECK_INT(job_state_of(&s), PRINTER_NO_PAPER);
    s.cover_open = true;
    CHECK_INT(job_state_of(&s), PRINTER_OPEN);
    s.known = false;
    CHECK_INT(job_state_of(&s), PRINTER_FAULT);
}

TEST_MAIN(T(done_is_the_marker_and_nothing_else), T(the_marker_may_be_here_before_the_completion),
          T(trouble_before_is_not_printed), T(low_paper_prints), T(automatic_status_that_falls_silent_is_asked),
          T(no_byte_twice_and_none_lost_at_any_cut), T(a_timeout_resumes_where_it_was),
          T(gone_before_and_after_the_first_print_byte), T(paper_out_holds_and_stops_the_deadline),
          T(nobody_comes_for_ten_minutes), T(past_the_deadline_it_is_cleared_and_unknown), T(given_up_it_is_asked_why),
          T(stopping), T(gs_r_is_asked_again_when_paper_was_out), T(without_automatic_status_it_is_asked),
          T(states_in_words))
