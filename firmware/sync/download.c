/* SPDX-License-Identifier: Apache-2.0
 *
 * Download of a catalogue.
 */
#include "sync/download.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "catalog/verify.h"
#include "model/level.h"
#include "wire/manifest.h"

#define SMALL_TIMEOUT_S 30
#define BETWEEN_MAX 8 /* roots in one go */

/* In the order they are fetched; those of the catalogue are left out when none is published. */
static const char *const names[] = {"root.json", "root.sig", "head.json", "head.sig", "catalog.json", "catalog.sig"};
#define N_NAMES (sizeof names / sizeof *names)
#define N_WITHOUT_CATALOGUE 4
enum { ROOT_JSON, ROOT_SIG, CATALOG_JSON = 4, CATALOG_SIG };

struct download {
    struct http *http;
    char data[400], incoming[420], parts[420];
    enum download_what what;
    download_done_fn *done;
    void *ctx;
    size_t n, at; /* names to fetch, the one under way */
    struct {
        int64_t version, last; /* the one under way, the last one; none when version is above it */
        bool sig;              /* its signatures are under way */
    } between;                 /* roots on the way from ours to the hall's */
    struct buf small[N_NAMES];
    struct manifest_file file, whole; /* the one being fetched; the catalogue itself */
    int fd;                           /* of the part */
    int64_t have;
    bool resumed, news;
    int status_seen; /* of the transfer under way; 0 before its first bytes */
    struct http_request *request;
};

static void next(struct download *d);

static void end(struct download *d, int rc, bool final, const struct err *e)
{
    download_done_fn *done = d->done;
    void *ctx = d->ctx;
    struct err copy = e ? *e : (struct err){0};
    bool news = d->news;
    d->request = NULL;
    download_cancel(d);
    done(ctx, rc, final, news, &copy);
}

static void end_status(struct download *d, const char *name, int status)
{
    struct err e = {0};
    bool final = http_final(status);
    int rc = err_set(&e, ERR_REFUSED, "download of %s: HTTP status %d", name, status);
    end(d, rc, final, &e);
}

/* --- into incoming/ --- */

static bool holds(const char *path, const struct buf *b)
{
    struct buf is;
    bool same = !fs_read(path, MANIFEST_MAX, &is, NULL) && is.len == b->len && !memcmp(is.data, b->data, b->len);
    buf_finish(&is);
    return same;
}

/* What is there already is not written again: the head comes every few minutes, and is another once a day. */
static int place_small(struct download *d, struct err *e)
{
    char path[512];
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < d->n; i++) {
        snprintf(path, sizeof path, "%s/%s", d->incoming, names[i]);
        if (holds(path, &d->small[i]))
            continue;
        rc = fs_write_atomic(path, d->small[i].data, d->small[i].len, 0644, e);
        d->news = true;
    }
    return rc;
}

/* Files of catalogues before this one. */
static void tidy(const char *dir, const char *keep)
{
    char path[700];
    DIR *list = opendir(dir);
    for (struct dirent *f; list && (f = readdir(list));) {
        bool wanted = !strcmp(f->d_name, keep) || f->d_name[0] == '.';
        for (size_t i = 0; i < N_NAMES; i++)
            wanted |= !strcmp(f->d_name, names[i]);
        wanted |= !strncmp(f->d_name, "root.", 5);
        snprintf(path, sizeof path, "%s/%s", dir, f->d_name);
        if (!wanted && unlink(path))
            log_warn("download", "%s: %s", path, strerror(errno));
    }
    if (list)
        closedir(list);
}

static int check_part(const struct download *d, const char *part, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    uint64_t len;
    int rc = sha256_file(part, hash, &len, e);
    if (rc == 0 && (len != (uint64_t)d->file.size || memcmp(hash, d->file.sha256, sizeof hash)))
        rc = err_set(e, ERR_CHECKSUM, "download of %s: not what the manifest says", d->file.name);
    return rc;
}

static int place_file(struct download *d, struct err *e)
{
    char part[512], whole[512];
    int rc = 0;
    snprintf(part, sizeof part, "%s/%s", d->parts, d->file.name);
    snprintf(whole, sizeof whole, "%s/%s", d->incoming, d->file.name);
    if (fsync(d->fd))
        rc = err_errno(e, "%s", part);
    if (rc == 0)
        rc = check_part(d, part, e);
    if (rc == 0 && rename(part, whole))
        rc = err_errno(e, "%s", whole);
    if (rc == 0)
        tidy(d->incoming, d->file.name);
    return rc;
}

