/* SPDX-License-Identifier: Apache-2.0
 *
 * Takes a district's list of items as it is found in the wild. Such lists are dirty: everything odd is told with its item,
 * and all that a resident can use is taken: a name, a department, a code, a place.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/text.h"
#include "catalog/item_file.h"
#include "model/strings.h"
#include "tools/hallctl/catalog.h"
#include "tools/hallctl/import_row.h"

#define LIST_BYTES_MAX ((size_t)64 * 1024 * 1024)

struct import {
    const struct import_options *o;
    struct report report;
    const struct json *list;
    struct import_row *rows; /* of the items taken */
    size_t n;
    int counts[IMPORT_DEFECTS];
    int credit_valid;
};

static void say(void *ctx, const struct import_row *row, enum import_defect defect, const char *key, const char *found)
{
    struct import *im = ctx;
    const struct import_defect_info *info = import_defect_info(defect);

    im->counts[defect]++;
    if (!key && *info->path)
        key = info->path;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the formats of import_defect.def, each with one %s */
    report_say(&im->report, &(struct finding){info->severity, NULL, row->code, key, info->code}, info->words, found);
#pragma GCC diagnostic pop
}

/* --- what shows only across the list --- */

static int by_code(const void *a, const void *b)
{
    const struct import_row *x = a, *y = b;
    int order = strcmp(x->code, y->code);

    return order ? order : x->place - y->place;
}

static int by_name(const void *a, const void *b)
{
    const struct import_row *x = a, *y = b;
    int order = strcmp(x->department, y->department);

    if (order == 0)
        order = strcmp(x->name, y->name);
    return order ? order : x->place - y->place;
}

static void leave_out_twins(struct import *im)
{
    size_t kept = 0;

    qsort(im->rows, im->n, sizeof *im->rows, by_code);
    for (size_t i = 0; i < im->n; i++) {
        if (kept && strcmp(im->rows[kept - 1].code, im->rows[i].code) == 0)
            say(im, &im->rows[i], IMPORT_CODE_TWICE, NULL, im->rows[i].code);
        else
            im->rows[kept++] = im->rows[i];
    }
    im->n = kept;
}

static void find_names(struct import *im)
{
    qsort(im->rows, im->n, sizeof *im->rows, by_name);
    for (size_t i = 1; i < im->n; i++)
        if (strcmp(im->rows[i - 1].department, im->rows[i].department) == 0 &&
            strcmp(im->rows[i - 1].name, im->rows[i].name) == 0)
            say(im, &im->rows[i], IMPORT_NAME_TWICE, NULL, im->rows[i].name);
}

/* --- item files --- */

static void compose(const struct import_options *o, const struct import_row *row, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "schema", 1);
    jsonw_str(&w, "task_code", row->code);
    jsonw_bool(&w, "legacy_code", true);
    jsonw_bool(&w, "look_up", true);
    jsonw_int(&w, "task_version", 1);
    jsonw_str(&w, "task_name", row->name);
    if (row->task_type[0])
        jsonw_str(&w, "task_type", row->task_type);
    jsonw_obj(&w, "dept");
    if (row->dept_code[0])
        jsonw_str(&w, "dept_code", row->dept_code);
    jsonw_str(&w, "dept_name", row->department);
    jsonw_end(&w);
    jsonw_bool(&w, "is_service_terminals", false);
    if (o->where)
        jsonw_str(&w, "transact_addr", o->where);
    jsonw_arr(&w, "themes");
    jsonw_str(&w, NULL, o->theme ? o->theme : str(LANGUAGE_ZH_CN, STR_catalog_more));
    jsonw_end(&w);
    if (row->main_item[0]) {
        jsonw_arr(&w, "keywords");
        jsonw_str(&w, NULL, row->main_item);
        jsonw_end(&w);
    }
    jsonw_end(&w);
    buf_addc(out, '\n');
}

static int path_of(const struct import *im, const struct import_row *row, char path[PATH_MAX])
{
    char name[IMPORT_CODE_MAX + 8];

    snprintf(name, sizeof name, "%s.json", row->code);
    return fs_join(path, PATH_MAX, im->o->out, name);
}

/* What lies there may be the same item of an earlier import, and nothing else. */
static int may_write(const char *path, const char *code, struct err *e)
{
    struct item_file *f = NULL;
    struct buf raw;
    bool same = false;

    if (access(path, F_OK) != 0)
        return 0;
    if (fs_read_given(path, ITEM_FILE_MAX, &raw, NULL) == 0) {
        same = item_file_parse(raw.data, raw.len, LANGUAGE_ZH_CN, &f, NULL) == 0 && f->item.task_code &&
               strcmp(f->item.task_code, code) == 0;
        item_file_free(f);
        buf_finish(&raw);
    }
    return same ? 0 : err_set(e, ERR_EXISTS, "%s is there and is not the file of item %s: move it away", path, code);
}

