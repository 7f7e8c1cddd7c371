/* SPDX-License-Identifier: Apache-2.0
 *
 * Release codes: for one terminal, one count, one attempt.
 */
#include "test.h"

#include "wire/release.h"

static uint8_t secret[RELEASE_SECRET_LEN] = {1, 2, 3};

/* The code of the telephone has one form for ever: computed with openssl mac -digest SHA256. */
TEST(known_answer)
{
    char code[RELEASE_DIGITS + 1];

    release_code(secret, "t-1103-003", 3, "KM47", code);
    CHECK_STR(code, "52473423");
    CHECK_INT(strlen(code), RELEASE_DIGITS);
}

TEST(fits_as_it_is_read_out)
{
    char code[RELEASE_DIGITS + 1], spaced[16];

    release_code(secret, "t-1", 3, "KM47", code);
    CHECK(release_fits(secret, "t-1", 3, "KM47", code));
    snprintf(spaced, sizeof spaced, "%.4s %s", code, code + 4);
    CHECK(release_fits(secret, "t-1", 3, "KM47", spaced));
    spaced[3] = 0;
    CHECK(!release_fits(secret, "t-1", 3, "KM47", spaced));
    CHECK(!release_fits(secret, "t-1", 3, "KM47", ""));
    strcat(strcpy(spaced, code), "0");
    CHECK(!release_fits(secret, "t-1", 3, "KM47", spaced));
}

TEST(for_one_thing_alone)
{
    uint8_t other[RELEASE_SECRET_LEN] = {9};
    char code[RELEASE_DIGITS + 1];

    release_code(secret, "t-1", 3, "KM47", code);
    CHECK(!release_fits(other, "t-1", 3, "KM47", code));
    CHECK(!release_fits(secret, "t-2", 3, "KM47", code));
    CHECK(!release_fits(secret, "t-1", 4, "KM47", code));
    CHECK(!release_fits(secret, "t-1", RELEASE_COUNT_UNKNOWN, "KM47", code));
    CHECK(!release_fits(secret, "t-1", 3, "KM48", code));
    code[7] = code[7] == '9' ? '0' : (char)(code[7] + 1);
    CHECK(!release_fits(secret, "t-1", 3, "KM47", code));
}

TEST(signs)
{
    char signs[RELEASE_SIGNS + 1], read[RELEASE_SIGNS + 1];

    for (int b = 0; b < 256; b++) {
        const uint8_t random[RELEASE_SIGNS] = {(uint8_t)b, 0, 255, (uint8_t)~b};
        release_signs(random, signs);
        CHECK_INT(strlen(signs), RELEASE_SIGNS);
        CHECK(!strpbrk(signs, "ILOU01"));
        CHECK(release_signs_read(signs, read));
        CHECK_STR(read, signs);
    }
    CHECK(release_signs_read("km47", read));
    CHECK_STR(read, "KM47");
    CHECK(!release_signs_read("KM4", read));
    CHECK(!release_signs_read("KM475", read));
    CHECK(!release_signs_read("KM41", read));
    CHECK(!release_signs_read("", read));
}

TEST_MAIN(T(known_answer), T(fits_as_it_is_read_out), T(for_one_thing_alone), T(signs))