static void fail_file(struct download *d, int rc, bool final, const struct err *e);

static void complete(struct download *d)
{
    struct err e = {0};
    int rc = d->n == N_NAMES ? place_file(d, &e) : 0;
    if (rc == -ERR_CHECKSUM) {
        if (ftruncate(d->fd, 0)) /* from the start next time */
            log_warn("download", "%s: %s", d->file.name, strerror(errno));
        /* what was resumed may not fit together; what came in one go will come so again */
        fail_file(d, rc, !d->resumed, &e);
        return;
    }
    if (rc == 0)
        rc = place_small(d, &e);
    d->news |= rc == 0 && d->n == N_NAMES;
    end(d, rc, false, &e);
}

/* --- the large file --- */

static int on_piece(void *ctx, int status, const void *data, size_t len)
{
    struct download *d = ctx;
    if (!d->status_seen && status == 200 && d->have > 0) {
        /* the hall sends it whole: the part is worth nothing */
        if (ftruncate(d->fd, 0) || lseek(d->fd, 0, SEEK_SET) < 0)
            return -1;
        d->have = 0;
    }
    d->status_seen = status;
    if (d->have + (int64_t)len > d->file.size)
        return -1;
    for (size_t done = 0; done < len;) {
        ssize_t n = write(d->fd, (const char *)data + done, len - done);
        if (n < 0)
            return -1;
        done += (size_t)n;
    }
    d->have += (int64_t)len;
    return 0;
}

static void on_file(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct download *d = ctx;
    struct err e = {0};
    d->request = NULL;
    if (!a) {
        fail_file(d, -why->code, false, why);
    } else if (a->status == 416) {
        if (ftruncate(d->fd, 0))
            log_warn("download", "%s: %s", d->file.name, strerror(errno));
        end(d, err_set(&e, ERR_CHECKSUM, "download of %s: the part is longer than the file", d->file.name), false, &e);
    } else if (a->status != 200 && a->status != 206) {
        err_set(&e, ERR_REFUSED, "download of %s: HTTP status %d", d->file.name, a->status);
        fail_file(d, -ERR_REFUSED, http_final(a->status), &e);
    } else if (d->have != d->file.size) {
        end(d, err_set(&e, ERR_CHECKSUM, "download of %s: shorter than the manifest says", d->file.name), false, &e);
    } else {
        complete(d);
    }
}

static int open_part(struct download *d, struct err *e)
{
    char path[512];
    struct stat st;
    tidy(d->parts, d->file.name);
    snprintf(path, sizeof path, "%s/%s", d->parts, d->file.name);
    d->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (d->fd < 0 || fstat(d->fd, &st) || lseek(d->fd, 0, SEEK_END) < 0)
        return err_errno(e, "%s", path);
    d->have = st.st_size;
    if (d->have <= d->file.size)
        return 0;
    d->have = 0;
    return ftruncate(d->fd, 0) || lseek(d->fd, 0, SEEK_SET) < 0 ? err_errno(e, "%s", path) : 0;
}

static void fetch_file(struct download *d)
{
    char path[128];
    struct err e = {0};
    int rc = open_part(d, &e);
    if (rc) {
        end(d, rc, false, &e);
        return;
    }
    d->resumed = d->have > 0;
    if (d->have == d->file.size) {
        complete(d);
        return;
    }
    snprintf(path, sizeof path, "/v1/catalog/files/%s", d->file.name);
    const struct http_call call = {.method = "GET", .path = path, .from = d->have, .sink = on_piece};
    d->status_seen = 0;
    d->request = http_start(d->http, &call, on_file, d);
    if (!d->request)
        end(d, err_set(&e, ERR_NOMEM, "download"), false, &e);
}

/* A patch that cannot be had, or is not the one of the manifest, is followed by the whole file; a lost connection is not. */
static void fail_file(struct download *d, int rc, bool final, const struct err *e)
{
    bool patch = strcmp(d->file.name, d->whole.name) != 0;
    if (!patch || (!final && rc != -ERR_CHECKSUM && rc != -ERR_TOOLONG)) {
        end(d, rc, final, e);
        return;
    }
    log_warn("download", "%s; the whole file instead", e->text);
    close(d->fd);
    d->fd = -1;
    d->file = d->whole;
    fetch_file(d);
}

