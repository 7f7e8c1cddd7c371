/* SPDX-License-Identifier: Apache-2.0
 *
 * What cards say: the synthetic vectors, each kind, and what must be refused.
 */
#include "drivers/idcard/card_text.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/secret.h"
#include "drivers/virtual/card_file.h"
#include "test.h"

#define VECTORS "tests/vectors/idcard-card-texts.txt"

static struct identity id;

/* The hexadecimal line behind the line that begins with `name`. */
static void load(const char *name, uint8_t bytes[CARD_TEXT_LEN])
{
    struct buf text;
    struct err e;
    size_t len = 0;
    memset(bytes, 0, CARD_TEXT_LEN);
    CHECK_INT(fs_read(VECTORS, 65536, &text, &e), 0);
    const char *line = strstr(buf_str(&text), name), *hex = line ? strchr(line, '\n') : NULL;
    CHECK(hex != NULL);
    if (hex)
        CHECK_INT(hex_decode(hex + 1, 512, bytes, CARD_TEXT_LEN, &len), 0);
    CHECK_INT(len, CARD_TEXT_LEN);
    buf_finish(&text);
}

/* Decodes a card file's text. */
static int decode(const char *text)
{
    struct virtual_card card;
    struct err e = {0};
    int rc = card_file_parse(text, &card, &e);
    if (rc < 0)
        printf("# %s\n", e.text);
    CHECK_INT(rc, 0);
    memset(&id, 0x5A, sizeof id);
    return card_text_decode(card.text, &id, &e);
}

static int parse(const char *text, uint8_t bytes[CARD_TEXT_LEN], struct err *e)
{
    struct virtual_card card;
    int rc = card_file_parse(text, &card, e);
    memcpy(bytes, card.text, CARD_TEXT_LEN);
    return rc;
}

static int decode_with(uint8_t bytes[CARD_TEXT_LEN], size_t at, const char *utf16)
{
    uint8_t changed[CARD_TEXT_LEN];
    struct err e;
    memcpy(changed, bytes, sizeof changed);
    for (size_t i = 0; utf16[i]; i++)
        changed[at + 2 * i] = (uint8_t)utf16[i];
    return card_text_decode(changed, &id, &e);
}

static void check_date(struct date d, int year, int month, int day)
{
    CHECK_INT(d.year, year);
    CHECK_INT(d.month, month);
    CHECK_INT(d.day, day);
}

TEST(resident)
{
    uint8_t bytes[CARD_TEXT_LEN];
    struct err e;
    load("R1 ", bytes);
    CHECK_INT(card_text_decode(bytes, &id, &e), 0);
    CHECK_INT(id.kind, IDENTITY_RESIDENT);
    CHECK_STR(id.name, "测试甲");
    CHECK_STR(id.name_latin, "");
    CHECK_INT(id.sex, '2');
    CHECK_STR(id.nation, "01");
    check_date(id.birth, 1949, 12, 31);
    CHECK_STR(id.address, "北京市朝阳区测试路1号");
    CHECK_STR(id.number, "11010519491231002X");
    CHECK_STR(id.authority, "北京市公安局朝阳分局");
    check_date(id.valid_from, 2020, 1, 2);
    check_date(id.valid_to, 2040, 1, 2);
    CHECK(!id.long_term);
}

TEST(resident_for_life)
{
    uint8_t bytes[CARD_TEXT_LEN];
    struct err e;
    load("R2 ", bytes);
    CHECK_INT(card_text_decode(bytes, &id, &e), 0);
    CHECK_STR(id.name, "测试乙");
    CHECK_INT(id.sex, '1');
    CHECK_STR(id.nation, "56");
    CHECK(id.long_term);
    check_date(id.valid_from, 2015, 6, 30);
}

TEST(residence_permit)
{
    uint8_t bytes[CARD_TEXT_LEN];
    struct err e;
    load("J1 ", bytes);
    CHECK_INT(card_text_decode(bytes, &id, &e), 0);
    CHECK_INT(id.kind, IDENTITY_HMT);
    CHECK_STR(id.name, "測試丙");
    CHECK_STR(id.nation, "");
    CHECK_STR(id.number, "810000188001010015");
    CHECK_STR(id.permit, "H00000000");
    CHECK_STR(id.issue_count, "01");
    check_date(id.valid_to, 2024, 9, 1);
}

