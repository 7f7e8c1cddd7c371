/* SPDX-License-Identifier: Apache-2.0
 *
 * root.json, catalog.json and head.json, read strictly and written in one form. Who signed them: manifest_sign.c.
 */
#include "wire/manifest.h"

#include <stdbool.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "model/level.h"

#define VERSION_MAX 0x7fffffff
#define POINT_HEX (2 * P256_POINT_LEN)

/* keys NULL: any. */
static int parse(const void *data, size_t len, const char *keys, struct json **ret, struct err *e)
{
    struct json *doc = NULL;
    int rc = json_parse(data, len, MANIFEST_MAX, &doc, e);
    int64_t v;

    if (rc < 0)
        return rc;
    rc = keys ? json_known(doc, keys, e) : 0;
    if (rc == 0)
        rc = json_get_int(doc, "v", 1, 1, &v, e);
    if (rc < 0) {
        json_free(doc);
        return rc;
    }
    *ret = doc;
    return 0;
}

static int get_time(const struct json *obj, const char *key, int64_t *ret_ms, struct err *e)
{
    const char *text;
    int rc = json_get_str(obj, key, 1, 40, &text, e);

    if (rc < 0)
        return rc;
    rc = clock_parse_rfc3339(text, ret_ms);
    if (rc < 0 || *ret_ms < 0 || *ret_ms % 1000)
        return err_set(e, ERR_INVALID, "%s is no time in whole seconds since 1970", key);
    return 0;
}

static int put_time(struct jsonw *w, const char *key, int64_t ms)
{
    char text[CLOCK_RFC3339_LEN + 1];

    if (ms < 0 || ms % 1000)
        return -ERR_INVALID;
    clock_format_rfc3339(ms, text);
    jsonw_str(w, key, text);
    return 0;
}

static int parse_point(const char *hex, struct public_key *ret, struct err *e)
{
    size_t n;

    if (hex_decode(hex, strlen(hex), ret->point, sizeof ret->point, &n) < 0 || n != sizeof ret->point)
        return err_set(e, ERR_INVALID, "a key is not %d hexadecimal digits", POINT_HEX);
    return public_key_check(ret, e);
}

static bool same_key(const struct public_key *a, const struct public_key *b)
{
    return memcmp(a->point, b->point, sizeof a->point) == 0;
}

static int check_role(const struct manifest_role *r, const char *name, struct err *e)
{
    if (r->n < 1 || r->n > MANIFEST_KEYS_MAX)
        return err_set(e, ERR_INVALID, "%s has %zu keys", name, r->n);
    if (r->threshold < 1 || (size_t)r->threshold > r->n)
        return err_set(e, ERR_INVALID, "%s asks for %d of %zu keys", name, r->threshold, r->n);
    for (size_t i = 0; i < r->n; i++)
        for (size_t j = 0; j < i; j++)
            if (same_key(&r->keys[i], &r->keys[j]))
                return err_set(e, ERR_INVALID, "%s names a key twice", name);
    return 0;
}

static int get_role(const struct json *doc, const char *name, struct manifest_role *ret, struct err *e)
{
    const struct json *obj, *keys;
    int64_t threshold;
    int rc = json_get_obj(doc, name, &obj, e);

    if (rc == 0)
        rc = json_known(obj, "threshold keys", e);
    if (rc == 0)
        rc = json_get_int(obj, "threshold", 1, MANIFEST_KEYS_MAX, &threshold, e);
    if (rc == 0)
        rc = json_get_arr(obj, "keys", MANIFEST_KEYS_MAX, &keys, e);
    if (rc < 0)
        return err_wrap(e, rc, "role %s", name);
    ret->threshold = (int)threshold;
    ret->n = json_len(keys);
    for (size_t i = 0; i < ret->n; i++) {
        const char *hex = json_str(json_at(keys, i));

        if (!hex)
            return err_set(e, ERR_INVALID, "role %s: a key is no text", name);
        rc = parse_point(hex, &ret->keys[i], e);
        if (rc < 0)
            return err_wrap(e, rc, "role %s", name);
    }
    return check_role(ret, name, e);
}

