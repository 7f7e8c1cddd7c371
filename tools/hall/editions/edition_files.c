/* SPDX-License-Identifier: Apache-2.0
 *
 * See edition_files.h.
 */
#include "tools/hall/editions/edition_files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "catalog/update_copy.h"
#include "model/level.h"

static int join(char out[PATH_MAX], const char *dir, const char *name, struct err *e)
{
    return fs_join(out, PATH_MAX, dir, name) < 0 ? err_set(e, ERR_TOOLONG, "the path %s", dir) : 0;
}

int edition_files_root(const char *data, struct manifest_root *ret, struct err *e)
{
    struct verify_raw raw;
    char dir[PATH_MAX];
    int rc = join(dir, data, "public", e);

    if (rc == 0)
        rc = verify_read(dir, "root", &raw, e);
    if (rc < 0)
        return err_wrap(e, rc, "read the hall's root; is %s the folder made by `hallctl keys init`", data);
    rc = manifest_root_open(raw.json.data, raw.json.len, raw.sig.data, raw.sig.len, ret, e);
    verify_raw_finish(&raw);
    return rc;
}

int edition_files_offered(const char *data, int64_t *ret_version, struct err *e)
{
    struct manifest_catalog c = {0};
    struct verify_raw raw;
    struct err none = {0};
    char dir[PATH_MAX];
    int rc = join(dir, data, "public", e);

    *ret_version = 0;
    if (rc == 0)
        rc = verify_read(dir, "catalog", &raw, &none);
    if (rc == -ERR_NOTFOUND)
        return 0;
    if (rc < 0)
        return err_set(e, (enum err_code) - rc, "%s", none.text);
    rc = manifest_catalog_decode(raw.json.data, raw.json.len, &c, e);
    *ret_version = c.version;
    verify_raw_finish(&raw);
    return rc;
}

int edition_files_signed(const struct manifest_root *root, int64_t above, const void *manifest, size_t manifest_len,
                         const void *signatures, size_t signatures_len, struct manifest_catalog *ret, struct err *e)
{
    int rc = manifest_catalog_open(root, manifest, manifest_len, signatures, signatures_len, ret, e);

    if (rc < 0)
        return rc;
    if (ret->needs > level_now())
        return level_refuse(ret->needs, e);
    if (ret->version <= above)
        return err_set(e, ERR_VERSION, "version %lld is not above %lld, which is published: build with --version %lld",
                       (long long)ret->version, (long long)above, (long long)above + 1);
    if (ret->expires_ms < clock_wall_ms())
        return err_set(e, ERR_EXPIRED, "the manifest is past its validity: sign anew");
    return 0;
}

int edition_files_there(const char *dir, const struct manifest_catalog *c, struct err *e)
{
    char path[PATH_MAX];
    int rc = join(path, dir, c->file.name, e);

    if (rc == 0)
        rc = verify_file(path, &c->file, e);
    for (size_t i = 0; rc == 0 && i < c->n_patches; i++)
        if ((rc = join(path, dir, c->patches[i].file.name, e)) == 0)
            rc = verify_file(path, &c->patches[i].file, e);
    return rc;
}

/* The folder itself is locked: hall and hallctl may be two users. */
int edition_files_hold(const char *data, enum edition_kind kind, int *ret_fd, struct err *e)
{
    static const struct {
        const char *folder, *what;
    } of[EDITION_KINDS] = {{"public/files", "catalogue"}, {"public/system", "system"}};
    char files[PATH_MAX];
    int fd = -1, rc = join(files, data, of[kind].folder, e);

    if (rc == 0)
        rc = fs_mkdirs(files, 0755, e);
    if (rc < 0)
        return rc;
    fd = open(files, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(e, "open folder %s", files);
    if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
        rc = errno == EWOULDBLOCK
                 ? err_set(e, ERR_BUSY, "somebody else brings a %s at this moment: do it again", of[kind].what)
                 : err_errno(e, "lock %s", files);
        close(fd);
        return rc;
    }
    *ret_fd = fd;
    return 0;
}

static int take_one(const char *from, const char *to, const struct manifest_file *f, struct err *e)
{
    char old[PATH_MAX], new[PATH_MAX];
    int rc = join(old, from, f->name, e);

    if (rc == 0)
        rc = join(new, to, f->name, e);
    return rc == 0 ? update_copy(old, new, f, e) : rc;
}

int edition_files_take(const char *data, const char *dir, const struct manifest_catalog *c, struct err *e)
{
    char files[PATH_MAX];
    int rc = join(files, data, "public/files", e);

    if (rc == 0)
        rc = fs_mkdirs(files, 0755, e);
    if (rc == 0)
        rc = take_one(dir, files, &c->file, e);
    for (size_t i = 0; rc == 0 && i < c->n_patches; i++)
        rc = take_one(dir, files, &c->patches[i].file, e);
    return rc == 0 ? fs_sync_dir(files, e) : rc;
}

static int put(const char *data, const char *name, const void *bytes, size_t len, struct err *e)
{
    char path[PATH_MAX];
    int rc = join(path, data, name, e);

    return rc == 0 ? fs_write_atomic(path, bytes, len, 0644, e) : rc;
}

int edition_files_publish(const char *data, const struct manifest_catalog *c, const struct buf *manifest,
                          const struct buf *signatures, struct err *e)
{
    char version[24];
    int n = snprintf(version, sizeof version, "%lld\n", (long long)c->version);
    int rc = put(data, "public/catalog.sig", signatures->data, signatures->len, e);

    if (rc == 0)
        rc = put(data, "public/catalog.json", manifest->data, manifest->len, e);
    return rc == 0 ? put(data, "public/version", version, (size_t)n, e) : rc;
}
