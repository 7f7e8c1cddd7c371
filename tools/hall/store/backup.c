/* SPDX-License-Identifier: Apache-2.0
 *
 * See backup.h.
 */
#include "tools/hall/store/backup_file.h"
#include "tools/hall/store/backup_wire.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "tools/hall/store/schema.h"
#include "tools/hall/store/where.h"

#define TRIES 5 /* while something is published */

/* --- files ------------------------------------------------------------------------------------------------------------ */

static int copy_bytes(int from, int to, const char *path, struct err *e)
{
    char block[64 * 1024];
    ssize_t n;

    while ((n = read(from, block, sizeof block)) > 0) {
        int rc = fs_write_all(to, path, block, (size_t)n, e);
        if (rc < 0)
            return rc;
    }
    return n < 0 ? err_errno(e, "read for %s", path) : fsync(to) < 0 ? err_errno(e, "write %s", path) : 0;
}

int backup_copy_file(const char *from, const char *to, struct err *e)
{
    struct stat st;
    int in, rc = fs_open(from, &in, e);

    if (rc < 0)
        return rc;
    unlink(to);
    int out = fstat(in, &st) < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, st.st_mode & 0777);
    rc = out < 0 ? err_errno(e, "make %s", to) : copy_bytes(in, out, to, e);
    close(in);
    if (out >= 0 && close(out) < 0 && rc == 0)
        rc = err_errno(e, "write %s", to);
    return rc;
}

int backup_make_folders(const char *root, const char *name, struct err *e)
{
    char path[PATH_MAX];
    const char *slash = strrchr(name, '/');

    if (!slash)
        return 0;
    int n = snprintf(path, sizeof path, "%s/%.*s", root, (int)(slash - name), name);
    return n < (int)sizeof path ? fs_mkdirs(path, 0700, e) : err_set(e, ERR_TOOLONG, "%s/%s", root, name);
}

/* --- the list --------------------------------------------------------------------------------------------------------- */

/* The names of regular files below a folder, each with its leading '/' cut off, one after the other with their NULs. */
struct names {
    struct buf text;
    const char *root;
};

static bool left_out(const char *name)
{
    static const char *const of_it[] = {BACKUP_DB,   BACKUP_DB "-wal", BACKUP_DB "-shm",
                                        "hall.lock", BACKUP_FACTS,     BACKUP_SUMS};

    for (size_t i = 0; i < sizeof of_it / sizeof *of_it; i++)
        if (!strcmp(name, of_it[i]))
            return true;
    return !strncmp(name, BACKUP_REPLACED, strlen(BACKUP_REPLACED));
}

static int list_below(struct names *all, const char *below, struct err *e)
{
    char path[PATH_MAX], name[PATH_MAX];
    const struct dirent *f;
    struct stat st;
    int rc = fs_join(path, sizeof path, all->root, below) ? err_set(e, ERR_TOOLONG, "%s", below) : 0;
    DIR *dir = rc == 0 ? opendir(path) : NULL;

    if (rc == 0 && !dir)
        rc = err_errno(e, "read %s", path);
    while (rc == 0 && (f = readdir(dir))) {
        if (!strcmp(f->d_name, ".") || !strcmp(f->d_name, ".."))
            continue;
        if (snprintf(name, sizeof name, "%s%s%s", below, *below ? "/" : "", f->d_name) >= (int)sizeof name ||
            fs_join(path, sizeof path, all->root, name))
            rc = err_set(e, ERR_TOOLONG, "%s/%s", all->root, f->d_name);
        else if (left_out(name) || lstat(path, &st) < 0) /* gone meanwhile: it was on its way to another name */
            continue;
        else if (S_ISDIR(st.st_mode))
            rc = list_below(all, name, e);
        else if (S_ISREG(st.st_mode))
            buf_add(&all->text, name, strlen(name) + 1);
    }
    if (dir)
        closedir(dir);
    return rc < 0 ? rc : buf_ok(&all->text) ? 0 : err_set(e, ERR_TOOLONG, "%s holds too many files", all->root);
}

static int list_files(struct names *all, const char *root, struct err *e)
{
    *all = (struct names){.root = root};
    buf_init(&all->text, BACKUP_SUMS_MAX);
    return list_below(all, "", e);
}

