/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing and publishing. Signing needs the staff's keys and may be done by several people, one after the other; publishing
 * needs none and checks everything once more. Between the two a catalogue lies in DATA/staging.
 */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "catalog/catalog.h"
#include "catalog/update_copy.h"
#include "catalog/verify.h"
#include "model/level.h"
#include "tools/hall/editions/edition_deed.h"
#include "tools/hall/store/store_queue.h"
#include "tools/hallctl/catalog.h"
#include "tools/hallctl/catalog_patch.h"
#include "tools/hallctl/hallctl.h"

#define YEAR_MS (INT64_C(365) * 86400 * 1000)

static int join(char out[PATH_MAX], const char *dir, const char *name, struct err *e)
{
    return fs_join(out, PATH_MAX, dir, name) < 0 ? err_set(e, ERR_TOOLONG, "the path %s", dir) : 0;
}

static int describe(const char *file, int64_t expires_ms, int min_version, struct manifest_catalog *ret, struct err *e)
{
    struct catalog *c = NULL;
    uint64_t len;
    int newest = 1, needs, rc = catalog_open(file, &c, e);

    if (rc < 0)
        return rc;
    *ret = (struct manifest_catalog){.version = catalog_version(c), .min_version = min_version};
    needs = ret->needs = catalog_needs(c, &newest, e);
    catalog_close(c);
    if (needs < 0)
        return needs;
    if (newest > level_now()) /* who signs must know what he signs */
        return level_refuse(newest, e);
    ret->expires_ms = expires_ms ? expires_ms : (clock_wall_ms() + YEAR_MS) / 1000 * 1000;
    snprintf(ret->file.name, sizeof ret->file.name, "catalog-%lld.db", (long long)ret->version);
    rc = sha256_file(file, ret->file.sha256, &len, e);
    ret->file.size = (int64_t)len;
    return rc;
}

/* The same but for the day of expiry, and that not later, nor over already: staging can be written by others, and who signs
 * must sign what he asked for. */
static bool as_asked(const struct manifest_catalog *staged, const struct manifest_catalog *c)
{
    return staged->expires_ms > clock_wall_ms() && staged->version == c->version && staged->needs == c->needs &&
           staged->min_version == c->min_version && staged->expires_ms <= c->expires_ms &&
           staged->file.size == c->file.size && strcmp(staged->file.name, c->file.name) == 0 &&
           memcmp(staged->file.sha256, c->file.sha256, SHA256_LEN) == 0;
}

/* Keeps the signatures of keys that the role names. */
static void keep_known(struct manifest_signatures *sigs, const struct manifest_role *role)
{
    size_t kept = 0;
    uint8_t id[8];

    for (size_t i = 0; i < sigs->n; i++) {
        bool known = false;

        for (size_t k = 0; k < role->n; k++) {
            public_key_id(&role->keys[k], id);
            known |= memcmp(id, sigs->list[i].key_id, sizeof id) == 0;
        }
        if (known)
            sigs->list[kept++] = sigs->list[i];
    }
    sigs->n = kept;
}

/* Is the same staged already, with patches that do what they should? Then *c and *json become what is staged. */
static bool take_up(const char *staging, const char *files, struct manifest_catalog *c, struct buf *json,
                    struct manifest_signatures *sigs)
{
    struct manifest_catalog staged;
    struct verify_raw raw;
    bool same;

    if (verify_read(staging, "catalog", &raw, NULL) < 0)
        return false;
    same = manifest_catalog_decode(raw.json.data, raw.json.len, &staged, NULL) == 0 && as_asked(&staged, c) &&
           manifest_signatures_decode(raw.sig.data, raw.sig.len, sigs, NULL) == 0 &&
           patch_check_all(files, staging, &staged, NULL) == 0 && buf_add(json, raw.json.data, raw.json.len) == 0;
    if (same)
        *c = staged;
    verify_raw_finish(&raw);
    return same;
}

/* Has somebody signed the same already, their manifest and signatures are taken up; else the manifest is made anew, and
 * with it the patches. */
static int prepare(const char *file, const char *staging, const char *files, struct manifest_catalog *c, struct buf *json,
                   struct manifest_signatures *sigs, struct err *e)
{
    int rc;

    if (take_up(staging, files, c, json, sigs))
        return 0;
    buf_reset(json);
    sigs->n = 0;
    rc = patch_make_all(file, files, staging, c, e);
    return rc == 0 ? manifest_catalog_encode(c, json, e) : rc;
}