/* Without a sync: the folder is made anew when the machine fails. Half a file would be nobody's. */
static int write_file(const char *path, const struct buf *b, struct err *e)
{
    FILE *f = fopen(path, "wb");
    bool good = f && fwrite(b->data, 1, b->len, f) == b->len;

    if (f && fclose(f) != 0)
        good = false;
    if (good)
        return 0;
    int rc = err_errno(e, "write %s", path);
    if (f)
        unlink(path);
    return rc;
}

static int write_items(struct import *im, struct err *e)
{
    char path[PATH_MAX];
    int rc = 0;
    struct progress p;
    struct buf b;

    for (size_t i = 0; rc == 0 && i < im->n; i++) {
        rc = path_of(im, &im->rows[i], path);
        if (rc == 0)
            rc = may_write(path, im->rows[i].code, e);
    }
    if (rc == 0)
        rc = fs_mkdirs(im->o->out, 0755, e);
    progress_begin(&p, "item files written");
    for (size_t i = 0; rc == 0 && i < im->n; i++) {
        progress_step(&p, (int64_t)i, (int64_t)im->n);
        buf_init(&b, ITEM_FILE_MAX);
        compose(im->o, &im->rows[i], &b);
        rc = path_of(im, &im->rows[i], path);
        if (rc == 0)
            rc = write_file(path, &b, e);
        buf_finish(&b);
    }
    progress_end(&p);
    return rc;
}

/* --- the answer --- */

static void print_text(const struct import *im)
{
    printf("%zu of %zu items taken; credit codes: %d valid\n", im->n, json_len(im->list), im->credit_valid);
    for (int d = 0; d < IMPORT_DEFECTS; d++)
        if (im->counts[d])
            printf("%6d %s\n", im->counts[d], import_defect_info(d)->code);
}

static void print_json(struct import *im)
{
    const char *list = report_list(&im->report);
    struct jsonw w;
    struct buf out;

    buf_init(&out, im->report.list.len + 4096);
    jsonw_init(&w, &out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "items", (int64_t)json_len(im->list));
    jsonw_int(&w, "taken", (int64_t)im->n);
    jsonw_int(&w, "credit_codes_valid", im->credit_valid);
    jsonw_obj(&w, "defects");
    for (int d = 0; d < IMPORT_DEFECTS; d++)
        if (im->counts[d])
            jsonw_int(&w, import_defect_info(d)->code, im->counts[d]);
    jsonw_end(&w);
    jsonw_raw(&w, "findings", list, strlen(list));
    jsonw_end(&w);
    printf("%s\n", buf_str(&out));
    buf_finish(&out);
}

static int take_all(struct import *im, struct err *e)
{
    size_t n = json_len(im->list);
    struct progress p;

    im->rows = calloc(n + 1, sizeof *im->rows);
    if (!im->rows)
        return err_set(e, ERR_NOMEM, "read the list");
    progress_begin(&p, "rows read");
    im->report.progress = &p;
    for (size_t i = 0; i < n; i++) {
        struct import_row *row = &im->rows[im->n];

        progress_step(&p, (int64_t)i, (int64_t)n);
        *row = (struct import_row){.place = (int)i};
        if (import_row_read(json_at(im->list, i), row, say, im))
            im->n++;
        im->credit_valid += row->credit_valid;
    }
    im->report.progress = NULL;
    progress_end(&p);
    leave_out_twins(im);
    find_names(im);
    return write_items(im, e);
}

int catalog_import(const struct import_options *o, struct err *e)
{
    struct import im = {.o = o};
    struct json *doc = NULL;
    struct buf raw;
    int rc = fs_read_given(o->file, LIST_BYTES_MAX, &raw, e);

    if (rc < 0)
        return rc;
    report_open(&im.report, stdout, o->json);
    size_t mark = raw.len >= 3 && !memcmp(raw.data, "\xEF\xBB\xBF", 3) ? 3 : 0;
    if (mark)
        say(&im, &(struct import_row){.code = ""}, IMPORT_BOM, NULL, o->file);
    rc = json_parse(raw.data + mark, raw.len - mark, LIST_BYTES_MAX, &doc, e);
    buf_finish(&raw);
    im.list = doc;
    if (rc == 0 && !json_is_arr(doc))
        rc = err_set(e, ERR_INVALID, "it is no list");
    if (rc == 0)
        rc = take_all(&im, e);
    if (rc == 0 && o->json)
        print_json(&im);
    else if (rc == 0)
        print_text(&im);
    free(im.rows);
    json_free(doc);
    report_close(&im.report);
    return err_wrap(e, rc, "import %s", o->file);
}
