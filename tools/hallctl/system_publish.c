/* SPDX-License-Identifier: Apache-2.0
 *
 * Taking a bundle of RAUC's in: its version stands in the manifest, which is a part of the signature at its end (RAUC's
 * manual, "verity format": the last eight bytes are the signature's length).
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "tools/hallctl/system.h"
#include "wire/pieces.h"

#define CMS_MAX (64 * 1024)
#define COPY_BYTES (PIECES_BUNDLE_BLOCK * 256)

struct copy {
    int from, to;
    struct system_release *release;
    struct buf pieces;
    struct sha256 *hash;
};

/* "\nKEY=value\n" of the section; false: it is not there, or does not fit. */
static bool find_value(const char *text, size_t len, const char *section, const char *key, char *out, size_t cap)
{
    const char *end = text + len, *at = memmem(text, len, section, strlen(section));
    const char *next = at ? memmem(at + 1, (size_t)(end - at - 1), "\n[", 2) : NULL;
    char line[40];
    int n = snprintf(line, sizeof line, "\n%s=", key);

    end = next ? next + 1 : end;
    at = at ? memmem(at, (size_t)(end - at), line, (size_t)n) : NULL;
    if (!at)
        return false;
    at += n;
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    size_t used = (size_t)((stop ? stop : end) - at);
    if (used == 0 || used >= cap)
        return false;
    snprintf(out, cap, "%.*s", (int)used, at);
    return text_is_plain_line(out);
}

static int find_facts(const char *text, size_t len, struct system_release *ret, struct err *e)
{
    if (!find_value(text, len, "[update]\n", "version", ret->version, sizeof ret->version))
        return err_set(e, ERR_INVALID, "no bundle that RAUC has made, or one without a version");
    if (!system_version_valid(ret->version))
        return err_set(e, ERR_INVALID, "\"%s\" is no version", ret->version);
    if (!find_value(text, len, "[update]\n", "compatible", ret->board, sizeof ret->board))
        ret->board[0] = '\0';
    if (!find_value(text, len, "[meta.tongban]\n", "replaces", ret->replaces, sizeof ret->replaces) ||
        !system_version_valid(ret->replaces))
        ret->replaces[0] = '\0';
    system_signer(text, len, ret->signer, sizeof ret->signer);
    return 0;
}

static int read_at(int fd, void *out, size_t len, int64_t at)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = pread(fd, (char *)out + done, len - done, (off_t)(at + (int64_t)done));

        if (n <= 0)
            return -1;
        done += (size_t)n;
    }
    return 0;
}

static int read_version(struct copy *c, struct err *e)
{
    uint8_t tail[8];
    uint64_t n = 0;
    int64_t size = c->release->size;

    if (size < 4096 || size > SYSTEM_BUNDLE_MAX || read_at(c->from, tail, sizeof tail, size - 8) < 0)
        return err_set(e, ERR_INVALID, "a bundle has up to %lld MiB", (long long)(SYSTEM_BUNDLE_MAX >> 20));
    for (size_t i = 0; i < sizeof tail; i++)
        n = n << 8 | tail[i];
    if (n < 1 || n > CMS_MAX || (int64_t)n + 8 > size)
        return err_set(e, ERR_INVALID, "no bundle that RAUC has made: it ends without a signature");
    char *text = malloc(n);
    if (!text)
        return err_set(e, ERR_NOMEM, "a bundle");
    int rc = read_at(c->from, text, n, size - 8 - (int64_t)n) < 0 ? err_set(e, ERR_IO, "it cannot be read")
                                                                  : find_facts(text, n, c->release, e);
    free(text);
    return rc;
}

static void add_piece(struct copy *c, const uint8_t *data, size_t len)
{
    uint8_t hash[PIECES_HASH_LEN];

    pieces_hash(data, len, hash);
    buf_add(&c->pieces, hash, sizeof hash);
}

/* The first piece is short, so that all others begin where a block of the root file system does. */
static int copy_all(struct copy *c, uint8_t *block, struct err *e)
{
    int64_t size = c->release->size;
    int rc = 0;

    pieces_head(&c->pieces, PIECES_BUNDLE_SKIP, PIECES_BUNDLE_BLOCK, size);
    for (int64_t at = 0; rc == 0 && at < size;) {
        size_t want = at ? COPY_BYTES : PIECES_BUNDLE_SKIP;

        if ((int64_t)want > size - at)
            want = (size_t)(size - at);
        if (read_at(c->from, block, want, at) < 0)
            return err_set(e, ERR_IO, "it cannot be read");
        rc = fs_write_all(c->to, "public/system", block, want, e);
        sha256_add(c->hash, block, want);
        for (size_t i = 0; i < want; i += PIECES_BUNDLE_BLOCK)
            add_piece(c, block + i, want - i < PIECES_BUNDLE_BLOCK ? want - i : PIECES_BUNDLE_BLOCK);
        at += (int64_t)want;
    }
    return rc == 0 && fsync(c->to) ? err_errno(e, "public/system") : rc;
}