static bool in_role(const struct manifest_role *role, const struct private_key *k)
{
    struct public_key pub;

    key_public(k, &pub);
    for (size_t i = 0; i < role->n; i++)
        if (memcmp(role->keys[i].point, pub.point, sizeof pub.point) == 0)
            return true;
    return false;
}

static int sign_with(const char *path, const struct manifest_role *role, const struct buf *json,
                     struct manifest_signatures *sigs, int *n, struct err *e)
{
    struct private_key *k = NULL;
    int rc = key_load(path, &k, e);

    if (rc < 0)
        return rc;
    if (in_role(role, k)) {
        rc = manifest_sign(k, MANIFEST_CATALOG_PREFIX, json->data, json->len, sigs, e);
        *n += rc == 0;
    }
    key_free(k);
    return rc;
}

/* Every catalogue key in the folder; ECDSA here is deterministic, so the order of the folder changes nothing but places. */
static int sign_all(const char *keys, const struct manifest_role *role, const struct buf *json,
                    struct manifest_signatures *sigs, int *n, struct err *e)
{
    char path[PATH_MAX];
    struct dirent *d;
    DIR *dir = opendir(keys);
    int rc = 0;

    if (!dir)
        return err_errno(e, "open the keys' folder %s", keys);
    while (rc == 0 && (d = readdir(dir))) {
        size_t len = strlen(d->d_name);

        if (strncmp(d->d_name, "catalogue-", 10) || len < 14 || strcmp(d->d_name + len - 4, ".pem"))
            continue;
        rc = join(path, keys, d->d_name, e);
        if (rc == 0)
            rc = sign_with(path, role, json, sigs, n, e);
    }
    closedir(dir);
    if (rc == 0 && *n == 0)
        rc = err_set(e, ERR_KEY, "no key catalogue-*.pem in %s is named by the hall's root", keys);
    return rc;
}

static int stage(const char *file, const char *staging, const struct manifest_catalog *c, const struct buf *json,
                 const struct manifest_signatures *sigs, struct err *e)
{
    char path[PATH_MAX];
    struct buf sig;
    int rc = join(path, staging, c->file.name, e);

    buf_init(&sig, MANIFEST_MAX);
    if (rc == 0)
        rc = update_copy(file, path, &c->file, e);
    if (rc == 0)
        rc = manifest_signatures_encode(sigs, &sig, e);
    if (rc == 0)
        rc = join(path, staging, "catalog.json", e);
    if (rc == 0)
        rc = fs_write_atomic(path, json->data, json->len, 0644, e);
    if (rc == 0)
        rc = join(path, staging, "catalog.sig", e);
    if (rc == 0)
        rc = fs_write_atomic(path, sig.data, sig.len, 0644, e);
    buf_finish(&sig);
    return rc;
}

int catalog_sign(const struct sign_options *o, struct catalog_signed *ret, struct err *e)
{
    struct manifest_root root;
    struct manifest_catalog c;
    struct manifest_signatures sigs = {0};
    char staging[PATH_MAX], files[PATH_MAX];
    struct buf json;
    int n = 0, rc = edition_files_root(o->data, &root, e);

    buf_init(&json, MANIFEST_MAX);
    if (rc == 0)
        rc = describe(o->file, o->expires_ms, o->min_version, &c, e);
    if (rc == 0)
        rc = join(staging, o->data, "staging", e);
    if (rc == 0)
        rc = fs_mkdirs(staging, 0755, e);
    if (rc == 0)
        rc = join(files, o->data, "public/files", e);
    if (rc == 0)
        rc = prepare(o->file, staging, files, &c, &json, &sigs, e);
    keep_known(&sigs, &root.catalogue);
    if (rc == 0)
        rc = sign_all(o->keys, &root.catalogue, &json, &sigs, &n, e);
    if (rc == 0)
        rc = stage(o->file, staging, &c, &json, &sigs, e);
    buf_finish(&json);
    if (rc == 0)
        *ret = (struct catalog_signed){c, (int)sigs.n, root.catalogue.threshold};
    return err_wrap(e, rc, "sign %s", o->file);
}

/* The files first: whoever follows the version finds all of it. */
static int move_in(const char *data, const char *staging, const struct manifest_catalog *c, const struct verify_raw *raw,
                   struct err *e)
{
    char from[PATH_MAX], files[PATH_MAX], to[PATH_MAX];
    int rc = join(from, staging, c->file.name, e);

