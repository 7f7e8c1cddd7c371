/* SPDX-License-Identifier: Apache-2.0
 *
 * Rare characters on a printer that can be taught some: which lines go as text, what is defined when.
 */
#include "drivers/printer/user_glyph.h"

#include "drivers/printer/script.h"
#include "test.h"

static struct profile teachable(int n)
{
    return (struct profile){.name = "teachable",
                            .dots = 576,
                            .chinese = GB_2312,
                            .user_glyphs = n,
                            .scale_max = 2,
                            .cut = PROFILE_CUT_PARTIAL,
                            .band_rows = 48};
}

/* The commands of a paper of these paragraphs; *ret_pictures counts the lines that are none. */
static struct script *make(int n, const char *const *texts, int *ret_pictures)
{
    struct profile f = teachable(n);
    struct paper *p = paper_create();
    struct glyphs *g = NULL;
    struct layout *l = NULL;
    struct script *s = NULL;
    struct err e = {0};

    for (; *texts; texts++)
        paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, *texts);
    CHECK_INT(glyphs_open(&g, &e), 0);
    CHECK_INT(layout_create(p, &f, g, &l, &e), 0);
    *ret_pictures = 0;
    for (int i = 0; i < l->n; i++)
        *ret_pictures += l->lines[i].kind == LAYOUT_PICTURE;
    CHECK_INT(script_create(l, &f, "J001", PROFILE_MARKER_PAPER, false, &s, &e), 0);
    layout_destroy(l);
    glyphs_close(g);
    paper_destroy(p);
    return s;
}

/* Offset of the n-th FS 2 from `from` on, or -1. */
static int definition(const struct script *s, size_t from)
{
    for (size_t i = from; i + 1 < s->bytes.len; i++)
        if (s->bytes.data[i] == 0x1C && s->bytes.data[i + 1] == '2')
            return (int)i;
    return -1;
}

TEST(a_rare_name_goes_as_text)
{
    static const char *const texts[] = {"甲𠮷乙𠮷", NULL};
    int pictures, at;
    struct script *s = make(6, texts, &pictures);

    CHECK_INT(pictures, 0);
    at = definition(s, 0);
    CHECK(at > 0);
    CHECK_MEM(s->bytes.data + at + 2, "\xFE\xA1", 2);
    CHECK_INT(definition(s, (size_t)at + 76), -1); /* once is enough */
    CHECK(memmem(s->bytes.data + at + 76, s->bytes.len - (size_t)at - 76, "\xBC\xD7\xFE\xA1\xD2\xD2\xFE\xA1\n", 9) != NULL);
    script_destroy(s);
}

TEST(what_is_more_than_it_can_learn_is_a_picture)
{
    static const char *const texts[] = {"𠮷𪚥㐀", NULL};
    int pictures;
    struct script *s = make(2, texts, &pictures);

    CHECK_INT(pictures, 1);
    CHECK_INT(definition(s, 0), -1);
    script_destroy(s);
    s = make(3, texts, &pictures);
    CHECK_INT(pictures, 0);
    script_destroy(s);
    s = make(0, texts, &pictures);
    CHECK_INT(pictures, 1);
    script_destroy(s);
}

TEST(a_slot_that_the_line_needs_is_kept)
{
    static const char *const texts[] = {"𠮷𪚥", "𠮷㐀", "𠮷", NULL};
    static const char codes[] = {(char)0xA1, (char)0xA2, (char)0xA2};
    int pictures, at = 0, n = 0;
    struct script *s = make(2, texts, &pictures);

    CHECK_INT(pictures, 0);
    for (at = definition(s, 0); at >= 0 && n < 4; at = definition(s, (size_t)at + 76))
        CHECK_INT((char)s->bytes.data[at + 3], codes[n++ % 3]);
    CHECK_INT(n, 3);
    script_destroy(s);
}

TEST(half_width_and_accents_are_not_taught)
{
    static const char *const texts[] = {"José", "e\xCC\x81", NULL};
    int pictures;
    struct script *s = make(94, texts, &pictures);

    CHECK_INT(pictures, 2);
    CHECK_INT(definition(s, 0), -1);
    script_destroy(s);
}

TEST_MAIN(T(a_rare_name_goes_as_text), T(what_is_more_than_it_can_learn_is_a_picture), T(a_slot_that_the_line_needs_is_kept),
          T(half_width_and_accents_are_not_taught))
