/* SPDX-License-Identifier: Apache-2.0
 *
 * A catalogue that was signed elsewhere is brought by a browser, in pieces:
 *
 *   POST /api/upload        {"manifest","signatures"}: {"version","files":[{"name","size"}]}
 *   POST /api/upload/NAME?at=N   the bytes of that file from there on, at most UPLOAD_BODY_MAX: {"at":N}, where to go on;
 * 409 with the same, where they do not follow what is here POST /api/upload-end    {"reason"}: it is an edition that waits
 * for approval (rules/edition.h)
 *
 * Signatures come first: of what the catalogue keys have not signed not a byte is kept. What comes lies in a folder of the
 * person's own, DATA/staging/upload-ID, which begins anew with each manifest.
 */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "catalog/catalog.h"
#include "model/level.h"
#include "tools/hall/staff/edition_view.h"
#include "tools/hall/staff/edition_wire.h"

struct upload {
    struct buf manifest, signatures;
    struct manifest_catalog c;
    char name[MANIFEST_NAME_MAX + 1];
    int64_t at;
    struct edition_say say;
    int held; /* edition_files_hold(); -1: nothing is */
};

static int folder_of(const struct ask *a, char out[PATH_MAX], struct err *e)
{
    char name[ACCOUNT_ID_MAX + 24];

    snprintf(name, sizeof name, "staging/upload-%s", a->me.id);
    return fs_join(out, PATH_MAX, a->desk->data, name) < 0 ? err_set(e, ERR_TOOLONG, "the folder") : 0;
}

static void clear(const char *folder)
{
    char path[PATH_MAX];
    DIR *dir = opendir(folder);
    struct dirent *d;

    while (dir && (d = readdir(dir)))
        if (d->d_name[0] != '.' && fs_join(path, sizeof path, folder, d->d_name) == 0)
            unlink(path);
    if (dir)
        closedir(dir);
    rmdir(folder);
}

static bool make(struct ask *a)
{
    a->upload = calloc(1, sizeof *a->upload);
    if (!a->upload) {
        ask_refuse(a, 503, "busy");
        return false;
    }
    a->upload->held = -1;
    buf_init(&a->upload->manifest, MANIFEST_MAX + 1);
    buf_init(&a->upload->signatures, MANIFEST_MAX + 1);
    return true;
}

static void ended(struct ask *a)
{
    if (!a->upload)
        return;
    buf_finish(&a->upload->manifest);
    buf_finish(&a->upload->signatures);
    if (a->upload->held >= 0)
        close(a->upload->held);
    free(a->upload);
}

/* In the word that the page has a sentence for. */
static void refuse_signed(struct ask *a, int rc)
{
    const struct manifest_catalog *c = &a->upload->c;

    if (rc == -ERR_SIGNATURE || rc == -ERR_KEY)
        ask_refuse(a, 422, "upload-not-signed");
    else if (rc == -ERR_EXPIRED)
        ask_refuse(a, 422, "edition-expired");
    else if (rc == -ERR_VERSION)
        ask_refuse(a, 422, c->needs > level_now() ? "upload-too-new" : "edition-old-version");
    else
        ask_refuse(a, 422, "upload-no-catalogue");
}

/* What is signed, by the root of now, above what all have. False: it is answered, or *ret_rc is the hall's error. */
static bool judge(struct ask *a, struct store *s, int *ret_rc, struct err *e)
{
    struct upload *u = a->upload;
    struct manifest_root root;
    struct edition_row known;
    struct err why = {0};
    int64_t above;

    *ret_rc = edition_files_root(a->desk->data, &root, e);
    if (*ret_rc == 0)
        *ret_rc = edition_above(s, a->desk->data, &above, e);
    if (*ret_rc < 0)
        return false;
    if (manifest_catalog_decode(u->manifest.data, u->manifest.len, &u->c, NULL) < 0) {
        ask_refuse(a, 422, "upload-no-catalogue");
        return false;
    }
    int rc = edition_files_signed(&root, above, u->manifest.data, u->manifest.len, u->signatures.data, u->signatures.len,
                                  &u->c, &why);
    if (rc < 0) {
        refuse_signed(a, rc);
        return false;
    }
    rc = edition_read(s, EDITION_CATALOGUE, u->c.version, &known, &why);
    if (rc == 0)
        ask_refuse(a, 409, "upload-known");
    else if (rc != -ERR_NOTFOUND) {
        *e = why;
        *ret_rc = rc;
    }
    return rc == -ERR_NOTFOUND;
}