static const char *next_name(const struct names *all, const char *name)
{
    const char *end = buf_str(&all->text) + all->text.len, *next = name ? name + strlen(name) + 1 : buf_str(&all->text);
    return next < end ? next : NULL;
}

/* --- making ----------------------------------------------------------------------------------------------------------- */

/* Whether the file is still the one that was copied: what is renamed into place has another number or time. */
static bool same_file(const char *path, const struct stat *was)
{
    struct stat st;
    return stat(path, &st) == 0 && st.st_ino == was->st_ino && st.st_size == was->st_size &&
           st.st_mtim.tv_sec == was->st_mtim.tv_sec && st.st_mtim.tv_nsec == was->st_mtim.tv_nsec;
}

/* leases.log grows at any moment, and each line of it counts alone. */
static bool may_change(const char *name)
{
    return !strcmp(name, "leases.log");
}

/* *ret_still: nothing was exchanged while they were copied, so that they belong together. */
static int copy_all(const struct names *all, const char *to_root, bool *ret_still, struct err *e)
{
    char from[PATH_MAX], to[PATH_MAX];
    struct stat *was = calloc(all->text.len + 1, sizeof *was);
    size_t n = 0;
    int rc = was ? 0 : err_set(e, ERR_NOMEM, "copy");

    *ret_still = true;
    for (const char *name = NULL; rc == 0 && (name = next_name(all, name)); n++) {
        rc = backup_make_folders(to_root, name, e);
        if (rc == 0 && (fs_join(from, sizeof from, all->root, name) || fs_join(to, sizeof to, to_root, name)))
            rc = err_set(e, ERR_TOOLONG, "%s", name);
        if (rc == 0 && stat(from, &was[n]) == 0)
            rc = backup_copy_file(from, to, e);
        if (rc == -ERR_NOTFOUND)
            rc = 0; /* seen below */
    }
    n = 0;
    for (const char *name = NULL; rc == 0 && (name = next_name(all, name)); n++)
        *ret_still &= may_change(name) || (fs_join(from, sizeof from, all->root, name) == 0 && same_file(from, &was[n]));
    free(was);
    return rc;
}

static int copy_files(const char *data, const char *to, struct err *e)
{
    bool still = false;
    int rc = 0;

    for (int i = 0; rc == 0 && !still && i < TRIES; i++) {
        struct names all;
        rc = list_files(&all, data, e);
        if (rc == 0)
            rc = copy_all(&all, to, &still, e);
        buf_finish(&all.text);
    }
    return rc == 0 && !still ? err_set(e, ERR_BUSY, "the hall publishes at this moment: try again in a minute") : rc;
}

static int write_facts(const char *data, const char *to, struct backup_facts *f, struct err *e)
{
    char path[PATH_MAX];
    struct where w;
    struct buf id, json;
    int rc = where_read(data, &w, e);

    if (rc == 0)
        rc = fs_read(w.marker, 64, &id, e);
    if (rc < 0)
        return rc;
    clock_format_rfc3339(clock_wall_ms(), f->made);
    buf_init(&json, BACKUP_FACTS_MAX);
    rc = backup_facts_encode(buf_str(&id), f->made, SCHEMA_VERSION, &json, e);
    if (rc == 0 && fs_join(path, sizeof path, to, BACKUP_FACTS))
        rc = err_set(e, ERR_TOOLONG, "%s", to);
    if (rc == 0)
        rc = fs_write_atomic(path, json.data, json.len, 0600, e);
    buf_finish(&json);
    buf_finish(&id);
    return rc;
}

static int add_sum(struct buf *sums, const char *root, const char *name, struct backup_facts *f, struct err *e)
{
    char path[PATH_MAX], hex[2 * SHA256_LEN + 1];
    uint8_t hash[SHA256_LEN];
    uint64_t len = 0;
    int rc = fs_join(path, sizeof path, root, name) ? err_set(e, ERR_TOOLONG, "%s", name) : sha256_file(path, hash, &len, e);

    if (rc < 0)
        return rc;
    hex_encode(hash, sizeof hash, hex);
    buf_addf(sums, "%s  %s\n", hex, name);
    f->files++;
    f->bytes += (int64_t)len;
    return buf_ok(sums) ? 0 : err_set(e, ERR_TOOLONG, "%s holds too many files", root);
}

