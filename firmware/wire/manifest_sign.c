/* SPDX-License-Identifier: Apache-2.0
 *
 * Detached signatures of the manifests: the *.sig file, thresholds, and the chain of roots.
 */
#include <stdbool.h>
#include <string.h>

#include "base/json.h"
#include "wire/manifest.h"

void manifest_signature_put(struct jsonw *w, const struct manifest_signature *s)
{
    jsonw_hex(w, "key", s->key_id, sizeof s->key_id);
    jsonw_hex(w, "sig", s->sig, s->sig_len);
}

int manifest_signatures_encode(const struct manifest_signatures *s, struct buf *out, struct err *e)
{
    struct jsonw w;

    if (s->n > MANIFEST_SIGNATURES_MAX)
        return err_set(e, ERR_INVALID, "%zu signatures are too many", s->n);
    jsonw_init(&w, out);
    jsonw_arr(&w, NULL);
    for (size_t i = 0; i < s->n; i++) {
        jsonw_obj(&w, NULL);
        manifest_signature_put(&w, &s->list[i]);
        jsonw_end(&w);
    }
    jsonw_end(&w);
    return buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "write signatures");
}

int manifest_signature_get(const struct json *obj, struct manifest_signature *ret, struct err *e)
{
    const char *key, *sig;
    size_t n;
    int rc = json_get_str(obj, "key", 16, 16, &key, e);

    if (rc == 0)
        rc = json_get_str(obj, "sig", 2, 2 * SIGNATURE_MAX, &sig, e);
    if (rc < 0)
        return rc;
    if (hex_decode(key, 16, ret->key_id, sizeof ret->key_id, &n) < 0 ||
        hex_decode(sig, strlen(sig), ret->sig, sizeof ret->sig, &ret->sig_len) < 0)
        return err_set(e, ERR_INVALID, "not hexadecimal");
    return 0;
}

static int get_signature(const struct json *obj, struct manifest_signature *ret, struct err *e)
{
    int rc = json_known(obj, "key sig", e);

    return rc < 0 ? rc : manifest_signature_get(obj, ret, e);
}

int manifest_signatures_decode(const void *data, size_t len, struct manifest_signatures *ret, struct err *e)
{
    struct manifest_signatures s = {0};
    struct json *doc = NULL;
    int rc = json_parse(data, len, MANIFEST_MAX, &doc, e);

    if (rc < 0)
        return err_wrap(e, rc, "signatures");
    if (!json_is_arr(doc) || json_len(doc) > MANIFEST_SIGNATURES_MAX)
        rc = err_set(e, ERR_INVALID, "no list of at most %d", MANIFEST_SIGNATURES_MAX);
    for (; rc == 0 && s.n < json_len(doc); s.n++)
        rc = get_signature(json_at(doc, s.n), &s.list[s.n], e);
    json_free(doc);
    if (rc == 0)
        *ret = s;
    return err_wrap(e, rc, "signatures");
}

int manifest_sign(const struct private_key *k, const char *prefix, const void *data, size_t len,
                  struct manifest_signatures *s, struct err *e)
{
    struct manifest_signature mine = {0};
    struct public_key public;
    size_t i = 0;
    int rc;

    key_public(k, &public);
    public_key_id(&public, mine.key_id);
    while (i < s->n && memcmp(s->list[i].key_id, mine.key_id, sizeof mine.key_id))
        i++;
    if (i == MANIFEST_SIGNATURES_MAX)
        return err_set(e, ERR_RANGE, "there are %d signatures already", MANIFEST_SIGNATURES_MAX);
    rc = sign_message(k, prefix, data, len, mine.sig, &mine.sig_len, e);
    if (rc < 0)
        return rc;
    s->list[i] = mine;
    if (i == s->n)
        s->n++;
    return 0;
}

