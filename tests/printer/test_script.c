/* SPDX-License-Identifier: Apache-2.0
 *
 * The bytes of a job: where it may be interrupted, what may be sent without a trace, and how it ends.
 */
#include "drivers/printer/script.h"

#include "printer/papers.h"
#include "test.h"

static struct script *make(const char *profile, bool cut_first)
{
    const struct profile *prof;
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct paper *p = receipt_compose(&f);
    struct profiles *ps = NULL;
    struct glyphs *g = NULL;
    struct layout *l = NULL;
    struct script *s = NULL;
    struct err e = {0};

    CHECK_INT(profiles_load("assets/printers", &ps, &e), 0);
    glyphs_open(&g, &e);
    prof = profiles_by_name(ps, profile);
    CHECK_INT(layout_create(p, prof, g, &l, &e), 0);
    CHECK_INT(script_create(l, prof, "J001", prof->confirm[prof->n_confirm - 1], cut_first, &s, &e), 0);
    layout_destroy(l);
    glyphs_close(g);
    profiles_free(ps);
    paper_destroy(p);
    return s;
}

static bool has(const struct script *s, const char *bytes, size_t n)
{
    for (size_t i = 0; i + n <= s->bytes.len; i++)
        if (!memcmp(s->bytes.data + i, bytes, n))
            return true;
    return false;
}

TEST(writes_are_whole_commands_of_4_kib_at_most)
{
    static const char *const profiles[] = {"epson-tm-t20iii", "xprinter-80", "generic-80", "generic-58"};

    for (size_t i = 0; i < 4; i++) {
        struct script *s = make(profiles[i], false);
        size_t at = 0, n;
        int end = 0;

        while ((n = script_next(s, at))) {
            CHECK(n <= SCRIPT_WRITE_MAX);
            at += n;
            while (end < s->n_ends && s->ends[end] < at)
                end++;
            CHECK_INT(s->ends[end], at);
        }
        CHECK_INT(at, s->bytes.len);
        /* from the middle of a write it goes on to the same end */
        CHECK_INT(script_next(s, 10) + 10, script_next(s, 0));
        script_destroy(s);
    }
}

TEST(it_begins_without_a_trace_and_ends_with_the_marker)
{
    struct script *s = make("epson-tm-t20iii", false);

    CHECK_INT(s->first_print, 10);
    CHECK_MEM(s->bytes.data,
              "\x1B@\x1Bt\0\x1C&\x1D"
              "a\x0E",
              10);
    CHECK_MEM(s->bytes.data + s->bytes.len - 11, "\x1D(H\6\0\x30\x30J001", 11);
    CHECK(has(s, "\x1DV\x42\x18", 4));
    CHECK(has(s, "\xCA\xD5\xBC\xFE\xC6\xBE\xD6\xA4", 8)); /* 收件凭证, in the frame */
    CHECK(s->dots > 1400 && s->dots < 2000);
    script_destroy(s);
    s = make("xprinter-80", false);
    CHECK_MEM(s->bytes.data + s->bytes.len - 3, "\x1Dr\1", 3);
    script_destroy(s);
    s = make("generic-58", false);
    CHECK(!has(s, "\x1DV", 2));    /* no cutter */
    CHECK(has(s, "\x1C!\x0C", 3)); /* Chinese is sized by FS ! */
    script_destroy(s);
}

TEST(a_qr_code_is_the_printers_own_where_it_has_one)
{
    struct script *s = make("rongta-rp326", false);

    CHECK(has(s, "\x1D(k\3\0\x31Q\x30", 8));
    CHECK(has(s, "\x1D(k\3\0\x31\x43", 7));
    script_destroy(s);
    s = make("generic-80", false);
    CHECK(!has(s, "\x1D(k", 3));
    script_destroy(s);
}

TEST(a_presenter_cuts_and_holds_out)
{
    struct script *s = make("custom-vkp80", true);

    CHECK_MEM(s->bytes.data,
              "\x1B@\x1D"
              "e\2\x1B",
              6); /* what hung there is taken back */
    CHECK(has(s,
              "\x1D"
              "e\3\x0C\x1Dr\1",
              7)); /* 84 mm in steps of 7, then the marker */
    CHECK(!has(s, "\x1DV", 2));
    script_destroy(s);
}

TEST(what_hangs_there_is_cut_off_first)
{
    struct script *s = make("epson-tm-t20iii", true);

    CHECK_MEM(s->bytes.data, "\x1B@\x1DV\x42\x18", 6);
    CHECK_INT(s->first_print, 14);
    script_destroy(s);
}

TEST(nothing_in_it_is_a_real_time_command)
{
    struct script *s = make("epson-tm-t20iii", false);

    CHECK(!has(s, "\x10\x04", 2));
    CHECK(!has(s, "\x10\x05", 2));
    CHECK(!has(s, "\x10\x14", 2));
    script_destroy(s);
    script_destroy(NULL);
}

TEST_MAIN(T(writes_are_whole_commands_of_4_kib_at_most), T(it_begins_without_a_trace_and_ends_with_the_marker),
          T(a_qr_code_is_the_printers_own_where_it_has_one), T(a_presenter_cuts_and_holds_out),
          T(what_hangs_there_is_cut_off_first), T(nothing_in_it_is_a_real_time_command))
