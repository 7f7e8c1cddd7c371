/* SPDX-License-Identifier: Apache-2.0
 *
 * See import_row.h. An item's code in these lists: code of the item, area (12 digits), 000, credit code of the department,
 * level, version, joined by hyphens.
 */
#include "tools/hallctl/import_row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/number.h"
#include "model/strings.h"
#include "tools/hallctl/catalog_source.h"
#include "tools/hallctl/import_text.h"

#define SEGMENTS 6
#define SEGMENTS_MAX 12
#define AREA_DIGITS 12
#define CREDIT_CHARACTERS 18

const struct import_defect_info *import_defect_info(enum import_defect d)
{
    static const struct import_defect_info all[] = {
#define DEFECT(name, code, severity, path, words) {code, severity, path, words},
#include "tools/hallctl/import_defect.def"
#undef DEFECT
    };

    return &all[d];
}

struct reading {
    struct import_row *row;
    import_say_fn *say;
    void *ctx;
};

static void tell(const struct reading *r, enum import_defect defect, const char *found)
{
    r->say(r->ctx, r->row, defect, NULL, found);
}

/* --- texts --- */

/* Full-width ASCII: the digits and letters are typing mistakes, the punctuation is Chinese writing. */
static bool is_wide_letter(int32_t cp)
{
    int32_t ascii = cp - 0xFEE0;

    return (ascii >= '0' && ascii <= '9') || (ascii >= 'A' && ascii <= 'Z') || (ascii >= 'a' && ascii <= 'z');
}

