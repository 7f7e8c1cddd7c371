/* SPDX-License-Identifier: Apache-2.0
 *
 * What a person at a terminal is told of a licence: of each verdict there can be.
 */
#include "test.h"

#include "base/text.h"
#include "tools/hall/rules/licence_told.h"

static const struct date today = {2026, 1, 5};

static struct my_licence tell(const struct licence *l, const struct licence_check *check)
{
    struct my_licence m;
    struct licence_verdict v = licence_verdict("R", l, l ? 1 : 0, check, today);

    licence_told("R", &v, check, &m);
    CHECK_STR(m.kind, "R");
    return m;
}

TEST(by_the_register)
{
    struct licence l = {.kind = "R", .issuer = "市公安局", .number = "****0123", .from = {2024, 1, 5}, .to = {2029, 1, 4}};
    struct my_licence m = tell(&l, NULL);

    CHECK_INT(m.state, MY_LICENCE_HELD);
    CHECK_STR(m.issuer, "市公安局");
    CHECK_INT(date_compare(m.until, l.to), 0);
    l.to = (struct date){0};
    CHECK_INT(tell(&l, NULL).until.year, 0);
    l.to = (struct date){2026, 1, 4};
    m = tell(&l, NULL);
    CHECK_INT(m.state, MY_LICENCE_EXPIRED);
    CHECK_STR(m.issuer, "市公安局");
    CHECK_INT(date_compare(m.until, l.to), 0);
    l.to = (struct date){0};
    l.state = LICENCE_SUSPENDED;
    m = tell(&l, NULL);
    CHECK_INT(m.state, MY_LICENCE_NOT_GOOD);
    CHECK_INT(m.until.year, 0);
    l.state = LICENCE_VALID;
    l.from = (struct date){2026, 1, 6};
    CHECK_INT(tell(&l, NULL).state, MY_LICENCE_NOT_GOOD);
}

TEST(by_the_platform)
{
    static const struct {
        enum licence_why why;
        enum my_licence_why told;
    } whys[] = {{LICENCE_WHY_AWAY, MY_LICENCE_AWAY},
                {LICENCE_WHY_LATE, MY_LICENCE_AWAY},
                {LICENCE_WHY_NOT_BELIEVED, MY_LICENCE_AWAY},
                {LICENCE_WHY_OWN_FILES, MY_LICENCE_AWAY},
                {LICENCE_WHY_SOURCE_AWAY, MY_LICENCE_SOURCE_AWAY},
                {LICENCE_WHY_NO_SUCH_KIND, MY_LICENCE_NOT_TOLD},
                {LICENCE_WHY_NOT_ENTITLED, MY_LICENCE_NOT_TOLD}};
    struct licence_check c = {.kind = "R", .asked = LICENCE_SAID_NONE, .at = 1};
    struct licence old = {.kind = "R", .issuer = "市公安局", .from = {2020, 1, 5}, .to = {2025, 1, 4}};

    CHECK_INT(tell(NULL, &c).state, MY_LICENCE_NONE);
    CHECK_STR(tell(NULL, &c).issuer, "");
    CHECK_INT(tell(NULL, NULL).state, MY_LICENCE_UNCHECKED);
    CHECK_INT(tell(NULL, NULL).why, MY_LICENCE_NOT_ASKED);
    c.asked = LICENCE_NOT_TOLD;
    for (size_t i = 0; i < sizeof whys / sizeof *whys; i++) {
        c.why = whys[i].why;
        CHECK_INT(tell(NULL, &c).state, MY_LICENCE_UNCHECKED);
        CHECK_INT(tell(NULL, &c).why, whys[i].told);
        CHECK_INT(tell(&old, &c).state, MY_LICENCE_UNCHECKED); /* it may have been renewed */
        CHECK_STR(tell(&old, &c).issuer, "");
    }
}

TEST_MAIN(T(by_the_register), T(by_the_platform))