static int copy_in(struct copy *c, struct err *e)
{
    uint8_t *block = malloc(COPY_BYTES);
    int rc = block ? 0 : err_set(e, ERR_NOMEM, "a bundle");

    buf_init(&c->pieces, PIECES_BYTES_MAX);
    c->hash = sha256_begin();
    if (rc == 0)
        rc = copy_all(c, block, e);
    sha256_end(c->hash, c->release->sha256);
    free(block);
    return rc;
}

static int write_pieces(struct copy *c, const char *folder, struct err *e)
{
    char path[600], name[SYSTEM_VERSION_LEN + 16];

    snprintf(name, sizeof name, "%s.pieces", c->release->version);
    if (!buf_ok(&c->pieces) || fs_join(path, sizeof path, folder, name))
        return err_set(e, ERR_TOOLONG, "its list of pieces");
    return fs_write_atomic(path, c->pieces.data, c->pieces.len, 0644, e);
}

/* 1: the hall knows this version with these bytes; 0: it does not know it. Other bytes under a version that terminals may
 * have by now are a mistake. */
static int ask_known(struct store *s, const struct system_release *r, struct err *e)
{
    struct system_release known;
    struct err none = {0};
    int rc = system_release(s, r->version, &known, &none);

    if (rc == -ERR_NOTFOUND)
        return 0;
    if (rc == 0)
        return memcmp(known.sha256, r->sha256, SHA256_LEN) == 0
                   ? 1
                   : err_set(e, ERR_EXISTS, "system %s is published with other bytes: give this one another version",
                             r->version);
    *e = none;
    return rc;
}

/* The file follows the row: what lies there without one, or is not what was published, gives way. */
static int settle(struct store *s, const struct copy *c, const char *part, const char *path, struct err *e)
{
    uint8_t there[SHA256_LEN];
    struct err none = {0};
    uint64_t size;
    int rc = ask_known(s, c->release, e);

    if (rc == 1 && sha256_file(path, there, &size, &none) == 0 && memcmp(there, c->release->sha256, SHA256_LEN) == 0)
        return 0;
    return rc >= 0 && rename(part, path) ? err_errno(e, "%s", path) : rc < 0 ? rc : 0;
}

/* Under another name until it is whole. What is published already stays as it is. */
static int take(struct store *s, struct copy *c, const char *folder, struct err *e)
{
    char path[600], part[600], name[SYSTEM_VERSION_LEN + 16];

    snprintf(name, sizeof name, "%s.raucb", c->release->version);
    if (fs_join(path, sizeof path, folder, name) || fs_join(part, sizeof part, folder, ".new"))
        return err_set(e, ERR_TOOLONG, "%s", folder);
    c->to = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (c->to < 0)
        return err_errno(e, "%s", part);
    int rc = copy_in(c, e);
    close(c->to);
    if (rc == 0)
        rc = settle(s, c, part, path, e);
    unlink(part);
    if (rc == 0)
        rc = write_pieces(c, folder, e);
    buf_finish(&c->pieces);
    return rc < 0 ? rc : fs_sync_dir(folder, e);
}

int system_take(struct store *s, const char *data, const char *bundle, struct system_release *ret, struct err *e)
{
    struct copy c = {.release = ret};
    char folder[480];
    struct stat st;

    *ret = (struct system_release){.size = 0};
    if (fs_join(folder, sizeof folder, data, "public/system"))
        return err_set(e, ERR_TOOLONG, "%s", data);
    c.from = open(bundle, O_RDONLY | O_CLOEXEC);
    if (c.from < 0 || fstat(c.from, &st)) {
        int rc = err_errno(e, "%s", bundle);

        if (c.from >= 0)
            close(c.from);
        return rc;
    }
    ret->size = st.st_size;
    int rc = S_ISREG(st.st_mode) ? read_version(&c, e) : err_set(e, ERR_INVALID, "not a regular file");
    if (rc == 0)
        rc = take(s, &c, folder, e);
    close(c.from);
    return err_wrap(e, rc, "%s", bundle);
}
