/* SPDX-License-Identifier: Apache-2.0
 *
 * Identity numbers, validity of cards, masks. All numbers are synthetic or the standard's own examples.
 */
#include "model/identity.h"

#include "base/text.h"
#include "test.h"

static const struct date today = {2026, 1, 5};

static struct identity sample(void)
{
    struct identity id = {
        .kind = IDENTITY_RESIDENT,
        .name = "测试甲",
        .sex = '2',
        .birth = {1949, 12, 31},
        .number = "11010519491231002X",
        .valid_from = {2020, 1, 5},
        .valid_to = {2040, 1, 5},
    };
    return id;
}

TEST(a_number_in_words)
{
    CHECK(citizen_number_in("11010519491231002X"));
    CHECK(citizen_number_in("核对过11010519491231002x的原件"));
    CHECK(citizen_number_in("核对过 110105 19491231 002X 的原件"));
    CHECK(citizen_number_in("110105-19491231-002X"));
    CHECK(citizen_number_in("电话 12345，110101199003070038。"));
    CHECK(citizen_number_in("10:00 11010519491231002X 来取卡"));
    CHECK(citizen_number_in("手机13800000123 11010519491231002X"));
    CHECK(citizen_number_in("2 11010519491231002X"));
    CHECK(citizen_number_in("１１０１０５１９４９１２３１００２Ｘ"));
    CHECK(citizen_number_in("110105·19491231·002X"));
    CHECK(citizen_number_in("110105.1949.12.31.002X"));
    CHECK(citizen_number_in("110105\u00a019491231\u2013002x"));
    CHECK(citizen_number_in("11010519491231002X\xff"));
    CHECK(!citizen_number_in("110105 --- 19491231002X"));       /* not of one number */
    CHECK(!citizen_number_in("1103 003 261119 00027 8"));       /* a case */
    CHECK(!citizen_number_in("6555 0100，13800000123，12345")); /* telephones */
    CHECK(!citizen_number_in(""));
    CHECK(!citizen_number_in("Xx - X"));
    CHECK(!citizen_number_in("11010519491231003X"));  /* no check character of its own */
    CHECK(!citizen_number_in("1103003260105000279")); /* a case */
    CHECK(!citizen_number_in("110105********002X"));
    CHECK(!citizen_number_in("1110110500000000000X11010519491231002X")); /* part of a longer row */
}

TEST(good_numbers)
{
    CHECK(citizen_number_valid("11010519491231002X"));
    CHECK(citizen_number_valid("11010519491231002x"));
    CHECK(citizen_number_valid("440524188001010014"));
    CHECK(citizen_number_valid("34052419800101001X"));
    CHECK(citizen_number_valid("810000188001010015"));
    CHECK(citizen_number_valid("830000188001010035"));
    CHECK(citizen_number_valid("911398199012310021")); /* foreigner, 2023 */
}

TEST(bad_numbers)
{
    static const char *const bad[] = {
        "",
        "1",
        "11010519491231002",
        "11010519491231002XX",
        "110105194912310021",
        "110105194913310029",
        "911398199012310022",
        "91139819900231002X",
        "11010519491231002Y",
        "X1010519491231002X",
        "１１０１０５１９４９１２３１００２Ｘ",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!citizen_number_valid(bad[i]));
}

TEST(every_wrong_digit_and_swap_is_found)
{
    const char *good = "440524188001010014";
    char other[19];
    for (int at = 0; at < 18; at++) {
        strcpy(other, good);
        for (other[at] = '0'; other[at] <= '9'; other[at]++) {
            if (other[at] != good[at])
                CHECK(!citizen_number_valid(other));
        }
        if (at == 17 || good[at] == good[at + 1])
            continue;
        strcpy(other, good);
        other[at] = good[at + 1];
        other[at + 1] = good[at];
        CHECK(!citizen_number_valid(other));
    }
}

TEST(check_characters)
{
    CHECK_INT(citizen_number_check_character("11010519491231002"), 'X');
    CHECK_INT(citizen_number_check_character("44052418800101001"), '4');
    CHECK_INT(citizen_number_check_character("1101051949123100"), 0);
    CHECK_INT(citizen_number_check_character("1101051949A231002"), 0);
}

