/* SPDX-License-Identifier: Apache-2.0
 *
 * Every ideograph of GB 18030-2022 on its way: a card's text bytes holds it in name and address, the bytes is read, a
 * receipt composed, laid out, encoded, and printed by a virtual printer. It has arrived when the text that the printer
 * decoded holds it in its place, or when the paper shows, in its place, the dots that FreeType makes of the font's glyph.
 * (The receipt shows a masked name; here it is given the whole one, and the address as the item's name.)
 *
 * A card holds 50 of them, or 24 of those beyond the first plane: 3,066 cards. One in 48 is printed; IDEOGRAPHS=all
 * prints every one, which takes a minute or two without sanitizers.
 */
#include <ft2build.h>
#include <stdio.h>
#include <stdlib.h>
#include FT_FREETYPE_H

#include "base/secret.h"
#include "base/text.h"
#include "drivers/idcard/card_text.h"
#include "drivers/printer/gb18030.h"
#include "drivers/printer/script.h"
#include "drivers/virtual/printer.h"
#include "printer/ideographs.h"
#include "printer/papers.h"
#include "printer/send.h"
#include "test.h"

#define NAME_UNITS 15
#define ADDRESS_UNITS 35
#define STRIDE 48 /* records from one that is printed to the next, unless all are */
#define CELL 24
#define LOST_SAID 10 /* by name */
#define LABEL 8      /* columns */
#define SAME_GLYPH 4 /* characters that may look alike at 24 dots; a font's stand-in would look like hundreds */

/* --- the set --- */

static uint32_t all[IDEOGRAPHS];
static int n_all;

/* Those the font has stand together at the front: a line with a single rare one goes as dots, and all would. */
static void collect(enum gb_range font)
{
    n_all = 0;
    for (int rare = 0; rare < 2; rare++)
        for (size_t i = 0; i < IDEOGRAPH_RANGES; i++)
            for (uint32_t cp = ideographs[i].first; cp <= ideographs[i].last && n_all < IDEOGRAPHS; cp++)
                if (rare == !gb18030_code(cp, font))
                    all[n_all++] = cp;
}

TEST(there_are_87887)
{
    int sum = 0;

    for (size_t i = 0; i < IDEOGRAPH_RANGES; i++) {
        CHECK_INT(ideographs[i].last - ideographs[i].first + 1, ideographs[i].count);
        CHECK(i == 0 || ideographs[i].first > ideographs[i - 1].last);
        sum += ideographs[i].count;
    }
    CHECK_INT(sum, IDEOGRAPHS);
}

/* Sets bit `mark` of each code point of the lines of a Unicode data file that `wanted` takes. */
static int mark_lines(const char *file, bool (*wanted)(const char *value), uint8_t mark, uint8_t *marks)
{
    FILE *f = fopen(file, "r");
    char line[512];

    if (!f)
        return -1;
    while (fgets(line, sizeof line, f)) {
        char *p = line, *value = strchr(line, ';');
        unsigned long first = strtoul(p, &p, 16), last = strncmp(p, "..", 2) ? first : strtoul(p + 2, &p, 16);

        if (p != line && value && line[0] != '#' && wanted(value + 1))
            for (unsigned long cp = first; cp <= last && cp < 0x110000; cp++)
                marks[cp] |= mark;
    }
    fclose(f);
    return 0;
}

static bool unified(const char *value)
{
    return strstr(value, "Unified_Ideograph") != NULL && strstr(value, "Unified_Ideograph") < strchr(value, '#');
}

static bool old_enough(const char *value)
{
    return strtod(value, NULL) <= 11.0;
}

TEST(unicode_says_the_same)
{
    uint8_t *marks = calloc(1, 0x110000);
    int theirs = 0, common = 0;

    collect(GB_NONE);
    if (mark_lines("/usr/share/unicode/PropList.txt", unified, 1, marks) < 0 ||
        mark_lines("/usr/share/unicode/DerivedAge.txt", old_enough, 2, marks) < 0) {
        free(marks);
        SKIP("unicode-data is not installed");
    }
    for (uint32_t cp = 0; cp < 0x110000; cp++)
        theirs += marks[cp] == 3;
    for (int i = 0; i < n_all; i++)
        common += marks[all[i]] == 3;
    CHECK_INT(theirs, IDEOGRAPHS);
    CHECK_INT(common, IDEOGRAPHS);
    free(marks);
}

/* --- what a character looks like, by FreeType alone --- */

struct cell {
    uint32_t rows[CELL]; /* bit 23 the leftmost dot */
};

static FT_Face faces[3];

