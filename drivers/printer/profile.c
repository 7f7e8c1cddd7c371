/* SPDX-License-Identifier: Apache-2.0
 *
 * A member a file does not name is its ancestor's; the root ancestor starts from what every ESC/POS printer can do.
 */
#include "drivers/printer/profile.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/text.h"
#include "drivers/printer/printer.h"

#define FILE_MAX (16 * 1024)
#define INHERIT_DEPTH_MAX 4
#define KEYS                                                                                                                \
    "about inherits match role dots dots_per_mm mm_per_s chinese separate_size scale_max cut cut_dots marker "              \
    "automatic_status fixed_bits column_image band_rows clear"

struct word {
    const char *word;
    int value;
};
static const struct word roles[] = {{"receipt", PRINTER_RECEIPT}, {"ticket", PRINTER_TICKET}, {"any", -1}, {NULL, 0}};
static const struct word fonts[] = {{"none", GB_NONE}, {"gb2312", GB_2312}, {"gb18030", GB_18030}, {NULL, 0}};
static const struct word cuts[] = {
    {"none", PROFILE_CUT_NONE}, {"partial", PROFILE_CUT_PARTIAL}, {"full", PROFILE_CUT_FULL}, {NULL, 0}};
static const struct word markers[] = {
    {"paper-status", PROFILE_MARKER_PAPER}, {"process-id", PROFILE_MARKER_PROCESS_ID}, {NULL, 0}};
static const struct word clears[] = {{"dle-dc4", PROFILE_CLEAR_DC4}, {"dle-enq", PROFILE_CLEAR_ENQ}, {NULL, 0}};

static int opt_word(const struct json *o, const char *key, const struct word *words, int *ret, struct err *e)
{
    const char *s = NULL;
    int rc = json_opt_str(o, key, 1, 20, &s, e);

    if (rc < 0 || !s)
        return rc;
    for (const struct word *w = words; w->word; w++)
        if (!strcmp(w->word, s)) {
            *ret = w->value;
            return 0;
        }
    return err_set(e, ERR_INVALID, "%s: unknown word \"%s\"", key, s);
}

static int opt_number(const struct json *o, const char *key, int min, int max, int *ret, struct err *e)
{
    int64_t v = *ret;
    int rc = json_opt_int(o, key, min, max, &v, e);

    if (rc == 0)
        *ret = (int)v;
    return rc;
}

static int usb_id(const struct json *o, const char *key, uint16_t *ret, struct err *e)
{
    const char *s;
    char *end;
    int rc = json_get_str(o, key, 4, 4, &s, e);

    if (rc < 0)
        return rc;
    *ret = (uint16_t)strtoul(s, &end, 16);
    return *end ? err_set(e, ERR_INVALID, "%s: four hexadecimal digits, not \"%s\"", key, s) : 0;
}

static int read_matches(const struct json *o, struct profile *p, struct err *e)
{
    const struct json *arr = NULL;
    int rc = json_opt_arr(o, "match", PROFILE_MATCHES_MAX, &arr, e);

    p->n_matches = 0; /* never inherited: an id belongs to one file */
    for (size_t i = 0; rc == 0 && arr && i < json_len(arr); i++) {
        const struct json *m = json_at(arr, i);

        rc = json_known(m, "vendor product", e);
        if (rc == 0)
            rc = usb_id(m, "vendor", &p->matches[i].vendor, e);
        if (rc == 0)
            rc = usb_id(m, "product", &p->matches[i].product, e);
        p->n_matches++;
    }
    return rc;
}

static int read_words(const struct json *o, struct profile *p, struct err *e)
{
    int chinese = (int)p->chinese, cut = (int)p->cut, marker = (int)p->marker, clear = (int)p->clear;
    int rc = opt_word(o, "role", roles, &p->role_hint, e);

    if (rc == 0)
        rc = opt_word(o, "chinese", fonts, &chinese, e);
    if (rc == 0)
        rc = opt_word(o, "cut", cuts, &cut, e);
    if (rc == 0)
        rc = opt_word(o, "marker", markers, &marker, e);
    if (rc == 0)
        rc = opt_word(o, "clear", clears, &clear, e);
    p->chinese = (enum gb_range)chinese;
    p->cut = (enum profile_cut)cut;
    p->marker = (enum profile_marker)marker;
    p->clear = (enum profile_clear)clear;
    return rc;
}

static int read_numbers(const struct json *o, struct profile *p, struct err *e)
{
    const struct {
        const char *key;
        int min, max, *value;
    } numbers[] = {
        {"dots", 256, 832, &p->dots},       {"dots_per_mm", 5, 12, &p->dots_per_mm}, {"mm_per_s", 10, 500, &p->mm_per_s},
        {"scale_max", 1, 8, &p->scale_max}, {"cut_dots", 0, 255, &p->cut_dots},      {"band_rows", 8, 256, &p->band_rows},
    };
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < sizeof numbers / sizeof *numbers; i++)
        rc = opt_number(o, numbers[i].key, numbers[i].min, numbers[i].max, numbers[i].value, e);
    if (rc == 0 && p->dots % 8)
        rc = err_set(e, ERR_INVALID, "dots: %d is no multiple of 8", p->dots);
    return rc;
}

