/* SPDX-License-Identifier: Apache-2.0
 *
 * See blind.h.
 */
#include "tools/hall/open/blind.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/must.h"
#include "base/secret.h"
#include "crypto/random.h"

#define WORDS "tongban-index-v1\n"
#define LICENCE_WORDS "tongban-licence-v1\n"
#define ID_WORDS "tongban-index-id-v1\n"

struct blind {
    uint8_t secret[BLIND_LEN];
};

static int make(const char *path, struct blind *b, struct err *e)
{
    struct buf hex;

    random_bytes(b->secret, sizeof b->secret);
    buf_init(&hex, 2 * BLIND_LEN + 1);
    buf_add_hex(&hex, b->secret, sizeof b->secret);
    buf_addc(&hex, '\n');
    int rc = fs_write_atomic(path, hex.data, hex.len, 0600, e);
    buf_finish(&hex);
    return rc;
}

static int take(const char *path, const struct buf *hex, struct blind *b, struct err *e)
{
    size_t len = hex->len, n = 0;

    if (len && hex->data[len - 1] == '\n')
        len--;
    if (hex_decode(buf_str(hex), len, b->secret, sizeof b->secret, &n) < 0 || n != sizeof b->secret)
        return err_set(e, ERR_KEY, "%s is damaged: restore it, or remove it and every index is made anew", path);
    return 0;
}

int blind_open(const char *keys, struct blind **ret, struct err *e)
{
    struct blind *b = secret_alloc(sizeof *b);
    char path[PATH_MAX];
    struct buf hex;
    struct err why = {0};
    int rc = fs_join(path, sizeof path, keys, BLIND_FILE) < 0 ? err_set(e, ERR_TOOLONG, "%s", keys) : 0;

    if (rc == 0) {
        rc = fs_read(path, 256, &hex, &why);
        if (rc == 0)
            rc = take(path, &hex, b, e);
        else
            rc = rc == -ERR_NOTFOUND ? make(path, b, e) : err_set(e, why.code, "%s", why.text);
        buf_finish(&hex);
    }
    if (rc < 0) {
        blind_close(b);
        return rc;
    }
    *ret = b;
    return 0;
}

void blind_close(struct blind *b)
{
    secret_free(b, sizeof *b);
}

void blind_id(const struct blind *b, uint8_t out[BLIND_ID_LEN])
{
    uint8_t whole[SHA256_LEN];

    hmac_sha256(b->secret, sizeof b->secret, ID_WORDS, strlen(ID_WORDS), whole);
    memcpy(out, whole, BLIND_ID_LEN);
}

void blind_index(const struct blind *b, const char *citizen, uint8_t out[BLIND_LEN])
{
    char text[sizeof WORDS + 64];

    snprintf(text, sizeof text, WORDS "%.32s", citizen);
    hmac_sha256(b->secret, sizeof b->secret, text, strlen(text), out);
    secret_wipe(text, sizeof text);
}

void blind_licence(const struct blind *b, const char *citizen, const char *code, const char *number,
                   uint8_t out[LICENCE_ID_LEN])
{
    char text[sizeof LICENCE_WORDS + LICENCE_HOLDER_MAX + LICENCE_CODE_MAX + LICENCE_NUMBER_MAX + 3];
    uint8_t whole[SHA256_LEN];
    int n = snprintf(text, sizeof text, LICENCE_WORDS "%s\n%s\n%s", citizen, code, number);

    must(n > 0 && (size_t)n < sizeof text, "a licence's words are within their bounds");
    hmac_sha256(b->secret, sizeof b->secret, text, (size_t)n, whole);
    memcpy(out, whole, LICENCE_ID_LEN);
    secret_wipe(text, sizeof text);
}