static bool open_fonts(void)
{
    static const char *const files[] = {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                                        "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
                                        "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"};
    FT_Library library;

    if (faces[2])
        return true;
    if (FT_Init_FreeType(&library))
        return false;
    for (int i = 0; i < 3; i++)
        for (FT_Long index = 0; !faces[i] && !FT_New_Face(library, files[i], index, &faces[i]); index++)
            if (i == 0 && strcmp(faces[i]->family_name, "Noto Sans Mono CJK SC")) {
                FT_Done_Face(faces[i]);
                faces[i] = NULL;
            }
    for (int i = 0; i < 3; i++)
        if (!faces[i] || FT_Set_Pixel_Sizes(faces[i], 0, CELL))
            return false;
    return true;
}

static int into(int at, int size)
{
    at = at + size > CELL ? CELL - size : at;
    return at < 0 ? 0 : at;
}

/* False when no font has it, or its glyph has no dots. */
static bool look(uint32_t cp, struct cell *ret)
{
    const FT_Bitmap *b = NULL;
    FT_GlyphSlot slot = NULL;
    int left, top;
    uint32_t any = 0;

    for (int i = 0; !b && i < 3; i++)
        if (FT_Get_Char_Index(faces[i], cp) && !FT_Load_Char(faces[i], cp, FT_LOAD_RENDER | FT_LOAD_TARGET_MONO)) {
            slot = faces[i]->glyph;
            b = &slot->bitmap;
        }
    memset(ret, 0, sizeof *ret);
    if (!b)
        return false;
    left = into(slot->bitmap_left, (int)b->width);
    top = into(CELL * 88 / 100 - slot->bitmap_top, (int)b->rows);
    for (int y = 0; y < (int)b->rows && top + y < CELL; y++)
        for (int x = 0; x < (int)b->width && left + x < CELL; x++)
            if (b->buffer[y * b->pitch + x / 8] & (0x80 >> (x & 7)))
                ret->rows[top + y] |= 0x800000u >> (left + x);
    for (int y = 0; y < CELL; y++)
        any |= ret->rows[y];
    return any != 0;
}

static int compare_cells(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct cell));
}

TEST(the_fonts_have_them_all)
{
    struct cell *cells = calloc(IDEOGRAPHS, sizeof *cells);
    int seen = 0, same = 0, most = 0;

    collect(GB_NONE);
    if (!open_fonts()) {
        free(cells);
        SKIP("fonts-noto-cjk and fonts-hanazono are not installed");
    }
    for (int i = 0; i < n_all; i++)
        seen += look(all[i], &cells[i]);
    CHECK_INT(seen, IDEOGRAPHS);
    qsort(cells, IDEOGRAPHS, sizeof *cells, compare_cells);
    for (int i = 1; i < IDEOGRAPHS; i++) {
        same = compare_cells(&cells[i - 1], &cells[i]) ? 0 : same + 1;
        most = same + 1 > most ? same + 1 : most;
    }
    printf("# glyphs of %d of %d ideographs; at most %d look alike\n", seen, IDEOGRAPHS, most);
    CHECK(most <= SAME_GLYPH); /* no stand-in for what is missing */
    free(cells);
}

/* --- the card --- */

struct holder { /* what stands in name and address */
    const uint32_t *name, *address;
    int n_name, n_address;
};

static void put(uint8_t bytes[CARD_TEXT_LEN], size_t at, const char *utf8)
{
    size_t len;

    CHECK_INT(utf8_to_utf16le(utf8, bytes + at, CARD_TEXT_LEN - at, &len), 0);
}

static void put_ideographs(uint8_t bytes[CARD_TEXT_LEN], size_t at, const uint32_t *cps, int n, char *ret_utf8)
{
    size_t len = 0;

    for (int i = 0; i < n; i++)
        len += utf8_put(cps[i], ret_utf8 + len);
    ret_utf8[len] = '\0';
    put(bytes, at, ret_utf8);
}

/* Makes the bytes and reads it; what was put in must come out. */
static void read_card(const struct holder *h, struct identity *ret)
{
    uint8_t bytes[CARD_TEXT_LEN];
    char name[NAME_UNITS * 4 + 1], address[ADDRESS_UNITS * 4 + 1];
    struct err e = {0};

    for (size_t i = 0; i < sizeof bytes; i += 2)
        memcpy(bytes + i, " ", 2);
    put_ideographs(bytes, 0, h->name, h->n_name, name);
    put_ideographs(bytes, 52, h->address, h->n_address, address);
    put(bytes, 30, "101");
    put(bytes, 36, "19491231");
    put(bytes, 122, "11010519491231002X");
    put(bytes, 158, "测试市公安局");
    put(bytes, 188, "2020010120400101");
    CHECK_INT(card_text_decode(bytes, ret, &e), 0);
    CHECK_STR(ret->name, name);
    CHECK_STR(ret->address, address);
}

