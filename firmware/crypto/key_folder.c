/* SPDX-License-Identifier: Apache-2.0
 *
 * See key_folder.h.
 */
#include "crypto/key_folder.h"

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"

static int join(char out[PATH_MAX], const char *dir, const char *name, const char *suffix, struct err *e)
{
    return snprintf(out, PATH_MAX, "%s/%s%s", dir, name, suffix) < PATH_MAX ? 0 : err_set(e, ERR_TOOLONG, "%s", dir);
}

int key_folder_save(const char *dir, const char *name, const struct private_key *k, struct err *e)
{
    char path[PATH_MAX];
    struct public_key p;
    int rc = join(path, dir, name, ".pem", e);

    if (rc == 0)
        rc = key_save(k, path, e);
    if (rc == 0)
        rc = join(path, dir, name, ".pub", e);
    key_public(k, &p);
    return rc ? rc : public_key_save(&p, path, e);
}

int key_folder_new(const char *dir, const char *stem, struct public_key *ret, struct err *e)
{
    struct private_key *k = NULL;
    uint8_t id[8];
    char hex[2 * sizeof id + 1], name[64];
    int rc = key_generate(&k, e);

    if (rc == 0) {
        key_public(k, ret);
        public_key_id(ret, id);
        hex_encode(id, sizeof id, hex);
        snprintf(name, sizeof name, "%.40s-%s", stem, hex);
        rc = key_folder_save(dir, name, k, e);
    }
    key_free(k);
    return err_wrap(e, rc, "a new key %s", stem);
}

/* STEM.pem or STEM-….pem */
static bool is_of(const char *stem, const char *name)
{
    size_t n = strlen(stem), len = strlen(name);

    return strncmp(name, stem, n) == 0 && (name[n] == '.' || name[n] == '-') && len >= n + 4 &&
           strcmp(name + len - 4, ".pem") == 0;
}

static bool has_id(const struct private_key *k, const uint8_t id[8])
{
    struct public_key p;
    uint8_t own[8];

    key_public(k, &p);
    public_key_id(&p, own);
    return memcmp(own, id, sizeof own) == 0;
}

int key_folder_find(const char *dir, const char *stem, const uint8_t id[8], struct private_key **ret, struct err *e)
{
    char path[PATH_MAX], hex[17];
    struct private_key *k = NULL;
    DIR *list = opendir(dir);
    struct dirent *f;

    if (!list)
        return err_errno(e, "open the folder %s", dir);
    while (!k && (f = readdir(list))) {
        if (!is_of(stem, f->d_name) || join(path, dir, f->d_name, "", e) || key_load(path, &k, e))
            continue; /* one that cannot be read is not the one that is looked for */
        if (!has_id(k, id)) {
            key_free(k);
            k = NULL;
        }
    }
    closedir(list);
    hex_encode(id, 8, hex);
    if (!k)
        return err_set(e, ERR_NOTFOUND, "no key %s in %s has the id %s", stem, dir, hex);
    *ret = k;
    return 0;
}
