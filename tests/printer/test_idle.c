/* SPDX-License-Identifier: Apache-2.0
 *
 * A printer between its jobs: every state and what may happen in it, and what it is asked then.
 */
#include "drivers/printer/idle.h"

#include "test.h"

#define ANSWER_MS 2000
#define DRAIN_MS 100
#define SOON_MS 5000
#define SELDOM_MS 120000
#define TICKET_MS 500
#define LONG_MS (ANSWER_MS + 1000)

/* What is so: a letter each. */
static struct idle_input facts(enum idle_event event, const char *so)
{
    return (struct idle_input){.event = event,
                               .answer_ms = ANSWER_MS,
                               .all_answered = strchr(so, 'a'),
                               .job_waits = strchr(so, 'j'),
                               .free = strchr(so, 'f'),
                               .may_print = strchr(so, 'f'), /* 'f': nothing keeps it from being asked */
                               .to_probe = strchr(so, 'p'),
                               .to_name = strchr(so, 'n'),
                               .to_rule = strchr(so, 'r'),
                               .watched = strchr(so, 't'),
                               .automatic = strchr(so, 'g'),
                               .kind = strchr(so, 'P') ? REPLY_PAPER : REPLY_STATUS,
                               .probes_marker = strchr(so, 'M')};
}

static const struct {
    struct idle before;
    enum idle_event event;
    const char *so;
    enum idle_word what;
    int ms;
    unsigned ask;
    enum idle_state after;
} rows[] = {
    /* what is stale is read away, then it is asked */
    {{.state = IDLE_REST}, IDLE_BEGINS, "f", IDLE_WAIT, DRAIN_MS, 0, IDLE_DRAIN},
    {{.state = IDLE_DRAIN}, IDLE_BEGINS, "f", IDLE_WAIT, DRAIN_MS, 0, IDLE_DRAIN},
    {{.state = IDLE_DRAIN}, IDLE_TIME, "f", IDLE_ASK, ANSWER_MS, IDLE_ASK_STATUS, IDLE_ASKED},
    {{.state = IDLE_DRAIN}, IDLE_TIME, "fg", IDLE_ASK, ANSWER_MS, IDLE_ASK_STATUS | IDLE_ASK_AUTOMATIC, IDLE_ASKED},
    {{.state = IDLE_DRAIN}, IDLE_REPLIED, "fap", IDLE_NOTHING, 0, 0, IDLE_DRAIN},
    /* what comes late is no answer to a job that has waited in vain */
    {{.state = IDLE_DRAIN}, IDLE_TIME, "jf", IDLE_BEGIN_JOB, 0, 0, IDLE_DRAIN},
    /* asked: not before all is answered; a job that waits comes first, then probe, name, ruler, each once */
    {{.state = IDLE_ASKED, .told_status = true}, IDLE_REPLIED, "fpnr", IDLE_NOTHING, 0, 0, IDLE_ASKED},
    {{.state = IDLE_ASKED, .told_status = true}, IDLE_REPLIED, "ajfpnr", IDLE_BEGIN_JOB, 0, 0, IDLE_ASKED},
    {{.state = IDLE_ASKED, .told_status = true}, IDLE_REPLIED, "afpnr", IDLE_PROBE, LONG_MS, 0, IDLE_PROBING},
    {{.state = IDLE_ASKED, .told_status = true}, IDLE_REPLIED, "afnr", IDLE_NAME, LONG_MS, 0, IDLE_NAMING},
    {{.state = IDLE_ASKED, .told_status = true}, IDLE_REPLIED, "afr", IDLE_RULE, 0, 0, IDLE_ASKED},
    {{.state = IDLE_ASKED, .told_status = true}, IDLE_REPLIED, "af", IDLE_WAIT, SOON_MS, 0, IDLE_REST},
    {{.state = IDLE_ASKED, .told_status = true}, IDLE_REPLIED, "aft", IDLE_WAIT, TICKET_MS, 0, IDLE_REST},
    {{.state = IDLE_ASKED, .told_status = true, .automatic_seen = true},
     IDLE_REPLIED,
     "af",
     IDLE_WAIT,
     SELDOM_MS,
     0,
     IDLE_REST},
    {{.state = IDLE_ASKED, .told_status = true}, IDLE_REPLIED, "apnr", IDLE_WAIT, SOON_MS, 0, IDLE_REST}, /* out of paper,
                                                                                                             say */
    {{.state = IDLE_ASKED, .stuck = true}, IDLE_REPLIED, "afpnr", IDLE_WAIT, SOON_MS, 0, IDLE_REST},
    {{.state = IDLE_ASKED, .probed = true, .named = true}, IDLE_REPLIED, "afpn", IDLE_WAIT, SOON_MS, 0, IDLE_REST},
    {{.state = IDLE_ASKED, .answered = true}, IDLE_TIME, "fp", IDLE_PROBE, LONG_MS, 0, IDLE_PROBING}, /* a part of it is
                                                                                                         enough */
    /* silence */
    {{.state = IDLE_ASKED}, IDLE_TIME, "fpnr", IDLE_WAIT, SOON_MS, 0, IDLE_REST},
    {{.state = IDLE_ASKED}, IDLE_TIME, "jf", IDLE_WAIT, DRAIN_MS, 0, IDLE_DRAIN},
    {{.state = IDLE_REST, .silent = true},
     IDLE_TIME,
     "fg",
     IDLE_ASK,
     ANSWER_MS,
     IDLE_ASK_ZEROS | IDLE_ASK_AUTOMATIC | IDLE_ASK_STATUS | IDLE_ASK_PAPER,
     IDLE_ASKED},
    {{.state = IDLE_REST, .stuck = true}, IDLE_TIME, "f", IDLE_ASK, ANSWER_MS, IDLE_ASK_STATUS | IDLE_ASK_PAPER, IDLE_ASKED},
    {{.state = IDLE_REST, .no_real_time = true}, IDLE_TIME, "f", IDLE_ASK, ANSWER_MS, IDLE_ASK_PAPER, IDLE_ASKED},
    {{.state = IDLE_REST, .no_real_time = true, .silent = true},
     IDLE_TIME,
     "f",
     IDLE_ASK,
     ANSWER_MS,
     IDLE_ASK_ZEROS | IDLE_ASK_STATUS | IDLE_ASK_PAPER,
     IDLE_ASKED},
    /* probing ends with the answer behind the marker, or with time */
    {{.state = IDLE_PROBING}, IDLE_REPLIED, "af", IDLE_NOTHING, 0, 0, IDLE_PROBING},
    {{.state = IDLE_PROBING}, IDLE_REPLIED, "M", IDLE_NOTHING, 0, 0, IDLE_PROBING},
    {{.state = IDLE_PROBING}, IDLE_REPLIED, "afP", IDLE_ASK, ANSWER_MS, IDLE_ASK_STATUS, IDLE_ASKED},
    {{.state = IDLE_PROBING}, IDLE_REPLIED, "ajP", IDLE_BEGIN_JOB, 0, 0, IDLE_PROBING},
    {{.state = IDLE_PROBING}, IDLE_TIME, "f", IDLE_ASK, ANSWER_MS, IDLE_ASK_STATUS, IDLE_ASKED},
    {{.state = IDLE_PROBING}, IDLE_TIME, "j", IDLE_WAIT, DRAIN_MS, 0, IDLE_DRAIN},
    /* naming: silence is no fault */
    {{.state = IDLE_NAMING}, IDLE_REPLIED, "f", IDLE_NOTHING, 0, 0, IDLE_NAMING},
    {{.state = IDLE_NAMING}, IDLE_REPLIED, "af", IDLE_WAIT, SOON_MS, 0, IDLE_REST},
    {{.state = IDLE_NAMING}, IDLE_REPLIED, "aj", IDLE_BEGIN_JOB, 0, 0, IDLE_NAMING},
    {{.state = IDLE_NAMING}, IDLE_TIME, "f", IDLE_WAIT, SOON_MS, 0, IDLE_REST},
    {{.state = IDLE_NAMING}, IDLE_TIME, "j", IDLE_WAIT, DRAIN_MS, 0, IDLE_DRAIN},
    /* at rest: what could not be done before is done when it speaks */
    {{.state = IDLE_REST}, IDLE_REPLIED, "fpnr", IDLE_PROBE, LONG_MS, 0, IDLE_PROBING},
    {{.state = IDLE_REST}, IDLE_REPLIED, "fnr", IDLE_NAME, LONG_MS, 0, IDLE_NAMING},
    {{.state = IDLE_REST}, IDLE_REPLIED, "fr", IDLE_RULE, 0, 0, IDLE_REST},
    {{.state = IDLE_REST}, IDLE_REPLIED, "f", IDLE_NOTHING, 0, 0, IDLE_REST},
    {{.state = IDLE_REST}, IDLE_REPLIED, "pnr", IDLE_NOTHING, 0, 0, IDLE_REST},
    {{.state = IDLE_REST, .automatic_seen = true},
     IDLE_TIME,
     "fg",
     IDLE_ASK,
     ANSWER_MS,
     IDLE_ASK_STATUS | IDLE_ASK_AUTOMATIC,
     IDLE_ASKED},
    {{.state = IDLE_REST, .automatic_seen = true}, IDLE_TIME, "fgt", IDLE_ASK, ANSWER_MS, IDLE_ASK_STATUS, IDLE_ASKED},
    {{.state = IDLE_REST, .automatic_seen = true}, IDLE_GOES_ON, "f", IDLE_WAIT, SELDOM_MS, 0, IDLE_REST},
    {{.state = IDLE_REST, .automatic_seen = true}, IDLE_GOES_ON, "ft", IDLE_WAIT, TICKET_MS, 0, IDLE_REST},
};

