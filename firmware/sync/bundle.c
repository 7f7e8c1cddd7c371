/* SPDX-License-Identifier: Apache-2.0
 *
 * A bundle from its pieces.
 */
#include "sync/bundle.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/text.h"
#include "wire/pieces.h"

#define PIECES_AT_ONCE 256 /* in one turn of the loop: about a MB */
#define GAP_MAX 16         /* so few pieces that are here already are fetched again rather than asked around */
#define SPARE_BYTES (INT64_C(64) * 1024 * 1024) /* what a download leaves of the disk */

enum step { STEP_OLD, STEP_SEED, STEP_FETCH, STEP_CHECK };

struct bundle {
    struct loop *loop;
    struct http *http;
    struct bundle_want want;
    char folder[440], seed[400], part[520], whole[520];
    bundle_done_fn *done;
    void *ctx;
    struct buf list;
    struct pieces pieces;
    uint8_t *have;    /* a byte for each piece */
    uint32_t *sorted; /* pieces that are missing, by their hashes; for the seed */
    size_t n_sorted;
    uint8_t *block; /* one piece */
    int fd, seed_fd;
    enum step step;
    size_t at;         /* piece that the step looks at next */
    size_t run_end;    /* of those being fetched */
    int64_t run_at;    /* where the next byte of them goes */
    int64_t run_limit; /* and where they end */
    int64_t fetched;
    bool resumed; /* some pieces were here: if the whole is wrong, they are */
    struct sha256 *hash;
    struct loop_timer *timer;
    struct http_request *request;
};

static void end(struct bundle *b, int rc, bool final, const struct err *e)
{
    bundle_done_fn *done = b->done;
    struct err copy = e ? *e : (struct err){0};
    void *ctx = b->ctx;
    int64_t fetched = b->fetched;

    b->request = NULL;
    bundle_cancel(b);
    done(ctx, rc, final, fetched, &copy);
}

static void fail(struct bundle *b, int rc, bool final, struct err *e)
{
    end(b, err_wrap(e, rc, "system %s", b->want.version), final, e);
}

static void turn(struct bundle *b)
{
    loop_timer_start(b->timer, 0);
}

static bool read_piece(int fd, uint8_t *to, size_t len, int64_t at)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = pread(fd, to + done, len - done, (off_t)(at + (int64_t)done));

        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

static bool write_piece(int fd, const uint8_t *from, size_t len, int64_t at)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = pwrite(fd, from + done, len - done, (off_t)(at + (int64_t)done));

        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

static const uint8_t *hash_of(const struct bundle *b, size_t i)
{
    return b->pieces.hashes + i * PIECES_HASH_LEN;
}

/* --- what is here --- */

static void look_at_old(struct bundle *b)
{
    uint8_t hash[PIECES_HASH_LEN];

    for (int n = 0; n < PIECES_AT_ONCE && b->at < b->pieces.count; n++, b->at++) {
        size_t len = pieces_len(&b->pieces, b->at);

        if (!read_piece(b->fd, b->block, len, pieces_at(&b->pieces, b->at)))
            continue;
        pieces_hash(b->block, len, hash);
        b->have[b->at] = memcmp(hash, hash_of(b, b->at), sizeof hash) == 0;
        b->resumed |= b->have[b->at];
    }
}

static int by_hash(const void *x, const void *y, void *ctx)
{
    const struct bundle *b = ctx;

    return memcmp(hash_of(b, *(const uint32_t *)x), hash_of(b, *(const uint32_t *)y), PIECES_HASH_LEN);
}

static void sort_missing(struct bundle *b)
{
    b->sorted = calloc(b->pieces.count, sizeof *b->sorted);
    for (size_t i = 0; b->sorted && i < b->pieces.count; i++)
        if (!b->have[i])
            b->sorted[b->n_sorted++] = (uint32_t)i;
    if (b->sorted)
        qsort_r(b->sorted, b->n_sorted, sizeof *b->sorted, by_hash, b);
}