/* The smallest way to the new catalogue. */
static void choose_file(struct download *d, const struct manifest_catalog *c)
{
    const struct manifest_patch *p = NULL;
    struct manifest_file installed;
    int64_t version;
    d->file = d->whole = c->file;
    if (d->what == DOWNLOAD_CATALOGUE && !verify_installed(d->data, &version, &installed, NULL))
        p = manifest_patch_from(c, version, installed.sha256);
    if (p)
        d->file = p->file;
}

/* As kiosk will: by the root it trusts, or by those that follow it and came along. */
static int follow_roots(const struct download *d, struct manifest_root *ret, struct err *e)
{
    const struct buf *s = d->small;
    struct verify_raw raw;
    char name[40];
    int rc = verify_root(d->data, ret, NULL, e);
    for (bool more = rc == 0; more;) {
        snprintf(name, sizeof name, "root.%lld", (long long)ret->version + 1);
        more = !verify_read(d->incoming, name, &raw, NULL);
        if (!more)
            break;
        more = !manifest_root_next(ret, raw.json.data, raw.json.len, raw.sig.data, raw.sig.len, ret, NULL);
        verify_raw_finish(&raw);
    }
    if (rc == 0)
        manifest_root_next(ret, s[ROOT_JSON].data, s[ROOT_JSON].len, s[ROOT_SIG].data, s[ROOT_SIG].len, ret, NULL);
    return rc;
}

/* *ret_final: the hall's newest root does not vouch for it either. */
static int open_manifest(struct download *d, struct manifest_catalog *ret, bool *ret_final, struct err *e)
{
    const struct buf *s = d->small;
    struct manifest_root root = {0}, offered = {0};
    int rc = follow_roots(d, &root, e);
    if (rc == 0)
        rc = manifest_catalog_open(&root, s[CATALOG_JSON].data, s[CATALOG_JSON].len, s[CATALOG_SIG].data, s[CATALOG_SIG].len,
                                   ret, e);
    *ret_final = manifest_root_decode(s[ROOT_JSON].data, s[ROOT_JSON].len, &offered, NULL) ||
                 offered.version <= root.version;
    return rc;
}

static int put_aside(struct download *d, struct err *e)
{
    static const char *const to[] = {VERIFY_NEWER ".sig", VERIFY_NEWER ".json"};
    const struct buf *from[] = {&d->small[CATALOG_SIG], &d->small[CATALOG_JSON]};
    char path[512];
    int rc = 0;
    for (int i = 0; rc == 0 && i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", d->incoming, to[i]);
        if (holds(path, from[i]))
            continue;
        rc = fs_write_atomic(path, from[i]->data, from[i]->len, 0644, e);
        d->news = true;
    }
    return rc;
}

bool download_fits_now(const char *data_dir)
{
    struct manifest_catalog c;
    struct verify_raw raw;
    char dir[420];
    if (fs_join(dir, sizeof dir, data_dir, "sync/incoming") || verify_read(dir, VERIFY_NEWER, &raw, NULL))
        return false;
    bool fits = !manifest_catalog_decode(raw.json.data, raw.json.len, &c, NULL) && c.needs <= level_now();
    verify_raw_finish(&raw);
    return fits;
}

/* Nothing is fetched on the word of a stranger. Root and head go on to kiosk all the same: they may be what it lacks. */
static void read_manifest(struct download *d)
{
    struct err e = {0}, why = {0};
    struct manifest_catalog c;
    bool final = false;
    int rc = open_manifest(d, &c, &final, &e);
    bool newer = rc == 0 && c.needs > level_now();
    if (rc == 0 && !newer) {
        choose_file(d, &c);
        fetch_file(d);
        return;
    }
    d->n = N_WITHOUT_CATALOGUE;
    if (place_small(d, &why) || (newer && put_aside(d, &why)))
        log_warn("download", "%s", why.text);
    if (newer)
        log_error("download", "catalogue %lld is not fetched: it needs level %d, this terminal has %d; update its software",
                  (long long)c.version, c.needs, level_now());
    end(d, rc, final, &e);
}

/* --- the roots between ours and the hall's --- */

static void between_name(const struct download *d, char out[40])
{
    snprintf(out, 40, "root.%lld.%s", (long long)d->between.version, d->between.sig ? "sig" : "json");
}

/* Those that were taken meanwhile. */
static void tidy_roots(const struct download *d, int64_t ours)
{
    char path[512];
    for (int64_t v = ours; v > ours - 2 * BETWEEN_MAX && v > 0; v--)
        for (int sig = 0; sig < 2; sig++) {
            snprintf(path, sizeof path, "%s/root.%lld.%s", d->incoming, (long long)v, sig ? "sig" : "json");
            unlink(path);
        }
}