/* --- begin --- */

static void begin_take(struct ask *a, const void *body, size_t len)
{
    if (make(a) && upload_begin_decode(body, len, &a->upload->manifest, &a->upload->signatures, NULL) < 0)
        ask_refuse(a, 400, "upload-no-catalogue");
}

static int put(const char *folder, const char *name, const struct buf *bytes, struct err *e)
{
    char path[PATH_MAX];

    return fs_join(path, sizeof path, folder, name) < 0 ? err_set(e, ERR_TOOLONG, "%s", folder)
                                                        : fs_write_atomic(path, bytes->data, bytes->len, 0600, e);
}

static void put_file(struct jsonw *w, const struct manifest_file *f)
{
    jsonw_obj(w, NULL);
    jsonw_str(w, "name", f->name);
    jsonw_int(w, "size", f->size);
    jsonw_end(w);
}

static int begin_read(struct ask *a, struct store *s, struct err *e)
{
    struct upload *u = a->upload;
    char folder[PATH_MAX];
    int rc = folder_of(a, folder, e);

    if (rc < 0 || !judge(a, s, &rc, e))
        return rc;
    clear(folder);
    rc = fs_mkdirs(folder, 0700, e);
    if (rc == 0)
        rc = put(folder, "catalog.json", &u->manifest, e);
    if (rc == 0)
        rc = put(folder, "catalog.sig", &u->signatures, e);
    if (rc < 0)
        return rc;
    ask_answer(a, 200);
    jsonw_int(&a->w, "version", u->c.version);
    jsonw_arr(&a->w, "files");
    put_file(&a->w, &u->c.file);
    for (size_t i = 0; i < u->c.n_patches; i++)
        put_file(&a->w, &u->c.patches[i].file);
    jsonw_end(&a->w);
    return 0;
}

const struct api api_upload = {.take = begin_take, .read = begin_read, .ended = ended, .body = JSON_SIZE_MAX};

/* --- a piece --- */

static void piece_take(struct ask *a, const void *body, size_t len)
{
    const char *name = exchange_tail(a->exchange);

    if (!make(a))
        return;
    a->upload->at = exchange_number(a->exchange, "at");
    if (strlen(name) > MANIFEST_NAME_MAX || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") != strlen(name) ||
        a->upload->at < 0 || len == 0 || buf_add(&a->file, body, len) < 0)
        ask_refuse(a, 400, "unreadable");
    else
        snprintf(a->upload->name, sizeof a->upload->name, "%s", name);
}

/* What was begun; -ERR_NOTFOUND: nothing was. */
static int read_begun(const char *folder, struct upload *u, struct err *e)
{
    struct verify_raw raw;
    int rc = verify_read(folder, "catalog", &raw, e);

    if (rc < 0)
        return rc;
    rc = buf_add(&u->manifest, raw.json.data, raw.json.len);
    if (rc == 0)
        rc = buf_add(&u->signatures, raw.sig.data, raw.sig.len);
    if (rc == 0)
        rc = manifest_catalog_decode(raw.json.data, raw.json.len, &u->c, e);
    verify_raw_finish(&raw);
    return rc;
}

/* -1: the manifest names no such file. */
static int64_t size_of(const struct upload *u)
{
    if (strcmp(u->name, u->c.file.name) == 0)
        return u->c.file.size;
    for (size_t i = 0; i < u->c.n_patches; i++)
        if (strcmp(u->name, u->c.patches[i].file.name) == 0)
            return u->c.patches[i].file.size;
    return -1;
}

static void answer_at(struct ask *a, int status, int64_t at)
{
    if (status == 200)
        ask_answer(a, 200);
    else
        ask_refuse(a, status, "upload-gap");
    jsonw_int(&a->w, "at", at);
}