static int get_key(const struct json *doc, const char *name, struct manifest_key *ret, struct err *e)
{
    const struct json *obj;
    const char *hex;
    int rc = json_get_obj(doc, name, &obj, e);

    if (rc == 0)
        rc = json_known(obj, "key from to", e);
    if (rc == 0)
        rc = json_get_str(obj, "key", POINT_HEX, POINT_HEX, &hex, e);
    if (rc == 0)
        rc = parse_point(hex, &ret->key, e);
    if (rc == 0)
        rc = get_time(obj, "from", &ret->from_ms, e);
    if (rc == 0)
        rc = get_time(obj, "to", &ret->to_ms, e);
    if (rc == 0 && ret->to_ms <= ret->from_ms)
        rc = err_set(e, ERR_INVALID, "it ends before it begins");
    return err_wrap(e, rc, "%s key", name);
}

int manifest_root_decode(const void *data, size_t len, struct manifest_root *ret, struct err *e)
{
    struct manifest_root r = {0};
    struct json *doc = NULL;
    int rc = parse(data, len, "v version expires root catalogue head acknowledgement sealing ask", &doc, e);

    if (rc == 0)
        rc = json_get_int(doc, "version", 1, VERSION_MAX, &r.version, e);
    if (rc == 0)
        rc = get_time(doc, "expires", &r.expires_ms, e);
    if (rc == 0)
        rc = get_role(doc, "root", &r.root, e);
    if (rc == 0)
        rc = get_role(doc, "catalogue", &r.catalogue, e);
    if (rc == 0)
        rc = get_role(doc, "head", &r.head, e);
    if (rc == 0 && json_member(doc, "acknowledgement"))
        rc = get_role(doc, "acknowledgement", &r.acknowledgement, e);
    if (rc == 0)
        rc = get_key(doc, "sealing", &r.sealing, e);
    if (rc == 0)
        rc = get_key(doc, "ask", &r.ask, e);
    json_free(doc);
    if (rc == 0)
        *ret = r;
    return err_wrap(e, rc, "root.json");
}

static int get_hash(const struct json *obj, const char *key, uint8_t ret[SHA256_LEN], struct err *e)
{
    const char *hex;
    size_t n;
    int rc = json_get_str(obj, key, 2 * SHA256_LEN, 2 * SHA256_LEN, &hex, e);

    if (rc == 0 && hex_decode(hex, 2 * SHA256_LEN, ret, SHA256_LEN, &n) < 0)
        rc = err_set(e, ERR_INVALID, "%s is not hexadecimal", key);
    return rc;
}

static int read_file(const struct json *obj, struct manifest_file *ret, struct err *e)
{
    const char *name;
    int rc = json_get_str(obj, "name", 1, MANIFEST_NAME_MAX, &name, e);

    if (rc == 0)
        rc = json_get_int(obj, "size", 1, MANIFEST_FILE_MAX, &ret->size, e);
    if (rc == 0)
        rc = get_hash(obj, "sha256", ret->sha256, e);
    if (rc < 0)
        return rc;
    /* the name becomes part of a path: nothing that could leave the folder or hide in it */
    if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") != strlen(name) || name[0] == '.' || name[0] == '-')
        return err_set(e, ERR_INVALID, "the name has other characters than a-z 0-9 . -");
    strcpy(ret->name, name);
    return 0;
}

static int get_file(const struct json *doc, struct manifest_file *ret, struct err *e)
{
    const struct json *obj;
    int rc = json_get_obj(doc, "file", &obj, e);

    if (rc == 0)
        rc = json_known(obj, "name size sha256", e);
    if (rc == 0)
        rc = read_file(obj, ret, e);
    return err_wrap(e, rc, "file");
}

