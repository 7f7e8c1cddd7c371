/* SPDX-License-Identifier: Apache-2.0
 *
 * Which role may do what; how long a code and a session last.
 */
#include "test.h"

#include "base/text.h"
#include "tools/hall/rules/account.h"

#define HOUR INT64_C(3600000)
#define NOW (INT64_C(20000) * 24 * HOUR)

TEST(every_event_has_a_role)
{
    for (enum case_event_kind k = 0; k < CASE_EVENTS; k++) {
        int n = 0;
        for (enum role r = 0; r < ROLES; r++)
            n += role_may(r, k);
        if (!n)
            printf("# nobody may %s\n", case_event_word(k));
        CHECK(n > 0);
        CHECK(!role_may(ROLE_ADMINISTRATOR, k) && !role_may(ROLE_FLEET, k) && !role_may(ROLE_PUBLISHER, k));
    }
}

TEST(who_may_what)
{
    CHECK(role_may(ROLE_WINDOW, CASE_EVENT_ACCEPT) && !role_may(ROLE_WINDOW, CASE_EVENT_DECIDE));
    CHECK(role_may(ROLE_DEPARTMENT, CASE_EVENT_DECIDE));
    CHECK(role_may(ROLE_SUPERVISOR, CASE_EVENT_HAND_OVER) && !role_may(ROLE_SUPERVISOR, CASE_EVENT_DECIDE));
    CHECK(role_sees_cases(ROLE_SUPERVISOR) && !role_sees_cases(ROLE_ADMINISTRATOR));
}

/* Who looks after accounts, terminals or items does that alone, and nobody else does; nothing of applicants is for them. */
static bool of_one_role(enum role_use u, enum role *ret)
{
    static const struct {
        enum role_use use;
        enum role role;
    } own[] = {{ROLE_USE_AUDIT, ROLE_ADMINISTRATOR},
               {ROLE_USE_PEOPLE, ROLE_ADMINISTRATOR},
               {ROLE_USE_PUBLISH, ROLE_PUBLISHER},
               {ROLE_USE_FLEET, ROLE_FLEET}};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i].use == u) {
            *ret = own[i].role;
            return true;
        }
    return false;
}

TEST(uses)
{
    for (enum role_use u = 0; u < ROLE_USES; u++) {
        int n = 0;
        enum role only = ROLES;
        bool apart = of_one_role(u, &only);

        for (enum role r = 0; r < ROLES; r++)
            n += role_uses(r, u);
        CHECK(n > 0);
        if (apart)
            CHECK(n == 1 && role_uses(only, u));
        else
            CHECK(!role_uses(ROLE_ADMINISTRATOR, u) && !role_uses(ROLE_FLEET, u) && !role_uses(ROLE_PUBLISHER, u));
    }
    CHECK(role_uses(ROLE_WINDOW, ROLE_USE_OPEN) && role_uses(ROLE_SUPERVISOR, ROLE_USE_OPEN));
    CHECK(role_uses(ROLE_SUPERVISOR, ROLE_USE_WATCH) && !role_uses(ROLE_WINDOW, ROLE_USE_WATCH));
    CHECK(!role_uses(ROLE_SUPERVISOR, ROLE_USE_PRINT) && !role_uses(ROLE_SUPERVISOR, ROLE_USE_CALL));
}

TEST(words)
{
    enum role found = ROLES;
    for (enum role r = 0; r < ROLES; r++) {
        CHECK(role_by_word(role_word(r), &found));
        CHECK_INT(found, r);
    }
    CHECK(!role_by_word("boss", &found));
    CHECK(!role_by_word("", &found));
}

TEST(ids)
{
    CHECK(account_id_valid("0417") && account_id_valid("zhang.san-2_b"));
    CHECK(!account_id_valid("") && !account_id_valid("a b") && !account_id_valid("a\n") &&
          !account_id_valid("\xe5\xbc\xa0"));
    CHECK(account_id_valid("12345678901234567890123456789012"));
    CHECK(!account_id_valid("123456789012345678901234567890123"));
}

TEST(a_code)
{
    struct account a = {.state = ACCOUNT_DISABLED, .kept = "kept", .totp = {1}, .totp_step = 7};
    const uint8_t code[SHA256_LEN] = {1}, other[SHA256_LEN] = {2}, none[SHA256_LEN] = {0};
    CHECK_INT(account_code_judge(&a, none, NOW), ACCOUNT_CODE_WRONG);
    account_invite(&a, code, NOW);
    CHECK_STR(a.kept, "");
    CHECK_INT(a.totp[0] + a.totp_step, 0);
    CHECK_INT(account_code_judge(&a, code, NOW), ACCOUNT_CODE_MAY);
    CHECK_INT(account_code_judge(&a, other, NOW), ACCOUNT_CODE_WRONG);
    CHECK_INT(account_code_judge(&a, code, NOW + 24 * HOUR - 1), ACCOUNT_CODE_MAY);
    CHECK_INT(account_code_judge(&a, code, NOW + 24 * HOUR), ACCOUNT_CODE_LATE);
    CHECK_INT(account_code_judge(&a, other, NOW + 24 * HOUR), ACCOUNT_CODE_WRONG); /* learns nothing of the right one */
    a.state = ACCOUNT_ACTIVE;
    CHECK_INT(account_code_judge(&a, code, NOW), ACCOUNT_CODE_WRONG);
}

TEST(a_code_as_it_is_typed)
{
    uint8_t one[SHA256_LEN], same[SHA256_LEN], other[SHA256_LEN], long_one[SHA256_LEN];
    char text[300];
    account_code_hash("K7QF-M2XD-WH3R-9TAB", one);
    account_code_hash(" k7qf m2xd wh3r 9tab ", same);
    account_code_hash("K7QF-M2XD-WH3R-9TAC", other);
    memset(text, 'A', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    account_code_hash(text, long_one);
    CHECK_MEM(one, same, sizeof one);
    CHECK(memcmp(one, other, sizeof one) != 0 && memcmp(one, long_one, sizeof one) != 0);
}

TEST(disabled)
{
    struct account a = {.state = ACCOUNT_ACTIVE, .role = ROLE_WINDOW};
    CHECK_INT(account_judge(&a, CASE_EVENT_ACCEPT), CASE_MAY);
    CHECK_INT(account_judge(&a, CASE_EVENT_DECIDE), CASE_REFUSAL_NO_ROLE);
    a.state = ACCOUNT_DISABLED;
    CHECK_INT(account_judge(&a, CASE_EVENT_ACCEPT), CASE_REFUSAL_NO_ROLE);
}

TEST(a_session)
{
    CHECK_INT(session_judge(NOW, NOW, NOW), SESSION_GOOD);
    CHECK_INT(session_judge(NOW, NOW, NOW + HOUR / 2 - 1), SESSION_GOOD);
    CHECK_INT(session_judge(NOW, NOW, NOW + HOUR / 2), SESSION_IDLE);
    CHECK_INT(session_judge(NOW, NOW + 12 * HOUR - 2, NOW + 12 * HOUR - 1), SESSION_GOOD);
    CHECK_INT(session_judge(NOW, NOW + 12 * HOUR - 1, NOW + 12 * HOUR), SESSION_OVER);
    CHECK_INT(session_judge(NOW, NOW, NOW - 59000), SESSION_GOOD);
    CHECK_INT(session_judge(NOW, NOW, NOW - HOUR), SESSION_OVER);
}

TEST_MAIN(T(every_event_has_a_role), T(who_may_what), T(uses), T(words), T(ids), T(a_code), T(a_code_as_it_is_typed),
          T(disabled), T(a_session))
