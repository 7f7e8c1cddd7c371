/* SPDX-License-Identifier: Apache-2.0
 *
 * See index_file.h. 64 bytes of head, the table, up to seven NUL, the index; little-endian, as both of them are.
 */
#include "catalog/index_file.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "catalog/catalog_db.h"
#include "catalog/search_index_make.h"
#include "crypto/hash.h"

#define MAGIC 0x46495354u /* "TSIF" */
#define FORM 1 /* of what the index holds: one more whenever that changes, and every terminal makes its own anew */
#define CHUNK (64 * 1024)

struct head {
    uint32_t magic, form;
    uint64_t table_len;
    uint8_t sha256[SHA256_LEN]; /* of all that follows the head */
    uint8_t nothing[16];
};
_Static_assert(sizeof(struct head) == 64, "as in the file");

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}
#define AUTO_CLOSE __attribute__((cleanup(close_fd)))

static int path_of(const char *db, const char *ending, char out[PATH_MAX], struct err *e)
{
    size_t len = strlen(db);

    if (len < 3 || strcmp(db + len - 3, ".db") != 0)
        return err_set(e, ERR_NOTFOUND, "a catalogue of this name has no index");
    return snprintf(out, PATH_MAX, "%.*s.%s", (int)len - 3, db, ending) < PATH_MAX ? 0 : err_set(e, ERR_TOOLONG, "its path");
}

static size_t padded(size_t len)
{
    return (len + 7) & ~(size_t)7;
}

/* --- the table in the catalogue --- */

struct packed {
    sqlite3 *db;
    sqlite3_blob *blob;
    size_t len;
};

static int packed_open(const char *db, struct packed *p, struct err *e)
{
    int rc = catalog_db_open(db, &p->db, e);

    if (rc == 0 && sqlite3_blob_open(p->db, "main", "search", "packed", 1, 0, &p->blob))
        rc = catalog_db_err(p->db, e, "open the search table");
    if (rc == 0)
        p->len = (size_t)sqlite3_blob_bytes(p->blob);
    return rc;
}

static int packed_read(const struct packed *p, void *out, size_t n, size_t at, struct err *e)
{
    return sqlite3_blob_read(p->blob, out, (int)n, (int)at) ? catalog_db_err(p->db, e, "read the search table") : 0;
}

static void packed_close(struct packed *p)
{
    sqlite3_blob_close(p->blob);
    sqlite3_close(p->db);
}

/* --- making --- */

static int write_file(const char *path, const uint8_t *table, size_t len, const struct buf *index, struct err *e)
{
    static const uint8_t nothing[8];
    struct head head = {.magic = MAGIC, .form = FORM, .table_len = len};
    struct sha256 *hash = sha256_begin();
    AUTO_CLOSE int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    int rc = fd < 0 ? err_errno(e, "make %s", path) : 0;

    sha256_add(hash, table, len);
    sha256_add(hash, nothing, padded(len) - len);
    sha256_add(hash, index->data, index->len);
    sha256_end(hash, head.sha256);
    if (rc == 0)
        rc = fs_write_all(fd, path, &head, sizeof head, e);
    if (rc == 0)
        rc = fs_write_all(fd, path, table, len, e);
    if (rc == 0)
        rc = fs_write_all(fd, path, nothing, padded(len) - len, e);
    if (rc == 0)
        rc = fs_write_all(fd, path, index->data, index->len, e);
    if (rc == 0 && fsync(fd) < 0)
        rc = err_errno(e, "fsync %s", path);
    return rc;
}

static int make_of(const uint8_t *table, size_t len, const char *db, struct err *e)
{
    char tmp[PATH_MAX], to[PATH_MAX];
    struct search_table t;
    struct buf index;
    int rc = search_table_decode(table, len, &t, e);

    buf_init(&index, SEARCH_INDEX_MAX);
    if (rc == 0)
        rc = search_index_make(&t, &index, e);
    if (rc == 0)
        rc = path_of(db, "index.tmp", tmp, e);
    if (rc == 0)
        rc = path_of(db, "index", to, e);
    if (rc == 0) {
        rc = write_file(tmp, table, len, &index, e);
        if (rc == 0 && rename(tmp, to) < 0)
            rc = err_errno(e, "rename %s", tmp);
        if (rc < 0)
            unlink(tmp);
    }
    buf_finish(&index);
    return rc;
}