static int read_switches(const struct json *o, struct profile *p, struct err *e)
{
    int rc = json_opt_bool(o, "separate_size", &p->separate_size, e);

    if (rc == 0)
        rc = json_opt_bool(o, "automatic_status", &p->automatic_status, e);
    if (rc == 0)
        rc = json_opt_bool(o, "fixed_bits", &p->fixed_bits, e);
    if (rc == 0)
        rc = json_opt_bool(o, "column_image", &p->column_image, e);
    return rc;
}

static int load(const char *folder, const char *name, int depth, struct profile *p, struct err *e);

static int take(const char *folder, const struct json *o, int depth, struct profile *p, struct err *e)
{
    const char *parent = NULL;
    int rc = json_known(o, KEYS, e);

    if (rc == 0)
        rc = json_opt_str(o, "inherits", 1, sizeof p->name - 1, &parent, e);
    if (rc == 0 && parent && (strchr(parent, '/') || depth == INHERIT_DEPTH_MAX))
        rc = err_set(e, ERR_INVALID, "inherits: \"%s\" is no profile, or the chain has no end", parent);
    if (rc == 0 && parent)
        rc = load(folder, parent, depth + 1, p, e);
    if (rc == 0)
        rc = read_matches(o, p, e);
    if (rc == 0)
        rc = read_words(o, p, e);
    if (rc == 0)
        rc = read_numbers(o, p, e);
    return rc == 0 ? read_switches(o, p, e) : rc;
}

static int load(const char *folder, const char *name, int depth, struct profile *p, struct err *e)
{
    char file[80], path[512];
    struct buf text;
    struct json *doc;
    int rc;

    snprintf(file, sizeof file, "%s.json", name);
    if (fs_join(path, sizeof path, folder, file) < 0)
        return err_set(e, ERR_TOOLONG, "the path of printer profile %s is too long", name);
    rc = fs_read(path, FILE_MAX, &text, e);
    if (rc < 0)
        return err_wrap(e, rc, "printer profile %s", name);
    rc = json_parse(text.data, text.len, FILE_MAX, &doc, e);
    buf_finish(&text);
    if (rc < 0)
        return err_wrap(e, rc, "printer profile %s", name);
    rc = take(folder, doc, depth, p, e);
    json_free(doc);
    return err_wrap(e, rc, "printer profile %s", name);
}

static struct profile root(void)
{
    return (struct profile){.role_hint = -1,
                            .dots = 576,
                            .dots_per_mm = 8,
                            .mm_per_s = 50,
                            .chinese = GB_2312,
                            .scale_max = 2,
                            .cut = PROFILE_CUT_PARTIAL,
                            .cut_dots = 24,
                            .fixed_bits = true,
                            .band_rows = 48};
}

static int add(const char *folder, const char *file, struct profiles *ps, struct err *e)
{
    size_t len = strlen(file);
    struct profile *p = &ps->list[ps->n];

    if (len < 6 || strcmp(file + len - 5, ".json"))
        return 0;
    if (ps->n == PROFILES_MAX || len - 5 >= sizeof p->name)
        return err_set(e, ERR_TOOLONG, "printer profile %s: too many profiles, or its name is too long", file);
    *p = root();
    memcpy(p->name, file, len - 5);
    p->name[len - 5] = '\0';
    ps->n++;
    return load(folder, p->name, 0, p, e);
}

int profiles_load(const char *folder, struct profiles **ret, struct err *e)
{
    struct profiles *ps = calloc(1, sizeof *ps);
    struct dirent **names;
    int n = scandir(folder, &names, NULL, alphasort), rc = 0;

    if (!ps)
        abort();
    if (n < 0)
        rc = err_errno(e, "read printer profiles in %s", folder);
    for (int i = 0; i < n; i++) {
        if (rc == 0)
            rc = add(folder, names[i]->d_name, ps, e);
        free(names[i]);
    }
    if (n >= 0)
        free(names);
    if (rc == 0 && !profiles_by_name(ps, PROFILE_FALLBACK))
        rc = err_set(e, ERR_NOTFOUND, "%s has no profile %s.json", folder, PROFILE_FALLBACK);
    if (rc < 0)
        profiles_free(ps);
    else
        *ret = ps;
    return rc;
}

void profiles_free(struct profiles *p)
{
    free(p);
}

const struct profile *profiles_match(const struct profiles *ps, uint16_t vendor, uint16_t product, const char **ret_why)
{
    *ret_why = "vendor and product";
    for (int i = 0; i < ps->n; i++)
        for (int m = 0; m < ps->list[i].n_matches; m++)
            if (ps->list[i].matches[m].vendor == vendor && ps->list[i].matches[m].product == product)
                return &ps->list[i];
    *ret_why = "class";
    return profiles_by_name(ps, PROFILE_FALLBACK);
}

const struct profile *profiles_by_name(const struct profiles *ps, const char *name)
{
    for (int i = 0; i < ps->n; i++)
        if (!strcmp(ps->list[i].name, name))
            return &ps->list[i];
    return NULL;
}