static int read_patch(const struct json *obj, const struct manifest_catalog *c, struct manifest_patch *ret, struct err *e)
{
    int rc = json_known(obj, "from from_sha256 name size sha256", e);

    if (rc == 0)
        rc = json_get_int(obj, "from", 1, c->version - 1, &ret->from, e);
    if (rc == 0)
        rc = get_hash(obj, "from_sha256", ret->from_sha256, e);
    if (rc == 0)
        rc = read_file(obj, &ret->file, e);
    /* a patch that saves nothing is a mistake, and what is downloaded stays below what was agreed to */
    if (rc == 0 && ret->file.size >= c->file.size)
        rc = err_set(e, ERR_RANGE, "it is not smaller than the file");
    if (rc == 0 && strcmp(ret->file.name, c->file.name) == 0)
        rc = err_set(e, ERR_INVALID, "it has the file's name");
    return rc;
}

/* The list may be left out: a first catalogue has none. */
static int get_patches(const struct json *doc, struct manifest_catalog *c, struct err *e)
{
    const struct json *arr;
    int rc = 0;

    if (!json_member(doc, "patches"))
        return 0;
    rc = json_get_arr(doc, "patches", MANIFEST_PATCHES_MAX, &arr, e);
    for (; rc == 0 && c->n_patches < json_len(arr); c->n_patches++) {
        rc = read_patch(json_at(arr, c->n_patches), c, &c->patches[c->n_patches], e);
        if (rc == 0 && c->n_patches && c->patches[c->n_patches].from >= c->patches[c->n_patches - 1].from)
            rc = err_set(e, ERR_INVALID, "they are not ordered from the newest base");
    }
    return err_wrap(e, rc, "patches");
}

int manifest_catalog_decode(const void *data, size_t len, struct manifest_catalog *ret, struct err *e)
{
    struct manifest_catalog c = {0};
    struct json *doc = NULL;
    int64_t needs = 1;
    int rc = parse(data, len, NULL, &doc, e);

    if (rc == 0)
        rc = json_get_int(doc, "version", 1, VERSION_MAX, &c.version, e);
    if (rc == 0)
        rc = json_get_int(doc, "min_version", 1, c.version, &c.min_version, e);
    if (rc == 0)
        rc = json_opt_int(doc, "needs", 1, LEVEL_MAX, &needs, e);
    c.needs = (int)needs;
    if (rc == 0)
        rc = get_time(doc, "expires", &c.expires_ms, e);
    if (rc == 0)
        rc = get_file(doc, &c.file, e);
    if (rc == 0)
        rc = get_patches(doc, &c, e);
    json_free(doc);
    if (rc == 0)
        *ret = c;
    return err_wrap(e, rc, "catalog.json");
}

const struct manifest_patch *manifest_patch_from(const struct manifest_catalog *c, int64_t version,
                                                 const uint8_t sha256_of_it[SHA256_LEN])
{
    for (size_t i = 0; i < c->n_patches; i++)
        if (c->patches[i].from == version && memcmp(c->patches[i].from_sha256, sha256_of_it, SHA256_LEN) == 0)
            return &c->patches[i];
    return NULL;
}

int manifest_head_decode(const void *data, size_t len, struct manifest_head *ret, struct err *e)
{
    struct manifest_head h = {0};
    struct json *doc = NULL;
    int rc = parse(data, len, "v root catalogue at expires", &doc, e);

    if (rc == 0)
        rc = json_get_int(doc, "root", 1, VERSION_MAX, &h.root, e);
    if (rc == 0)
        rc = json_get_int(doc, "catalogue", 0, VERSION_MAX, &h.catalogue, e);
    if (rc == 0)
        rc = get_time(doc, "at", &h.at_ms, e);
    if (rc == 0)
        rc = get_time(doc, "expires", &h.expires_ms, e);
    json_free(doc);
    if (rc == 0)
        *ret = h;
    return err_wrap(e, rc, "head.json");
}

static void put_role(struct jsonw *w, const char *name, const struct manifest_role *r)
{
    jsonw_obj(w, name);
    jsonw_int(w, "threshold", r->threshold);
    jsonw_arr(w, "keys");
    for (size_t i = 0; i < r->n && i < MANIFEST_KEYS_MAX; i++)
        jsonw_hex(w, NULL, r->keys[i].point, P256_POINT_LEN);
    jsonw_end(w);
    jsonw_end(w);
}

