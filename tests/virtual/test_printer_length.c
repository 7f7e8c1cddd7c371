/* SPDX-License-Identifier: Apache-2.0
 *
 * Every documented command is as long as its manual says: what stands behind it is printed, whole and unharmed.
 */
#include "drivers/virtual/printer_length.h"

#include "virtual/printer_hands.h"

struct sample {
    const char *what;
    const char *bytes;
    size_t n;
};
#define S(what, bytes)                                                                                                      \
    {                                                                                                                       \
        what, bytes, sizeof(bytes) - 1                                                                                      \
    }

static const struct sample samples[] = {
    S("ESC FF", "\x1B\x0C"),
    S("ESC SP", "\x1B \1"),
    S("ESC !", "\x1B!\x08"),
    S("ESC $", "\x1B$\0\0"),
    S("ESC %", "\x1B%\1"),
    S("ESC & two characters", "\x1B&\3AB\1abc\2defghi"),
    S("ESC & none", "\x1B&\3BA"),
    S("ESC * 8 dots", "\x1B*\0\3\0abc"),
    S("ESC * 24 dots", "\x1B*\x21\2\0abcdef"),
    S("ESC -", "\x1B-1"),
    S("ESC 2", "\x1B"
               "2"),
    S("ESC 3", "\x1B"
               "3 "),
    S("ESC <", "\x1B<"),
    S("ESC =", "\x1B=\1"),
    S("ESC ?", "\x1B?A"),
    S("ESC @", "\x1B@"),
    S("ESC B", "\x1B"
               "B\2\3"),
    S("ESC C", "\x1B"
               "C\2\3\1"),
    S("ESC D", "\x1B"
               "D\x08\x10\0"),
    S("ESC E", "\x1B"
               "E\1"),
    S("ESC G", "\x1BG\1"),
    S("ESC J", "\x1BJ\0"),
    S("ESC K", "\x1BK\1"),
    S("ESC L, ESC W, ESC T, GS $, GS \\, ESC FF, ESC S",
      "\x1BL\x1BW\0\0\0\0\x40\2\x80\0\x1BT0\x1D$\0\0\x1D\\\0\0\x1B\x0C\x1BS"),
    S("ESC M", "\x1BM0"),
    S("ESC R", "\x1BR\x0F"),
    S("ESC U", "\x1BU\1"),
    S("ESC V", "\x1BV0"),
    S("ESC \\", "\x1B\\\0\0"),
    S("ESC a", "\x1B"
               "a\0"),
    S("ESC c 3, 4, 5", "\x1B"
                       "c3\x0F\x1B"
                       "c4\x0F\x1B"
                       "c5\1"),
    S("ESC p", "\x1Bp\0\x19\xFA"),
    S("ESC r", "\x1Br\0"),
    S("ESC t", "\x1Bt\x10"),
    S("ESC u", "\x1Bu\0"),
    S("ESC v", "\x1Bv"),
    S("ESC {", "\x1B{\0"),
    S("ESC ( A, the buzzer", "\x1B(A\5\0\x61\1\1\2\2"),
    S("FS !", "\x1C!\0"),
    S("FS &", "\x1C&"),
    S("FS -", "\x1C-1"),
    S("FS .", "\x1C."),
    S("FS ( A", "\x1C(A\2\0\x30\0"),
    S("FS ( E", "\x1C(E\6\0\x3C\2\x30\x30\0\0"),
    S("FS ( C, UTF-8", "\x1C(C\2\0\x30\2"),
    S("FS 2", "\x1C"
              "2\xFE\xA1"
              "012345678901234567890123456789012345678901234567890123456789012345678901"),
    S("FS ?", "\x1C?\xFE\xA1"),
    S("FS C", "\x1C"
              "C\0"),
    S("FS S", "\x1CS\0\0"),
    S("FS W", "\x1CW\0"),
    S("FS g 1", "\x1Cg1\0\0\0\0\0\3\0abc"),
    S("FS g 2", "\x1Cg2\0\0\0\0\0\3\0"),
    S("FS p", "\x1Cp\1\0"),
    S("FS q, two images", "\x1Cq\2\1\0\1\0abcdefgh\2\0\1\0abcdefghabcdefgh"),
    S("FS r", "\x1Cr\0"),
    S("GS FF", "\x1D\x0C"),
    S("GS !", "\x1D!\0"),
    S("GS ( A", "\x1D(A\2\0\0\0"),
    S("GS ( D", "\x1D(D\3\0\x14\1\1"),
    S("GS ( E", "\x1D(E\3\0\1IN"),
    S("GS ( H", "\x1D(H\6\0\x30\x30"
                "AAAA"),
    S("GS ( K", "\x1D(K\2\0\x32\0"),
    S("GS ( L, a stored image", "\x1D(L\x0B\0\x30\x70\x30\1\1\x31\x08\0\1\0\xFF"),
    S("GS ( M", "\x1D(M\2\0\1\1"),
    S("GS ( k, PDF417", "\x1D(k\3\0\x30\x41\0"),
    S("GS * and GS /", "\x1D*\1\1abcdefgh\x1D/\0"),
    S("GS 8 L", "\x1D"
                "8L\x0B\0\0\0\x30\x70\x30\1\1\x31\x08\0\1\0\xFF"),
    S("GS : and GS ^", "\x1D:\x1D:\x1D^\1\1\0"),
    S("GS B", "\x1D"
              "B\0"),
    S("GS C 0, 1, 2", "\x1D"
                      "C\0\3\0\x1D"
                      "C\1\1\0\2\0\1\1\x1D"
                      "C\2\1\0"),
    S("GS D, an image file", "\x1D"
                             "D0C0AB\1\1BM\x10\0\0\0xxxxxxxxxx"),
    S("GS E", "\x1D"
              "E\0"),
    S("GS H, h, w, f", "\x1DH\0\x1Dh\x32\x1Dw\2\x1D"
                       "f\0"),
    S("GS I", "\x1DI\1"),
    S("GS L", "\x1DL\0\0"),
    S("GS P", "\x1DP\0\0"),
    S("GS Q 0", "\x1DQ0\0\2\0\3\0abcdef"),
    S("GS T", "\x1DT\0"),
    S("GS W", "\x1DW\x40\2"),
    S("GS a", "\x1D"
              "a\0"),
    S("GS b", "\x1D"
              "b\0"),
    S("GS c", "\x1D"
              "c"),
    S("GS e 3, 6, 32 (a presenter's)", "\x1D"
                                       "e\3\x0C\x1D"
                                       "e\6\x1D"
                                       "e\x20\x0C\x0A"),
    S("GS g 0, 2", "\x1Dg0\0\1\0\x1Dg2\0\1\0"),
    S("GS j", "\x1Dj\0"),
    S("GS k, counted", "\x1DkI\5{BA12"),
    S("GS r", "\x1Dr\1"),
    S("GS z 0", "\x1Dz0\1\1"),
    S("GS E0, CUSTOM", "\x1D\xE0\0"),
    S("DLE EOT, ENQ, DC4", "\x10\4\1\x10\5\1\x10\x14\1\0\1\x10\x14\7\1"),
};