/* The first of the sorted with this hash, or the count. */
static size_t find_missing(const struct bundle *b, const uint8_t hash[PIECES_HASH_LEN])
{
    size_t lo = 0, hi = b->n_sorted;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (memcmp(hash_of(b, b->sorted[mid]), hash, PIECES_HASH_LEN) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Blocks of the bundle before lie on the same grid; wherever they lie now, they are copied. False: the seed has ended. */
static bool look_at_seed(struct bundle *b)
{
    uint8_t hash[PIECES_HASH_LEN];

    for (int n = 0; n < PIECES_AT_ONCE; n++, b->at++) {
        int64_t from = b->pieces.skip + (int64_t)b->at * b->pieces.block;

        if (!read_piece(b->seed_fd, b->block, b->pieces.block, from))
            return false;
        pieces_hash(b->block, b->pieces.block, hash);
        for (size_t k = find_missing(b, hash); k < b->n_sorted && memcmp(hash_of(b, b->sorted[k]), hash, sizeof hash) == 0;
             k++) {
            size_t i = b->sorted[k];

            if (!b->have[i] && pieces_len(&b->pieces, i) == b->pieces.block)
                b->have[i] = write_piece(b->fd, b->block, b->pieces.block, pieces_at(&b->pieces, i));
            b->resumed |= b->have[i];
        }
    }
    return true;
}

/* --- what is missing --- */

static int on_bytes(void *ctx, int status, const void *data, size_t len)
{
    struct bundle *b = ctx;

    if (status != 206 || b->run_at + (int64_t)len > b->run_limit || !write_piece(b->fd, data, len, b->run_at))
        return -1;
    b->run_at += (int64_t)len;
    b->fetched += (int64_t)len;
    return 0;
}

static void on_run(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct bundle *b = ctx;
    struct err e = why ? *why : (struct err){0};

    b->request = NULL;
    if (!a) {
        fail(b, -e.code, false, &e);
    } else if (a->status != 206 || b->run_at != b->run_limit) {
        fail(b, err_set(&e, ERR_REFUSED, "HTTP status %d, or fewer bytes than were asked for", a->status),
             http_final(a->status), &e);
    } else {
        for (; b->at < b->run_end; b->at++)
            b->have[b->at] = 1;
        turn(b);
    }
}

/* From the next missing piece on, over small gaps. */
static void fetch_run(struct bundle *b)
{
    char path[SYSTEM_VERSION_LEN + 32];
    size_t to, gap = 0;

    snprintf(path, sizeof path, "/v1/system/%s.raucb", b->want.version);
    b->run_end = b->at + 1;
    for (to = b->at + 1; to < b->pieces.count && gap <= GAP_MAX; to++) {
        gap = b->have[to] ? gap + 1 : 0;
        if (!gap)
            b->run_end = to + 1;
    }
    b->run_at = pieces_at(&b->pieces, b->at);
    b->run_limit = b->run_end < b->pieces.count ? pieces_at(&b->pieces, b->run_end) : b->pieces.size;
    const struct http_call call = {.method = "GET", .path = path, .from = b->run_at, .upto = b->run_limit, .sink = on_bytes};
    struct err e = {0};
    b->request = http_start(b->http, &call, on_run, b);
    if (!b->request)
        fail(b, err_set(&e, ERR_NOMEM, "a part of it"), false, &e);
}

/* --- the whole --- */

static void finish(struct bundle *b)
{
    uint8_t hash[SHA256_LEN];
    struct err e = {0};
    int rc = 0;

    sha256_end(b->hash, hash);
    b->hash = NULL;
    if (memcmp(hash, b->want.sha256, sizeof hash) != 0) {
        unlink(b->part); /* from its beginning; what came in one go will come so again */
        fail(b, err_set(&e, ERR_CHECKSUM, "not what the hall's order says"), !b->resumed, &e);
        return;
    }
    if (fsync(b->fd) || rename(b->part, b->whole))
        rc = err_errno(&e, "%s", b->whole);
    if (rc == 0)
        rc = fs_sync_dir(b->folder, &e);
    fail(b, rc, false, &e);
}

static void add_to_hash(struct bundle *b)
{
    for (int n = 0; n < PIECES_AT_ONCE && b->at < b->pieces.count; n++, b->at++) {
        size_t len = pieces_len(&b->pieces, b->at);

        if (!read_piece(b->fd, b->block, len, pieces_at(&b->pieces, b->at)))
            memset(b->block, 0, len); /* the hash will say so */
        sha256_add(b->hash, b->block, len);
    }
}

static void begin_step(struct bundle *b, enum step step)
{
    b->step = step;
    b->at = 0;
    turn(b);
}

static void begin_seed(struct bundle *b)
{
    b->seed_fd = *b->seed ? open(b->seed, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
    if (b->seed_fd >= 0)
        sort_missing(b);
    begin_step(b, b->seed_fd >= 0 && b->sorted ? STEP_SEED : STEP_FETCH);
}

static void begin_check(struct bundle *b)
{
    b->hash = sha256_begin();
    begin_step(b, STEP_CHECK);
}

static void on_turn(void *ctx)
{
    struct bundle *b = ctx;

    switch (b->step) {
    case STEP_OLD:
        look_at_old(b);
        if (b->at < b->pieces.count)
            turn(b);
        else
            begin_seed(b);
        break;
    case STEP_SEED:
        if (look_at_seed(b))
            turn(b);
        else
            begin_step(b, STEP_FETCH);
        break;
    case STEP_FETCH:
        while (b->at < b->pieces.count && b->have[b->at])
            b->at++;
        if (b->at < b->pieces.count)
            fetch_run(b);
        else
            begin_check(b);
        break;
    case STEP_CHECK:
        add_to_hash(b);
        if (b->at < b->pieces.count)
            turn(b);
        else
            finish(b);
        break;
    }
}

/* --- beginning --- */

static int make_room(const struct bundle *b, struct err *e)
{
    struct statvfs fs;
    struct stat st;
    int64_t there = stat(b->part, &st) == 0 ? (int64_t)st.st_blocks * 512 : 0;

    if (statvfs(b->folder, &fs))
        return err_errno(e, "%s", b->folder);
    if ((int64_t)fs.f_bavail * (int64_t)fs.f_frsize + there < b->want.size + SPARE_BYTES)
        return err_set(e, ERR_NOSPACE, "the disk has no room for %lld MB", (long long)(b->want.size >> 20));
    return 0;
}

static int open_part(struct bundle *b, struct err *e)
{
    int rc = make_room(b, e);

    if (rc < 0)
        return rc;
    b->have = calloc(b->pieces.count, 1);
    b->block = malloc(b->pieces.block);
    if (!b->have || !b->block)
        return err_set(e, ERR_NOMEM, "a bundle");
    b->fd = open(b->part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    return b->fd < 0 || ftruncate(b->fd, (off_t)b->want.size) ? err_errno(e, "%s", b->part) : 0;
}

static void on_list(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct bundle *b = ctx;
    struct err e = why ? *why : (struct err){0};
    bool final = false;
    int rc = 0;

    b->request = NULL;
    if (!a) {
        fail(b, -e.code, false, &e);
        return;
    }
    if (a->status != 200) {
        final = http_final(a->status);
        rc = err_set(&e, ERR_REFUSED, "list of its pieces: HTTP status %d", a->status);
    }
    if (rc == 0)
        rc = pieces_decode(b->list.data, b->list.len, SYSTEM_BUNDLE_MAX, &b->pieces, &e);
    if (rc == 0 && b->pieces.size != b->want.size)
        rc = err_set(&e, ERR_INVALID, "list of its pieces: of another file");
    if (rc == 0)
        rc = open_part(b, &e);
    if (rc < 0)
        fail(b, rc, final, &e);
    else
        begin_step(b, STEP_OLD);
}

static int on_list_bytes(void *ctx, int status, const void *data, size_t len)
{
    struct bundle *b = ctx;

    return buf_add(&b->list, data, len) == 0 ? 0 : -1;
}

static int ask_for_list(struct bundle *b, struct err *e)
{
    char path[SYSTEM_VERSION_LEN + 32];
    const struct http_call call = {.method = "GET", .path = path, .sink = on_list_bytes};

    snprintf(path, sizeof path, "/v1/system/%s.pieces", b->want.version);
    if (snprintf(b->part, sizeof b->part, "%s/%s.part", b->folder, b->want.version) < 0 ||
        snprintf(b->whole, sizeof b->whole, "%s/%s.raucb", b->folder, b->want.version) < 0)
        return err_set(e, ERR_TOOLONG, "%s", b->folder);
    int rc = fs_mkdirs(b->folder, 0755, e);
    if (rc == 0 && !(b->request = http_start(b->http, &call, on_list, b)))
        rc = err_set(e, ERR_NOMEM, "a bundle");
    return rc;
}

struct bundle *bundle_start(struct loop *l, struct http *h, const struct bundle_want *want, bundle_done_fn *done, void *ctx)
{
    struct bundle *b = calloc(1, sizeof *b);
    struct err e = {0};

    if (!b)
        return NULL;
    *b = (struct bundle){.loop = l, .http = h, .want = *want, .done = done, .ctx = ctx, .fd = -1, .seed_fd = -1};
    buf_init(&b->list, PIECES_BYTES_MAX);
    b->timer = loop_add_timer(l, on_turn, b);
    text_copy(b->seed, sizeof b->seed, want->seed ? want->seed : "");
    if (fs_join(b->folder, sizeof b->folder, want->data, "sync/system") || ask_for_list(b, &e) < 0) {
        log_error("bundle", "cannot start: %s", e.text);
        bundle_cancel(b);
        return NULL;
    }
    b->want.data = b->want.seed = NULL;
    return b;
}

void bundle_cancel(struct bundle *b)
{
    uint8_t unused[SHA256_LEN];

    if (!b)
        return;
    http_cancel(b->request);
    loop_timer_remove(b->timer);
    if (b->hash)
        sha256_end(b->hash, unused);
    if (b->fd >= 0)
        close(b->fd);
    if (b->seed_fd >= 0)
        close(b->seed_fd);
    buf_finish(&b->list);
    free(b->block);
    free(b->sorted);
    free(b->have);
    free(b);
}

bool bundle_here(const char *data, const char *version)
{
    char path[600];

    return snprintf(path, sizeof path, "%s/sync/system/%s.raucb", data, version) < (int)sizeof path &&
           access(path, F_OK) == 0;
}

void bundle_tidy(const char *data, const char *version)
{
    char folder[440], path[720];
    size_t n = strlen(version);
    DIR *list = fs_join(folder, sizeof folder, data, "sync/system") ? NULL : opendir(folder);

    for (struct dirent *f; list && (f = readdir(list));) {
        bool wanted = n && strncmp(f->d_name, version, n) == 0 &&
                      (strcmp(f->d_name + n, ".raucb") == 0 || strcmp(f->d_name + n, ".part") == 0);

        snprintf(path, sizeof path, "%s/%s", folder, f->d_name);
        if (!wanted && f->d_name[0] != '.' && unlink(path))
            log_warn("bundle", "%s: %s", path, strerror(errno));
    }
    if (list)
        closedir(list);
}
