/* SPDX-License-Identifier: Apache-2.0
 *
 * See image_wire.h.
 */
#include "tools/flash/image_wire.h"

#include <string.h>

#include "base/json.h"
#include "tools/flash/bmap_wire.h"
#include "wire/manifest.h"

#define PREFIX "tongban-image-v1\n"
#define WORD_SIGNS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.+~_-"

static int get_word(const struct json *j, const char *key, char out[IMAGE_WORD_MAX + 1], struct err *e)
{
    const char *word;

    int rc = json_get_str(j, key, 1, IMAGE_WORD_MAX, &word, e);
    if (rc < 0)
        return rc;
    if (word[strspn(word, WORD_SIGNS)])
        return err_set(e, ERR_INVALID, "%s has a sign that does not belong there", key);
    strcpy(out, word);
    return 0;
}

static int get_all(const struct json *j, struct image_manifest *m, struct err *e)
{
    const char *hash;
    int64_t v;
    size_t n;

    int rc = json_known(j, "v version arch size bmap", e);
    if (rc == 0)
        rc = json_get_int(j, "v", 1, 1, &v, e);
    if (rc == 0)
        rc = get_word(j, "version", m->version, e);
    if (rc == 0)
        rc = get_word(j, "arch", m->arch, e);
    if (rc == 0)
        rc = json_get_int(j, "size", BMAP_BLOCK, (int64_t)BMAP_IMAGE_MAX, &v, e);
    m->size = (uint64_t)v;
    if (rc == 0)
        rc = json_get_str(j, "bmap", 2 * SHA256_LEN, 2 * SHA256_LEN, &hash, e);
    if (rc == 0 && hex_decode(hash, 2 * SHA256_LEN, m->bmap, SHA256_LEN, &n) < 0)
        rc = err_set(e, ERR_INVALID, "bmap is not hexadecimal");
    return rc;
}

int image_manifest_decode(const void *data, size_t len, struct image_manifest *ret, struct err *e)
{
    struct image_manifest m = {0};
    struct json *doc = NULL;

    int rc = json_parse(data, len, MANIFEST_MAX, &doc, e);
    if (rc == 0)
        rc = get_all(doc, &m, e);
    json_free(doc);
    if (rc == 0)
        *ret = m;
    return err_wrap(e, rc, "the image's manifest");
}

int image_manifest_encode(const struct image_manifest *m, struct buf *out, struct err *e)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "version", m->version);
    jsonw_str(&w, "arch", m->arch);
    jsonw_int(&w, "size", (int64_t)m->size);
    jsonw_hex(&w, "bmap", m->bmap, SHA256_LEN);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "write the image's manifest");
}

int image_manifest_open(const void *data, size_t len, const struct public_key *key, struct image_manifest *ret,
                        uint8_t ret_id[SHA256_LEN], struct err *e)
{
    struct manifest_role role = {.threshold = 1, .n = 1, .keys = {*key}};
    const char *first = data, *end = first + len, *line = memchr(data, '\n', len);
    struct manifest_signatures s;

    if (!line)
        return err_set(e, ERR_INVALID, "the signature file is no manifest and its signatures");
    int rc = manifest_signatures_decode(line + 1, (size_t)(end - line - 1), &s, e);
    if (rc == 0)
        rc = manifest_verify(&role, PREFIX, first, (size_t)(line - first), &s, e);
    if (rc == 0)
        rc = image_manifest_decode(first, (size_t)(line - first), ret, e);
    if (rc == 0)
        sha256(first, (size_t)(line - first), ret_id);
    return rc;
}

int image_manifest_sign(const struct image_manifest *m, const struct private_key *k, struct buf *out, struct err *e)
{
    struct manifest_signatures s = {0};
    struct image_manifest same;
    struct buf line;

    buf_init(&line, MANIFEST_MAX);
    int rc = image_manifest_encode(m, &line, e);
    if (rc == 0)
        rc = image_manifest_decode(line.data, line.len, &same, e);
    if (rc == 0)
        rc = manifest_sign(k, PREFIX, line.data, line.len, &s, e);
    if (rc == 0) {
        buf_add(out, line.data, line.len);
        buf_addc(out, '\n');
        rc = manifest_signatures_encode(&s, out, e);
        buf_addc(out, '\n');
    }
    buf_finish(&line);
    return rc;
}
