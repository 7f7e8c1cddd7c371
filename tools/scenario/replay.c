/* SPDX-License-Identifier: Apache-2.0
 *
 * See replay.h. A file is its durable content and the operations since its last sync; names point to files, once as they
 * are and once as they would be found after a cut.
 */
#include "tools/scenario/replay.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/must.h"
#include "tools/scenario/disk_log.h"

#define FILES_MAX 256
#define FILE_BYTES_MAX (64u << 20)
#define LOG_BYTES_MAX (512u << 20)
#define TEAR 512

struct operation {
    struct disk_log_head head;
    const char *path; /* not terminated */
    const uint8_t *data;
};
struct file {
    struct buf durable;
    const struct operation **pending;
    size_t n_pending;
};
struct name { /* an entry of a folder */
    char path[PATH_MAX];
    int now, after; /* index of the file; -1: no such name */
};
struct disk {
    struct buf log;
    struct operation *ops;
    size_t n_ops;
    struct file files[FILES_MAX];
    int n_files;
    struct name names[FILES_MAX];
    int n_names;
    const struct operation **unsynced_names;
    size_t n_unsynced;
    unsigned seed;
};

static unsigned next_random(struct disk *d)
{
    d->seed = d->seed * 1664525u + 1013904223u;
    return d->seed >> 8;
}

static struct name *name_of(struct disk *d, const char *path, size_t len)
{
    for (int i = 0; i < d->n_names; i++)
        if (strlen(d->names[i].path) == len && !memcmp(d->names[i].path, path, len))
            return &d->names[i];
    must(d->n_names < FILES_MAX && len < PATH_MAX, "more files, or a longer path, than a replay holds");
    struct name *n = &d->names[d->n_names++];
    memcpy(n->path, path, len);
    n->path[len] = 0;
    n->now = n->after = -1;
    return n;
}

static int new_file(struct disk *d)
{
    must(d->n_files < FILES_MAX, "more files than a replay holds");
    buf_init(&d->files[d->n_files].durable, FILE_BYTES_MAX);
    return d->n_files++;
}

static void resize(struct buf *b, size_t len)
{
    static const uint8_t zeros[4096];

    while (b->len < len)
        buf_add(b, zeros, len - b->len < sizeof zeros ? len - b->len : sizeof zeros);
    b->len = len;
}

static void apply(struct buf *b, const struct operation *o, size_t len)
{
    if (o->head.op == OP_TRUNCATE) {
        resize(b, o->head.offset);
    } else {
        if (b->len < o->head.offset + len)
            resize(b, o->head.offset + len);
        if (len) /* torn off to nothing */
            memcpy(b->data + o->head.offset, o->data, len);
    }
}

static void sync_file(struct file *f)
{
    for (size_t i = 0; i < f->n_pending; i++)
        apply(&f->durable, f->pending[i], f->pending[i]->head.data_len);
    f->n_pending = 0;
}

/* Applies a change of names to what would be found after a cut. */
static void settle_name(struct disk *d, const struct operation *o, int file)
{
    struct name *n = name_of(d, o->path, o->head.path_len);

    if (o->head.op == OP_RENAME) {
        name_of(d, (const char *)o->data, o->head.data_len)->after = n->after;
        n->after = -1;
    } else {
        n->after = o->head.op == OP_CREATE ? file : -1;
    }
}

static bool in_folder(const struct operation *o, const struct operation *folder)
{
    return o->head.path_len > folder->head.path_len && !memcmp(o->path, folder->path, folder->head.path_len) &&
           !memchr(o->path + folder->head.path_len + 1, '/', o->head.path_len - folder->head.path_len - 1);
}

/* A created file keeps its index in the operation's offset, which OP_CREATE does not use. */
static void sync_folder(struct disk *d, const struct operation *folder)
{
    size_t kept = 0;

    for (size_t i = 0; i < d->n_unsynced; i++) {
        if (in_folder(d->unsynced_names[i], folder))
            settle_name(d, d->unsynced_names[i], (int)d->unsynced_names[i]->head.offset);
        else
            d->unsynced_names[kept++] = d->unsynced_names[i];
    }
    d->n_unsynced = kept;
}

static void change_name(struct disk *d, struct operation *o)
{
    struct name *n = name_of(d, o->path, o->head.path_len);

    if (o->head.op == OP_CREATE) {
        n->now = new_file(d);
        o->head.offset = (uint64_t)n->now;
    } else if (o->head.op == OP_UNLINK) {
        n->now = -1;
    } else {
        name_of(d, (const char *)o->data, o->head.data_len)->now = n->now;
        n->now = -1;
    }
    d->unsynced_names[d->n_unsynced++] = o;
}

static void run(struct disk *d)
{
    for (size_t i = 0; i < d->n_ops; i++) {
        struct operation *o = &d->ops[i];
        struct name *n = name_of(d, o->path, o->head.path_len);

        switch ((enum disk_log_op)o->head.op) {
        case OP_WRITE:
        case OP_TRUNCATE:
            if (n->now >= 0) {
                struct file *f = &d->files[n->now];
                f->pending = realloc(f->pending, (f->n_pending + 1) * sizeof *f->pending);
                f->pending[f->n_pending++] = o;
            }
            break;
        case OP_SYNC:
            if (n->now >= 0)
                sync_file(&d->files[n->now]);
            break;
        case OP_SYNC_DIR:
            sync_folder(d, o);
            break;
        case OP_CREATE:
        case OP_UNLINK:
        case OP_RENAME:
            change_name(d, o);
            break;
        }
    }
}

