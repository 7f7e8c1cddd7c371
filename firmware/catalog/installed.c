/* SPDX-License-Identifier: Apache-2.0
 *
 * The state from whichever copies are left, and the catalogue to use from whichever files are.
 */
#include "catalog/installed.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/log.h"

static void name_of(char out[40], int64_t version)
{
    snprintf(out, 40, "catalog.%lld", (long long)version);
}

static void rise(int64_t *to, int64_t seen)
{
    if (seen > *to)
        *to = seen;
}

/* Signed by the newest root, or by one before it that was good in its time. */
static int open_manifest(const struct installed *s, const struct verify_raw *raw, struct manifest_catalog *ret,
                         struct err *e)
{
    struct manifest_root root = s->root;
    int rc = manifest_catalog_open(&root, raw->json.data, raw->json.len, raw->sig.data, raw->sig.len, ret, e);

    while (rc < 0 && verify_root_version(s->data_dir, root.version - 1, &root, NULL) == 0)
        rc = manifest_catalog_open(&root, raw->json.data, raw->json.len, raw->sig.data, raw->sig.len, ret, NULL);
    return rc;
}

static int read_manifest(const struct installed *s, const char *name, struct manifest_catalog *ret,
                         struct verify_raw *ret_raw, struct err *e)
{
    struct verify_raw raw;
    int rc = verify_read(s->folder, name, &raw, e);

    if (rc < 0)
        return rc;
    rc = open_manifest(s, &raw, ret, e);
    if (rc == 0 && ret_raw)
        *ret_raw = raw;
    else
        verify_raw_finish(&raw);
    return rc;
}

int installed_manifest(const struct installed *s, int64_t version, struct manifest_catalog *ret, struct verify_raw *ret_raw,
                       struct err *e)
{
    char name[40];
    int rc;

    name_of(name, version);
    rc = read_manifest(s, name, ret, ret_raw, e);
    if (rc == 0 && ret->version != version) {
        rc = err_set(e, ERR_VERSION, "%s.json is the manifest of %lld", name, (long long)ret->version);
        if (ret_raw)
            verify_raw_finish(ret_raw);
    }
    return rc;
}

static int check_size(const char *path, int64_t size, struct err *e)
{
    struct stat st;

    if (stat(path, &st) < 0)
        return err_errno(e, "%s", path);
    if (st.st_size != size)
        return err_set(e, ERR_CHECKSUM, "%s has %lld bytes, the manifest says %lld", path, (long long)st.st_size,
                       (long long)size);
    return 0;
}

int installed_usable(const struct installed *s, int64_t version, char *path, struct manifest_catalog *ret, struct err *e)
{
    int rc = catalog_state_path(path, PATH_MAX, s->data_dir, "catalog", version, "db", e);

    if (rc == 0)
        rc = installed_manifest(s, version, ret, NULL, e);
    return rc < 0 ? rc : check_size(path, ret->file.size, e);
}

/* --- what was seen --- */

/* The version in a name like catalog.7.json; 0: another name. */
static int64_t version_in(const char *name)
{
    long long version;
    char end[8];

    return sscanf(name, "catalog.%lld.%7s", &version, end) == 2 && strcmp(end, "json") == 0 ? version : 0;
}

/* Manifests above what is remembered: each was kept here after its file had been checked, so it was seen. */
static void see_manifests(struct installed *s)
{
    struct manifest_catalog c;
    DIR *dir = opendir(s->folder);
    struct dirent *d;

    if (read_manifest(s, INSTALLED_LEAST, &c, NULL, NULL) == 0)
        rise(&s->state.min_version, c.min_version);
    while (dir && (d = readdir(dir))) {
        int64_t version = version_in(d->d_name);

        if (version <= s->state.catalogue || installed_manifest(s, version, &c, NULL, NULL) < 0)
            continue;
        rise(&s->state.catalogue, version);
        rise(&s->state.min_version, c.min_version);
    }
    if (dir)
        closedir(dir);
}

int installed_load(struct installed *s, const char *data_dir, struct err *e)
{
    uint8_t pin[SHA256_LEN];
    struct catalog_state remembered;
    struct err damage = {0};
    bool same = false;
    int rc;

    *s = (struct installed){.data_dir = data_dir};
    if (fs_join(s->folder, sizeof s->folder, data_dir, "catalog") < 0)
        return err_set(e, ERR_TOOLONG, "the path of the data folder");
    rc = verify_root(data_dir, &s->root, pin, e);
    if (rc < 0)
        return rc;
    if (catalog_state_load(data_dir, pin, &s->state, &same, &damage) < 0)
        memcpy(s->state.pin, pin, sizeof pin);
    remembered = s->state;
    rise(&s->state.root, s->root.version);
    see_manifests(s);
    s->stale = !same || memcmp(&remembered, &s->state, sizeof remembered) != 0;
    if (damage.code && damage.code != ERR_NOTFOUND)
        log_warn("catalog", "%s: what was seen is found again in the signed files, up to catalogue %lld", damage.text,
                 (long long)s->state.catalogue);
    return 0;
}

