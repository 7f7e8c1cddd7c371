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
    void (*say)(void *ctx, const struct import_row *row, enum import_defect defect, const char *found);
    void *ctx;
};

static void tell(const struct reading *r, enum import_defect defect, const char *found)
{
    r->say(r->ctx, r->row, defect, found);
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

static void check_credit(const struct reading *r, const char *credit)
{
    if (!credit)
        tell(r, IMPORT_CREDIT_MISSING, r->row->code);
    else if (strlen(credit) != CREDIT_CHARACTERS)
        tell(r, IMPORT_CREDIT_LENGTH, credit);
    else if (!credit_code_valid(credit) || strpbrk(credit, "abcdefghijklmnopqrstuvwxyz"))
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
    char *out = r->row->code;
    bool wide;

    if (strlen(code) > 3 * IMPORT_CODE_MAX)
        code = "";
    wide = narrow(code, out, sizeof r->row->code);
    if (wide)
        tell(r, IMPORT_WIDE_CODE, code);
    if (!out[0] || strspn(out, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-") != strlen(out)) {
        tell(r, IMPORT_CODE_MISSING, code);
        return false;
    }
    return true;
}

static bool read_name(const struct reading *r, const char *name)
{
    struct import_row *row = r->row;

    if (!name[0] || strlen(name) > sizeof row->name - 8 || strpbrk(name, "\n\r\t")) {
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
    if (credit_code_valid(code))
        text_copy(r->row->dept_code, sizeof r->row->dept_code, code);
    else
        tell(r, IMPORT_DEPT_CODE, code);
}

struct texts {
    const char *department, *main_item, *name, *item_code, *area_code, *task_type, *dept_code;
};

static int read_texts(const struct json *obj, struct texts *t, struct err *e)
{
    const struct {
        const char *key, **to;
    } all[] = {{"department", &t->department}, {"main_item", &t->main_item}, {"name", &t->name},
               {"item_code", &t->item_code},   {"area_code", &t->area_code}, {"task_type", &t->task_type},
               {"dept_code", &t->dept_code}};
    int rc = json_is_obj(obj) ? 0 : err_set(e, ERR_INVALID, "no object");

    for (size_t i = 0; rc == 0 && i < sizeof all / sizeof *all; i++)
        rc = json_get_str(obj, all[i].key, 0, 4000, all[i].to, e);
    return rc;
}

bool import_row_read(const struct json *obj, struct import_row *row,
                     void (*say)(void *ctx, const struct import_row *row, enum import_defect defect, const char *found),
                     void *ctx)
{
    const struct reading r = {row, say, ctx};
    struct err e = {0};
    struct texts t;

    snprintf(row->code, sizeof row->code, "[%d]", row->place); /* until it has a code */
    if (read_texts(obj, &t, &e) < 0) {
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