TEST(every_state_and_what_may_happen)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct idle s = rows[i].before;
        struct idle_input in = facts(rows[i].event, rows[i].so);
        struct idle_action a = idle_step(&s, &in);
        if (a.what != rows[i].what || a.ms != rows[i].ms || a.ask != rows[i].ask || s.state != rows[i].after)
            printf("# row %zu\n", i);
        CHECK_INT(a.what, rows[i].what);
        CHECK_INT(a.ms, rows[i].ms);
        CHECK_INT(a.ask, rows[i].ask);
        CHECK_INT(s.state, rows[i].after);
    }
}

TEST(silence_is_told_once)
{
    struct idle s = {.state = IDLE_ASKED};
    struct idle_input in = facts(IDLE_TIME, "f");
    struct idle_action a = idle_step(&s, &in);

    CHECK(a.silence && a.fell && s.silent && s.doubtful);
    idle_step(&s, &in); /* it is asked again */
    CHECK_INT(s.state, IDLE_ASKED);
    a = idle_step(&s, &in);
    CHECK(a.silence && !a.fell);
}

TEST(what_the_probe_tells)
{
    struct idle s = {.state = IDLE_PROBING, .doubtful = true, .automatic_seen = true};
    struct idle_input in = facts(IDLE_REPLIED, "M");
    struct idle_action a;

    idle_step(&s, &in);
    in = facts(IDLE_REPLIED, "P");
    a = idle_step(&s, &in);
    CHECK(a.probe_told && a.confirm == PROFILE_MARKER_PROCESS_ID);
    CHECK(!s.doubtful && !s.automatic_seen);
    s = (struct idle){.state = IDLE_PROBING, .doubtful = true};
    a = idle_step(&s, &in);
    CHECK(a.probe_told && a.confirm == PROFILE_MARKER_PAPER);
    s = (struct idle){.state = IDLE_PROBING, .doubtful = true, .saw_marker = true}; /* the answer behind it was lost */
    in = facts(IDLE_TIME, "");
    a = idle_step(&s, &in);
    CHECK(a.probe_told && a.confirm == PROFILE_MARKER_PROCESS_ID);
    s = (struct idle){.state = IDLE_PROBING, .doubtful = true};
    a = idle_step(&s, &in);
    CHECK(!a.probe_told && s.doubtful);
}

