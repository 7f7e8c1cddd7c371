/* SPDX-License-Identifier: Apache-2.0
 *
 * Applies a catalogue patch. One-shot unpacking into a buffer of one piece: zstd's streaming interface would keep a window
 * as large as both files.
 */
#include "catalog/patch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "base/fs.h"

struct apply {
    int patch, base, to;
    int64_t base_len, left; /* bytes of the old file; of the new one still to come */
    struct sha256 *hash;
    ZSTD_DCtx *z;
    uint8_t *packed, *out;
};

static int read_exactly(int fd, void *out, size_t len, struct err *e)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = read(fd, (uint8_t *)out + done, len - done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_errno(e, "read the patch");
        if (n == 0)
            return err_set(e, ERR_CHECKSUM, "the patch ends too early");
        done += (size_t)n;
    }
    return 0;
}

int patch_unpack(struct ZSTD_DCtx_s *z, const struct patch_piece *p, const void *prefix, const void *packed, void *out,
                 struct err *e)
{
    size_t n = ZSTD_DCtx_reset(z, ZSTD_reset_session_and_parameters);

    if (!ZSTD_isError(n))
        n = ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, PATCH_WINDOW_LOG);
    if (!ZSTD_isError(n) && p->from_len)
        n = ZSTD_DCtx_refPrefix(z, prefix, p->from_len);
    if (!ZSTD_isError(n))
        n = ZSTD_decompressDCtx(z, out, p->len, packed, p->packed_len);
    if (ZSTD_isError(n))
        return err_set(e, ERR_CHECKSUM, "a piece does not unpack: %s", ZSTD_getErrorName(n));
    if (n != p->len)
        return err_set(e, ERR_CHECKSUM, "a piece unpacks to %zu bytes, not %u", n, p->len);
    return 0;
}

/* Maps the part of the old file that the piece refers to, and only for as long. */
static int unpack(struct apply *a, const struct patch_piece *p, struct err *e)
{
    int64_t page = sysconf(_SC_PAGESIZE), start = p->from / page * page;
    size_t before = (size_t)(p->from - start), len = before + p->from_len;
    uint8_t *map = NULL;
    int rc;

    if (p->from_len) {
        map = mmap(NULL, len, PROT_READ, MAP_PRIVATE, a->base, start);
        if (map == MAP_FAILED)
            return err_errno(e, "map the old catalogue");
    }
    rc = patch_unpack(a->z, p, map ? map + before : NULL, a->packed, a->out, e);
    if (map)
        munmap(map, len);
    return rc;
}

static int next_piece(struct apply *a, struct err *e)
{
    uint8_t head[PATCH_HEAD_LEN];
    struct patch_piece p;
    int rc = read_exactly(a->patch, head, sizeof head, e);

    if (rc == 0)
        rc = patch_piece_decode(head, a->base_len, a->left, &p, e);
    if (rc == 0)
        rc = read_exactly(a->patch, a->packed, p.packed_len, e);
    if (rc == 0)
        rc = unpack(a, &p, e);
    if (rc == 0)
        rc = fs_write_all(a->to, "the new catalogue", a->out, p.len, e);
    if (rc < 0)
        return rc;
    sha256_add(a->hash, a->out, p.len);
    a->left -= p.len;
    return 0;
}

static int check_magic(struct apply *a, struct err *e)
{
    char magic[PATCH_MAGIC_LEN];
    int rc = read_exactly(a->patch, magic, sizeof magic, e);

    if (rc == 0 && memcmp(magic, PATCH_MAGIC, sizeof magic))
        rc = err_set(e, ERR_INVALID, "it is no patch");
    return rc;
}

static int run(struct apply *a, const struct manifest_file *f, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    int rc = check_magic(a, e);

    while (rc == 0 && a->left > 0)
        rc = next_piece(a, e);
    sha256_end(a->hash, hash);
    if (rc == 0 && memcmp(hash, f->sha256, sizeof hash))
        rc = err_set(e, ERR_CHECKSUM, "what comes out is not the catalogue of the manifest");
    if (rc == 0 && fsync(a->to) < 0)
        rc = err_errno(e, "fsync the new catalogue");
    return rc;
}

static int open_files(struct apply *a, const char *patch, const char *base, const char *to, struct err *e)
{
    struct stat st;
    int rc = fs_open(patch, &a->patch, e);

    if (rc < 0)
        return rc;
    if ((a->base = open(base, O_RDONLY | O_CLOEXEC)) < 0 || fstat(a->base, &st) < 0)
        return err_errno(e, "open %s", base);
    a->base_len = st.st_size;
    if ((a->to = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644)) < 0)
        return err_errno(e, "make %s", to);
    return 0;
}

static void close_fd(int fd)
{
    if (fd >= 0)
        close(fd);
}

int patch_apply(const char *patch, const char *base, const char *to, const struct manifest_file *f, struct err *e)
{
    struct apply a = {.patch = -1, .base = -1, .to = -1, .left = f->size};
    int rc = open_files(&a, patch, base, to, e);

    a.z = ZSTD_createDCtx();
    a.packed = malloc(PATCH_PACKED_MAX);
    a.out = malloc(PATCH_PIECE_MAX);
    if (rc == 0 && (!a.z || !a.packed || !a.out))
        rc = err_set(e, ERR_NOMEM, "apply a patch");
    if (rc == 0) {
        a.hash = sha256_begin();
        rc = run(&a, f, e);
    }
    if (rc < 0 && a.to >= 0)
        unlink(to);
    ZSTD_freeDCtx(a.z);
    free(a.packed);
    free(a.out);
    close_fd(a.patch);
    close_fd(a.base);
    close_fd(a.to);
    return err_wrap(e, rc, "apply %s", patch);
}
