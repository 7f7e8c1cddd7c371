/* SPDX-License-Identifier: Apache-2.0
 *
 * The code of a green-channel card: what is signed is what is read, in one spelling alone.
 */
#include "test.h"

#include "wire/green_code.h"

static struct private_key *key;
static struct manifest_role hall = {.threshold = 1, .n = 2};

static void a_key(void)
{
    static const uint8_t scalar[P256_SCALAR_LEN] = {[31] = 7}, other[P256_SCALAR_LEN] = {[31] = 9};
    struct private_key *before = NULL;

    CHECK_INT(key_from_scalar(scalar, &key, NULL), 0);
    CHECK_INT(key_from_scalar(other, &before, NULL), 0);
    key_public(before, &hall.keys[0]);
    key_public(key, &hall.keys[1]);
    key_free(before);
}

static void key_away(void)
{
    key_free(key);
}

static int read_back(const char *text, struct green_code *ret)
{
    return green_code_decode(text, strlen(text), ret, NULL);
}

TEST(every_kind_comes_back_and_verifies)
{
    for (enum green_kind k = 0; k < GREEN_KINDS; k++) {
        struct green_code c = {.card = {7, "00000042", k, {2027, 12, 31}}}, again;
        struct buf text;
        CHECK_INT(green_code_sign(key, &c, NULL), 0);
        buf_init(&text, GREEN_CODE_MAX);
        CHECK_INT(green_code_encode(&c, &text), 0);
        CHECK_INT(read_back(buf_str(&text), &again), 0);
        CHECK(again.card.office == 7 && again.card.kind == k && again.card.until.day == 31);
        CHECK_STR(again.card.serial, "00000042");
        CHECK_INT(green_code_verify(&hall, &again, NULL), 0);
        buf_adds(&text, "\r\n"); /* as a scanner ends its line */
        CHECK_INT(read_back(buf_str(&text), &again), 0);
        buf_finish(&text);
    }
}

TEST(nothing_on_it_can_be_changed)
{
    struct green_code c = {.card = {1103, "48213907", GREEN_ELDERLY, {2027, 12, 31}}}, d;
    struct manifest_role none = {.threshold = 1, .n = 1};

    CHECK_INT(green_code_sign(key, &c, NULL), 0);
    d = c;
    d.card.office = 1104;
    CHECK_INT(green_code_verify(&hall, &d, NULL), -ERR_SIGNATURE);
    d = c;
    d.card.serial[7] = '8';
    CHECK_INT(green_code_verify(&hall, &d, NULL), -ERR_SIGNATURE);
    d = c;
    d.card.kind = GREEN_MILITARY;
    CHECK_INT(green_code_verify(&hall, &d, NULL), -ERR_SIGNATURE);
    d = c;
    d.card.until.year = 2028;
    CHECK_INT(green_code_verify(&hall, &d, NULL), -ERR_SIGNATURE);
    none.keys[0] = hall.keys[0];
    CHECK_INT(green_code_verify(&none, &c, NULL), -ERR_SIGNATURE);
    none.n = 0;
    CHECK_INT(green_code_verify(&none, &c, NULL), -ERR_SIGNATURE);
}

TEST(other_spellings_are_refused)
{
    static const char *const wrong[] = {
        "",
        "\r\n",
        "TBG1",
        "TBG2 1103 48213907 elderly 2027-12-31 30",
        "TBG1 103 48213907 elderly 2027-12-31 30",
        "TBG1 -103 48213907 elderly 2027-12-31 30",
        "TBG1 1103 4821390 elderly 2027-12-31 30",
        "TBG1 1103 482139070 elderly 2027-12-31 30",
        "TBG1 1103 48213907 Elderly 2027-12-31 30",
        "TBG1 1103 48213907 young 2027-12-31 30",
        "TBG1 1103 48213907 elderly 2027-2-31 30",
        "TBG1 1103 48213907 elderly 2027-02-30 30",
        "TBG1 1103 48213907 elderly 2027-12-31 ",
        "TBG1 1103 48213907 elderly 2027-12-31",
        "TBG1 1103 48213907 elderly 2027-12-31 3",
        "TBG1 1103 48213907 elderly 2027-12-31 AB",
        "TBG1 1103 48213907 elderly 2027-12-31  30",
        "TBG1 1103 48213907 elderly 2027-12-31 30 30",
        " TBG1 1103 48213907 elderly 2027-12-31 30",
        "TBG1 1103 48213907 elderly 2027-12-31 30\n\n",
    };
    char longest[2 * GREEN_CODE_MAX];
    struct green_code c;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK_INT(read_back(wrong[i], &c), -ERR_INVALID);
    CHECK_INT(read_back("TBG1 1103 48213907 elderly 2027-12-31 30", &c), 0);
    memset(longest, '3', sizeof longest);
    CHECK_INT(green_code_decode(longest, sizeof longest, &c, NULL), -ERR_INVALID);
    CHECK_INT(green_code_decode("TBG1 1103 48213907 elderly 2027-12-31 30\0", 41, &c, NULL), -ERR_INVALID);
}

TEST_MAIN(SETUP(a_key), T(every_kind_comes_back_and_verifies), T(nothing_on_it_can_be_changed),
          T(other_spellings_are_refused), TEARDOWN(key_away))
