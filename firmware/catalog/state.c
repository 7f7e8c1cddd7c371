/* SPDX-License-Identifier: Apache-2.0
 *
 * Both copies of what was seen, and the names of the files they speak of.
 */
#include "catalog/state.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/json.h"

#define VERSION_MAX 0x7fffffff

/* The one that switches is written last. */
static const char *const copies[] = {"catalog-seen.json", "catalog/state.json"};
enum { COPIES = sizeof copies / sizeof *copies };

int catalog_state_path(char *out, size_t cap, const char *data_dir, const char *stem, int64_t version, const char *suffix,
                       struct err *e)
{
    int n = snprintf(out, cap, "%s/catalog/%s.%lld.%s", data_dir, stem, (long long)version, suffix);

    return n < 0 || (size_t)n >= cap ? err_set(e, ERR_TOOLONG, "the path of the data folder") : 0;
}

/* --- bytes --- */

static int decode_head(const struct json *doc, struct catalog_state *s, struct err *e)
{
    int rc = json_get_int(doc, "head_root", 0, VERSION_MAX, &s->head_root, e);

    if (rc == 0)
        rc = json_get_int(doc, "head_catalogue", 0, VERSION_MAX, &s->head_catalogue, e);
    if (rc == 0)
        rc = json_get_int(doc, "head_at", 0, INT64_MAX, &s->head_at_ms, e);
    if (rc == 0)
        rc = json_get_int(doc, "head_expires", 0, INT64_MAX, &s->head_expires_ms, e);
    return rc;
}

static int decode_line(const struct json *doc, int64_t v, struct catalog_state *s, struct err *e)
{
    const char *pin;
    int64_t unused;
    size_t n;
    int rc = json_get_str(doc, "pin", 2 * SHA256_LEN, 2 * SHA256_LEN, &pin, e);

    if (rc == 0 && hex_decode(pin, 2 * SHA256_LEN, s->pin, sizeof s->pin, &n) < 0)
        rc = err_set(e, ERR_INVALID, "pin is not hexadecimal");
    if (rc == 0)
        rc = json_get_int(doc, "root", 1, VERSION_MAX, &s->root, e);
    if (rc == 0)
        rc = json_get_int(doc, "catalogue", 0, VERSION_MAX, &s->catalogue, e);
    if (rc == 0 && v == 1)
        rc = json_get_int(doc, "catalogue_root", 0, s->root, &unused, e);
    if (rc == 0)
        rc = json_get_int(doc, "min_version", 0, VERSION_MAX, &s->min_version, e);
    if (rc == 0 && (v > 1 || json_member(doc, "head_at")))
        rc = decode_head(doc, s, e);
    return rc;
}

/* The hash behind the first line, when there is one. */
static int check_sum(const void *data, size_t line, size_t len, bool *ret_there, struct err *e)
{
    char hex[2 * SHA256_LEN + 1];
    uint8_t hash[SHA256_LEN];

    *ret_there = line < len;
    if (line == len)
        return 0;
    sha256(data, line, hash);
    hex_encode(hash, sizeof hash, hex);
    if (len - line != 2 * SHA256_LEN + 2 || memcmp((const char *)data + line + 1, hex, 2 * SHA256_LEN) ||
        ((const char *)data)[len - 1] != '\n')
        return err_set(e, ERR_CHECKSUM, "it has another hash than it says");
    return 0;
}

int catalog_state_decode(const void *data, size_t len, struct catalog_state *ret, struct err *e)
{
    const uint8_t *end = len ? memchr(data, '\n', len) : NULL;
    size_t line = end ? (size_t)(end - (const uint8_t *)data) : len;
    struct catalog_state s = {0};
    struct json *doc = NULL;
    bool summed;
    int64_t v;
    int rc = check_sum(data, line, len, &summed, e);

    if (rc == 0)
        rc = json_parse(data, line, CATALOG_STATE_MAX, &doc, e);
    if (rc == 0)
        rc = json_known(doc, "v pin root catalogue catalogue_root min_version head_root head_catalogue head_at head_expires",
                        e);
    if (rc == 0)
        rc = json_get_int(doc, "v", summed ? 2 : 1, summed ? 2 : 1, &v, e);
    if (rc == 0)
        rc = decode_line(doc, v, &s, e);
    json_free(doc);
    if (rc == 0)
        *ret = s;
    return rc;
}