    if (rc == 0)
        rc = join(files, data, "public/files", e);
    if (rc == 0)
        rc = fs_mkdirs(files, 0755, e);
    if (rc == 0)
        rc = join(to, files, c->file.name, e);
    if (rc == 0 && rename(from, to) < 0)
        rc = err_errno(e, "move %s", from);
    if (rc == 0)
        rc = patch_publish(staging, files, c, e);
    if (rc == 0)
        rc = fs_sync_dir(files, e);
    return rc == 0 ? edition_files_publish(data, c, &raw->json, &raw->sig, e) : rc;
}

/* With what was signed and never published. */
static void clear_staging(const char *staging)
{
    char path[PATH_MAX];
    DIR *dir = opendir(staging);
    struct dirent *d;

    while (dir && (d = readdir(dir)))
        if (strncmp(d->d_name, "catalog", 7) == 0 && fs_join(path, sizeof path, staging, d->d_name) == 0)
            unlink(path);
    if (dir)
        closedir(dir);
}

/* So that `hallctl queue` knows them also before a hall has read the catalogue. */
static int keep_queues(struct store *s, const char *file, int64_t version, struct err *e)
{
    struct queue queues[QUEUES_NOW_MAX];
    struct catalog *c = NULL;
    int rc = catalog_open(file, &c, e), n = rc == 0 ? catalog_queues(c, queues, QUEUES_NOW_MAX) : 0;

    for (int i = 0; rc == 0 && i < n; i++)
        if ((rc = queue_known_add(s, queues[i].id, version, e)) == 0)
            rc = queue_describe(s, &queues[i], e);
    catalog_close(c);
    return rc;
}

/* Its number must be nobody else's: terminals may have an edition of it, or of a higher one. */
static int is_free(struct store *s, const char *data, int64_t version, struct err *e)
{
    struct edition_row r;
    struct err none = {0};
    int64_t above;
    int rc = edition_above(s, data, &above, e);

    if (rc == 0 && version <= above)
        return err_set(e, ERR_VERSION, "version %lld is not above %lld, which some terminals may have", (long long)version,
                       (long long)above);
    if (rc == 0 && (rc = edition_read(s, EDITION_CATALOGUE, version, &r, &none)) == 0)
        return err_set(e, ERR_EXISTS, "version %lld was brought: approve it and roll it out, or build a higher one",
                       (long long)version);
    if (rc != -ERR_NOTFOUND && none.code)
        *e = none;
    return rc == -ERR_NOTFOUND ? 0 : rc;
}

/* On disk before anybody sees the catalogue. */
static int audit(const char *data, const char *staging, const struct manifest_catalog *c, struct err *e)
{
    char subject[40], file[PATH_MAX];
    struct store *s = NULL;
    int rc = store_open(data, &s, e);

    snprintf(subject, sizeof subject, "catalogue %lld", (long long)c->version);
    if (rc == 0)
        rc = is_free(s, data, c->version, e);
    if (rc == 0)
        rc = join(file, staging, c->file.name, e);
    if (rc == 0)
        rc = keep_queues(s, file, c->version, e);
    if (rc == 0)
        rc = store_audit(s, 0, hallctl_who(), "publish", subject, "", e);
    store_close(s);
    return err_wrap(e, rc, "write down who publishes");
}

int catalog_publish(const char *data, struct manifest_catalog *ret, struct err *e)
{
    struct manifest_root root;
    struct manifest_catalog c;
    struct verify_raw raw;
    char staging[PATH_MAX];
    int64_t published = 0;
    int held = -1, rc = edition_files_root(data, &root, e);

    if (rc == 0)
        rc = join(staging, data, "staging", e);
    if (rc == 0)
        rc = edition_files_offered(data, &published, e);
    if (rc == 0) {
        rc = verify_read(staging, "catalog", &raw, e);
        err_wrap(e, rc, "nothing is signed and staged; `hallctl catalog sign` does that");
    }
    if (rc < 0)
        return rc;
    rc = edition_files_hold(data, EDITION_CATALOGUE, &held, e);
    if (rc == 0)
        rc = edition_files_signed(&root, published, raw.json.data, raw.json.len, raw.sig.data, raw.sig.len, &c, e);
    if (rc == 0)
        rc = edition_files_there(staging, &c, e);
    if (rc == 0)
        rc = audit(data, staging, &c, e);
    if (rc == 0)
        rc = move_in(data, staging, &c, &raw, e);
    verify_raw_finish(&raw);
    if (held >= 0)
        close(held);
    if (rc == 0) {
        clear_staging(staging);
        *ret = c;
    }
    return err_wrap(e, rc, "publish");
}