/* Has this key signed? An id is a hash and nobody's promise: with equal ids any good signature counts. */
static bool signed_by(const struct public_key *k, const char *prefix, const void *data, size_t len,
                      const struct manifest_signatures *s)
{
    uint8_t id[8];

    public_key_id(k, id);
    for (size_t i = 0; i < s->n; i++)
        if (memcmp(s->list[i].key_id, id, sizeof id) == 0 &&
            verify_message(k, prefix, data, len, s->list[i].sig, s->list[i].sig_len, NULL) == 0)
            return true;
    return false;
}

int manifest_verify(const struct manifest_role *role, const char *prefix, const void *data, size_t len,
                    const struct manifest_signatures *s, struct err *e)
{
    int good = 0;

    for (size_t i = 0; i < role->n && good < role->threshold; i++)
        good += signed_by(&role->keys[i], prefix, data, len, s);
    if (role->threshold < 1 || good < role->threshold)
        return err_set(e, ERR_SIGNATURE, "%d of %d needed signatures verify", good, role->threshold);
    return 0;
}

int manifest_verify_one(const struct manifest_role *role, const char *prefix, const void *data, size_t len,
                        const struct manifest_signature *s, struct err *e)
{
    const struct manifest_signatures one = {.n = 1, .list = {*s}};

    return manifest_verify(role, prefix, data, len, &one, e);
}

static int verify_bytes(const struct manifest_role *role, const char *prefix, const void *data, size_t len, const void *sig,
                        size_t sig_len, struct err *e)
{
    struct manifest_signatures s;
    int rc = manifest_signatures_decode(sig, sig_len, &s, e);

    return rc < 0 ? rc : manifest_verify(role, prefix, data, len, &s, e);
}

int manifest_root_open(const void *data, size_t len, const void *sig, size_t sig_len, struct manifest_root *ret,
                       struct err *e)
{
    struct manifest_root r;
    int rc = manifest_root_decode(data, len, &r, e);

    if (rc < 0)
        return rc;
    rc = verify_bytes(&r.root, MANIFEST_ROOT_PREFIX, data, len, sig, sig_len, e);
    if (rc < 0)
        return err_wrap(e, rc, "root.json, version %lld", (long long)r.version);
    *ret = r;
    return 0;
}

int manifest_root_next(const struct manifest_root *from, const void *data, size_t len, const void *sig, size_t sig_len,
                       struct manifest_root *ret, struct err *e)
{
    struct manifest_root r;
    /* the old keys first: nothing else of a stranger's file is worth looking at */
    int rc = verify_bytes(&from->root, MANIFEST_ROOT_PREFIX, data, len, sig, sig_len, e);

    if (rc < 0)
        return err_wrap(e, rc, "root.json by the keys of version %lld", (long long)from->version);
    rc = manifest_root_open(data, len, sig, sig_len, &r, e);
    if (rc < 0)
        return rc;
    if (r.version != from->version + 1)
        return err_set(e, ERR_VERSION, "root.json is version %lld and cannot follow %lld", (long long)r.version,
                       (long long)from->version);
    *ret = r;
    return 0;
}

int manifest_catalog_open(const struct manifest_root *root, const void *data, size_t len, const void *sig, size_t sig_len,
                          struct manifest_catalog *ret, struct err *e)
{
    int rc = verify_bytes(&root->catalogue, MANIFEST_CATALOG_PREFIX, data, len, sig, sig_len, e);

    if (rc < 0)
        return err_wrap(e, rc, "catalog.json");
    return manifest_catalog_decode(data, len, ret, e);
}

int manifest_head_open(const struct manifest_root *root, const void *data, size_t len, const void *sig, size_t sig_len,
                       struct manifest_head *ret, struct err *e)
{
    int rc = verify_bytes(&root->head, MANIFEST_HEAD_PREFIX, data, len, sig, sig_len, e);

    if (rc < 0)
        return err_wrap(e, rc, "head.json");
    return manifest_head_decode(data, len, ret, e);
}
