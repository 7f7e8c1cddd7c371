/* SPDX-License-Identifier: Apache-2.0
 *
 * A journal that cannot be trusted: nothing may be promised here any more. Other reasons: test_session.c.
 */
#include "session/play.h"

/* What is on is brought to its end, then nothing begins any more. */
TEST(fork_in_a_visit)
{
    struct play p;
    play_to_review(&p);
    p.health.journal = JOURNAL_FORK;
    play_health(&p);
    CHECK_SCREEN(&p, REVIEW);
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(&p, SUCCESS);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK_INT(p.v->out_reason, OUT_JOURNAL);
    p.health.storage = false; /* not the disk's fault, then */
    play_health(&p);
    CHECK_INT(p.v->out_reason, OUT_JOURNAL);
    play_tap(&p, INTENT_START, 0);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    p.health.journal = JOURNAL_WHOLE; /* the right one was put back */
    p.health.storage = true;
    play_health(&p);
    CHECK_SCREEN(&p, IDLE);
    p.health.journal = JOURNAL_BEHIND;
    play_health(&p);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    play_end(&p);
}

TEST_MAIN(T(fork_in_a_visit))