/* Copies with ordinary digits and letters; true when there were others. Never longer than before. */
static bool narrow(const char *text, char *out, size_t cap)
{
    const char *p = text, *end = text + strlen(text);
    bool found = false;
    size_t used = 0;

    while (p < end && used + 5 < cap) {
        int32_t cp = utf8_next(&p, end);

        found |= is_wide_letter(cp);
        used += utf8_put((uint32_t)(is_wide_letter(cp) ? cp - 0xFEE0 : cp), out + used);
    }
    out[used] = '\0';
    return found;
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;

    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static bool brackets_mixed(const char *name)
{
    return count(name, "(") != count(name, ")") || count(name, "（") != count(name, "）");
}

static void widen_brackets(char *name, size_t cap)
{
    char out[400];
    size_t used = 0;

    for (const char *p = name; *p && used + 4 < sizeof out; p++) {
        const char *wide = *p == '(' ? "（" : *p == ')' ? "）" : NULL;

        used += (size_t)snprintf(out + used, sizeof out - used, "%.*s", wide ? 3 : 1, wide ? wide : p);
    }
    text_copy(name, cap, out);
}

/* --- the code --- */

static size_t split(char *code, char *seg[SEGMENTS_MAX])
{
    size_t n = 0;
    char *rest = code;

    while (n < SEGMENTS_MAX && rest)
        seg[n++] = strsep(&rest, "-");
    return n;
}

static bool digits(const char *s, size_t n)
{
    return strlen(s) == n && strspn(s, "0123456789") == n;
}

/* The segment that is a credit code, or was meant to be one: 18 characters, or 17. */
static const char *credit_segment(char *const seg[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(seg[i]) == CREDIT_CHARACTERS || strlen(seg[i]) == CREDIT_CHARACTERS - 1)
            return seg[i];
    return NULL;
}

/* The codes of the standard are written in upper case. */
static bool has_lower_case(const char *code)
{
    return strpbrk(code, "abcdefghijklmnopqrstuvwxyz") != NULL;
}

static void check_credit(const struct reading *r, const char *credit)
{
    if (!credit)
        tell(r, IMPORT_CREDIT_MISSING, r->row->code);
    else if (strlen(credit) != CREDIT_CHARACTERS)
        tell(r, IMPORT_CREDIT_LENGTH, credit);
    else if (!credit_code_valid(credit) || has_lower_case(credit))
        tell(r, IMPORT_CREDIT_CHECK, credit);
    else
        r->row->credit_valid = true;
}

static bool layout_known(char *const seg[], size_t n)
{
    return n == SEGMENTS && digits(seg[1], AREA_DIGITS) && digits(seg[2], 3) && strlen(seg[4]) == 1 && strlen(seg[5]) == 2;
}

static void check_code(const struct reading *r, const char *area)
{
    char copy[IMPORT_CODE_MAX + 1], *seg[SEGMENTS_MAX];
    size_t n;

    text_copy(copy, sizeof copy, r->row->code);
    n = split(copy, seg);
    check_credit(r, credit_segment(seg, n));
    if (!layout_known(seg, n))
        tell(r, IMPORT_LAYOUT, r->row->code);
    else if (strcmp(seg[1], area))
        tell(r, IMPORT_AREA, area);
}

/* --- one row --- */

static bool read_code(const struct reading *r, const char *code)
{
    char whole[IMPORT_TEXT_MAX + 8];
    bool wide = narrow(code, whole, sizeof whole);

    if (wide)
        tell(r, IMPORT_WIDE_CODE, code);
    if (!item_code_fits(whole)) {
        tell(r, IMPORT_CODE_MISSING, code);
        return false;
    }
    if (strlen(whole) > IMPORT_CODE_MAX) {
        tell(r, IMPORT_CODE_LONG, whole);
        return false;
    }
    text_copy(r->row->code, sizeof r->row->code, whole);
    if (source_is_part(r->row->code)) {
        tell(r, IMPORT_CODE_RESERVED, whole);
        return false;
    }
    return true;
}

static bool read_name(const struct reading *r, const char *name)
{
    struct import_row *row = r->row;

    if (!name[0] || strlen(name) > sizeof row->name - 8) {
        tell(r, IMPORT_NAME_MISSING, name);
        return false;
    }
    if (narrow(name, row->name, sizeof row->name))
        tell(r, IMPORT_WIDE, name);
    if (brackets_mixed(row->name)) {
        tell(r, IMPORT_BRACKETS, name);
        widen_brackets(row->name, sizeof row->name);
    }
    return true;
}

/* The lists write 1 for 01. */
static void read_type(const struct reading *r, const char *type)
{
    int n = digits(type, 1) || digits(type, 2) ? atoi(type) : -1;

    if ((n >= 0 && n <= 10) || n == 20)
        snprintf(r->row->task_type, sizeof r->row->task_type, "%02d", n);
    else
        tell(r, IMPORT_TYPE, type);
}

static void read_department_code(const struct reading *r, const char *code)
{
    if (credit_code_valid(code) && !has_lower_case(code))
        text_copy(r->row->dept_code, sizeof r->row->dept_code, code);
    else
        tell(r, IMPORT_DEPT_CODE, code);
}

/* --- the members of a row, mended --- */

#define TEXTS(TEXT)                                                                                                         \
    TEXT(department) TEXT(main_item) TEXT(name) TEXT(item_code) TEXT(area_code) TEXT(task_type) TEXT(dept_code)

struct texts {
#define TEXT(key) char key[IMPORT_TEXT_MAX + 1];
    TEXTS(TEXT)
#undef TEXT
};

static void tell_mended(const struct reading *r, const char *key, unsigned faults, const char *text)
{
    static const struct {
        unsigned fault;
        enum import_defect defect;
    } all[] = {{IMPORT_TEXT_SPACES, IMPORT_SPACES},
               {IMPORT_TEXT_MARKUP, IMPORT_MARKUP},
               {IMPORT_TEXT_INVISIBLE, IMPORT_INVISIBLE},
               {IMPORT_TEXT_PRIVATE, IMPORT_PRIVATE_USE}};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (faults & all[i].fault)
            r->say(r->ctx, r->row, all[i].defect, key, text);
}

static int read_text(const struct reading *r, const struct json *obj, const char *key, char out[IMPORT_TEXT_MAX + 1],
                     struct err *e)
{
    const char *text;
    int rc = json_get_str(obj, key, 0, IMPORT_TEXT_MAX, &text, e);

    if (rc == 0)
        tell_mended(r, key, import_text_mend(text, out, IMPORT_TEXT_MAX + 1), out);
    return rc;
}

/* The code first: what is told of the others is told with it. */
static int read_texts(const struct reading *r, const struct json *obj, struct texts *t, struct err *e)
{
    const char *code;
    int rc = json_is_obj(obj) ? 0 : err_set(e, ERR_INVALID, "no object");

    if (rc == 0 && json_get_str(obj, "item_code", 1, IMPORT_TEXT_MAX, &code, NULL) == 0) {
        import_text_mend(code, t->item_code, sizeof t->item_code);
        if (t->item_code[0] && strlen(t->item_code) <= IMPORT_CODE_MAX)
            text_copy(r->row->code, sizeof r->row->code, t->item_code);
    }
#define TEXT(key)                                                                                                           \
    if (rc == 0)                                                                                                            \
        rc = read_text(r, obj, #key, t->key, e);
    TEXTS(TEXT)
#undef TEXT
    return rc;
}

bool import_row_read(const struct json *obj, struct import_row *row, import_say_fn *say, void *ctx)
{
    const struct reading r = {row, say, ctx};
    struct err e = {0};
    struct texts t;

    snprintf(row->code, sizeof row->code, "[%d]", row->place); /* until it has a code */
    if (read_texts(&r, obj, &t, &e) < 0) {
        tell(&r, IMPORT_UNREADABLE, e.text);
        return false;
    }
    if (!read_code(&r, t.item_code) || !read_name(&r, t.name))
        return false;
    if (!t.department[0] || !text_copy(row->department, sizeof row->department, t.department)) {
        tell(&r, IMPORT_DEPARTMENT_MISSING, t.department);
        return false;
    }
    check_code(&r, t.area_code);
    read_type(&r, t.task_type);
    read_department_code(&r, t.dept_code);
    if (strcmp(t.main_item, str(LANGUAGE_ZH_CN, STR_catalog_unsorted)) && strlen(t.main_item) < sizeof row->main_item)
        text_copy(row->main_item, sizeof row->main_item, t.main_item);
    return true;
}
