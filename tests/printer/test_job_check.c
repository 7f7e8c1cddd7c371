/* SPDX-License-Identifier: Apache-2.0
 *
 * Before a job prints: printers that do not answer, or that somebody left in the middle of something.
 */
#include "printer/job_hand.h"

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
    timer(&h); /* swallowed by an image somebody left */
    for (int i = 0; i < 6; i++) {
        CHECK_INT(h.len, 4096);
        written(&h, 0, 4096);
    }
    CHECK_MEM(h.data, "\x1B@\x1Dr\x01", 5);
    written(&h, 0, 5);
    reply(&h, REPLY_PAPER, 0, 0x00);
    CHECK_MEM(h.data, "\x1B@\x1DV\x42", 5); /* what hung there is cut off */
    written(&h, 0, h.len);
    CHECK(!h.data); /* quiet first: late answers are nobody's */
    reply(&h, REPLY_PAPER, 0, 0x00);
    CHECK(!h.data);
    timer(&h);
    CHECK_INT(h.len, 4000);
    CHECK(!job_print_taken(h.job));
    end(&h);
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, true);
    check_ok(&h);
    for (int i = 0; i < 100 && !h.outcomes; i++) {
        if (h.data)
            written(&h, 0, h.len);
        else
            timer(&h);
    }
    CHECK_INT(h.outcome, PRINTER_NOT_PRINTED);
    end(&h);
}

/* Every rung of the ladder in its order, and what is told when the last one did not help. */
TEST(a_stuck_printer_is_brought_back_step_by_step)
{
    struct hand h;
    int blocks = 0;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, true);
    check_ok(&h);
    for (int i = 0; i < 100 && !h.outcomes; i++) {
        blocks += h.data && h.len == 4096;
        CHECK(!h.resets || blocks == 12);
        CHECK(!h.cleared || h.resets == 1);
        CHECK(!h.usb_resets || h.cleared == 1);
        if (h.data)
            written(&h, 0, h.len);
        else
            timer(&h);
    }
    CHECK_INT(blocks, 12);
    CHECK_INT(h.usb_resets, 1);
    CHECK(job_stuck(h.job));
    CHECK_INT(h.outcome, PRINTER_NOT_PRINTED);
    CHECK_INT(h.why, PRINTER_FAULT);
    end(&h);
    /* it comes back at each of them */
    for (int rung = 0; rung < 5; rung++) {
        begin(&h, PROFILE_MARKER_PROCESS_ID, true, true);
        check_ok(&h);
        for (int asked = 0; asked <= rung;) {
            if (h.data && !memcmp(h.data + h.len - 3, "\x1Dr\1", 3) && ++asked > rung)
                break;
            if (h.data)
                written(&h, 0, h.len);
            else
                timer(&h);
        }
        reply(&h, REPLY_PAPER, 0, 0x00);
        CHECK_INT(h.outcomes, 0);
        CHECK(!job_stuck(h.job));
        if (h.data && h.len < 100) /* what hung there */
            written(&h, 0, h.len);
        timer(&h);
        CHECK_INT(h.len, 4000);
        end(&h);
    }
}

TEST(where_real_time_is_not_answered_gs_r_is)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PAPER, false, true);
    job_destroy(h.job);
    h.data = NULL;
    h.asked = 0;
    h.job = job_create(&h.profile, make_script(PROFILE_MARKER_PAPER), "J001", true, false);
    step(&h, (struct job_input){.event = JOB_BEGINS, .status = &h.status});
    CHECK_MEM(h.data, "\x1Dr\1", 3);
    CHECK_INT(h.asked, 1);
    written(&h, 0, 3);
    reply(&h, REPLY_PAPER, 0, 0x00);
    CHECK_INT(h.len, 4000); /* it is in step by that */
    while (h.data)
        written(&h, 0, h.len);
    timer(&h);
    CHECK(!h.data); /* nothing to ask it meanwhile */
    reply(&h, REPLY_PAPER, 0, 0x00);
    CHECK_INT(h.outcome, PRINTER_DONE);
    end(&h);
}

TEST(a_late_answer_after_zeros_is_enough)
{
    struct hand h;

    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    written(&h, 0, 12);
    timer(&h);
    CHECK_INT(h.len, 4096);
    CHECK_INT(h.data[0], 0);
    written(&h, 0, 4096);
    written(&h, 0, 4096);
    check_ok(&h);
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
            timer(&h);
    }
    CHECK_INT(h.outcome, PRINTER_NOT_PRINTED);
    CHECK_INT(h.why, PRINTER_FAULT);
    end(&h);
    /* nor does it take a byte */
    begin(&h, PROFILE_MARKER_PROCESS_ID, true, false);
    for (writes = 0; !h.outcomes && writes < 100; writes++) {
        if (h.data)
            written(&h, -ERR_TIMEOUT, 0);
        timer(&h);
    }
    CHECK_INT(h.outcome, PRINTER_NOT_PRINTED);
    end(&h);
}

TEST_MAIN(T(a_doubtful_printer_is_brought_into_step), T(a_stuck_printer_is_brought_back_step_by_step),
          T(where_real_time_is_not_answered_gs_r_is), T(a_late_answer_after_zeros_is_enough), T(no_answer_at_all))
