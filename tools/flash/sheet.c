/* SPDX-License-Identifier: Apache-2.0
 *
 * See sheet.h.
 */
#include "tools/flash/sheet.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/secret.h"

static int add_bytes(struct sheets *s, const void *data, size_t len, struct err *e)
{
    struct enrol_sheet sheet;

    int rc = len < DISK_BLOCK ? enrol_sheet_decode(data, len, &sheet, e) : err_set(e, ERR_TOOLONG, "it is too long");
    if (rc == 0 && s->n == SHEETS_MAX)
        rc = err_set(e, ERR_TOOLONG, "more than %d sheets", SHEETS_MAX);
    if (rc == 0) {
        struct sheet *t = &s->list[s->n++];
        *t = (struct sheet){0};
        strcpy(t->unit, sheet.terminal);
        memcpy(t->block, data, len);
        sha256(data, len, t->id);
    }
    secret_wipe(&sheet, sizeof sheet);
    return rc;
}

static int add(struct sheets *s, const char *path, struct err *e)
{
    struct buf file;

    int rc = fs_read_given(path, DISK_BLOCK - 1, &file, e);
    if (rc < 0)
        return rc;
    rc = err_wrap(e, add_bytes(s, file.data, file.len, e), "%s", path);
    buf_finish(&file);
    return rc;
}

static int compare(const void *a, const void *b)
{
    const struct sheet *x = a, *y = b;

    return strverscmp(x->unit, y->unit);
}

static int add_folder(struct sheets *s, const char *path, struct err *e)
{
    char name[PATH_MAX];
    struct dirent *d;
    int rc = 0;

    DIR *dir = opendir(path);
    if (!dir)
        return err_errno(e, "open %s", path);
    while (rc == 0 && (d = readdir(dir))) {
        size_t n = strlen(d->d_name);
        if (n < 6 || strcmp(d->d_name + n - 5, ".json") || d->d_name[0] == '.')
            continue;
        rc = fs_join(name, sizeof name, path, d->d_name);
        if (rc == 0)
            rc = add(s, name, e);
    }
    closedir(dir);
    qsort(s->list, s->n, sizeof *s->list, compare);
    for (size_t i = 1; rc == 0 && i < s->n; i++)
        if (!strcmp(s->list[i].unit, s->list[i - 1].unit))
            rc = err_set(e, ERR_EXISTS, "two sheets are for the terminal %s", s->list[i].unit);
    return rc == 0 && s->n == 0 ? err_set(e, ERR_NOTFOUND, "%s holds no sheet (NAME.json)", path) : rc;
}

int sheets_open(const char *path, struct sheets *ret, struct err *e)
{
    struct sheets s = {.list = calloc(SHEETS_MAX, sizeof *s.list)};
    struct stat st;

    if (!s.list)
        return err_set(e, ERR_NOMEM, "read sheets");
    int rc = stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? add_folder(&s, path, e) : add(&s, path, e);
    if (rc == 0)
        *ret = s;
    else
        sheets_close(&s);
    return rc;
}

int sheets_take(const void *data, size_t len, struct sheets *ret, struct err *e)
{
    struct sheets s = {.list = calloc(SHEETS_MAX, sizeof *s.list)};

    int rc = s.list ? add_bytes(&s, data, len, e) : err_set(e, ERR_NOMEM, "read a sheet");
    if (rc == 0)
        *ret = s;
    else
        sheets_close(&s);
    return rc;
}

void sheets_leave_out(struct sheets *s, bool (*used)(void *ctx, const struct sheet *t), void *ctx)
{
    size_t kept = 0;

    for (size_t i = 0; i < s->n; i++)
        if (!used(ctx, &s->list[i]))
            s->list[kept++] = s->list[i];
    s->n = kept;
}

void sheets_close(struct sheets *s)
{
    if (s->list)
        secret_wipe(s->list, s->n * sizeof *s->list);
    free(s->list);
    *s = (struct sheets){0};
}

struct sheet *sheets_next(struct sheets *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (!s->list[i].used)
            return &s->list[i];
    return NULL;
}

size_t sheets_left(const struct sheets *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++)
        n += !s->list[i].used;
    return n;
}
