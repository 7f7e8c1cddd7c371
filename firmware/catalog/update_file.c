/* SPDX-License-Identifier: Apache-2.0
 *
 * Copy or patch, fsync, quick_check, rename: whatever is cut off before the rename is overwritten by the next try.
 */
#include "catalog/update_file.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "catalog/catalog_db.h"
#include "catalog/index_file.h"
#include "catalog/patch.h"
#include "catalog/update_copy.h"
#include "catalog/verify.h"

static int check_pages(const char *path, int64_t version, struct err *e)
{
    sqlite3 *db = NULL;
    int inside = 0, rc = catalog_db_open(path, &db, e);

    if (rc == 0)
        rc = catalog_db_check(db, e);
    if (rc == 0)
        rc = catalog_db_meta(db, "version", &inside, e);
    if (rc == 0 && inside != version)
        rc = err_set(e, ERR_VERSION, "the file says it is version %d", inside);
    sqlite3_close(db);
    return rc;
}

static bool lies_in(const char *incoming, const char *name, char path[PATH_MAX])
{
    return fs_join(path, PATH_MAX, incoming, name) == 0 && access(path, F_OK) == 0;
}

/* The patch is taken over before it is opened: what was checked is what is unpacked. */
static int apply(const char *data_dir, const char *from, const struct manifest_patch *p, const struct manifest_catalog *c,
                 const char *tmp, struct err *e)
{
    char patch[PATH_MAX], base[PATH_MAX];
    int rc = catalog_state_path(patch, sizeof patch, data_dir, "catalog", c->version, "patch.tmp", e);

    if (rc == 0)
        rc = catalog_state_path(base, sizeof base, data_dir, "catalog", p->from, "db", e);
    if (rc == 0)
        rc = update_copy(from, patch, &p->file, e);
    if (rc < 0)
        return rc;
    rc = patch_apply(patch, base, tmp, &c->file, e);
    unlink(patch);
    return rc;
}

/* The patch that lies there, when its base does too; the base's own hash need not be looked at, for what comes out has one.
 */
static const struct manifest_patch *find_patch(const char *data_dir, const char *incoming, const struct manifest_catalog *c,
                                               char from[PATH_MAX])
{
    char base[PATH_MAX];

    for (size_t i = 0; i < c->n_patches; i++)
        if (lies_in(incoming, c->patches[i].file.name, from) &&
            catalog_state_path(base, sizeof base, data_dir, "catalog", c->patches[i].from, "db", NULL) == 0 &&
            access(base, F_OK) == 0)
            return &c->patches[i];
    return NULL;
}

/* Into the temporary file, by the way that is there. */
static int fetch(const char *data_dir, const char *incoming, const struct manifest_catalog *c, const char *tmp,
                 bool *ret_patched, struct err *e)
{
    const struct manifest_patch *p;
    char from[PATH_MAX];

    *ret_patched = false;
    if (lies_in(incoming, c->file.name, from))
        return update_copy(from, tmp, &c->file, e);
    p = find_patch(data_dir, incoming, c, from);
    if (!p)
        return err_set(e, ERR_NOTFOUND, "neither %s nor a patch to it from a catalogue that is kept is there", c->file.name);
    *ret_patched = true;
    return apply(data_dir, from, p, c, tmp, e);
}

int update_file_make(const char *data_dir, const char *incoming, const struct manifest_catalog *c, bool *ret_patched,
                     struct err *e)
{
    char folder[PATH_MAX], tmp[PATH_MAX], to[PATH_MAX];
    struct err none = {0};
    int rc = catalog_state_path(tmp, sizeof tmp, data_dir, "catalog", c->version, "tmp", e);

    if (rc == 0)
        rc = catalog_state_path(to, sizeof to, data_dir, "catalog", c->version, "db", e);
    if (rc == 0 && fs_join(folder, sizeof folder, data_dir, "catalog") < 0)
        rc = err_set(e, ERR_TOOLONG, "the path of the data folder");
    if (rc == 0)
        rc = fetch(data_dir, incoming, c, tmp, ret_patched, e);
    if (rc < 0)
        return rc;
    rc = check_pages(tmp, c->version, e);
    if (rc == 0)
        index_file_remove(to); /* of another file that had this version */
    if (rc == 0 && rename(tmp, to) < 0)
        rc = err_errno(e, "rename %s", tmp);
    if (rc < 0)
        unlink(tmp);
    if (rc == 0 && index_file_make(to, &none) < 0)
        log_warn("catalog", "search will go through all names: %s", none.text);
    return rc < 0 ? rc : fs_sync_dir(folder, e);
}

/* --- clearing out --- */

static bool parse_name(const char *name, long long *ret_version)
{
    return sscanf(name, "catalog.%lld.", ret_version) == 1;
}

/* The newest catalogue below the installed one; 0: none. */
static long long previous(DIR *dir, long long installed)
{
    long long best = 0, version;
    struct dirent *d;

    while ((d = readdir(dir)))
        if (parse_name(d->d_name, &version) && version < installed && version > best)
            best = version;
    rewinddir(dir);
    return best;
}

void update_file_tidy(const char *data_dir, int64_t newest)
{
    char folder[PATH_MAX], path[PATH_MAX];
    long long before, version;
    DIR *dir = fs_join(folder, sizeof folder, data_dir, "catalog") == 0 ? opendir(folder) : NULL;
    struct dirent *d;

    if (!dir)
        return;
    before = previous(dir, newest);
    while ((d = readdir(dir))) {
        if (!parse_name(d->d_name, &version))
            continue;
        if ((version == newest || version == before) && !strstr(d->d_name, ".tmp"))
            continue;
        if (fs_join(path, sizeof path, folder, d->d_name) == 0)
            unlink(path);
    }
    closedir(dir);
}
