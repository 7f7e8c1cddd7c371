/* SPDX-License-Identifier: Apache-2.0
 *
 * RFC 6238, appendix B, whose codes have eight digits: six are the last of them. What is near, what was used.
 */
#include "test.h"

#include "crypto/totp.h"

#define KEY ((const uint8_t *)"12345678901234567890")

TEST(vectors)
{
    static const struct {
        int64_t s;
        const char *code;
    } list[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    char code[TOTP_CODE_LEN + 1];
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        totp_code(KEY, TOTP_KEY_LEN, list[i].s / 30, code);
        CHECK_STR(code, list[i].code);
    }
}

TEST(one_step_before_and_after)
{
    const int64_t step = 1111111111 / 30;
    CHECK_INT(totp_step(KEY, "050471", step * TOTP_STEP_MS, 0), step);
    CHECK_INT(totp_step(KEY, "050471", (step + 2) * TOTP_STEP_MS - 1, 0), step);
    CHECK_INT(totp_step(KEY, "050471", (step - 1) * TOTP_STEP_MS, 0), step);
    CHECK_INT(totp_step(KEY, "050471", (step + 2) * TOTP_STEP_MS, 0), 0);
    CHECK_INT(totp_step(KEY, "050471", (step - 1) * TOTP_STEP_MS - 1, 0), 0);
}

TEST(once)
{
    const int64_t step = 1111111111 / 30, now = step * TOTP_STEP_MS;
    CHECK_INT(totp_step(KEY, "050471", now, step - 1), step);
    CHECK_INT(totp_step(KEY, "050471", now, step), 0);
    CHECK_INT(totp_step(KEY, "081804", now, step), 0); /* the one before it, after it was used */
    CHECK_INT(totp_step(KEY, "081804", now, 0), step - 1);
}

TEST(no_code)
{
    const int64_t now = INT64_C(1111111111000);
    CHECK_INT(totp_step(KEY, "", now, 0), 0);
    CHECK_INT(totp_step(KEY, "05047", now, 0), 0);
    CHECK_INT(totp_step(KEY, "0504711", now, 0), 0);
    CHECK_INT(totp_step(KEY, "05047x", now, 0), 0);
}

TEST(key_in_base32)
{
    char text[TOTP_KEY_TEXT_LEN + 1];
    totp_key_text(KEY, text);
    CHECK_STR(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST_MAIN(T(vectors), T(one_step_before_and_after), T(once), T(no_code), T(key_in_base32))