int index_file_make(const char *db, struct err *e)
{
    struct packed p = {0};
    uint8_t *table = NULL;
    int rc = packed_open(db, &p, e);

    if (rc == 0 && !(table = malloc(p.len + 1)))
        rc = err_set(e, ERR_NOMEM, "read the search table");
    if (rc == 0)
        rc = packed_read(&p, table, p.len, 0, e);
    if (rc == 0)
        rc = make_of(table, p.len, db, e);
    free(table);
    packed_close(&p);
    return err_wrap(e, rc, "search index");
}

void index_file_remove(const char *db)
{
    char path[PATH_MAX];

    if (path_of(db, "index", path, NULL) == 0)
        unlink(path);
}

/* --- looking at it --- */

static int open_file(const char *db, struct head *ret, size_t *ret_len, int *ret_fd, struct err *e)
{
    char path[PATH_MAX];
    struct stat st;
    int rc = path_of(db, "index", path, e);

    if (rc == 0)
        rc = fs_open(path, ret_fd, e);
    if (rc < 0)
        return rc;
    if (fstat(*ret_fd, &st) < 0 || read(*ret_fd, ret, sizeof *ret) != (ssize_t)sizeof *ret || ret->magic != MAGIC ||
        ret->form != FORM || ret->table_len > (uint64_t)st.st_size ||
        padded(ret->table_len) + sizeof *ret > (uint64_t)st.st_size)
        return err_set(e, ERR_NOTFOUND, "%s is no index of this form", path);
    *ret_len = (size_t)st.st_size - sizeof *ret;
    return 0;
}

static int read_all(int fd, uint8_t *out, size_t n, struct err *e)
{
    for (ssize_t got; n; out += got, n -= (size_t)got) {
        got = read(fd, out, n);
        if (got <= 0)
            return got < 0 ? err_errno(e, "read the search index")
                           : err_set(e, ERR_CHECKSUM, "the search index is cut short");
    }
    return 0;
}

/* All of it by its hash, its table by the catalogue's. */
static int compare(int fd, const struct head *head, size_t len, const struct packed *p, struct err *e)
{
    uint8_t chunk[CHUNK], of_db[CHUNK], sha[SHA256_LEN];
    struct sha256 *hash = sha256_begin();
    bool same = head->table_len == p->len;
    int rc = 0;

    for (size_t at = 0; at < len && rc == 0; at += CHUNK) {
        size_t n = len - at < CHUNK ? len - at : CHUNK, of_table = at < p->len ? p->len - at : 0;

        rc = read_all(fd, chunk, n, e);
        of_table = of_table < n ? of_table : n;
        if (rc == 0 && of_table)
            rc = packed_read(p, of_db, of_table, at, e);
        if (rc == 0) {
            same = same && memcmp(chunk, of_db, of_table) == 0;
            sha256_add(hash, chunk, n);
        }
    }
    sha256_end(hash, sha);
    if (rc == 0 && (!same || memcmp(sha, head->sha256, sizeof sha) != 0))
        rc = err_set(e, ERR_CHECKSUM, same ? "it has another hash than it says" : "it is of another table");
    return rc;
}

int index_file_check(const char *db, struct err *e)
{
    AUTO_CLOSE int fd = -1;
    struct packed p = {0};
    struct head head;
    size_t len = 0;
    int rc = open_file(db, &head, &len, &fd, e);

    if (rc == 0)
        rc = packed_open(db, &p, e);
    if (rc == 0)
        rc = compare(fd, &head, len, &p, e);
    packed_close(&p);
    return err_wrap(e, rc, "search index");
}

int index_file_open(const char *db, size_t table_len, struct index_file *ret, struct err *e)
{
    AUTO_CLOSE int fd = -1;
    struct head head;
    size_t len = 0;
    int rc = open_file(db, &head, &len, &fd, e);
    struct index_file f = {.map_len = len + sizeof head, .table_len = table_len};

    if (rc == 0 && head.table_len != table_len)
        rc = err_set(e, ERR_NOTFOUND, "it is of another table");
    if (rc < 0)
        return err_wrap(e, rc, "search index");
    f.map = mmap(NULL, f.map_len, PROT_READ, MAP_PRIVATE, fd, 0);
    if (f.map == MAP_FAILED)
        return err_errno(e, "map the search index");
    f.table = (const uint8_t *)f.map + sizeof head;
    f.index = (const uint8_t *)f.table + padded(table_len);
    f.index_len = len - padded(table_len);
    *ret = f;
    return 0;
}

void index_file_close(struct index_file *f)
{
    if (f->map)
        munmap(f->map, f->map_len);
    *f = (struct index_file){0};
}
