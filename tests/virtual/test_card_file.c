/* SPDX-License-Identifier: Apache-2.0
 *
 * Card files: those of tests/cards give the vectors' records byte for byte, and mistakes are told with their line.
 */
#include "drivers/virtual/card_file.h"

#include "base/buf.h"
#include "base/fs.h"
#include "test.h"

static void check_vector(const char *name, const char *file)
{
    uint8_t want[VIRTUAL_TEXT_LEN];
    struct virtual_card got;
    struct buf text;
    struct err e = {0};
    size_t len = 0;
    CHECK_INT(fs_read("tests/vectors/idcard-card-texts.txt", 65536, &text, &e), 0);
    const char *line = strstr(buf_str(&text), name);
    CHECK(line != NULL);
    if (line)
        CHECK_INT(hex_decode(strchr(line, '\n') + 1, 512, want, sizeof want, &len), 0);
    buf_finish(&text);
    CHECK_INT(card_file_read(file, &got, &e), 0);
    CHECK_STR(e.text, "");
    CHECK_MEM(got.text, want, sizeof want);
}

TEST(files_give_the_vectors)
{
    check_vector("R1 ", "tests/cards/resident-r1.txt");
    check_vector("R2 ", "tests/cards/resident-r2.txt");
    check_vector("J1 ", "tests/cards/hmt-j1.txt");
}

TEST(raw_over_several_lines)
{
    struct virtual_card card;
    char text[1200] = "", line[40];
    struct err e;
    for (int i = 0; i < VIRTUAL_TEXT_LEN; i += 8) {
        snprintf(line, sizeof line, "raw %02x01020304050607\n", i);
        strcat(text, line);
    }
    CHECK_INT(card_file_parse(text, &card, &e), 0);
    CHECK_INT(card.text[248], 248);
    CHECK_INT(card.text[255], 7);
    CHECK_INT(card_file_parse("raw 0102\n", &card, &e), -ERR_INVALID);
    strcat(text, "raw 00\n");
    CHECK_INT(card_file_parse(text, &card, &e), -ERR_INVALID);
}

TEST(mistakes_are_named)
{
    struct virtual_card card;
    struct err e;
    CHECK_INT(card_file_parse("# fine\nname 测\n\ncolour blue\n", &card, &e), -ERR_INVALID);
    CHECK(!strncmp(e.text, "line 4:", 7));
    CHECK_INT(card_file_parse("birth 198001011\n", &card, &e), -ERR_INVALID);
    CHECK_INT(card_file_parse("kind martian\n", &card, &e), -ERR_INVALID);
    CHECK_INT(card_file_parse("permit H00000000\n", &card, &e), -ERR_INVALID); /* not on a resident's card */
    CHECK_INT(card_file_parse("name\n", &card, &e), -ERR_INVALID);
    CHECK_INT(card_file_parse("raw 0g\n", &card, &e), -ERR_INVALID);
    CHECK_INT(card_file_read("tests/cards/no-such-card.txt", &card, &e), -ERR_NOTFOUND);
}

TEST(everything_else_is_up_to_the_author)
{
    struct virtual_card card;
    struct err e;
    CHECK_INT(card_file_parse("birth 19800231\nnumber nonsense\ntype Q\n", &card, &e), 0);
    CHECK_MEM(card.text + 36, "1\0009\0008\0000\0000\0002\0003\0001\0", 16);
    CHECK_INT(card.text[248], 'Q');
    CHECK_MEM(card.text, " \0 \0", 4);
}

TEST(what_no_editor_shows)
{
    struct virtual_card card;
    struct err e;
    CHECK_INT(card_file_parse("name {E863}甲{20BB7}\nnewest-address 测试路2号\n", &card, &e), 0);
    CHECK_MEM(card.text, "\x63\xE8\x32\x75\x42\xD8\xB7\xDF \0", 10);
    CHECK(card.moved);
    CHECK_MEM(card.address, "\x4B\x6D\xD5\x8B\xEF\x8D\x32\x00", 8);
    CHECK_INT(card_file_parse("name {D800}\n", &card, &e), -ERR_INVALID);
    CHECK_INT(card_file_parse("name {E863\n", &card, &e), -ERR_INVALID);
    CHECK_INT(card_file_parse("name {}\n", &card, &e), -ERR_INVALID);
}

TEST_MAIN(T(files_give_the_vectors), T(raw_over_several_lines), T(mistakes_are_named),
          T(everything_else_is_up_to_the_author), T(what_no_editor_shows))
