/* SPDX-License-Identifier: Apache-2.0
 *
 * Finds the root to trust and compares files with their manifests.
 */
#include "catalog/verify.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "catalog/state.h"

int verify_read(const char *dir, const char *name, struct verify_raw *ret, struct err *e)
{
    char path[PATH_MAX];
    int rc;

    if (snprintf(path, sizeof path, "%s/%s.json", dir, name) >= (int)sizeof path)
        return err_set(e, ERR_TOOLONG, "the path of %s", name);
    rc = fs_read(path, MANIFEST_MAX, &ret->json, e);
    if (rc < 0)
        return rc;
    snprintf(path, sizeof path, "%s/%s.sig", dir, name);
    rc = fs_read(path, MANIFEST_MAX, &ret->sig, e);
    if (rc < 0)
        buf_finish(&ret->json);
    return rc;
}

void verify_raw_finish(struct verify_raw *r)
{
    buf_finish(&r->json);
    buf_finish(&r->sig);
}

static int open_root(const char *dir, const char *name, struct manifest_root *ret, uint8_t ret_pin[SHA256_LEN],
                     struct err *e)
{
    struct verify_raw raw;
    int rc = verify_read(dir, name, &raw, e);

    if (rc < 0)
        return rc;
    rc = manifest_root_open(raw.json.data, raw.json.len, raw.sig.data, raw.sig.len, ret, e);
    if (rc == 0 && ret_pin)
        sha256(raw.json.data, raw.json.len, ret_pin);
    verify_raw_finish(&raw);
    return rc;
}

/* A root in DATA/catalog was chained on before kiosk wrote it there, and nobody else can. */
static int open_kept(const char *data_dir, int64_t version, struct manifest_root *ret, struct err *e)
{
    char dir[PATH_MAX], name[40];
    int rc = fs_join(dir, sizeof dir, data_dir, "catalog");

    if (rc < 0)
        return err_set(e, ERR_TOOLONG, "the path of the data folder");
    snprintf(name, sizeof name, "root.%lld", (long long)version);
    rc = open_root(dir, name, ret, NULL, e);
    if (rc == 0 && ret->version != version)
        rc = err_set(e, ERR_VERSION, "%s/%s.json holds version %lld", dir, name, (long long)ret->version);
    return rc;
}

int verify_root(const char *data_dir, struct manifest_root *ret, uint8_t ret_pin[SHA256_LEN], struct err *e)
{
    struct manifest_root pinned;
    struct catalog_state state;
    struct err none = {0};
    uint8_t pin[SHA256_LEN];
    int rc = open_root(data_dir, "root", &pinned, pin, e);

    if (rc < 0)
        return err_wrap(e, rc, "the root of trust");
    if (ret_pin)
        memcpy(ret_pin, pin, sizeof pin);
    rc = catalog_state_load(data_dir, &state, &none);
    if (rc == -ERR_NOTFOUND || (rc == 0 && (memcmp(state.pin, pin, sizeof pin) || state.root <= pinned.version))) {
        *ret = pinned;
        return 0;
    }
    if (rc < 0)
        rc = err_set(e, (enum err_code) - rc, "%s", none.text);
    else
        rc = open_kept(data_dir, state.root, ret, e);
    return err_wrap(e, rc, "the root of trust");
}

int verify_root_version(const char *data_dir, int64_t version, struct manifest_root *ret, struct err *e)
{
    int rc = open_root(data_dir, "root", ret, NULL, e);

    if (rc == 0 && ret->version != version)
        rc = open_kept(data_dir, version, ret, e);
    return err_wrap(e, rc, "root %lld", (long long)version);
}

int verify_installed(const char *data_dir, int64_t *ret_version, struct manifest_file *ret, struct err *e)
{
    char dir[PATH_MAX], name[40];
    struct catalog_state state = {0};
    struct manifest_catalog c;
    struct verify_raw raw;
    int rc = catalog_state_load(data_dir, &state, e);

    if (rc == 0 && !state.catalogue)
        rc = err_set(e, ERR_NOTFOUND, "no catalogue is installed yet");
    if (rc == 0 && fs_join(dir, sizeof dir, data_dir, "catalog") < 0)
        rc = err_set(e, ERR_TOOLONG, "the path of the data folder");
    snprintf(name, sizeof name, "catalog.%lld", (long long)state.catalogue);
    if (rc == 0)
        rc = verify_read(dir, name, &raw, e);
    if (rc < 0)
        return rc;
    rc = manifest_catalog_decode(raw.json.data, raw.json.len, &c, e);
    verify_raw_finish(&raw);
    if (rc < 0)
        return rc;
    *ret_version = c.version;
    *ret = c.file;
    return 0;
}

int verify_file(const char *path, const struct manifest_file *f, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    uint64_t len = 0;
    int rc = sha256_file(path, hash, &len, e);

    if (rc < 0)
        return rc;
    if (len != (uint64_t)f->size)
        return err_set(e, ERR_CHECKSUM, "%s has %llu bytes, the manifest says %lld", path, (unsigned long long)len,
                       (long long)f->size);
    if (memcmp(hash, f->sha256, sizeof hash))
        return err_set(e, ERR_CHECKSUM, "%s has another hash than the manifest says", path);
    return 0;
}
