/* SPDX-License-Identifier: Apache-2.0
 *
 * SHA-256 over mbedTLS's message-digest interface, whose names are the same in 2.28 and 3.6.
 */
#include "crypto/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <mbedtls/md.h>

#include "base/fs.h"
#include "base/must.h"

struct sha256 {
    mbedtls_md_context_t md;
};

/* The digest takes any bytes: it fails only when the library was built without it. */
static void worked(int rc)
{
    must(rc == 0, "the library cannot hash");
}

static const mbedtls_md_info_t *info(void)
{
    return mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
}

void sha256(const void *data, size_t len, uint8_t out[SHA256_LEN])
{
    worked(mbedtls_md(info(), len ? data : (const void *)"", len, out));
}

void hmac_sha256(const void *key, size_t key_len, const void *data, size_t len, uint8_t out[SHA256_LEN])
{
    worked(mbedtls_md_hmac(info(), key, key_len, data, len, out));
}

struct sha256 *sha256_begin(void)
{
    struct sha256 *h = calloc(1, sizeof *h);

    must(h, "out of memory");
    mbedtls_md_init(&h->md);
    worked(mbedtls_md_setup(&h->md, info(), 0));
    worked(mbedtls_md_starts(&h->md));
    return h;
}

void sha256_add(struct sha256 *h, const void *data, size_t len)
{
    if (len)
        worked(mbedtls_md_update(&h->md, data, len));
}

void sha256_end(struct sha256 *h, uint8_t out[SHA256_LEN])
{
    worked(mbedtls_md_finish(&h->md, out));
    mbedtls_md_free(&h->md);
    free(h);
}

/* As many bytes as it had when it was opened: somebody who goes on writing keeps nobody here. */
static int hash_stream(FILE *f, const char *path, uint64_t size, uint8_t out[SHA256_LEN], struct err *e)
{
    struct sha256 *h = sha256_begin();
    uint8_t block[64 * 1024], digest[SHA256_LEN];
    size_t n = 1;

    for (uint64_t left = size; left && n; left -= n) {
        n = fread(block, 1, left < sizeof block ? (size_t)left : sizeof block, f);
        sha256_add(h, block, n);
    }
    sha256_end(h, digest);
    if (ferror(f))
        return err_errno(e, "read %s", path);
    if (!n)
        return err_set(e, ERR_CHECKSUM, "%s became shorter while it was read", path);
    memcpy(out, digest, sizeof digest);
    return 0;
}

int sha256_file(const char *path, uint8_t out[SHA256_LEN], uint64_t *ret_len, struct err *e)
{
    int fd, rc = fs_open(path, &fd, e);
    struct stat st = {0};
    FILE *f = rc < 0 ? NULL : fdopen(fd, "rb");

    if (rc == 0 && !f)
        close(fd);
    if (!f)
        return rc < 0 ? rc : err_errno(e, "open %s", path);
    rc = fstat(fd, &st) < 0 ? err_errno(e, "%s", path) : hash_stream(f, path, (uint64_t)st.st_size, out, e);
    fclose(f);
    if (rc == 0)
        *ret_len = (uint64_t)st.st_size;
    return rc;
}