static int put_key(struct jsonw *w, const char *name, const struct manifest_key *k)
{
    int rc;

    jsonw_obj(w, name);
    jsonw_hex(w, "key", k->key.point, P256_POINT_LEN);
    rc = put_time(w, "from", k->from_ms);
    if (rc == 0)
        rc = put_time(w, "to", k->to_ms);
    jsonw_end(w);
    return rc;
}

int manifest_root_encode(const struct manifest_root *r, struct buf *out, struct err *e)
{
    struct manifest_root back;
    struct jsonw w;
    size_t start = out->len;
    int rc;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_int(&w, "version", r->version);
    rc = put_time(&w, "expires", r->expires_ms);
    put_role(&w, "root", &r->root);
    put_role(&w, "catalogue", &r->catalogue);
    put_role(&w, "head", &r->head);
    if (r->acknowledgement.n)
        put_role(&w, "acknowledgement", &r->acknowledgement);
    if (rc == 0)
        rc = put_key(&w, "sealing", &r->sealing);
    if (rc == 0)
        rc = put_key(&w, "ask", &r->ask);
    jsonw_end(&w);
    if (rc < 0 || !buf_ok(out))
        return err_set(e, rc < 0 ? ERR_INVALID : ERR_TOOLONG, "write root.json");
    /* what is written here is signed by hand with keys from a safe: better to see now that nobody could read it */
    return manifest_root_decode(out->data + start, out->len - start, &back, e);
}

static void put_file(struct jsonw *w, const struct manifest_file *f)
{
    jsonw_str(w, "name", f->name);
    jsonw_int(w, "size", f->size);
    jsonw_hex(w, "sha256", f->sha256, SHA256_LEN);
}

static void put_patches(struct jsonw *w, const struct manifest_catalog *c)
{
    jsonw_arr(w, "patches");
    for (size_t i = 0; i < c->n_patches && i < MANIFEST_PATCHES_MAX; i++) {
        jsonw_obj(w, NULL);
        jsonw_int(w, "from", c->patches[i].from);
        jsonw_hex(w, "from_sha256", c->patches[i].from_sha256, SHA256_LEN);
        put_file(w, &c->patches[i].file);
        jsonw_end(w);
    }
    jsonw_end(w);
}

int manifest_catalog_encode(const struct manifest_catalog *c, struct buf *out, struct err *e)
{
    struct manifest_catalog back;
    struct jsonw w;
    size_t start = out->len;
    int rc;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_int(&w, "version", c->version);
    jsonw_int(&w, "min_version", c->min_version);
    rc = put_time(&w, "expires", c->expires_ms);
    if (c->needs)
        jsonw_int(&w, "needs", c->needs);
    jsonw_obj(&w, "file");
    put_file(&w, &c->file);
    jsonw_end(&w);
    if (c->n_patches)
        put_patches(&w, c);
    jsonw_end(&w);
    if (rc < 0 || !buf_ok(out))
        return err_set(e, rc < 0 ? ERR_INVALID : ERR_TOOLONG, "write catalog.json");
    return manifest_catalog_decode(out->data + start, out->len - start, &back, e);
}

int manifest_head_encode(const struct manifest_head *h, struct buf *out, struct err *e)
{
    struct manifest_head back;
    struct jsonw w;
    size_t start = out->len;
    int rc;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_int(&w, "root", h->root);
    jsonw_int(&w, "catalogue", h->catalogue);
    rc = put_time(&w, "at", h->at_ms);
    if (rc == 0)
        rc = put_time(&w, "expires", h->expires_ms);
    jsonw_end(&w);
    if (rc < 0 || !buf_ok(out))
        return err_set(e, rc < 0 ? ERR_INVALID : ERR_TOOLONG, "write head.json");
    return manifest_head_decode(out->data + start, out->len - start, &back, e);
}
