/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff want done: how far it is, and that a zone is never emptied by it.
 */
#include "test.h"

#include "tools/hall/rules/act.h"

#define NOW INT64_C(1767585600000)

static struct act_facts restart(void)
{
    return (struct act_facts){.kind = ACT_RESTART, .until_ms = NOW + ACT_MS, .serves = true, .zone = {.all = 4, .work = 3}};
}

TEST(how_far_it_is)
{
    struct act_facts f = restart();

    CHECK_INT(act_judge(&f, NOW), ACT_STAND_NEXT);
    f.silent = true;
    CHECK_INT(act_judge(&f, NOW), ACT_STAND_SILENT);
    f.silent = false;
    f.withdrawn = true;
    CHECK_INT(act_judge(&f, NOW), ACT_STAND_WITHDRAWN);
    f.withdrawn = false;
    f.granted_ms = NOW;
    CHECK_INT(act_judge(&f, NOW), ACT_STAND_GIVEN);
    CHECK_INT(act_judge(&f, NOW + ACT_MS), ACT_STAND_EXPIRED);
    f.done_ms = NOW + 1;
    CHECK_INT(act_judge(&f, NOW + ACT_MS), ACT_STAND_DONE);
}

TEST(the_zone)
{
    struct act_facts f = restart();

    f.zone = (struct zone_count){.all = 4, .busy = 2, .work = 1};
    CHECK_INT(act_judge(&f, NOW), ACT_STAND_ZONE);
    f.zone = (struct zone_count){.all = 2, .busy = 0, .work = 0};
    CHECK_INT(act_judge(&f, NOW), ACT_STAND_ZONE_SILENT);
    f.kind = ACT_SYNC; /* nobody is missed */
    CHECK_INT(act_judge(&f, NOW), ACT_STAND_NEXT);
    f.kind = ACT_RESTART;
    f.serves = false; /* it is away already */
    CHECK_INT(act_judge(&f, NOW), ACT_STAND_NEXT);
}

TEST_MAIN(T(how_far_it_is), T(the_zone))