/* A byte left over may be one that no printer shows. */
static bool ends_where_it_ends(const struct sample *c)
{
    const uint8_t *b = (const uint8_t *)c->bytes;
    size_t at = 0;

    if (b[0] == 0x10 || (b[0] == 0x1B && b[1] == '&') || (b[0] == 0x1C && b[1] == 'q')) /* not told by command_length() */
        return true;
    while (at < c->n) {
        struct command_length l = command_length(b + at, (int)(c->n - at));

        if (!l.known || l.n == LENGTH_MORE)
            return false;
        at += l.n;
    }
    return at == c->n;
}

static void check_sample(const struct sample *c)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    bool right;

    send_at(d, "before\n", 7, 0);
    send_at(d, c->bytes, c->n, 0);
    SEND(d, 0, '>', '\n', 0x1B, '@', 'a', 'f', 't', 'e', 'r', '\n', 0x1D, 'V', 0);
    d->ops->tick(d, 60000);
    right = says(d, "\"unknown_commands\":0,") && !strcmp(s.text, "before\n>\nafter\n") && ends_where_it_ends(c);
    if (!right)
        printf("# %s: the text is \"%s\"\n", c->what, s.text);
    CHECK(right);
    d->ops->destroy(d);
}

TEST(every_command_is_as_long_as_documented)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check_sample(&samples[i]);
}

TEST(an_unknown_command_is_counted)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);

    SEND(d, 0, 0x1B, 0x7E, 'a', 0x1D, 0x01, 'b', 0x1C, 0x7E, 'c', 0x07, '\n', 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_STR(s.text, "abc\n");
    CHECK(says(d, "\"unknown_commands\":4,"));
    d->ops->destroy(d);
}

TEST(a_length_is_told_as_soon_as_it_can_be)
{
    static const uint8_t store[] = {0x1D, '(', 'k', 0x08, 0x01};

    CHECK_INT(command_length(store, 1).n, LENGTH_MORE);
    CHECK_INT(command_length(store, 4).n, LENGTH_MORE);
    CHECK_INT(command_length(store, 5).n, 5 + 0x108);
    CHECK(command_length(store, 5).data);
    CHECK_INT(command_length((const uint8_t[]){0x1D, 'V', 0}, 3).n, 3);
    CHECK_INT(command_length((const uint8_t[]){0x1D, 'V', 66}, 3).n, 4);
    CHECK(!command_length((const uint8_t[]){0x1D, 1}, 2).known);
}

TEST_MAIN(T(every_command_is_as_long_as_documented), T(an_unknown_command_is_counted),
          T(a_length_is_told_as_soon_as_it_can_be))