TEST(validity_of_a_card)
{
    struct identity id = sample();
    CHECK_INT(identity_check(&id, today), IDENTITY_OK);
    id.valid_to = today; /* the last day still counts */
    CHECK_INT(identity_check(&id, today), IDENTITY_OK);
    id.valid_to = (struct date){2026, 1, 4};
    CHECK_INT(identity_check(&id, today), IDENTITY_EXPIRED);
    id.long_term = true;
    CHECK_INT(identity_check(&id, today), IDENTITY_OK);
    id.valid_from = (struct date){2026, 1, 6};
    CHECK_INT(identity_check(&id, today), IDENTITY_NOT_YET);
    strcpy(id.number, "110105194912310021");
    CHECK_INT(identity_check(&id, today), IDENTITY_BAD_NUMBER);
}

TEST(birth_and_number_may_disagree)
{
    struct identity id = sample();
    id.birth = (struct date){1950, 1, 1};
    CHECK_INT(identity_check(&id, today), IDENTITY_OK);
}

TEST(foreigners_cards_of_2017)
{
    struct identity id = sample();
    id.kind = IDENTITY_FOREIGN_2017;
    strcpy(id.number, "KAZ110090123105");
    CHECK_INT(identity_check(&id, today), IDENTITY_OK);
    strcpy(id.number, "KAZ110090123106");
    CHECK_INT(identity_check(&id, today), IDENTITY_BAD_NUMBER);
    strcpy(id.number, "KA1110090123105");
    CHECK_INT(identity_check(&id, today), IDENTITY_BAD_NUMBER);
    strcpy(id.number, "11010519491231002X");
    CHECK_INT(identity_check(&id, today), IDENTITY_BAD_NUMBER);
}

TEST(foreigners_numbers_of_2017)
{
    CHECK(identity_number_valid(IDENTITY_FOREIGN_2017, "KAZ110090123105"));
    CHECK(!identity_number_valid(IDENTITY_FOREIGN_2017, "KAZ110090133108")); /* no such day; the check is right */
    CHECK(!identity_number_valid(IDENTITY_FOREIGN_2017, "QQQ110090123106")); /* no such nationality */
    CHECK(!identity_number_valid(IDENTITY_FOREIGN_2017, "kaz110090123105"));
}

/* Vectors of the standard's extract and of howardli/CredentialKit. */
TEST(foreigners_numbers_of_2023)
{
    CHECK(identity_number_valid(IDENTITY_FOREIGN_2023, "911398199012310021"));
    CHECK(!identity_number_valid(IDENTITY_FOREIGN_2023, "911398199012310022")); /* check */
    CHECK(!identity_number_valid(IDENTITY_FOREIGN_2023, "999398199012310023")); /* province */
    CHECK(!identity_number_valid(IDENTITY_FOREIGN_2023, "911999199012310020")); /* nationality */
    CHECK(!identity_number_valid(IDENTITY_FOREIGN_2023, "911398199002310028")); /* day */
    CHECK(!identity_number_valid(IDENTITY_FOREIGN_2023, "11010519491231002X")); /* a citizen's */
}

TEST(numbers_belong_to_their_kind_of_card)
{
    CHECK(identity_number_valid(IDENTITY_RESIDENT, "11010519491231002X"));
    CHECK(!identity_number_valid(IDENTITY_RESIDENT, "810000188001010015"));
    CHECK(!identity_number_valid(IDENTITY_RESIDENT, "911398199012310021"));
    CHECK(identity_number_valid(IDENTITY_HMT, "810000188001010015"));
    CHECK(identity_number_valid(IDENTITY_HMT, "820000188001010025"));
    CHECK(identity_number_valid(IDENTITY_HMT, "830000188001010035"));
    CHECK(!identity_number_valid(IDENTITY_HMT, "11010519491231002X"));
}

TEST(same_person)
{
    struct identity a = sample(), b = sample();
    b.valid_to.year++; /* a newer card */
    CHECK(identity_same(&a, &b));
    strcpy(b.name, "测试乙"); /* a number given twice */
    CHECK(!identity_same(&a, &b));
    b = sample();
    strcpy(b.number, "440524188001010014");
    CHECK(!identity_same(&a, &b));
}