TEST(foreigner_2017)
{
    CHECK_INT(decode("kind foreign-2017\nname-latin TEST, PERSON ALPHA\nname 测试丁\nsex 2\nnumber KAZ110090123105\n"
                     "nationality KAZ\nfrom 20180101\nto 20280101\nbirth 19901231\nversion 01\nauthority 1500\n"),
              0);
    CHECK_INT(id.kind, IDENTITY_FOREIGN_2017);
    CHECK_STR(id.name_latin, "TEST, PERSON ALPHA");
    CHECK_STR(id.name, "测试丁");
    CHECK_STR(id.number, "KAZ110090123105");
    CHECK_STR(id.nationality, "KAZ");
    CHECK_STR(id.authority, "1500");
    check_date(id.birth, 1990, 12, 31);
}

TEST(foreigner_2023)
{
    CHECK_INT(decode("kind foreign-2023\nname 测试戊\nsex 1\ncount 02\nbirth 19901231\n"
                     "name-latin PERSON WITH A NAME OF MANY LETTERSX\nname-more AND MORE\nnumber 911398199012310021\n"
                     "nationality 398\nfrom 20240101\nto 长期\n"),
              0);
    CHECK_INT(id.kind, IDENTITY_FOREIGN_2023);
    CHECK_STR(id.name_latin, "PERSON WITH A NAME OF MANY LETTERSXAND MORE");
    CHECK_STR(id.issue_count, "02");
    CHECK_STR(id.nation, "");
    CHECK_STR(id.nationality, "398");
    CHECK(id.long_term);
}

#define GOOD                                                                                                                \
    "name 测试甲\nsex 2\nnation 01\nbirth 19491231\naddress 北京市\nnumber 11010519491231002X\nauthority 公安局\n" \
    "from 20200102\nto 20400102\n"

TEST(rare_characters_are_surrogate_pairs)
{
    uint8_t bytes[CARD_TEXT_LEN];
    struct err e;
    CHECK_INT(parse(GOOD "name \xF0\xA0\xAE\xB7测\n", bytes, &e), 0); /* U+20BB7 */
    CHECK_MEM(bytes, "\x42\xD8\xB7\xDF", 4);
    CHECK_INT(card_text_decode(bytes, &id, &e), 0);
    CHECK_STR(id.name, "\xF0\xA0\xAE\xB7测");
    bytes[3] = 0x4E; /* a high surrogate alone */
    CHECK_INT(card_text_decode(bytes, &id, &e), -ERR_INVALID);
}

/* As present code points; one of unknown meaning by its number; the bytes stays as it was. */
TEST(private_use_characters)
{
    struct virtual_card card;
    struct err e;
    CHECK_INT(card_file_parse(GOOD "name 测{E863}{E000}\n", &card, &e), 0);
    CHECK_MEM(card.text, "\x4B\x6D\x63\xE8\x00\xE0", 6);
    CHECK_INT(card_text_decode(card.text, &id, &e), 0);
    CHECK_STR(id.name, "测䶮〔U+E000〕");
    CHECK_MEM(id.card_text, card.text, sizeof id.card_text);
}

TEST(a_newest_address)
{
    struct virtual_card card;
    struct err e = {0};
    CHECK_INT(card_file_parse(GOOD "newest-address 广东省{E816}路2号\n", &card, &e), 0);
    CHECK_INT(card_text_decode(card.text, &id, &e), 0);
    CHECK(!id.newest_address);
    CHECK_INT(card_address_decode(card.address, &id, &e), 0);
    CHECK_STR(id.address, "广东省\xF0\xA0\x82\x87路2号");
    CHECK(id.newest_address);
    card.address[0] = 0;
    card.address[1] = 0xD8; /* half a pair */
    CHECK_INT(card_address_decode(card.address, &id, &e), -ERR_INVALID);
    CHECK_STR(id.address, "广东省\xF0\xA0\x82\x87路2号");
    CHECK_INT(card_file_parse(GOOD "newest-address  \n", &card, &e), 0); /* nothing but spaces */
    CHECK_INT(card_text_decode(card.text, &id, &e), 0);
    CHECK_INT(card_address_decode(card.address, &id, &e), 0);
    CHECK_STR(id.address, "北京市");
    CHECK(!id.newest_address);
}