TEST(what_answers_gs_r_alone_is_not_asked_in_real_time)
{
    struct idle s = {.state = IDLE_ASKED};
    struct idle_input in = facts(IDLE_REPLIED, "a");
    bool now;

    idle_heard(&s, REPLY_PAPER, &now);
    idle_step(&s, &in);
    CHECK(s.no_real_time);
    s.state = IDLE_ASKED;
    idle_heard(&s, REPLY_STATUS, &now);
    idle_step(&s, &in);
    CHECK(!s.no_real_time);
}

TEST(what_a_reply_changes)
{
    static const struct {
        enum reply_kind kind;
        bool status, paper, automatic, unstuck;
    } replies[] = {
        {REPLY_STATUS, .status = true},  {REPLY_FULL, .status = true}, {REPLY_PAPER, .paper = true, .unstuck = true},
        {REPLY_AUTO, .automatic = true}, {.kind = REPLY_MARKER},       {.kind = REPLY_ID},
    };
    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++) {
        struct idle s = {.state = IDLE_REST, .silent = true, .stuck = true};
        bool now;
        idle_heard(&s, replies[i].kind, &now);
        CHECK(s.answered && !s.silent);
        CHECK_INT(s.told_status, replies[i].status);
        CHECK_INT(s.told_paper, replies[i].paper);
        CHECK_INT(s.automatic_seen, replies[i].automatic);
        CHECK_INT(s.stuck, !replies[i].unstuck);
        CHECK_INT(now, replies[i].automatic);
        idle_heard(&s, replies[i].kind, &now);
        CHECK(!now); /* it does so since a while */
    }
}

TEST(a_job_has_it)
{
    struct idle s = {.state = IDLE_PROBING, .answered = true, .silent = true};

    idle_leave(&s);
    CHECK_INT(s.state, IDLE_REST);
    CHECK(!s.answered && s.silent);
}

TEST_MAIN(T(every_state_and_what_may_happen), T(silence_is_told_once), T(what_the_probe_tells),
          T(what_answers_gs_r_alone_is_not_asked_in_real_time), T(what_a_reply_changes), T(a_job_has_it))