void installed_load_head(struct installed *s)
{
    struct manifest_root root = s->root;
    struct manifest_head h;
    struct verify_raw raw;

    if (verify_read(s->folder, INSTALLED_HEAD, &raw, NULL) < 0)
        return;
    if (manifest_head_open(&root, raw.json.data, raw.json.len, raw.sig.data, raw.sig.len, &h, NULL) == 0 &&
        (h.root > s->state.head_root || h.catalogue > s->state.head_catalogue)) {
        rise(&s->state.head_root, h.root);
        rise(&s->state.head_catalogue, h.catalogue);
        s->state.head_at_ms = h.at_ms;
        s->state.head_expires_ms = h.expires_ms;
        s->stale = true;
    }
    verify_raw_finish(&raw);
}

int installed_root_check(const struct installed *s, struct err *e)
{
    if (s->root.version == s->state.root)
        return 0;
    return err_set(e, ERR_VERSION, "root %lld was in use and is lost: nothing is trusted by the older root %lld",
                   (long long)s->state.root, (long long)s->root.version);
}

/* --- which one --- */

/* The newest below `version` that is of use; 0: none. */
static int64_t usable_below(const struct installed *s, int64_t version, char *path)
{
    struct manifest_catalog c;
    int64_t best = 0;
    DIR *dir = opendir(s->folder);
    struct dirent *d;

    while (dir && (d = readdir(dir))) {
        int64_t v = version_in(d->d_name);

        if (v > best && v < version && v >= s->state.min_version && installed_usable(s, v, path, &c, NULL) == 0)
            best = v;
    }
    if (dir)
        closedir(dir);
    return best;
}

int installed_choose(const struct installed *s, char *path, int64_t *ret_version, struct err *e)
{
    const struct catalog_state *state = &s->state;
    struct manifest_catalog c;
    struct err why = {0};
    int64_t before;
    int rc;

    if (!state->catalogue)
        return err_set(e, ERR_NOTFOUND, "no catalogue is installed yet");
    *ret_version = state->catalogue;
    if (state->catalogue < state->min_version)
        return err_set(e, ERR_VERSION, "version %lld was called back, version %lld is the least",
                       (long long)state->catalogue, (long long)state->min_version);
    rc = installed_usable(s, state->catalogue, path, &c, &why);
    if (rc == 0)
        return 0;
    before = usable_below(s, state->catalogue, path);
    if (!before)
        return err_set(e, (enum err_code)why.code, "%s", why.text);
    log_warn("catalog", "version %lld is of no use (%s): version %lld again, until it has come anew",
             (long long)state->catalogue, why.text, (long long)before);
    *ret_version = before;
    return catalog_state_path(path, PATH_MAX, s->data_dir, "catalog", before, "db", e);
}

/* --- keeping --- */

static int keep_one(const char *dir, const char *name, const char *suffix, const struct buf *b, struct err *e)
{
    char path[PATH_MAX];
    struct buf is;
    bool same = false;

    if (snprintf(path, sizeof path, "%s/%s.%s", dir, name, suffix) >= (int)sizeof path)
        return err_set(e, ERR_TOOLONG, "the path of %s", name);
    if (fs_read(path, MANIFEST_MAX, &is, NULL) == 0) {
        same = is.len == b->len && memcmp(is.data, b->data, b->len) == 0;
        buf_finish(&is);
    }
    return same ? 0 : fs_write_atomic(path, b->data, b->len, 0644, e);
}

static int keep_in(const char *dir, const char *name, const struct verify_raw *raw, struct err *e)
{
    int rc = keep_one(dir, name, "json", &raw->json, e);

    return rc < 0 ? rc : keep_one(dir, name, "sig", &raw->sig, e);
}

int installed_keep(const struct installed *s, const char *name, const struct verify_raw *raw, struct err *e)
{
    return keep_in(s->folder, name, raw, e);
}

/* The bytes of the pinned root and its signatures from this place, whole. */
static int read_pinned(const struct installed *s, const char *dir, const char *name, struct verify_raw *ret)
{
    struct manifest_root r;
    uint8_t hash[SHA256_LEN];
    int rc = verify_read(dir, name, ret, NULL);

    if (rc < 0)
        return rc;
    sha256(ret->json.data, ret->json.len, hash);
    if (memcmp(hash, s->state.pin, sizeof hash))
        rc = -ERR_CHECKSUM;
    else
        rc = manifest_root_open(ret->json.data, ret->json.len, ret->sig.data, ret->sig.len, &r, NULL);
    if (rc < 0)
        verify_raw_finish(ret);
    return rc;
}

void installed_keep_pinned(const struct installed *s)
{
    struct verify_raw raw;
    struct err e = {0};
    int rc;

    if (read_pinned(s, s->data_dir, "root", &raw) == 0)
        rc = keep_in(s->folder, VERIFY_PINNED, &raw, &e);
    else if (read_pinned(s, s->folder, VERIFY_PINNED, &raw) == 0)
        rc = keep_in(s->data_dir, "root", &raw, &e);
    else
        return;
    verify_raw_finish(&raw);
    if (rc < 0)
        log_warn("catalog", "keep the root of trust twice: %s", e.text);
}
