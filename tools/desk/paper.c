/* SPDX-License-Identifier: Apache-2.0
 *
 * See paper.h.
 */
#include "tools/desk/paper.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "tools/desk/png.h"

#define PATH_CAP 512
#define LIST_MAX (16 * 1024 * 1024)

struct tray {
    char dir[PATH_CAP];
    int number; /* of the last piece */
    int count;
    struct buf list;
};

static void describe(const char *role, const char *file, const struct virtual_paper *paper, struct buf *out)
{
    struct jsonw w;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "role", role);
    jsonw_str(&w, "file", file);
    jsonw_str(&w, "text", paper->text);
    jsonw_arr(&w, "qr");
    for (int i = 0; i < paper->n_qr; i++)
        jsonw_str(&w, NULL, paper->qr[i]);
    jsonw_end(&w);
    jsonw_bool(&w, "cut", paper->cut);
    jsonw_end(&w);
}

void tray_describe(const char *role, const struct virtual_paper *paper, struct buf *out)
{
    describe(role, "", paper, out);
}

static void name_piece(const struct tray *t, const char *role, const char *end, char out[PATH_CAP])
{
    int n = snprintf(out, PATH_CAP, "%s/%03d-%s.%s", t->dir, t->number, role, end);
    if (n < 0 || n >= PATH_CAP)
        log_error("desk", "the path of the paper folder is too long");
}

static int write_file(const char *path, const void *data, size_t len, struct err *e)
{
    FILE *f = fopen(path, "wbe");
    if (!f)
        return err_errno(e, "create %s", path);
    int rc = fwrite(data, 1, len, f) == len ? 0 : err_errno(e, "write %s", path);
    if (fclose(f) != 0 && rc == 0)
        rc = err_errno(e, "write %s", path);
    return rc;
}

/* Another role may have the number already, from an earlier desk. */
static void next_number(struct tray *t)
{
    static const char *const roles[] = {"printer", "ticket"};
    char path[PATH_CAP];
    bool taken;
    do {
        taken = false;
        t->number++;
        for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
            name_piece(t, roles[i], "bin", path);
            taken |= access(path, F_OK) == 0;
        }
    } while (taken);
}

void tray_add(struct tray *t, const char *role, const struct virtual_paper *paper)
{
    char path[PATH_CAP];
    struct err e;
    next_number(t);
    name_piece(t, role, "bin", path);
    int rc = write_file(path, paper->bytes, paper->n_bytes, &e);
    name_piece(t, role, "txt", path);
    if (rc == 0)
        rc = write_file(path, paper->text, strlen(paper->text), &e);
    name_piece(t, role, "png", path);
    if (rc == 0)
        rc = png_write_bits(path, paper->rows, paper->width, paper->height, paper->stride, &e);
    if (rc < 0)
        log_error("desk", "keep the paper: %s", e.text);
    if (t->count++ > 0)
        buf_addc(&t->list, ',');
    describe(role, path, paper, &t->list);
}

int tray_list(const struct tray *t, struct buf *out)
{
    buf_adds(out, buf_str(&t->list));
    return t->count;
}

struct tray *tray_create(const char *dir, struct err *e)
{
    struct tray *t = calloc(1, sizeof *t);
    if (!t) {
        err_set(e, ERR_NOMEM, "make a tray");
        return NULL;
    }
    buf_init(&t->list, LIST_MAX);
    int rc = text_copy(t->dir, sizeof t->dir - 32, dir) ? fs_mkdirs(dir, 0777, e) : err_set(e, ERR_TOOLONG, "%s", dir);
    if (rc < 0) {
        tray_destroy(t);
        return NULL;
    }
    return t;
}

void tray_destroy(struct tray *t)
{
    if (!t)
        return;
    buf_finish(&t->list);
    free(t);
}
