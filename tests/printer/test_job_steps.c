/* SPDX-License-Identifier: Apache-2.0
 *
 * Every stage of a job and everything that may happen in it: what is done, a letter each, in its order.
 */
#include "printer/job_hand.h"

enum stage { CHECK_FIRST, SYNC, CUT_OFF, SEND, MARK, MARK_BY_GS_R, CLEAR, WHY, OVER, STAGES };
enum happens { WROTE, LATE, STALLED, BROKE, LEFT, STATUS, PAPER, OURS, OTHERS, EMPTY, TIME, UNPLUGGED, STOP, HAPPENS };

static const char letters[] = {
    [JOB_WRITE] = 'w',      [JOB_CANCEL_WRITE] = 'c', [JOB_EXPECT] = 'e',    [JOB_FORGET] = 'f',    [JOB_ASK_PORT] = 'a',
    [JOB_SOFT_RESET] = 's', [JOB_CLEAR_HALT] = 'h',   [JOB_USB_RESET] = 'u', [JOB_SET_TIMER] = 't', [JOB_PROGRESS] = 'p',
};
static const char outcomes[] = {[PRINTER_DONE] = 'D', [PRINTER_NOT_PRINTED] = 'N', [PRINTER_OUTCOME_UNKNOWN] = 'U'};

/* Brings a job there; a write is under way but in CUT_OFF, MARK and OVER. */
static void reach(struct hand *h, enum stage stage)
{
    begin(h, stage == MARK_BY_GS_R ? PROFILE_MARKER_PAPER : PROFILE_MARKER_PROCESS_ID, false,
          stage == SYNC || stage == CUT_OFF);
    if (stage == CHECK_FIRST)
        return;
    check_ok(h);
    if (stage == CUT_OFF) {
        written(h, 0, 3);
        timer(h); /* no answer: zeros */
        while (h->len == 4096)
            written(h, 0, 4096);
        written(h, 0, h->len);
        reply(h, REPLY_PAPER, 0, 0x00);
        written(h, 0, h->len);
    }
    if (stage == MARK || stage == MARK_BY_GS_R || stage == OVER)
        while (h->data)
            written(h, 0, h->len);
    if (stage == OVER || stage == CLEAR || stage == WHY)
        step(h, (struct job_input){.event = JOB_STOPPED});
    if (stage == WHY || stage == OVER)
        written(h, 0, h->len);
    if (stage == OVER) {
        written(h, 0, h->len);
        timer(h);
    }
}

static struct job_input input(struct hand *h, enum happens what)
{
    static struct reply r;
    size_t all = h->len;

    r = (struct reply){.kind = what == STATUS ? REPLY_STATUS : what == PAPER ? REPLY_PAPER : REPLY_MARKER, .n = 2};
    memcpy(r.bytes, what == OURS ? "J001" : what == OTHERS ? "J002" : "\x12\0\0", 4);
    if (what <= LEFT)
        h->data = NULL;
    switch (what) {
    case WROTE:
        return (struct job_input){.event = JOB_WRITTEN, .moved = all};
    case LATE:
        return (struct job_input){.event = JOB_WRITTEN, .rc = -ERR_TIMEOUT, .moved = 1};
    case STALLED:
        return (struct job_input){.event = JOB_WRITTEN, .rc = -ERR_STALL};
    case BROKE:
        return (struct job_input){.event = JOB_WRITTEN, .rc = -ERR_IO};
    case LEFT:
        return (struct job_input){.event = JOB_WRITTEN, .rc = -ERR_GONE};
    case STATUS:
    case PAPER:
    case OURS:
    case OTHERS:
        return (struct job_input){.event = JOB_REPLIED, .reply = &r, .status = &h->status};
    case EMPTY:
        return (struct job_input){.event = JOB_PORT_TOLD, .port = 0x20};
    case TIME:
        return (struct job_input){.event = JOB_TIME};
    case UNPLUGGED:
        return (struct job_input){.event = JOB_GONE};
    case STOP:
    case HAPPENS:
        break;
    }
    return (struct job_input){.event = JOB_STOPPED};
}

static const char *what_is_done(struct hand *h, struct job_input in)
{
    static char text[2 * JOB_ACTIONS_MAX];
    struct job_actions actions;
    char *at = text;

    in.now_ms = h->now;
    in.room = REPLY_ASKED_MAX;
    job_step(h->job, &in, &actions);
    for (int i = 0; i < actions.n; i++)
        *at++ = actions.list[i].what == JOB_FINISHED ? outcomes[actions.list[i].outcome] : letters[actions.list[i].what];
    *at = '\0';
    return text;
}

#define NONE "-" /* cannot be: nothing is being written */

/* Once over it is over; before its first print byte it is not printed, behind it nobody knows. */
static const char *const table[STAGES][HAPPENS] = {
    /* written: all, a part, nothing, error, gone; told: status, GS r, its marker, another's, no paper; time, gone, stop */
    [CHECK_FIRST] = {"", "aw", "aw", "tN", "tN", "", "", "", "", "", "cftw", "tN", "cftN"},
    [SYNC] = {"", "aw", "aw", "tN", "tN", "", "ctw", "", "", "", "cftw", "tN", "cftN"},
    [CUT_OFF] = {NONE, NONE, NONE, NONE, NONE, "", "", "", "", "", "ftw", "tN", "ftN"},
    [SEND] = {"wp", "aw", "aw", "tU", "tU", "", "", "ctD", "", "p", "t", "tU", "cfw"},
    [MARK] = {NONE, NONE, NONE, NONE, NONE, "", "", "tD", "", "p", "teeew", "tU", "fw"},
    [MARK_BY_GS_R] = {NONE, NONE, NONE, NONE, NONE, "", "tD", "tD", "", "p", "teeew", "tU", "fw"},
    [CLEAR] = {"eeeetw", "st", "st", "st", "tU", "", "", "", "", "", "", "tU", ""},
    [WHY] = {"", "aw", "aw", "tU", "tU", "", "", "", "", "", "cftU", "tU", ""},
    [OVER] = {NONE, NONE, NONE, NONE, NONE, "", "", "", "", "", "", "", ""},
};

TEST(every_stage_and_all_that_may_happen)
{
    for (int stage = 0; stage < STAGES; stage++)
        for (int what = 0; what < HAPPENS; what++) {
            struct hand h;
            const char *done;

            reach(&h, (enum stage)stage);
            done = what <= LEFT && !h.data ? NONE : what_is_done(&h, input(&h, (enum happens)what));
            if (strcmp(done, table[stage][what]))
                printf("# stage %d, event %d\n", stage, what);
            CHECK_STR(done, table[stage][what]);
            end(&h);
        }
}

/* Where four questions are outstanding no fifth is asked; what was missed five times is given up. */
TEST(no_room_for_a_question)
{
    struct hand h;
    struct job_actions actions;
    struct job_input in = {.event = JOB_TIME, .room = 0};

    reach(&h, MARK_BY_GS_R);
    for (int i = 0; i < 5; i++) {
        job_step(h.job, &in, &actions);
        CHECK_INT(actions.n, 1);
        CHECK_INT(actions.list[0].what, JOB_SET_TIMER);
    }
    job_step(h.job, &in, &actions);
    CHECK_INT(actions.n, 3);
    CHECK_INT(actions.list[1].what, JOB_FORGET);
    CHECK_INT(actions.list[2].what, JOB_EXPECT);
    CHECK_INT(actions.list[2].n, 0); /* the marker is still due */
    end(&h);
}

TEST_MAIN(T(every_stage_and_all_that_may_happen), T(no_room_for_a_question))
