/* SPDX-License-Identifier: Apache-2.0
 *
 * A job step by step, by hand: each step answered, late, stalled, cut short, gone. Whole printers: test_printer.c.
 */
#include "drivers/printer/job.h"

#include <stdlib.h>

#include "base/clock.h"
#include "test.h"

#define FIRST_PRINT 10
#define LENGTH 9000

struct hand {
    struct job *job;
    struct profile profile;
    struct printer_status status;
    const uint8_t *data; /* being written */
    size_t len;
    int writes, cancelled, forgotten, asked, resets, port_asked, timer_ms;
    int percent, outcomes;
    bool held;
    enum printer_outcome outcome;
    enum printer_state why;
};

static void io_write(void *ctx, const uint8_t *data, size_t len, int timeout_ms)
{
    struct hand *h = ctx;

    CHECK(h->data == NULL);
    CHECK(timeout_ms > 0 && len > 0);
    h->data = data;
    h->len = len;
    h->writes++;
}

static void io_cancel(void *ctx)
{
    struct hand *h = ctx;

    CHECK(h->data != NULL);
    h->data = NULL;
    h->cancelled++;
}

static bool io_expect(void *ctx, int n)
{
    struct hand *h = ctx;

    h->asked |= 1 << n;
    return true;
}

static void io_forget(void *ctx)
{
    ((struct hand *)ctx)->forgotten++;
}

static void io_port(void *ctx)
{
    ((struct hand *)ctx)->port_asked++;
}

static void io_reset(void *ctx)
{
    ((struct hand *)ctx)->resets++;
}

static void io_timer(void *ctx, int ms)
{
    ((struct hand *)ctx)->timer_ms = ms;
}

static void io_progress(void *ctx, int percent, bool held)
{
    struct hand *h = ctx;

    CHECK(percent >= 0 && percent <= 100);
    h->percent = percent;
    h->held = held;
}

static void io_finished(void *ctx, enum printer_outcome outcome, enum printer_state why)
{
    struct hand *h = ctx;

    h->outcomes++;
    h->outcome = outcome;
    h->why = why;
}

static const struct job_io io = {io_write, io_cancel, io_expect,   io_forget,  io_port,
                                 io_reset, io_timer,  io_progress, io_finished};

/* A script of 9,000 bytes, a command every 500, the first ten without a trace. */
static struct script *make_script(enum profile_marker marker)
{
    struct script *s = calloc(1, sizeof *s);

    buf_init(&s->bytes, LENGTH);
    for (int i = 0; i < LENGTH; i++)
        buf_addc(&s->bytes, (uint8_t)i);
    s->ends[s->n_ends++] = s->first_print = FIRST_PRINT;
    for (size_t at = 500; at <= LENGTH; at += 500)
        s->ends[s->n_ends++] = at;
    s->dots = 1600;
    s->marker = marker;
    return s;
}

static void begin(struct hand *h, enum profile_marker marker, bool automatic, bool doubtful)
{
    memset(h, 0, sizeof *h);
    h->profile = (struct profile){.name = "test",
                                  .dots = 576,
                                  .dots_per_mm = 8,
                                  .mm_per_s = 50,
                                  .automatic_status = automatic,
                                  .answer_ms = 2000,
                                  .port_status = true,
                                  .cut = PROFILE_CUT_PARTIAL,
                                  .clear = PROFILE_CLEAR_DC4};
    h->job = job_create(&io, h, &h->profile, make_script(marker), "J001", doubtful);
    job_start(h->job, &h->status);
}

static void end(struct hand *h)
{
    job_destroy(h->job);
    memset(h, 0, sizeof *h);
}

/* The write is over, all of it or `moved` bytes. */
static void written(struct hand *h, int rc, size_t moved)
{
    CHECK(h->data != NULL);
    h->data = NULL;
    job_written(h->job, rc, moved);
}

static void reply(struct hand *h, enum reply_kind kind, int n, uint8_t byte)
{
    struct reply r = {.kind = kind, .n = n, .bytes = {byte}};

    reply_status(&h->status, &r);
    job_reply(h->job, &r, &h->status);
}