/* What is unsigned here only decides what to ask for. */
static void look_between(struct download *d)
{
    struct manifest_root ours, offered;
    if (verify_root(d->data, &ours, NULL, NULL) || manifest_root_decode(d->small[0].data, d->small[0].len, &offered, NULL))
        return;
    tidy_roots(d, ours.version);
    d->between.version = ours.version + 1;
    d->between.last = offered.version - 1;
    if (d->between.last > ours.version + BETWEEN_MAX)
        d->between.last = ours.version + BETWEEN_MAX; /* the rest with the next look at the head */
}

static void on_between(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct download *d = ctx;
    char name[40], path[512];
    struct err e = {0};
    int rc = 0;
    d->request = NULL;
    between_name(d, name);
    if (!a) {
        end(d, -why->code, false, why);
        return;
    }
    if (a->status != 200 || a->len > MANIFEST_MAX) {
        end_status(d, name, a->status == 200 ? 413 : a->status);
        return;
    }
    snprintf(path, sizeof path, "%s/%s", d->incoming, name);
    rc = fs_write_atomic(path, a->data, a->len, 0644, &e);
    if (rc) {
        end(d, rc, false, &e);
        return;
    }
    d->news = true;
    d->between.version += d->between.sig;
    d->between.sig = !d->between.sig;
    next(d);
}

static bool fetch_between(struct download *d)
{
    char name[40], path[128];
    struct err e = {0};
    if (d->at < 2 || d->between.version > d->between.last || !d->between.version)
        return false;
    between_name(d, name);
    snprintf(path, sizeof path, "/v1/catalog/%s", name);
    const struct http_call call = {.method = "GET", .path = path, .timeout_s = SMALL_TIMEOUT_S};
    d->request = http_start(d->http, &call, on_between, d);
    if (!d->request)
        end(d, err_set(&e, ERR_NOMEM, "download"), false, &e);
    return true;
}

/* --- the signed files --- */

static void on_small(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct download *d = ctx;
    d->request = NULL;
    if (!a) {
        end(d, -why->code, false, why);
    } else if (a->status != 200 || a->len > MANIFEST_MAX) {
        end_status(d, names[d->at], a->status == 200 ? 413 : a->status);
    } else {
        buf_add(&d->small[d->at], a->data, a->len);
        d->at++;
        if (d->at == 2)
            look_between(d);
        next(d);
    }
}

static void next(struct download *d)
{
    char path[128];
    struct err e = {0};
    if (fetch_between(d))
        return;
    if (d->at == d->n) {
        if (d->n == N_NAMES)
            read_manifest(d);
        else
            complete(d);
        return;
    }
    snprintf(path, sizeof path, "/v1/catalog/%s", names[d->at]);
    const struct http_call call = {.method = "GET", .path = path, .timeout_s = SMALL_TIMEOUT_S};
    d->request = http_start(d->http, &call, on_small, d);
    if (!d->request)
        end(d, err_set(&e, ERR_NOMEM, "download"), false, &e);
}

struct download *download_start(struct http *h, const char *data_dir, enum download_what what, download_done_fn *done,
                                void *ctx)
{
    struct err e = {0};
    struct download *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->http = h;
    d->done = done;
    d->ctx = ctx;
    d->fd = -1;
    d->what = what;
    snprintf(d->data, sizeof d->data, "%s", data_dir);
    d->n = what == DOWNLOAD_HEAD ? N_WITHOUT_CATALOGUE : N_NAMES;
    for (size_t i = 0; i < N_NAMES; i++)
        buf_init(&d->small[i], MANIFEST_MAX);
    const struct http_call call = {.method = "GET", .path = "/v1/catalog/root.json", .timeout_s = SMALL_TIMEOUT_S};
    if (fs_join(d->incoming, sizeof d->incoming, data_dir, "sync/incoming") ||
        fs_join(d->parts, sizeof d->parts, data_dir, "sync/download") || fs_mkdirs(d->incoming, 0755, &e) ||
        fs_mkdirs(d->parts, 0755, &e) || !(d->request = http_start(h, &call, on_small, d))) {
        log_error("download", "cannot start: %s", e.text);
        download_cancel(d);
        return NULL;
    }
    return d;
}

void download_cancel(struct download *d)
{
    if (!d)
        return;
    http_cancel(d->request);
    if (d->fd >= 0)
        close(d->fd);
    for (size_t i = 0; i < N_NAMES; i++)
        buf_finish(&d->small[i]);
    free(d);
}
