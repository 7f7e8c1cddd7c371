/* SPDX-License-Identifier: Apache-2.0
 *
 * Which pieces of a terminal's logs are taken, and how far they are.
 */
#include "test.h"

#include <string.h>

#include "tools/hall/rules/logs.h"

#define NOW INT64_C(1767585600000)

static struct logs_facts asked(void)
{
    return (struct logs_facts){.asked_ms = NOW, .granted_ms = NOW};
}

static struct logs_facts half(void)
{
    return (struct logs_facts){.asked_ms = NOW,
                               .granted_ms = NOW,
                               .done_ms = NOW,
                               .size = 100,
                               .have = 50,
                               .began_ms = NOW,
                               .last_ms = NOW,
                               .sha256 = {1}};
}

static struct logs_piece at(int64_t where)
{
    return (struct logs_piece){.size = 100, .at = where, .sha256 = {1}, .len = 50};
}

static enum logs_take take(const struct logs_facts *f, struct logs_piece p)
{
    return logs_take(f, &p, NOW + 1);
}

TEST(pieces)
{
    struct logs_facts f = asked(), h = half();

    CHECK_INT(take(&f, at(0)), LOGS_TAKE_BEGIN);
    CHECK_INT(take(&f, at(50)), LOGS_TAKE_ELSE);
    CHECK_INT(take(&h, at(50)), LOGS_TAKE_NEXT);
    CHECK_INT(take(&h, at(0)), LOGS_TAKE_ELSE);
    CHECK_INT(take(&h, at(60)), LOGS_TAKE_ELSE);
    h.have = 100;
    CHECK_INT(take(&h, at(0)), LOGS_TAKE_OVER);
}

TEST(made_anew)
{
    struct logs_facts h = half();
    struct logs_piece p = at(0);

    p.sha256[0] = 2;
    CHECK_INT(take(&h, p), LOGS_TAKE_BEGIN);
    p.at = 50;
    CHECK_INT(take(&h, p), LOGS_TAKE_ELSE);
}

TEST(not_asked_for_or_over)
{
    struct logs_facts f = asked(), h = half();
    struct logs_piece p = at(0);

    f.granted_ms = 0; /* wanted, and not given to it yet */
    CHECK_INT(take(&f, at(0)), LOGS_TAKE_NONE);
    h.why = LOGS_WHY_DAMAGED;
    CHECK_INT(take(&h, at(50)), LOGS_TAKE_OVER);
    h = half();
    h.gone = true;
    CHECK_INT(take(&h, at(50)), LOGS_TAKE_OVER);
    h = half();
    CHECK_INT(logs_take(&h, &p, NOW + LOGS_OPEN_MS + 1), LOGS_TAKE_OVER);
}

TEST(how_far)
{
    struct logs_facts f = asked(), h = half();

    CHECK_INT(logs_judge(&f, NOW), LOGS_STAND_ASKED);
    f.done_ms = NOW;
    CHECK_INT(logs_judge(&f, NOW + LOGS_LATE_MS), LOGS_STAND_MAKING);
    CHECK_INT(logs_judge(&f, NOW + LOGS_LATE_MS + 1), LOGS_STAND_LATE);
    CHECK_INT(logs_judge(&h, NOW + LOGS_SLOW_MS), LOGS_STAND_COMING);
    CHECK_INT(logs_judge(&h, NOW + LOGS_SLOW_MS + 1), LOGS_STAND_SLOW);
    h.have = 100;
    CHECK_INT(logs_judge(&h, NOW + LOGS_KEPT_MS), LOGS_STAND_HERE);
    h.gone = true;
    CHECK_INT(logs_judge(&h, NOW), LOGS_STAND_GONE);
    h = half();
    h.why = LOGS_WHY_BROKEN;
    CHECK_INT(logs_judge(&h, NOW), LOGS_STAND_NOT);
    for (int i = 0; i < LOGS_STANDS; i++)
        CHECK(*logs_stand_word((enum logs_stand)i) && *logs_stand_about((enum logs_stand)i));
}

TEST_MAIN(T(pieces), T(made_anew), T(not_asked_for_or_over), T(how_far))