static void automatic(struct hand *h, const char *bytes)
{
    struct reply r = {.kind = REPLY_AUTO};

    memcpy(r.bytes, bytes, 4);
    reply_status(&h->status, &r);
    job_reply(h->job, &r, &h->status);
}

static void marker(struct hand *h, const char *id)
{
    struct reply r = {.kind = REPLY_MARKER};

    memcpy(r.bytes, id, 4);
    job_reply(h->job, &r, &h->status);
}

/* Through the questions before the job. */
static void check_ok(struct hand *h)
{
    CHECK_INT(h->len, 12);
    CHECK_MEM(h->data, "\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04", 12);
    CHECK_INT(h->asked, 0x1E);
    written(h, 0, 12);
    for (int n = 1; n <= 4; n++)
        reply(h, REPLY_STATUS, n, 0x12);
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
    job_gone(h.job);
    job_stop(h.job);
    job_timer(h.job);
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
        enum printer_state why;
    } troubles[] = {
        {1, 0x1A, PRINTER_STATE_FAULT}, {2, 0x16, PRINTER_STATE_OPEN},  {3, 0x16, PRINTER_STATE_FAULT},
        {3, 0x1A, PRINTER_STATE_FAULT}, {3, 0x32, PRINTER_STATE_FAULT}, {4, 0x72, PRINTER_STATE_NO_PAPER},
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

TEST(no_answer_at_all)
{
    struct hand h;
    int writes = 0;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    while (!h.outcomes && writes++ < 100) {
        if (h.data)
            written(&h, 0, h.len);
        if (!h.data && !h.outcomes)
            job_timer(h.job);
    }
    CHECK_INT(h.outcome, PRINTER_NOT_PRINTED);
    CHECK_INT(h.why, PRINTER_STATE_FAULT);
    end(&h);
    /* nor does it take a byte */
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    for (writes = 0; !h.outcomes && writes < 100; writes++) {
        if (h.data)
            written(&h, -ERR_TIMEOUT, 0);
        job_timer(h.job);
    }
    CHECK_INT(h.outcome, PRINTER_NOT_PRINTED);
    end(&h);
}

TEST(a_late_answer_after_zeros_is_enough)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    written(&h, 0, 12);
    job_timer(h.job);
    CHECK_INT(h.len, 4096);
    CHECK_INT(h.data[0], 0);
    written(&h, 0, 4096);
    written(&h, 0, 4096);
    check_ok(&h);
    CHECK_INT(h.len, 4000);
    end(&h);
}

TEST(a_doubtful_printer_is_brought_into_step)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, true);
    check_ok(&h);
    CHECK_MEM(h.data, "\x1Dr\x01", 3);
    written(&h, 0, 3);
    reply(&h, REPLY_PAPER, 0, 0x00);
    CHECK_INT(h.len, 4000); /* it was not in the middle of anything */
    end(&h);
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, true);
    check_ok(&h);
    written(&h, 0, 3);
    job_timer(h.job); /* swallowed by an image somebody left */
    for (int i = 0; i < 6; i++) {
        CHECK_INT(h.len, 4096);
        written(&h, 0, 4096);
    }
    CHECK_MEM(h.data, "\x1B@\x1Dr\x01", 5);
    written(&h, 0, 5);
    reply(&h, REPLY_PAPER, 0, 0x00);
    CHECK_MEM(h.data, "\x1B@\x1DV\x42", 5); /* what hung there is cut off */
    written(&h, 0, h.len);
    CHECK_INT(h.len, 4000);
    CHECK(!job_print_taken(h.job));
    end(&h);
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, true);
    check_ok(&h);
    for (int i = 0; i < 100 && !h.outcomes; i++) {
        if (h.data)
            written(&h, 0, h.len);
        else
            job_timer(h.job);
    }
    CHECK_INT(h.outcome, PRINTER_NOT_PRINTED);
    end(&h);
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
    job_gone(h.job);
    CHECK_INT(h.outcome, PRINTER_NOT_PRINTED);
    CHECK_INT(h.why, PRINTER_STATE_ABSENT);
    end(&h);
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    check_ok(&h);
    written(&h, -ERR_GONE, 0); /* how much it took nobody can say */
    CHECK_INT(h.outcome, PRINTER_OUTCOME_UNKNOWN);
    CHECK_INT(h.why, PRINTER_STATE_ABSENT);
    end(&h);
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    all_sent(&h);
    job_gone(h.job);
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
    clock_advance(5 * 60000);
    job_timer(h.job);
    CHECK_INT(h.outcomes, 0);
    automatic(&h, "\x10\x00\x00\x0F");
    CHECK(!h.held);
    clock_advance(20000);
    job_timer(h.job);
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
    clock_advance(11 * 60000);
    job_timer(h.job);
    CHECK_MEM(h.data, "\x10\x14\x08", 3); /* cleared, so that it does not come out for the next one */
    written(&h, 0, h.len);
    CHECK_INT(h.outcome, PRINTER_OUTCOME_UNKNOWN);
    CHECK_INT(h.why, PRINTER_STATE_NO_PAPER);
    end(&h);
}

