/* SPDX-License-Identifier: Apache-2.0
 *
 * See opening_log.h.
 */
#include "tools/hall/open/opening_log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"

#define HASH_HEX (2 * SHA256_LEN)
#define LINE_MAX_LEN (HASH_HEX + 1 + OPENING_ROW_MAX + 1)

struct opening_log {
    int fd, lock;
    off_t size;
    int64_t seq;
    uint8_t head[SHA256_LEN];
    bool broken;
    char path[PATH_MAX];
};

/* --- reading --- */

struct walk {
    int64_t seq;
    off_t size; /* of whole lines */
    uint8_t head[SHA256_LEN];
};

/* One line without its end. */
static int take_line(struct walk *w, const char *line, size_t len, struct opening_row *ret, struct err *e)
{
    uint8_t said[SHA256_LEN], is[SHA256_LEN];
    size_t n = 0;
    struct opening_row row;

    if (len <= HASH_HEX || line[HASH_HEX] != ' ' || hex_decode(line, HASH_HEX, said, sizeof said, &n) < 0)
        return err_set(e, ERR_CHECKSUM, "opening %lld is no row", (long long)w->seq + 1);
    opening_hash(w->head, line + HASH_HEX + 1, len - HASH_HEX - 1, is);
    if (memcmp(said, is, sizeof is) != 0)
        return err_set(e, ERR_CHECKSUM, "opening %lld, or one before it, was changed: its hash does not fit",
                       (long long)w->seq + 1);
    int rc = opening_row_decode(line + HASH_HEX + 1, len - HASH_HEX - 1, &row, e);
    if (rc < 0 || row.seq != w->seq + 1)
        return rc < 0 ? rc : err_set(e, ERR_CHECKSUM, "opening %lld is missing", (long long)w->seq + 1);
    memcpy(w->head, is, sizeof is);
    w->seq++;
    w->size += (off_t)len + 1;
    *ret = row;
    return 0;
}

static int walk(FILE *f, struct walk *w, opening_row_fn *fn, void *ctx, struct err *e)
{
    char line[LINE_MAX_LEN + 1];
    struct opening_row row;
    int rc = 0;

    *w = (struct walk){0};
    opening_hash_first(w->head);
    while (rc == 0 && fgets(line, sizeof line, f)) {
        size_t len = strlen(line);

        if (len > 0 && line[len - 1] == '\n')
            rc = take_line(w, line, len - 1, &row, e);
        else if (!feof(f)) /* too long, or a NUL in it */
            rc = err_set(e, ERR_CHECKSUM, "opening %lld is no row", (long long)w->seq + 1);
        else
            break;
        if (rc == 0 && fn)
            rc = fn(ctx, &row, w->head);
    }
    return rc == 0 && ferror(f) ? err_errno(e, "read") : rc;
}

static int walk_path(const char *path, struct walk *w, opening_row_fn *fn, void *ctx, struct err *e)
{
    int fd, rc = fs_open(path, &fd, e);

    if (rc < 0)
        return rc;
    FILE *f = fdopen(fd, "r");
    if (!f) {
        close(fd);
        return err_set(e, ERR_NOMEM, "read %s", path);
    }
    rc = err_wrap(e, walk(f, w, fn, ctx, e), "%s", path);
    fclose(f);
    return rc;
}

int opening_log_read(const char *path, opening_row_fn *fn, void *ctx, struct err *e)
{
    struct walk w;

    return walk_path(path, &w, fn, ctx, e);
}

/* --- writing --- */

static int take_file(struct opening_log *l, struct err *e)
{
    struct walk w = {0};
    struct stat st;

    l->fd = open(l->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (l->fd < 0)
        return err_errno(e, "open %s", l->path);
    int rc = walk_path(l->path, &w, NULL, NULL, e);
    if (rc == 0 && fstat(l->fd, &st) < 0)
        rc = err_errno(e, "%s", l->path);
    if (rc == 0 && st.st_size > w.size) {
        log_warn("opening", "%s: its last line was cut short by a power cut and never answered: it is cut off", l->path);
        if (ftruncate(l->fd, w.size) < 0 || fsync(l->fd) < 0)
            rc = err_errno(e, "cut %s", l->path);
    }
    l->size = w.size;
    l->seq = w.seq;
    memcpy(l->head, w.head, sizeof l->head);
    return rc;
}

static int take_folder(const struct opening_log *l, struct err *e)
{
    char dir[PATH_MAX];
    const char *slash = strrchr(l->path, '/');

    snprintf(dir, sizeof dir, "%.*s", slash == l->path ? 1 : slash ? (int)(slash - l->path) : 1, slash ? l->path : ".");
    return fs_sync_dir(dir, e);
}

int opening_log_open(const char *path, struct opening_log **ret, struct err *e)
{
    char lock[PATH_MAX];
    struct opening_log *l = calloc(1, sizeof *l);

    if (!l)
        return err_set(e, ERR_NOMEM, "open %s", path);
    l->fd = l->lock = -1;
    int rc = 0;
    if (snprintf(l->path, sizeof l->path, "%s", path) >= PATH_MAX ||
        snprintf(lock, sizeof lock, "%s.lock", path) >= PATH_MAX)
        rc = err_set(e, ERR_TOOLONG, "%s", path);
    if (rc == 0)
        rc = fs_lock(lock, 0, &l->lock, e);
    if (rc == 0)
        rc = take_file(l, e);
    if (rc == 0)
        rc = take_folder(l, e);
    if (rc < 0) {
        opening_log_close(l);
        return rc;
    }
    *ret = l;
    return 0;
}

void opening_log_close(struct opening_log *l)
{
    if (!l)
        return;
    if (l->fd >= 0)
        close(l->fd);
    if (l->lock >= 0)
        close(l->lock);
    free(l);
}

/* All of it on disk, or the file as it was. After a sync that failed nobody knows what is on disk. */
static int append(struct opening_log *l, const struct buf *line, struct err *e)
{
    int rc = fs_write_all(l->fd, l->path, line->data, line->len, e);

    if (rc == 0 && fdatasync(l->fd) < 0) {
        rc = err_errno(e, "sync %s", l->path);
        l->broken = true;
    }
    if (rc < 0 && ftruncate(l->fd, l->size) < 0)
        l->broken = true;
    return rc;
}

int opening_log_add(struct opening_log *l, struct opening_row *row, uint8_t ret_hash[SHA256_LEN], struct err *e)
{
    uint8_t hash[SHA256_LEN];
    struct buf json, line;

    if (l->broken)
        return err_set(e, ERR_STATE, "%s could not be written before: start hall-open anew", l->path);
    buf_init(&json, OPENING_ROW_MAX);
    buf_init(&line, LINE_MAX_LEN);
    row->seq = l->seq + 1;
    int rc = opening_row_encode(row, &json);
    if (rc == 0) {
        opening_hash(l->head, json.data, json.len, hash);
        buf_add_hex(&line, hash, sizeof hash);
        buf_addc(&line, ' ');
        buf_add(&line, json.data, json.len);
        rc = buf_addc(&line, '\n');
    }
    rc = rc < 0 ? err_set(e, (enum err_code) - rc, "a row of %s", l->path) : append(l, &line, e);
    if (rc == 0) {
        l->size += (off_t)line.len;
        l->seq = row->seq;
        memcpy(l->head, hash, sizeof hash);
        memcpy(ret_hash, hash, sizeof hash);
    }
    buf_finish(&json);
    buf_finish(&line);
    return rc;
}
