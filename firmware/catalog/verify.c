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

/* DATA/root.json; when that is lost or damaged, the copy kiosk keeps of it, if it is the one kiosk has seen. */
static int open_pinned(const char *data_dir, struct manifest_root *ret, uint8_t pin[SHA256_LEN], struct err *e)
{
    struct catalog_state state;
    struct manifest_root copy;
    char dir[PATH_MAX];
    int rc = open_root(data_dir, "root", ret, pin, e);

    if (rc == 0)
        return 0;
    if (fs_join(dir, sizeof dir, data_dir, "catalog") < 0 || catalog_state_load(data_dir, NULL, &state, NULL, NULL) < 0 ||
        open_root(dir, VERIFY_PINNED, &copy, pin, NULL) < 0 || memcmp(pin, state.pin, SHA256_LEN))
        return rc;
    *ret = copy;
    return 0;
}

/* From one root to the next, as far as they are kept in DATA/catalog: each signed by the one before it, so that what lies
 * there of another enrolment, or damaged, ends the chain. `until`: not beyond this version. */
static int follow(const char *data_dir, int64_t until, struct manifest_root *r)
{
    char dir[PATH_MAX], name[40];
    struct verify_raw raw;
    int rc = fs_join(dir, sizeof dir, data_dir, "catalog");

    while (rc == 0 && r->version < until) {
        snprintf(name, sizeof name, "root.%lld", (long long)r->version + 1);
        rc = verify_read(dir, name, &raw, NULL);
        if (rc < 0)
            break;
        rc = manifest_root_next(r, raw.json.data, raw.json.len, raw.sig.data, raw.sig.len, r, NULL);
        verify_raw_finish(&raw);
    }
    return rc;
}

int verify_root(const char *data_dir, struct manifest_root *ret, uint8_t ret_pin[SHA256_LEN], struct err *e)
{
    uint8_t pin[SHA256_LEN];
    struct manifest_root r;
    int rc = open_pinned(data_dir, &r, pin, e);

    if (rc < 0)
        return err_wrap(e, rc, "the root of trust");
    follow(data_dir, INT64_MAX, &r);
    if (ret_pin)
        memcpy(ret_pin, pin, sizeof pin);
    *ret = r;
    return 0;
}

int verify_root_version(const char *data_dir, int64_t version, struct manifest_root *ret, struct err *e)
{
    uint8_t pin[SHA256_LEN];
    struct manifest_root r;
    int rc = open_pinned(data_dir, &r, pin, e);

    if (rc == 0) {
        follow(data_dir, version, &r);
        if (r.version != version)
            rc = err_set(e, ERR_NOTFOUND, "it is not among those that follow %s/root.json", data_dir);
    }
    if (rc == 0)
        *ret = r;
    return err_wrap(e, rc, "root %lld", (long long)version);
}

int verify_installed(const char *data_dir, int64_t *ret_version, struct manifest_file *ret, struct err *e)
{
    char dir[PATH_MAX], name[40];
    struct catalog_state state = {0};
    struct manifest_catalog c;
    struct verify_raw raw;
    int rc = catalog_state_load(data_dir, NULL, &state, NULL, e);

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

static int check_size(const char *path, int64_t size, int64_t want, struct err *e)
{
    return size == want ? 0
                        : err_set(e, ERR_CHECKSUM, "%s has %lld bytes, the manifest says %lld", path, (long long)size,
                                  (long long)want);
}

int verify_file(const char *path, const struct manifest_file *f, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    struct stat st;
    uint64_t len = 0;
    int rc = stat(path, &st) < 0 ? err_errno(e, "%s", path) : check_size(path, st.st_size, f->size, e);

    if (rc == 0)
        rc = sha256_file(path, hash, &len, e);
    if (rc == 0)
        rc = check_size(path, (int64_t)len, f->size, e);
    if (rc == 0 && memcmp(hash, f->sha256, sizeof hash))
        rc = err_set(e, ERR_CHECKSUM, "%s has another hash than the manifest says", path);
    return rc;
}