/* A space at the end of the first field is one of the name's. */
TEST(a_long_latin_name_keeps_its_spaces)
{
#define Y "kind foreign-2023\nsex 1\nbirth 19901231\nnumber 911398199012310021\nnationality 398\nfrom 20240101\nto 长期\n"
    CHECK_INT(decode(Y "name-latin TESTPERSON ALPHA BETA GAMMA ANNE\nname-more KATHARINA\n"), 0);
    CHECK_STR(id.name_latin, "TESTPERSON ALPHA BETA GAMMA ANNE KATHARINA");
    CHECK_INT(decode(Y "name-latin TESTPERSON, ALPHA BETA GAMMAS ANNX\nname-more KATHARINA\n"), 0);
    CHECK_STR(id.name_latin, "TESTPERSON, ALPHA BETA GAMMAS ANNX KATHARINA"); /* 34 characters and a space */
    CHECK_INT(decode(Y "name-latin TESTPERSON, ALPHA BETA GAMMAS ANNXY\nname-more KATHARINA\n"), 0);
    CHECK_STR(id.name_latin, "TESTPERSON, ALPHA BETA GAMMAS ANNXYKATHARINA"); /* 35: one word */
    CHECK_INT(decode(Y "name-latin TESTPERSON ALPHA\n"), 0);
    CHECK_STR(id.name_latin, "TESTPERSON ALPHA");
#undef Y
}

static void fill_up(uint8_t bytes[CARD_TEXT_LEN], size_t at, size_t len)
{
    for (size_t i = at + len; i >= at + 2 && bytes[i - 2] == ' ' && bytes[i - 1] == 0; i -= 2)
        bytes[i - 2] = 0;
}

/* NUL instead of spaces behind each field of each kind, and in what is spare. */
TEST(padding_may_be_nul)
{
    static const char *const kinds[] = {
        GOOD,
        "kind hmt\nname 測試丙\nsex 1\nbirth 18800101\naddress 某地\nnumber 810000188001010015\nauthority 某局\nfrom "
        "20190902\n"
        "to 长期\npermit H0000000\ncount 1\n",
        "kind foreign-2017\nname-latin TEST\nname 测试丁\nsex 2\nnumber KAZ110090123105\nnationality KAZ\nfrom 20180101\n"
        "to 长期\nbirth 19901231\nversion 01\nauthority 150\n",
        "kind foreign-2023\nname 测试戊\nsex 1\ncount 2\nbirth 19901231\nname-latin TEST\nname-more MORE\n"
        "number 911398199012310021\nnationality 398\nfrom 20240101\nto 长期\n"};
    static const size_t fields[][2] = {{0, 30},  {52, 70}, {158, 30}, {204, 16}, {220, 18}, {238, 4}, {242, 6},
                                       {248, 2}, {250, 6}, {0, 120},  {158, 30}, {204, 16}, {240, 8}, {0, 30},
                                       {32, 4},  {52, 70}, {204, 16}, {220, 22}, {242, 6},  {250, 6}};
    static struct identity spaces;

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        uint8_t bytes[CARD_TEXT_LEN];
        struct err e = {0};

        CHECK_INT(parse(kinds[k], bytes, &e), 0);
        CHECK_INT(card_text_decode(bytes, &spaces, &e), 0);
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            fill_up(bytes, fields[i][0], fields[i][1]);
        CHECK_INT(card_text_decode(bytes, &id, &e), 0);
        memcpy(id.card_text, spaces.card_text, sizeof id.card_text);
        CHECK_MEM(&id, &spaces, sizeof id);
    }
}

/* What nobody sees makes a name another than it looks: it is left out. Damage is refused. */
TEST(invisible_characters_are_left_out)
{
    static const char *const left_out[] = {"200B", "FEFF", "202E", "2066", "00AD", "3164", "200D", "2060"};
    static const char *const refused[] = {"FFFE", "FFFF", "0085", "2028", "FDD0"};
    char text[400];

    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++) {
        snprintf(text, sizeof text, GOOD "name {%s}测{%s}甲{%s}\naddress 北京{%s}市\nauthority {%s}公安局\n", left_out[i],
                 left_out[i], left_out[i], left_out[i], left_out[i]);
        CHECK_INT(decode(text), 0);
        CHECK_STR(id.name, "测甲");
        CHECK_STR(id.address, "北京市");
        CHECK_STR(id.authority, "公安局");
        snprintf(text, sizeof text, GOOD "name {%s}{%s}\n", left_out[i], left_out[i]);
        CHECK_INT(decode(text), -ERR_INVALID); /* no name at all */
    }
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        snprintf(text, sizeof text, GOOD "name 测{%s}甲\n", refused[i]);
        CHECK_INT(decode(text), -ERR_INVALID);
    }
    CHECK_INT(decode(GOOD "name 葛\xF3\xA0\x84\x80甲\n"), 0); /* a variation selector is part of the name */
    CHECK_STR(id.name, "葛\xF3\xA0\x84\x80甲");
}

