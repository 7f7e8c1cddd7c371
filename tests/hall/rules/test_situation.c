/* SPDX-License-Identifier: Apache-2.0
 *
 * How a terminal stands: the worst that it says, and nothing when it says nothing any more.
 */
#include "test.h"

#include "tools/hall/rules/rollout.h"
#include "tools/hall/rules/situation.h"

#define NOW INT64_C(1767585600000)

static struct situation_now now;

static enum situation judge(const struct health_report *r, int64_t heard)
{
    situation_judge(&(struct situation_facts){heard, r}, NOW, &now);
    return now.situation;
}

static struct health_report well(void)
{
    return (struct health_report){.device = {"ready", "ready", "ready"}};
}

TEST(all_is_well)
{
    struct health_report r = well();

    CHECK_INT(judge(&r, NOW - 60000), SITUATION_GOOD);
    CHECK(now.serves && now.n == 0);
    CHECK_INT(judge(NULL, NOW - 60000), SITUATION_GOOD);
    CHECK_INT(judge(NULL, 0), SITUATION_NEW);
    CHECK(!now.serves);
}

TEST(the_worst_counts)
{
    struct health_report r = well();

    snprintf(r.warnings, sizeof r.warnings, "ticket-paper-low,head-expired");
    CHECK_INT(judge(&r, NOW), SITUATION_SOON);
    CHECK_INT(now.n, 2);
    CHECK_STR(now.why[0], "ticket-paper-low");
    CHECK_STR(now.why[1], "head-expired");
    snprintf(r.device[DEVICE_RECEIPT], sizeof *r.device, "no-paper");
    CHECK_INT(judge(&r, NOW), SITUATION_GO);
    CHECK_STR(now.why[0], "receipt-no-paper");
    CHECK(now.serves);
    snprintf(r.warnings, sizeof r.warnings, "disk-full");
    CHECK_INT(judge(&r, NOW), SITUATION_GO);
    CHECK(!now.serves);
}

TEST(unknown_is_unknown)
{
    struct health_report r = well();

    CHECK_INT(judge(&r, NOW - ROLLOUT_HEARD_MS), SITUATION_GOOD);
    CHECK_INT(judge(&r, NOW - ROLLOUT_HEARD_MS - 1), SITUATION_SILENT);
    CHECK(!now.serves);
    snprintf(r.device[DEVICE_READER], sizeof *r.device, "absent");
    CHECK_INT(judge(&r, NOW - 2 * ROLLOUT_HEARD_MS), SITUATION_SILENT);
    CHECK_INT(now.n, 1); /* its last word is still there, to be shown with its age */
    CHECK_STR(now.why[0], "reader-absent");
}

TEST(taken_out_of_service)
{
    struct health_report r = well();

    snprintf(r.out, sizeof r.out, "repair");
    CHECK_INT(judge(&r, NOW), SITUATION_OUT);
    CHECK(!now.serves);
    snprintf(r.device[DEVICE_READER], sizeof *r.device, "fault");
    CHECK_INT(judge(&r, NOW), SITUATION_GO);
    CHECK(!now.serves);
}

TEST(a_newer_terminal_has_other_words)
{
    struct health_report r = well();

    snprintf(r.warnings, sizeof r.warnings, "lamp-broken,disk-full-of-dust,x");
    CHECK_INT(judge(&r, NOW), SITUATION_DESK);
    CHECK_INT(now.n, 1);
    CHECK_STR(now.why[0], SITUATION_OTHER);
    snprintf(r.device[DEVICE_TICKET], sizeof *r.device, "singing");
    CHECK_INT(judge(&r, NOW), SITUATION_DESK);
}

/* All that can be said at once has room. */
TEST(everything_at_once)
{
    struct health_report r = {.device = {"fault", "fault", "fault"}};

    snprintf(r.warnings, sizeof r.warnings,
             "journal-behind,fork,disk-full,case-open,door-open,receipt-paper-low,ticket-paper-low,software-too-old,"
             "catalogue-refused,catalogue-damaged,download-failed,patch-unusable,head-expired,head-older,root-ended,x");
    CHECK_INT(judge(&r, NOW), SITUATION_GO);
    CHECK_INT(now.n, SITUATION_WHYS_MAX);
}

TEST(words)
{
    enum situation s;

    for (int i = 0; i < SITUATIONS; i++)
        CHECK(situation_by_word(situation_word((enum situation)i), &s) && s == (enum situation)i);
    CHECK(!situation_by_word("", &s));
}

TEST_MAIN(T(all_is_well), T(the_worst_counts), T(unknown_is_unknown), T(taken_out_of_service),
          T(a_newer_terminal_has_other_words), T(everything_at_once), T(words))
