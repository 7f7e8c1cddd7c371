/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV by RFC 4180: what is written is read back, and what is none is refused with its line.
 */
#include "test.h"

#include "tools/hall/reports/csv.h"

static char seen[1000];
static struct err e;

/* All lines, fields between |, lines ended by ;. */
static const char *read_all(const char *text, size_t len)
{
    struct csv_reader r;
    size_t n = 0;
    int rc;
    e = (struct err){0};
    seen[0] = '\0';
    csv_reader_init(&r, text, len);
    while ((rc = csv_next(&r, &e)) == 1) {
        for (int i = 0; i < r.n; i++)
            n += (size_t)snprintf(seen + n, sizeof seen - n, "%s%s", i ? "|" : "", r.fields[i]);
        n += (size_t)snprintf(seen + n, sizeof seen - n, ";");
    }
    csv_reader_finish(&r);
    return rc < 0 ? e.text : seen;
}

static const char *reads(const char *text)
{
    return read_all(text, strlen(text));
}

TEST(lines)
{
    CHECK_STR(reads(""), "");
    CHECK_STR(reads("a,b\r\nc,d\r\n"), "a|b;c|d;");
    CHECK_STR(reads("a,b\nc"), "a|b;c;");
    CHECK_STR(reads(",\r\n"), "|;");
    CHECK_STR(reads("\r\na\r\n"), ";a;");
    CHECK_STR(reads("a,b\r\n\r\n\r\n"), "a|b;");
    CHECK_STR(reads("a\n\n"), "a;");
    CHECK_STR(reads("a\n\nb\n"), "a;;b;");
    CHECK_STR(reads("\xef\xbb\xbf编号,\"a,b\"\r\n"), "编号|a,b;");
    CHECK_STR(reads("\"a \"\"b\"\" c\",\"\"\r\n"), "a \"b\" c|;");
    CHECK_STR(reads("\"two\r\nlines\",x"), "two\r\nlines|x;");
    CHECK_STR(reads("\"\"\"\""), "\";");
}

/* As spreadsheets of other languages save it; the first line says how. */
TEST(other_separators)
{
    CHECK_STR(reads("a;b\r\nc,d;\"e;f\"\r\n"), "a|b;c,d|e;f;");
    CHECK_STR(reads("a\tb\nc\td;e\n"), "a|b;c|d;e;");
    CHECK_STR(reads("a,b;c\nd;e,f\n"), "a|b;c;d;e|f;");
    CHECK_STR(reads("\"a;b\",c\n"), "a;b|c;");
    CHECK_STR(reads("\"a\"\"\t\";c\n"), "a\"\t|c;");
    CHECK_STR(reads("a\nb;c,d\n"), "a;b;c|d;");
}

TEST(what_is_none)
{
    CHECK_STR(reads("a\r\n\"b\r\n"), "line 2 is no CSV: a quotation mark is open");
    CHECK_STR(reads("a\"b"), "line 1 is no CSV: a quotation mark inside a field without them");
    CHECK_STR(reads("\"a\"b"), "line 1 is no CSV: letters behind a quotation mark");
    CHECK_STR(reads("a\rb"), "line 1 is no CSV: a carriage return alone");
    CHECK_STR(reads("a\r"), "line 1 is no CSV: a carriage return alone");
    CHECK_STR(reads("\xff\xfe"), "line 1 is no CSV: it is not UTF-8; save it as CSV UTF-8");
    CHECK_STR(read_all("a\0b", 3), "line 1 is no CSV: it has a NUL; save it as CSV UTF-8");
    CHECK_STR(read_all("\"a\0b\"", 5), "line 1 is no CSV: it has a NUL; save it as CSV UTF-8");
    char wide[2 * CSV_FIELDS_MAX];
    memset(wide, ',', sizeof wide);
    CHECK_STR(read_all(wide, sizeof wide), "line 1 has more than 200 fields");
}

TEST(written_and_read_back)
{
    static const char *const texts[] = {"", "a", "a,b", "\"", "两\r\n行", " x ", "\"\"", "=1+1"};
    struct csv_reader r;
    struct buf out;
    buf_init(&out, 1000);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        csv_text(&out, texts[i], i == 0);
    csv_end(&out);
    csv_reader_init(&r, out.data, out.len);
    CHECK_INT(csv_next(&r, &e), 1);
    CHECK_INT(r.n, sizeof texts / sizeof *texts);
    for (int i = 0; i < r.n; i++)
        CHECK_STR(r.fields[i], texts[i]);
    CHECK_INT(csv_next(&r, &e), 0);
    csv_reader_finish(&r);
    buf_finish(&out);
}

TEST_MAIN(T(lines), T(other_separators), T(what_is_none), T(written_and_read_back))