static int append(struct ask *a, const char *path, struct err *e)
{
    const struct buf *bytes = &a->file;
    struct stat st = {0};
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600), rc = 0;

    if (fd < 0 || fstat(fd, &st) < 0) {
        rc = err_errno(e, "keep what comes");
    } else if (st.st_size != a->upload->at) {
        answer_at(a, 409, st.st_size);
    } else if (lseek(fd, st.st_size, SEEK_SET) < 0 || (rc = fs_write_all(fd, path, bytes->data, bytes->len, e)) < 0) {
        rc = rc < 0 ? rc : err_errno(e, "keep what comes");
        if (ftruncate(fd, st.st_size) < 0)
            rc = err_errno(e, "keep what comes");
    } else {
        answer_at(a, 200, st.st_size + (int64_t)bytes->len);
    }
    if (fd >= 0)
        close(fd);
    return rc;
}

static int piece_read(struct ask *a, struct store *s, struct err *e)
{
    char folder[PATH_MAX], path[PATH_MAX];
    struct err none = {0};
    int rc = folder_of(a, folder, e);

    if (rc < 0)
        return rc;
    if (read_begun(folder, a->upload, &none) < 0 || size_of(a->upload) < 0) {
        ask_refuse(a, 404, "upload-no-such-file");
        return 0;
    }
    if (a->upload->at + (int64_t)a->file.len > size_of(a->upload)) {
        ask_refuse(a, 422, "upload-damaged");
        return 0;
    }
    return fs_join(path, sizeof path, folder, a->upload->name) < 0 ? err_set(e, ERR_TOOLONG, "%s", folder)
                                                                   : append(a, path, e);
}

const struct api api_upload_piece = {.take = piece_take, .read = piece_read, .ended = ended, .body = UPLOAD_BODY_MAX};

/* --- the end --- */

static void end_take(struct ask *a, const void *body, size_t len)
{
    if (!make(a))
        return;
    if (edition_say_decode(body, len, &a->upload->say, NULL) < 0)
        ask_refuse(a, 400, "unreadable");
    else
        ask_keeps(a, a->upload->say.reason);
}

/* The keys have signed it; and it is what it says. */
static bool is_catalogue(const char *folder, const struct manifest_catalog *m)
{
    char path[PATH_MAX];
    struct catalog *c = NULL;
    bool is = fs_join(path, sizeof path, folder, m->file.name) == 0 && catalog_open(path, &c, NULL) == 0 &&
              catalog_version(c) == m->version;

    catalog_close(c);
    return is;
}

/* Hashing and copying take as long as the file is large: beside the loop, and before anything is written down. */
static int end_read(struct ask *a, struct store *s, struct err *e)
{
    struct upload *u = a->upload;
    char folder[PATH_MAX];
    struct err none = {0};
    int rc = folder_of(a, folder, e);

    if (rc < 0)
        return rc;
    if (read_begun(folder, u, &none) < 0) {
        ask_refuse(a, 404, "upload-no-such-file");
        return 0;
    }
    rc = edition_files_hold(a->desk->data, EDITION_CATALOGUE, &u->held, e);
    if (rc < 0 || !judge(a, s, &rc, e))
        return rc;
    if (edition_files_there(folder, &u->c, &none) < 0)
        ask_refuse(a, 422, "upload-damaged");
    else if (!is_catalogue(folder, &u->c))
        ask_refuse(a, 422, "upload-no-catalogue");
    else
        rc = edition_files_take(a->desk->data, folder, &u->c, e);
    return rc;
}

static int end_write(struct ask *a, struct store *s, struct err *e)
{
    struct upload *u = a->upload;
    const struct edition_by by = {
        .id = a->me.id, .name = a->me.name, .office = a->me.office, .why = u->say.reason, .now = a->now};
    struct err why = {0};
    int rc = edition_enter(s, &u->c, &u->manifest, &u->signatures, &by, &why);

    if (rc == -ERR_EXISTS) { /* at the same moment */
        ask_refuse(a, 409, "upload-known");
        return 0;
    }
    if (rc < 0) {
        *e = why;
        return rc;
    }
    ask_answer(a, 200);
    jsonw_int(&a->w, "version", u->c.version);
    return 0;
}

static void end_ended(struct ask *a)
{
    char folder[PATH_MAX];

    if (a->status == 200 && folder_of(a, folder, NULL) == 0)
        clear(folder);
    ended(a);
}

const struct api api_upload_end = {.take = end_take, .read = end_read, .write = end_write, .ended = end_ended};
