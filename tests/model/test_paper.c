/* SPDX-License-Identifier: Apache-2.0
 *
 * Building a paper: blocks in order, text copied, and what does not fit is noticed.
 */
#include "model/paper.h"

#include "test.h"

TEST(blocks_stand_in_order)
{
    struct paper *p = paper_create();
    char text[] = "abc";

    paper_text(p, PAPER_TITLE, PAPER_CENTER, true, text);
    text[0] = 'x'; /* the paper has its own copy */
    paper_row(p, 8, "label", "value", true);
    paper_note(p, 6, "note", "words");
    paper_rule(p, true);
    paper_frame(p, true);
    paper_frame(p, false);
    paper_band(p, "band");
    paper_qr(p, "qr");
    paper_space(p, 16);
    paper_cut(p);
    CHECK(paper_ok(p));
    CHECK_INT(p->n_blocks, 10);
    CHECK_INT(p->blocks[0].op, PAPER_TEXT);
    CHECK_INT(p->blocks[0].size, PAPER_TITLE);
    CHECK_INT(p->blocks[0].align, PAPER_CENTER);
    CHECK(p->blocks[0].bold);
    CHECK_STR(p->blocks[0].text, "abc");
    CHECK_INT(p->blocks[1].dots, 8);
    CHECK_STR(p->blocks[1].value, "value");
    CHECK(p->blocks[1].bold && !p->blocks[1].label_bold);
    CHECK(!p->blocks[2].bold && p->blocks[2].label_bold);
    CHECK(p->blocks[3].dashed);
    CHECK(p->blocks[4].on && !p->blocks[5].on);
    CHECK_STR(p->blocks[6].text, "band");
    CHECK_STR(p->blocks[7].text, "qr");
    CHECK_INT(p->blocks[8].dots, 16);
    CHECK_INT(p->blocks[9].op, PAPER_CUT);
    paper_destroy(p);
    paper_destroy(NULL);
}

TEST(too_many_blocks_are_noticed)
{
    struct paper *p = paper_create();

    for (int i = 0; i < PAPER_BLOCKS_MAX; i++)
        paper_rule(p, false);
    CHECK(paper_ok(p));
    paper_cut(p);
    CHECK(!paper_ok(p));
    CHECK_INT(p->n_blocks, PAPER_BLOCKS_MAX);
    paper_destroy(p);
}

TEST(too_much_text_is_noticed)
{
    struct paper *p = paper_create();
    char text[PAPER_TEXT_MAX];

    memset(text, 'x', sizeof text);
    text[sizeof text - 2] = '\0';
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text);
    CHECK(paper_ok(p));
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, "no room");
    CHECK(!paper_ok(p));
    CHECK_STR(p->blocks[1].text, "");
    paper_destroy(p);
}

TEST(columns_as_on_a_printers_grid)
{
    static const char name[] = "阿·A é";

    CHECK_INT(paper_columns_of('A'), 1);
    CHECK_INT(paper_columns_of(0x6D4B), 2);  /* 测 */
    CHECK_INT(paper_columns_of(0x20BB7), 2); /* 𠮷 */
    CHECK_INT(paper_columns_of(0xB7), 2);    /* the dot in names */
    CHECK_INT(paper_columns_of(0x2014), 2);
    CHECK_INT(paper_columns_of(0xE9), 1);   /* é */
    CHECK_INT(paper_columns_of(0x1EC5), 1); /* ễ */
    CHECK_INT(paper_columns_of(0xFF76), 1); /* half-width kana */
    CHECK_INT(paper_columns_of(0xFF21), 2); /* full-width A */
    CHECK_INT(paper_columns_of(0x301), 0);
    CHECK_INT(paper_columns_of(0xFE0F), 0);
    CHECK_INT(paper_columns_of(0xE0100), 0);
    CHECK_INT(paper_columns_of(0x200D), 0);
    CHECK_INT(paper_columns(name, strlen(name)), 7);
}

TEST_MAIN(T(blocks_stand_in_order), T(too_many_blocks_are_noticed), T(too_much_text_is_noticed),
          T(columns_as_on_a_printers_grid))