/* --- the paper --- */

struct target {
    const char *label;
    const char *profile, *model;
    int user_glyphs; /* more than the profile says */
    /* what arrived, and how */
    int as_text, as_dots, lost, receipts;
    /* being looked at */
    const struct holder *holder;
};

/* What the text of the paper says behind this label and in the lines below it that continue it. */
static void value_of(const char *text, const char *label, char *out, size_t cap)
{
    const char *at = strstr(text, label);
    size_t used = 0;

    if (at)
        at += strlen(label);
    while (at) {
        size_t len = strcspn(at, "\n");

        if (used + len < cap) {
            memcpy(out + used, at, len);
            used += len;
        }
        at += len;
        at = strncmp(at, "\n        ", 1 + LABEL) ? NULL : at + 1 + LABEL;
    }
    out[used] = '\0';
}

/* A printer must not read 10 04, 10 05 or 10 14 in an image, so an encoder may add dots to the second byte. */
static bool may_have_gained(uint8_t before, uint8_t byte, uint8_t dot)
{
    uint8_t without = (uint8_t)(byte & ~dot);

    return before == 0x10 && (without == 0x04 || without == 0x05 || without == 0x14);
}

/* Bytes of a cell as FS 2 sends them: each column from the top. */
static uint8_t column_byte(const struct cell *c, int n)
{
    uint8_t byte = 0;

    for (int i = 0; n >= 0 && i < 8; i++)
        if (c->rows[n % 3 * 8 + i] & (0x800000u >> n / 3))
            byte |= (uint8_t)(0x80 >> i);
    return byte;
}

/* The dots of the paper's cell that are not wanted: each must be explained. `row` is the paper's, at the cell. */
static bool explained(const struct cell *got, const struct cell *want, const uint8_t *row, int stride, bool taught)
{
    for (int n = 0; n < CELL * CELL; n++) {
        int x = n % CELL, y = n / CELL, byte = taught ? x * 3 + y / 8 : x / 8;
        const uint8_t *at = row + y * stride + byte;

        if (!((got->rows[y] & ~want->rows[y]) & (0x800000u >> x)))
            continue;
        if (taught ? !may_have_gained(column_byte(got, byte - 1), column_byte(got, byte), (uint8_t)(0x80 >> (y & 7)))
                   : !may_have_gained(at[-1], at[0], (uint8_t)(0x80 >> (x & 7))))
            return false;
    }
    return true;
}

static bool shown_at(const struct virtual_paper *p, int x, int y, const struct cell *want, bool taught)
{
    const uint8_t *row = p->rows + y * p->stride + x / 8;
    struct cell got;

    for (int j = 0; j < CELL; j++) {
        const uint8_t *at = row + j * p->stride;

        got.rows[j] = (uint32_t)at[0] << 16 | (uint32_t)at[1] << 8 | at[2];
        if (want->rows[j] & ~got.rows[j])
            return false;
    }
    return explained(&got, want, row, p->stride, taught);
}

/* Whether the paper shows it in this column, anywhere below *y, which then is where. */
static bool shown(const struct virtual_paper *p, int x, int *y, const struct cell *want, bool taught)
{
    for (int at = *y; at + CELL <= p->height; at++)
        if (shown_at(p, x, at, want, taught)) {
            *y = at;
            return true;
        }
    return false;
}

static void check_value(struct target *t, const struct virtual_paper *p, const char *label, const uint32_t *cps, int n)
{
    int per_line = (p->width / (CELL / 2) - LABEL) / 2, y = 0;
    char value[512], utf8[5];
    struct cell cell;

    value_of(p->text, label, value, sizeof value);
    for (int i = 0; i < n; i++) {
        utf8[utf8_put(cps[i], utf8)] = '\0';
        if (strstr(value, utf8))
            t->as_text++;
        else if (look(cps[i], &cell) && shown(p, (LABEL / 2 + i % per_line) * CELL, &y, &cell, t->user_glyphs > 0))
            t->as_dots++;
        else if (++t->lost <= LOST_SAID)
            printf("# U+%04X is not on the paper\n", cps[i]);
    }
}

