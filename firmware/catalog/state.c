/* SPDX-License-Identifier: Apache-2.0
 *
 * state.json and the names of the files it speaks of.
 */
#include "catalog/state.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/json.h"

#define STATE_MAX 1024
#define VERSION_MAX 0x7fffffff

int catalog_state_path(char *out, size_t cap, const char *data_dir, const char *stem, int64_t version, const char *suffix,
                       struct err *e)
{
    int n = snprintf(out, cap, "%s/catalog/%s.%lld.%s", data_dir, stem, (long long)version, suffix);

    return n < 0 || (size_t)n >= cap ? err_set(e, ERR_TOOLONG, "the path of the data folder") : 0;
}

static int state_path(char *out, size_t cap, const char *data_dir, struct err *e)
{
    int n = snprintf(out, cap, "%s/catalog/state.json", data_dir);

    return n < 0 || (size_t)n >= cap ? err_set(e, ERR_TOOLONG, "the path of the data folder") : 0;
}

/* A terminal that has seen no head yet has none of these. */
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

static int decode(const struct buf *b, struct catalog_state *ret, struct err *e)
{
    struct catalog_state s = {0};
    struct json *doc = NULL;
    const char *pin;
    int64_t v;
    size_t n;
    int rc = json_parse(b->data, b->len, STATE_MAX, &doc, e);

    if (rc < 0)
        return rc;
    rc = json_known(doc, "v pin root catalogue catalogue_root min_version head_root head_catalogue head_at head_expires", e);
    if (rc == 0)
        rc = json_get_int(doc, "v", 1, 1, &v, e);
    if (rc == 0)
        rc = json_get_str(doc, "pin", 2 * SHA256_LEN, 2 * SHA256_LEN, &pin, e);
    if (rc == 0)
        rc = json_get_int(doc, "root", 1, VERSION_MAX, &s.root, e);
    if (rc == 0)
        rc = json_get_int(doc, "catalogue", 0, VERSION_MAX, &s.catalogue, e);
    if (rc == 0)
        rc = json_get_int(doc, "catalogue_root", 0, s.root, &s.catalogue_root, e);
    if (rc == 0)
        rc = json_get_int(doc, "min_version", 0, VERSION_MAX, &s.min_version, e);
    if (rc == 0 && json_member(doc, "head_at"))
        rc = decode_head(doc, &s, e);
    if (rc == 0 && hex_decode(pin, 2 * SHA256_LEN, s.pin, sizeof s.pin, &n) < 0)
        rc = err_set(e, ERR_INVALID, "pin is not hexadecimal");
    json_free(doc);
    if (rc == 0)
        *ret = s;
    return rc;
}

int catalog_state_load(const char *data_dir, struct catalog_state *ret, struct err *e)
{
    char path[PATH_MAX];
    struct buf b;
    int rc = state_path(path, sizeof path, data_dir, e);

    if (rc == 0)
        rc = fs_read(path, STATE_MAX, &b, e);
    if (rc < 0)
        return rc;
    rc = decode(&b, ret, e);
    buf_finish(&b);
    return err_wrap(e, rc, "%s", path);
}

int catalog_state_save(const char *data_dir, const struct catalog_state *s, struct err *e)
{
    char path[PATH_MAX];
    struct buf b;
    struct jsonw w;
    int rc = state_path(path, sizeof path, data_dir, e);

    if (rc < 0)
        return rc;
    buf_init(&b, STATE_MAX);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_hex(&w, "pin", s->pin, sizeof s->pin);
    jsonw_int(&w, "root", s->root);
    jsonw_int(&w, "catalogue", s->catalogue);
    jsonw_int(&w, "catalogue_root", s->catalogue_root);
    jsonw_int(&w, "min_version", s->min_version);
    if (s->head_at_ms) {
        jsonw_int(&w, "head_root", s->head_root);
        jsonw_int(&w, "head_catalogue", s->head_catalogue);
        jsonw_int(&w, "head_at", s->head_at_ms);
        jsonw_int(&w, "head_expires", s->head_expires_ms);
    }
    jsonw_end(&w);
    rc = buf_ok(&b) ? fs_write_atomic(path, b.data, b.len, 0644, e) : err_set(e, ERR_NOMEM, "write %s", path);
    buf_finish(&b);
    return rc;
}