static void cut(struct disk *d)
{
    size_t names = d->n_unsynced ? next_random(d) % (d->n_unsynced + 1) : 0;

    for (size_t i = 0; i < names; i++)
        settle_name(d, d->unsynced_names[i], (int)d->unsynced_names[i]->head.offset);
    for (int i = 0; i < d->n_files; i++)
        for (size_t k = 0; k < d->files[i].n_pending; k++) {
            const struct operation *o = d->files[i].pending[k];
            unsigned chance = next_random(d) % 10;
            size_t len = o->head.data_len;

            if (chance >= 6)
                continue; /* lost */
            if (chance >= 4 && o->head.op == OP_WRITE)
                len = next_random(d) % (len + 1) / TEAR * TEAR; /* torn */
            apply(&d->files[i].durable, o, len);
        }
}

static int parse_log(struct disk *d, const char *path, struct err *e)
{
    int rc = fs_read(path, LOG_BYTES_MAX, &d->log, e);
    size_t at = 0;

    if (rc < 0)
        return rc;
    while (at + sizeof(struct disk_log_head) <= d->log.len) {
        struct operation o;

        memcpy(&o.head, d->log.data + at, sizeof o.head);
        at += sizeof o.head;
        if (o.head.path_len > d->log.len - at || o.head.data_len > d->log.len - at - o.head.path_len)
            return err_set(e, ERR_INVALID, "the disk log is cut short");
        o.path = (const char *)d->log.data + at;
        o.data = d->log.data + at + o.head.path_len;
        at += o.head.path_len + o.head.data_len;
        if ((d->n_ops & 1023) == 0)
            d->ops = realloc(d->ops, (d->n_ops + 1024) * sizeof *d->ops);
        d->ops[d->n_ops++] = o;
    }
    d->unsynced_names = calloc(d->n_ops + 1, sizeof *d->unsynced_names);
    return 0;
}

/* What was there before the log began is durable. */
static int load_before(struct disk *d, const char *before, const char *dir, struct err *e)
{
    DIR *folder = opendir(before);
    char from[PATH_MAX], to[PATH_MAX];
    struct dirent *entry;
    struct stat st;
    int rc = folder ? 0 : err_errno(e, "open %s", before);

    while (rc >= 0 && (entry = readdir(folder))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        if (fs_join(from, sizeof from, before, entry->d_name) < 0 || fs_join(to, sizeof to, dir, entry->d_name) < 0)
            return err_set(e, ERR_TOOLONG, "path %s", entry->d_name);
        if (stat(from, &st) == 0 && S_ISDIR(st.st_mode)) {
            rc = load_before(d, from, to, e);
            continue;
        }
        int f = new_file(d);
        struct name *n = name_of(d, to, strlen(to));
        n->now = n->after = f;
        rc = fs_read(from, FILE_BYTES_MAX, &d->files[f].durable, e);
    }
    if (folder)
        closedir(folder);
    return rc;
}

static int store(struct disk *d, struct err *e)
{
    int rc = 0;

    for (int i = 0; rc >= 0 && i < d->n_names; i++) {
        const struct name *n = &d->names[i];
        const struct buf *b = n->after >= 0 ? &d->files[n->after].durable : NULL;
        struct stat st = {0};
        int fd;

        if (stat(n->path, &st) == 0 && S_ISDIR(st.st_mode))
            continue;
        if (!b) {
            unlink(n->path);
            continue;
        }
        fd = open(n->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, st.st_mode ? st.st_mode & 0777 : 0600);
        if (fd < 0 || (b->len && write(fd, b->data, b->len) != (ssize_t)b->len))
            rc = err_errno(e, "write %s", n->path);
        if (fd >= 0)
            close(fd);
    }
    return rc;
}

static void remove_shm(const char *dir)
{
    char command[PATH_MAX + 64];

    snprintf(command, sizeof command, "find '%s' -name '*-shm' -delete", dir);
    must(system(command) == 0, "find cannot delete");
}

int replay_cut(const char *log, const char *before, const char *dir, unsigned seed, struct err *e)
{
    struct disk *d = calloc(1, sizeof *d);
    int rc = d ? 0 : err_set(e, ERR_NOMEM, "replay");

    if (rc < 0)
        return rc;
    d->seed = seed;
    rc = load_before(d, before, dir, e);
    if (rc >= 0)
        rc = parse_log(d, log, e);
    if (rc >= 0) {
        run(d);
        cut(d);
        rc = store(d, e);
        remove_shm(dir);
    }
    for (int i = 0; i < d->n_files; i++) {
        buf_finish(&d->files[i].durable);
        free(d->files[i].pending);
    }
    buf_finish(&d->log);
    free(d->ops);
    free(d->unsynced_names);
    free(d);
    return err_wrap(e, rc, "rebuild the disk after the power cut");
}