int catalog_state_encode(const struct catalog_state *s, struct buf *out, struct err *e)
{
    char hex[2 * SHA256_LEN + 1];
    uint8_t hash[SHA256_LEN];
    size_t start = out->len;
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 2);
    jsonw_hex(&w, "pin", s->pin, sizeof s->pin);
    jsonw_int(&w, "root", s->root);
    jsonw_int(&w, "catalogue", s->catalogue);
    jsonw_int(&w, "min_version", s->min_version);
    jsonw_int(&w, "head_root", s->head_root);
    jsonw_int(&w, "head_catalogue", s->head_catalogue);
    jsonw_int(&w, "head_at", s->head_at_ms);
    jsonw_int(&w, "head_expires", s->head_expires_ms);
    jsonw_end(&w);
    if (!buf_ok(out))
        return err_set(e, ERR_NOMEM, "write what was seen of catalogues");
    sha256(out->data + start, out->len - start, hash);
    hex_encode(hash, sizeof hash, hex);
    buf_addf(out, "\n%s\n", hex);
    return buf_ok(out) ? 0 : err_set(e, ERR_NOMEM, "write what was seen of catalogues");
}

/* --- files --- */

static int copy_path(char out[PATH_MAX], const char *data_dir, int i, struct err *e)
{
    return fs_join(out, PATH_MAX, data_dir, copies[i]) < 0 ? err_set(e, ERR_TOOLONG, "the path of the data folder") : 0;
}

static int load_copy(const char *data_dir, int i, struct catalog_state *ret, struct err *e)
{
    char path[PATH_MAX];
    struct buf b;
    int rc = copy_path(path, data_dir, i, e);

    if (rc == 0)
        rc = fs_read(path, CATALOG_STATE_MAX, &b, e);
    if (rc < 0)
        return rc;
    rc = catalog_state_decode(b.data, b.len, ret, e);
    buf_finish(&b);
    return err_wrap(e, rc, "%s", path);
}

static void rise(int64_t *to, int64_t seen)
{
    if (seen > *to)
        *to = seen;
}

static void take_highest(struct catalog_state *s, const struct catalog_state *other)
{
    bool newer = other->head_at_ms > s->head_at_ms;

    rise(&s->root, other->root);
    rise(&s->catalogue, other->catalogue);
    rise(&s->min_version, other->min_version);
    rise(&s->head_root, other->head_root);
    rise(&s->head_catalogue, other->head_catalogue);
    s->head_expires_ms = newer ? other->head_expires_ms : s->head_expires_ms;
    s->head_at_ms = newer ? other->head_at_ms : s->head_at_ms;
}

int catalog_state_load(const char *data_dir, const uint8_t *pin, struct catalog_state *ret, bool *ret_same, struct err *e)
{
    struct err why = {ERR_NOTFOUND, "nothing is remembered of catalogues yet"};
    struct catalog_state found = {0}, one;
    bool same = true;
    int n = 0;

    for (int i = 0; i < COPIES; i++) {
        struct err damage = {0};
        int rc = load_copy(data_dir, i, &one, &damage);

        if (rc < 0 && rc != -ERR_NOTFOUND)
            why = damage;
        if (rc < 0 || (pin && memcmp(one.pin, pin, sizeof one.pin)) || (n && memcmp(one.pin, found.pin, sizeof one.pin)))
            continue;
        same = n++ == 0 || memcmp(&one, &found, sizeof one) == 0;
        if (n == 1)
            found = one;
        else
            take_highest(&found, &one);
    }
    if (ret_same)
        *ret_same = n == COPIES && same;
    if (n == 0)
        return err_set(e, (enum err_code)why.code, "%s", why.text);
    *ret = found;
    return 0;
}

int catalog_state_save(const char *data_dir, const struct catalog_state *s, struct err *e)
{
    char path[PATH_MAX];
    struct buf b;
    int rc;

    buf_init(&b, CATALOG_STATE_MAX);
    rc = catalog_state_encode(s, &b, e);
    for (int i = 0; rc == 0 && i < COPIES; i++) {
        rc = copy_path(path, data_dir, i, e);
        if (rc == 0)
            rc = fs_write_atomic(path, b.data, b.len, 0644, e);
    }
    buf_finish(&b);
    return rc;
}