static int write_sums(const char *root, const char *database, struct backup_facts *f, struct err *e)
{
    char path[PATH_MAX];
    struct names all;
    struct buf sums;
    int rc = list_files(&all, root, e);

    buf_init(&sums, BACKUP_SUMS_MAX);
    if (rc == 0)
        rc = add_sum(&sums, root, BACKUP_FACTS, f, e);
    if (rc == 0 && strcmp(database, BACKUP_DUMP) != 0) /* the dump is in the list already */
        rc = add_sum(&sums, root, database, f, e);
    for (const char *name = NULL; rc == 0 && (name = next_name(&all, name));)
        rc = add_sum(&sums, root, name, f, e);
    if (rc == 0 && fs_join(path, sizeof path, root, BACKUP_SUMS))
        rc = err_set(e, ERR_TOOLONG, "%s", root);
    if (rc == 0)
        rc = fs_write_atomic(path, sums.data, sums.len, 0600, e);
    buf_finish(&sums);
    buf_finish(&all.text);
    return rc;
}

/* All of it into a folder that nothing else bears the name of. */
static int fill(const char *data, const char *part, struct backup_facts *f, struct err *e)
{
    char path[PATH_MAX];
    struct where w;
    int rc = where_read(data, &w, e);
    const char *database = rc == 0 && w.server ? BACKUP_DUMP : BACKUP_DB;

    if (rc == 0 && fs_join(path, sizeof path, part, database))
        rc = err_set(e, ERR_TOOLONG, "%s", part);
    if (rc == 0)
        rc = sql_save(w.db, path, e);
    if (rc == 0)
        rc = copy_files(data, part, e);
    if (rc == 0)
        rc = write_facts(data, part, f, e);
    return rc < 0 ? rc : write_sums(part, database, f, e);
}

/* Files alone can lie in what a try that was cut has left. */
static int empty_folder(const char *root, struct err *e)
{
    struct names all = {.root = root};
    char path[PATH_MAX];
    static const char *const own[] = {BACKUP_DB,    BACKUP_DB "-wal", BACKUP_DB "-shm", BACKUP_DB "-journal",
                                      BACKUP_FACTS, BACKUP_SUMS};
    int rc = fs_mkdirs(root, 0700, e);

    if (rc == 0)
        rc = list_files(&all, root, e);
    for (const char *name = NULL; rc == 0 && (name = next_name(&all, name));)
        if (fs_join(path, sizeof path, root, name) || unlink(path) < 0)
            rc = err_errno(e, "remove %s", name);
    for (size_t i = 0; rc == 0 && i < sizeof own / sizeof *own; i++)
        if (!fs_join(path, sizeof path, root, own[i]) && unlink(path) < 0 && errno != ENOENT)
            rc = err_errno(e, "remove %s", path);
    buf_finish(&all.text);
    return rc;
}

static int sync_parent(const char *path, struct err *e)
{
    char parent[PATH_MAX];
    const char *slash = strrchr(path, '/');

    snprintf(parent, sizeof parent, "%.*s", slash && slash > path ? (int)(slash - path) : 1, slash ? path : ".");
    return fs_sync_dir(parent, e);
}

int backup_make(const char *data, const char *out, struct backup_facts *ret, struct err *e)
{
    char part[PATH_MAX];
    struct backup_facts f = {.files = 0};

    if (access(out, F_OK) == 0)
        return err_set(e, ERR_EXISTS, "%s is there already: name a folder that is not", out);
    if (snprintf(part, sizeof part, "%s.part", out) >= (int)sizeof part)
        return err_set(e, ERR_TOOLONG, "%s", out);
    int rc = empty_folder(part, e);
    if (rc == 0)
        rc = fill(data, part, &f, e);
    if (rc == 0 && rename(part, out) < 0)
        rc = err_errno(e, "rename %s", part);
    if (rc == 0)
        rc = sync_parent(out, e);
    if (rc < 0)
        return err_wrap(e, rc, "back up %s", data);
    *ret = f;
    return 0;
}