/* A card is not expired that never was valid: what it says is damaged. */
TEST(validity_that_ends_before_it_begins)
{
    CHECK_INT(decode(GOOD "from 20400103\n"), -ERR_INVALID);
    CHECK_INT(decode(GOOD "from 20400102\n"), 0); /* a day */
    CHECK_INT(decode(GOOD "from 20400103\nto 长期\n"), 0);
}

TEST(what_must_be_refused)
{
    uint8_t good[CARD_TEXT_LEN];
    struct err e;
    CHECK_INT(parse(GOOD, good, &e), 0);
    CHECK_INT(decode_with(good, 0, ""), 0);
    CHECK_INT(decode_with(good, 248, "Q"), -ERR_VERSION);
    CHECK_INT(decode_with(good, 248, "j"), -ERR_VERSION);
    CHECK_INT(decode_with(good, 36, "19490231"), -ERR_INVALID);
    CHECK_INT(decode_with(good, 36, "1949 231"), -ERR_INVALID);
    CHECK_INT(decode_with(good, 36, "00000000"), -ERR_INVALID);
    CHECK_INT(decode_with(good, 188, "20200230"), -ERR_INVALID);
    CHECK_INT(decode_with(good, 204, "20401301"), -ERR_INVALID);
    CHECK_INT(decode_with(good, 204, "        "), -ERR_INVALID);
    CHECK_INT(decode_with(good, 30, "3"), -ERR_INVALID);
    CHECK_INT(decode_with(good, 30, " "), -ERR_INVALID);
    CHECK_INT(decode_with(good, 32, "A1"), -ERR_INVALID);
    CHECK_INT(decode_with(good, 122, "1101051949123100  "), -ERR_INVALID);
    CHECK_INT(decode_with(good, 122, "1101 5194912310021"), -ERR_INVALID);
    CHECK_INT(decode_with(good, 28, "\n"), -ERR_INVALID);
    good[0] = good[1] = 0; /* U+0000 in the name */
    CHECK_INT(card_text_decode(good, &id, &e), -ERR_INVALID);
}

TEST(a_name_must_be_there)
{
    uint8_t bytes[CARD_TEXT_LEN];
    struct err e;
    CHECK_INT(parse(GOOD, bytes, &e), 0);
    CHECK_INT(decode_with(bytes, 0, ""), 0);
    for (int i = 0; i < 30; i++)
        bytes[i] = i % 2 ? 0 : ' ';
    CHECK_INT(card_text_decode(bytes, &id, &e), -ERR_INVALID);
}

TEST(a_wrong_check_character_is_for_the_session_to_judge)
{
    CHECK_INT(decode(GOOD "number 110105194912310021\n"), 0);
    CHECK_STR(id.number, "110105194912310021");
    CHECK_INT(decode(GOOD "number 11010519491231002x\n"), 0);
    CHECK_STR(id.number, "11010519491231002X");
}

TEST(nothing_is_changed_on_failure)
{
    uint8_t bytes[CARD_TEXT_LEN];
    struct err e;
    static struct identity before;
    memset(&id, 0x5A, sizeof id);
    before = id;
    CHECK_INT(parse(GOOD "to 20401301\n", bytes, &e), 0);
    CHECK_INT(card_text_decode(bytes, &id, &e), -ERR_INVALID);
    CHECK_MEM(&id, &before, sizeof id);
    CHECK_STR(e.text, "the card's date \"valid to\" is impossible");
}

TEST(full_fields)
{
    CHECK_INT(decode(GOOD "name 测测测测测测测测测测测测测测测\n"
                          "address 测测测测测测测测测测测测测测测测测测测测测测测测测测测测测测测测测测测\n"
                          "authority 局局局局局局局局局局局局局局局\n"),
              0);
    CHECK_INT(strlen(id.name), 45);
    CHECK_INT(strlen(id.address), 35 * 3);
    CHECK_INT(strlen(id.authority), IDENTITY_AUTHORITY_MAX);
}

TEST_MAIN(T(resident), T(resident_for_life), T(residence_permit), T(foreigner_2017), T(foreigner_2023),
          T(rare_characters_are_surrogate_pairs), T(private_use_characters), T(a_newest_address),
          T(a_long_latin_name_keeps_its_spaces), T(padding_may_be_nul), T(invisible_characters_are_left_out),
          T(validity_that_ends_before_it_begins), T(what_must_be_refused), T(a_name_must_be_there),
          T(a_wrong_check_character_is_for_the_session_to_judge), T(nothing_is_changed_on_failure), T(full_fields))