TEST(past_the_deadline_it_is_cleared_and_unknown)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    all_sent(&h);
    clock_advance(30000);
    job_timer(h.job);
    CHECK_INT(h.outcomes, 0);
    clock_advance(30000);
    job_timer(h.job);
    CHECK_MEM(h.data, "\x10\x14\x08", 3);
    written(&h, -ERR_TIMEOUT, 0);
    CHECK_INT(h.resets, 1); /* it takes no byte: by the control pipe then */
    CHECK_INT(h.outcome, PRINTER_OUTCOME_UNKNOWN);
    CHECK_INT(h.why, PRINTER_STATE_FAULT);
    end(&h);
}

TEST(stopping)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    job_stop(h.job);
    CHECK_INT(h.outcome, PRINTER_NOT_PRINTED);
    CHECK_INT(h.cancelled, 1);
    end(&h);
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    check_ok(&h);
    job_stop(h.job);
    CHECK_INT(h.cancelled, 1);
    job_stop(h.job);
    written(&h, 0, h.len);
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
    clock_advance(1000);
    job_timer(h.job);
    CHECK_MEM(h.data, "\x10\x04\x02", 3);
    CHECK_INT(h.asked, 0x1C);
    written(&h, -ERR_TIMEOUT, 0); /* nobody took the question: it is dropped, the marker still awaited */
    CHECK(!h.data);
    CHECK_INT(h.forgotten, 1);
    CHECK_INT(h.asked, 0x1D);
    clock_advance(1000);
    job_timer(h.job);
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
    job_port_status(h.job, 0x20);
    CHECK(h.held);
    job_port_status(h.job, 0x18);
    CHECK(!h.held);
    end(&h);
}

TEST(states_in_words)
{
    struct printer_status s = {.known = true};

    CHECK_INT(job_state_of(&s), PRINTER_STATE_READY);
    s.paper_low = true;
    CHECK_INT(job_state_of(&s), PRINTER_STATE_LOW);
    s.jam = true;
    CHECK_INT(job_state_of(&s), PRINTER_STATE_FAULT);
    s.paper_out = true;
    CHECK_INT(job_state_of(&s), PRINTER_STATE_NO_PAPER);
    s.cover_open = true;
    CHECK_INT(job_state_of(&s), PRINTER_STATE_OPEN);
    s.known = false;
    CHECK_INT(job_state_of(&s), PRINTER_STATE_FAULT);
}

TEST_MAIN(T(done_is_the_marker_and_nothing_else), T(the_marker_may_be_here_before_the_completion),
          T(trouble_before_is_not_printed), T(low_paper_prints), T(no_answer_at_all), T(a_late_answer_after_zeros_is_enough),
          T(a_doubtful_printer_is_brought_into_step), T(a_timeout_resumes_where_it_was),
          T(gone_before_and_after_the_first_print_byte), T(paper_out_holds_and_stops_the_deadline),
          T(nobody_comes_for_ten_minutes), T(past_the_deadline_it_is_cleared_and_unknown), T(stopping),
          T(gs_r_is_asked_again_when_paper_was_out), T(without_automatic_status_it_is_asked), T(states_in_words))