static void on_paper(void *ctx, const struct virtual_paper *p)
{
    struct target *t = ctx;

    t->receipts++;
    check_value(t, p, "申请人  ", t->holder->name, t->holder->n_name);
    check_value(t, p, "事　项  ", t->holder->address, t->holder->n_address);
}

static void print(struct target *t, const struct profile *f, struct glyphs *g, const struct identity *id)
{
    struct err e = {0};
    struct item item = {
        .task_code = "11110105MB0A0000164000709102000", .dept_name = "测试科", .promise = {5, DAY_WORKING, ""}};
    struct receipt_facts facts = papers_facts(&item);
    struct virtual_device *d = virtual_printer_create(t->model, &e);
    struct paper *paper;
    struct layout *l = NULL;
    struct script *s = NULL;

    item.task_name = id->address;
    facts.masked_name = id->name;
    paper = receipt_compose(&facts);
    CHECK_INT(layout_create(paper, f, g, &l, &e), 0);
    CHECK_INT(script_create(l, f, "J001", PROFILE_MARKER_PAPER, false, &s, &e), 0);
    virtual_printer_on_job(d, on_paper, t);
    send_script(d, s);
    virtual_printer_unfinished(d, on_paper, t);
    script_destroy(s);
    layout_destroy(l);
    paper_destroy(paper);
    d->ops->destroy(d);
}

/* One bytes with these; where a line of it would keep a single character, fewer. */
static struct holder hold(const uint32_t *cps, int n, int name_max, int address_max)
{
    int n_name = n < name_max ? n : name_max;

    return (struct holder){cps, cps + n_name, n_name, n - n_name < address_max ? n - n_name : address_max};
}

static void print_all(struct target *t)
{
    struct err e = {0};
    struct identity *id = secret_alloc(sizeof *id);
    struct profiles *ps = NULL;
    struct profile f;
    struct glyphs *g = NULL;
    int stride = getenv("IDEOGRAPHS") ? 1 : STRIDE, records = 0, wanted = 0;

    CHECK_INT(profiles_load("assets/printers", &ps, &e), 0);
    CHECK_INT(glyphs_open(&g, &e), 0);
    f = *profiles_by_name(ps, t->profile);
    f.user_glyphs = t->user_glyphs;
    collect(f.chinese);
    for (int at = 0; at < n_all;) {
        int units = all[at] > 0xFFFF ? 2 : 1, end = at;
        struct holder h;

        while (end < n_all && end < at + (NAME_UNITS + ADDRESS_UNITS) && (all[end] > 0xFFFF) == (units == 2))
            end++;
        h = hold(all + at, end - at, NAME_UNITS / units, ADDRESS_UNITS / units);
        at += h.n_name + h.n_address;
        if (records++ % stride && at < n_all)
            continue;
        wanted += h.n_name + h.n_address;
        t->holder = &h;
        read_card(&h, id);
        print(t, &f, g, id);
    }
    CHECK_INT(t->as_text + t->as_dots, wanted);
    if (stride == 1)
        CHECK_INT(wanted, IDEOGRAPHS);
    printf("# %s: %d of %d arrived (there are %d), %d as text and %d as dots, on %d receipts\n", t->label,
           t->as_text + t->as_dots, wanted, IDEOGRAPHS, t->as_text, t->as_dots, t->receipts);
    glyphs_close(g);
    profiles_free(ps);
    secret_free(id, sizeof *id);
}

static void arrive(const char *label, const char *profile, const char *model, int user_glyphs)
{
    struct target t = {.label = label, .profile = profile, .model = model, .user_glyphs = user_glyphs};

    if (!open_fonts())
        SKIP("fonts-noto-cjk and fonts-hanazono are not installed");
    print_all(&t);
}

TEST(they_arrive_by_the_two_bytes_of_gb_18030)
{
    arrive("GB 18030", "epson-tm-t20iii", "epson-tm-t20iii", 0);
}

TEST(they_arrive_where_only_gb_2312_is_printed)
{
    arrive("GB 2312", "generic-80", "odd-gb2312", 0);
}

TEST(they_arrive_on_a_printer_that_is_taught)
{
    arrive("FS 2", "generic-80", "epson-tm-t20iii", 94);
}

TEST(they_arrive_on_58_mm)
{
    arrive("58 mm", "generic-58", "zjiang-58", 0);
}

TEST_MAIN(T(there_are_87887), T(unicode_says_the_same), T(the_fonts_have_them_all),
          T(they_arrive_by_the_two_bytes_of_gb_18030), T(they_arrive_where_only_gb_2312_is_printed),
          T(they_arrive_on_a_printer_that_is_taught), T(they_arrive_on_58_mm))