TEST(nations)
{
    CHECK_STR(identity_nation_name("01"), "汉");
    CHECK_STR(identity_nation_name("05"), "维吾尔");
    CHECK_STR(identity_nation_name("43"), "乌孜别克");
    CHECK_STR(identity_nation_name("46"), "德昂");
    CHECK_STR(identity_nation_name("56"), "基诺");
    CHECK_STR(identity_nation_name("97"), "其他");
    CHECK_STR(identity_nation_name("98"), "外国血统中国籍人士");
    CHECK_STR(identity_nation_name("57"), "");
    CHECK_STR(identity_nation_name("00"), "");
    CHECK_STR(identity_nation_name("1"), "");
    CHECK_STR(identity_nation_name(""), "");
    for (int i = 1; i <= 56; i++) {
        char code[12];
        snprintf(code, sizeof code, "%02d", i);
        CHECK(identity_nation_name(code)[0] != '\0');
    }
}

TEST(masks)
{
    char out[64];
    identity_mask_number("11010519491231002X", out, sizeof out);
    CHECK_STR(out, "110105********002X");
    identity_mask_number("KAZ110090123105", out, sizeof out);
    CHECK_STR(out, "KAZ110*****3105");
    identity_mask_number("1234567890", out, sizeof out);
    CHECK_STR(out, "**********");
    identity_mask_name("测试甲", out, sizeof out);
    CHECK_STR(out, "测*甲");
    identity_mask_name("测甲", out, sizeof out);
    CHECK_STR(out, "测*");
    identity_mask_name("测", out, sizeof out);
    CHECK_STR(out, "*");
    identity_mask_name("测试甲乙", out, sizeof out);
    CHECK_STR(out, "测**乙");
    identity_mask_name("", out, sizeof out);
    CHECK_STR(out, "");
    identity_mask_mobile("13800000123", out, sizeof out);
    CHECK_STR(out, "138****0123");
    identity_mask_mobile("1380000", out, sizeof out);
    CHECK_STR(out, "*******");
    identity_mask_address("示例市测试区甲路 1 号", out, sizeof out);
    CHECK_STR(out, "示例市测试区****");
    identity_mask_address("甲路1号", out, sizeof out); /* of a short one not all */
    CHECK_STR(out, "甲路****");
}

TEST(a_mask_in_too_small_a_place_shows_nothing)
{
    char out[24];
    for (size_t cap = 1; cap <= 18; cap++) {
        memset(out, 'z', sizeof out);
        identity_mask_number("11010519491231002X", out, cap);
        CHECK_INT(strlen(out), cap - 1);
        CHECK_INT(strspn(out, "*"), cap - 1);
        CHECK(out[cap] == 'z');
    }
    identity_mask_name("测试甲", out, 7);
    CHECK(utf8_valid(out, strlen(out)));
    identity_mask_name("测试甲", out, 0);
}

/* A character that is told by its code is one, and so is one with a variation selector. */
TEST(masks_count_as_people_do)
{
    char out[64];

    identity_mask_name("测䶮〔U+E000〕", out, sizeof out);
    CHECK_STR(out, "测*〔U+E000〕");
    identity_mask_name("〔U+E000〕甲", out, sizeof out);
    CHECK_STR(out, "〔U+E000〕*");
    identity_mask_name("测〔U+10FFFD〕〔U+E000〕甲", out, sizeof out);
    CHECK_STR(out, "测**甲");
    identity_mask_name("葛\xF3\xA0\x84\x80甲", out, sizeof out);
    CHECK_STR(out, "葛\xF3\xA0\x84\x80*");
    identity_mask_name("测〔U+", out, sizeof out); /* not a code: four characters */
    CHECK_STR(out, "测**+");
    identity_mask_address("四川省广安〔U+E000〕某路", out, sizeof out);
    CHECK_STR(out, "四川省广****");
}

TEST_MAIN(T(a_number_in_words), T(good_numbers), T(bad_numbers), T(every_wrong_digit_and_swap_is_found), T(check_characters),
          T(validity_of_a_card), T(birth_and_number_may_disagree), T(foreigners_cards_of_2017),
          T(foreigners_numbers_of_2017), T(foreigners_numbers_of_2023), T(numbers_belong_to_their_kind_of_card),
          T(same_person), T(nations), T(masks), T(a_mask_in_too_small_a_place_shows_nothing), T(masks_count_as_people_do))
