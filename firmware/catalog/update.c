/* SPDX-License-Identifier: Apache-2.0
 *
 * From incoming/ to catalog/: verify, make the file, keep its manifest; and then, in a second step, the state that switches.
 * Whatever is cut off before that leaves the old catalogue in use and is overwritten by the next try.
 */
#include "catalog/update.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "catalog/index_file.h"
#include "catalog/installed.h"
#include "catalog/update_copy.h"
#include "catalog/update_file.h"
#include "model/level.h"

/* What one call works with. */
struct update {
    struct installed is;
    char incoming[PATH_MAX];
    struct update_found *found;
};

static int open_update(struct update *u, const char *data_dir, struct err *e)
{
    if (fs_join(u->incoming, sizeof u->incoming, data_dir, "sync/incoming") < 0)
        return err_set(e, ERR_TOOLONG, "the path of the data folder");
    return installed_load(&u->is, data_dir, e);
}

int update_root(const char *data_dir, struct manifest_root *ret, struct err *e)
{
    struct installed is;
    int rc = installed_load(&is, data_dir, e);

    if (rc == 0)
        rc = installed_root_check(&is, e);
    if (rc == 0)
        *ret = is.root;
    return rc;
}

int update_sealing_key(const char *data_dir, int64_t now_ms, struct public_key *ret, struct err *e)
{
    struct manifest_root root = {0};
    int rc = update_root(data_dir, &root, e);

    if (rc < 0)
        return rc;
    /* the beginning is not looked at: a clock that starts in 1970 must not end the service */
    if (now_ms > root.sealing.to_ms)
        return err_set(e, ERR_EXPIRED, "the hall's sealing key is past its validity: the hall must publish a new root");
    *ret = root.sealing.key;
    return 0;
}

int update_current(const char *data_dir, char *path, int *ret_version, struct err *e)
{
    struct installed is;
    int64_t version = 0;
    int rc = installed_load(&is, data_dir, e);

    if (rc == 0)
        rc = installed_choose(&is, path, &version, e);
    if (rc < 0)
        return err_wrap(e, rc, "installed catalogue");
    *ret_version = (int)version;
    return 0;
}

/* The index beside it is no reason to give a catalogue up: it is made of it. */
static void check_index(const char *path)
{
    struct err e = {0};

    if (index_file_check(path, &e) == 0)
        return;
    log_warn("catalog", "%s: it is made anew", e.text);
    if (index_file_make(path, &e) < 0)
        log_warn("catalog", "search goes through all names: %s", e.text);
}

int update_check(const char *data_dir, int version, struct err *e)
{
    struct installed is;
    struct manifest_catalog c;
    char path[PATH_MAX];
    int rc = installed_load(&is, data_dir, e);

    if (rc == 0)
        rc = installed_usable(&is, version, path, &c, e);
    if (rc == 0)
        rc = verify_file(path, &c.file, e);
    if (rc == 0)
        check_index(path);
    return err_wrap(e, rc, "catalogue %d", version);
}

void update_spoil(const char *data_dir, int version)
{
    char path[PATH_MAX];

    if (catalog_state_path(path, sizeof path, data_dir, "catalog", version, "db", NULL) == 0 && unlink(path) < 0)
        log_warn("catalog", "catalogue %d cannot be removed", version);
}

static int keep_version(struct update *u, const char *stem, int64_t version, const struct verify_raw *raw, struct err *e)
{
    char name[40];

    snprintf(name, sizeof name, "%s.%lld", stem, (long long)version);
    return installed_keep(&u->is, name, raw, e);
}

static int save(struct update *u, struct err *e)
{
    int rc = catalog_state_save(u->is.data_dir, &u->is.state, e);

    u->is.stale &= rc < 0;
    return rc;
}

static int switch_root(struct update *u, const struct verify_raw *raw, struct err *e)
{
    struct manifest_root next;
    int rc = manifest_root_next(&u->is.root, raw->json.data, raw->json.len, raw->sig.data, raw->sig.len, &next, e);

    if (rc == 0)
        rc = keep_version(u, "root", next.version, raw, e);
    if (rc < 0)
        return rc;
    u->is.root = next;
    if (next.version > u->is.state.root)
        u->is.state.root = next.version;
    u->found->root = true;
    return save(u, e);
}

/* A root counts as soon as its own checks are passed: a key that was taken back must not sign one more catalogue. */
static int take_root(struct update *u, const char *name, struct err *e)
{
    struct manifest_root seen;
    struct verify_raw raw;
    struct err none = {0};
    int rc = verify_read(u->incoming, name, &raw, &none);

    if (rc == -ERR_NOTFOUND)
        return 0;
    if (rc < 0)
        return err_set(e, (enum err_code) - rc, "%s", none.text);
    rc = manifest_root_decode(raw.json.data, raw.json.len, &seen, e);
    if (rc == 0 && seen.version > u->is.root.version)
        rc = switch_root(u, &raw, e);
    verify_raw_finish(&raw);
    return rc;
}

/* Who was away for several roots comes along from one to the next: root.<version>.json, and then root.json. */
static int install_root(struct update *u, struct err *e)
{
    char name[40];
    int64_t before;
    int rc = 0;

    do {
        before = u->is.root.version;
        snprintf(name, sizeof name, "root.%lld", (long long)before + 1);
        rc = take_root(u, name, e);
    } while (rc == 0 && u->is.root.version > before);
    return rc == 0 ? take_root(u, "root", e) : rc;
}

static int note_head(struct update *u, const struct manifest_head *h, const struct verify_raw *raw, struct err *e)
{
    struct catalog_state *seen = &u->is.state;
    int rc;

    if (h->catalogue < seen->head_catalogue || h->root < seen->head_root) {
        u->found->head_older = true;
        return 0;
    }
    rc = installed_keep(&u->is, INSTALLED_HEAD, raw, e);
    if (rc < 0 || (h->at_ms == seen->head_at_ms && h->expires_ms == seen->head_expires_ms))
        return rc;
    seen->head_root = h->root;
    seen->head_catalogue = h->catalogue;
    seen->head_at_ms = h->at_ms;
    seen->head_expires_ms = h->expires_ms;
    u->found->head = true;
    return save(u, e);
}

/* A head that is not whole or not the hall's is as good as none: the next one comes within minutes. Only versions must not
 * go back: an earlier time may be a hall's corrected clock, and an old head replayed does no more than expire sooner. */
static void take_head(struct update *u)
{
    struct manifest_head h;
    struct verify_raw raw;
    struct err e = {0};
    int rc = verify_read(u->incoming, "head", &raw, &e);

    if (rc == -ERR_NOTFOUND)
        return;
    if (rc == 0) {
        rc = manifest_head_open(&u->is.root, raw.json.data, raw.json.len, raw.sig.data, raw.sig.len, &h, &e);
        if (rc == 0)
            rc = note_head(u, &h, &raw, &e);
        verify_raw_finish(&raw);
    }
    if (rc < 0)
        log_warn("catalog", "incoming head: %s", e.text);
}

/* The very manifest the installed catalogue came with. */
static bool is_known(struct update *u, const struct manifest_catalog *c, const struct verify_raw *raw)
{
    struct manifest_catalog kept;
    struct verify_raw have;
    bool same;

    if (installed_manifest(&u->is, c->version, &kept, &have, NULL) < 0)
        return false;
    same = have.json.len == raw->json.len && memcmp(have.json.data, raw->json.data, have.json.len) == 0;
    verify_raw_finish(&have);
    return same;
}

/* The installed version again: worth the trouble only when its file has become unusable, and then whatever the day is. */
static int check_again(struct update *u, const struct manifest_catalog *c, bool known, struct err *e)
{
    struct manifest_catalog have;
    struct err damage = {0};
    char path[PATH_MAX];

    if (installed_usable(&u->is, c->version, path, &have, &damage) < 0) {
        log_warn("catalog", "installing version %lld again: %s", (long long)c->version, damage.text);
        return 1;
    }
    return known ? 0
                 : err_set(e, ERR_VERSION, "another catalogue with the version %lld is installed", (long long)c->version);
}

/* 1: go on; 0: it is the installed one; or a refusal. */
static int check_version(struct update *u, const struct manifest_catalog *c, const struct verify_raw *raw, struct err *e)
{
    const struct catalog_state *seen = &u->is.state;
    bool again = c->version == seen->catalogue, known = again && is_known(u, c, raw);

    if (c->version < seen->catalogue)
        return err_set(e, ERR_VERSION, "version %lld is older than %lld, which was installed", (long long)c->version,
                       (long long)seen->catalogue);
    if (!again && c->version < seen->head_catalogue)
        return err_set(e, ERR_VERSION, "version %lld is older than %lld, which the hall has published",
                       (long long)c->version, (long long)seen->head_catalogue);
    /* one past its validity is better than none, as an installed one serves on past its own */
    if (!known && clock_wall_ms() > c->expires_ms && seen->catalogue)
        return err_set(e, ERR_EXPIRED, "the manifest of version %lld is past its validity: sign it anew",
                       (long long)c->version);
    return again ? check_again(u, c, known, e) : 1;
}

/* A verified manifest may call older catalogues back; that holds even if its own file cannot be installed. */
static int note_min_version(struct update *u, int64_t min_version, const struct verify_raw *raw, struct err *e)
{
    int rc;

    if (min_version <= u->is.state.min_version)
        return 0;
    rc = installed_keep(&u->is, INSTALLED_LEAST, raw, e);
    u->is.state.min_version = min_version;
    return rc < 0 ? rc : save(u, e);
}

/* The former catalogue stays in use, as far as this one permits. kiosk-sync puts its manifest aside; one that lies there in
 * its own place (before an older kiosk was put back) is treated alike. */
static int note_newer(struct update *u, const struct manifest_catalog *c, const struct verify_raw *raw, struct err *e)
{
    if (c->version > u->is.state.catalogue)
        u->found->needs = c->needs;
    return note_min_version(u, c->min_version, raw, e);
}

static void take_newer(struct update *u)
{
    struct manifest_catalog c;
    struct verify_raw raw;
    struct err e = {0};
    int rc = verify_read(u->incoming, VERIFY_NEWER, &raw, NULL);

    if (rc < 0)
        return;
    rc = installed_root_check(&u->is, &e);
    if (rc == 0)
        rc = manifest_catalog_open(&u->is.root, raw.json.data, raw.json.len, raw.sig.data, raw.sig.len, &c, &e);
    if (rc == 0 && c.needs > level_now())
        rc = note_newer(u, &c, &raw, &e);
    if (rc < 0)
        log_warn("catalog", "the manifest of a newer catalogue: %s", e.text);
    verify_raw_finish(&raw);
}

static int make_ready(struct update *u, const struct manifest_catalog *c, const struct verify_raw *raw, struct err *e)
{
    int rc = note_min_version(u, c->min_version, raw, e);

    if (rc == 0)
        rc = update_file_make(u->is.data_dir, u->incoming, c, &u->found->patched, e);
    if (rc == 0)
        rc = keep_version(u, "catalog", c->version, raw, e);
    if (rc == 0)
        u->found->catalogue = c->version;
    return rc;
}

/* Is it the files' fault, so that the same ones would be refused again? Not so for a full disk, or for the clock. */
static bool their_fault(int rc)
{
    return rc == -ERR_SIGNATURE || rc == -ERR_VERSION || rc == -ERR_CHECKSUM || rc == -ERR_INVALID || rc == -ERR_RANGE ||
           rc == -ERR_KEY || rc == -ERR_NOTFOUND;
}

/* A patch that failed, or that is for another base, is followed by the whole file; a whole file that is no longer what came
 * by the same once more. */
static void want_whole(struct update *u, const struct manifest_catalog *c, int rc)
{
    char path[PATH_MAX];

    if (their_fault(rc) &&
        (fs_join(path, sizeof path, u->incoming, c->file.name) < 0 || verify_file(path, &c->file, NULL) < 0))
        u->found->whole = c->version;
}

static int install_catalog(struct update *u, struct err *e)
{
    struct manifest_catalog c;
    struct verify_raw raw;
    char path[PATH_MAX];
    int rc;

    if (fs_join(path, sizeof path, u->incoming, "catalog.json") < 0 || access(path, F_OK) < 0)
        return 0; /* a new root alone */
    rc = installed_root_check(&u->is, e);
    if (rc == 0)
        rc = verify_read(u->incoming, "catalog", &raw, e);
    if (rc < 0)
        return rc;
    if (manifest_catalog_decode(raw.json.data, raw.json.len, &c, NULL) == 0)
        u->found->tried = c.version;
    rc = manifest_catalog_open(&u->is.root, raw.json.data, raw.json.len, raw.sig.data, raw.sig.len, &c, e);
    if (rc == 0)
        rc = check_version(u, &c, &raw, e);
    if (rc > 0 && c.needs > level_now()) {
        rc = note_newer(u, &c, &raw, e);
    } else if (rc > 0) {
        rc = make_ready(u, &c, &raw, e);
        want_whole(u, &c, rc);
    }
    verify_raw_finish(&raw);
    return rc;
}

static int take_files(struct update *u, struct err *e)
{
    uint8_t seen[SHA256_LEN];
    int rc;

    if (!update_fingerprint(u->incoming, seen) || update_refused(u->is.folder, seen, &u->found->whole)) {
        take_head(u);
        return 0;
    }
    u->found->whole = 0;
    rc = install_root(u, e);
    take_head(u);
    if (rc == 0)
        rc = install_catalog(u, e);
    if (their_fault(rc))
        update_refuse(u->is.folder, seen, u->found->whole);
    return rc;
}

/* Nothing that lies here or has come can be used as the newest: only the hall can help. */
static void want_any(struct update *u)
{
    struct manifest_catalog c;
    char path[PATH_MAX];

    if (u->found->catalogue || u->found->whole || u->found->needs || (u->found->rc < 0 && !their_fault(u->found->rc)))
        return;
    if (installed_root_check(&u->is, NULL) < 0 || !u->is.state.catalogue ||
        installed_usable(&u->is, u->is.state.catalogue, path, &c, NULL) < 0)
        u->found->whole = UPDATE_WHOLE_ANY;
}

static void take_all(struct update *u, struct err *e)
{
    struct err why = {0};

    installed_load_head(&u->is);
    installed_keep_pinned(&u->is);
    update_file_tidy(u->is.data_dir, u->is.state.catalogue);
    u->found->rc = take_files(u, e);
    take_newer(u);
    want_any(u);
    if (u->is.stale && u->is.state.root && save(u, &why) < 0)
        log_warn("catalog", "%s", why.text);
}

int update_prepare(const char *data_dir, struct update_found *ret)
{
    struct update u = {.found = ret};
    struct err *e = &ret->why;

    *ret = (struct update_found){0};
    ret->rc = open_update(&u, data_dir, e);
    if (ret->rc == 0)
        ret->rc = fs_mkdirs(u.is.folder, 0755, e);
    if (ret->rc == 0)
        take_all(&u, e);
    err_wrap(e, ret->rc, "incoming catalogue");
    return ret->rc;
}

void update_crashed(const char *data_dir, struct update_found *ret)
{
    struct update u = {.found = ret};
    struct manifest_catalog c;
    struct verify_raw raw;
    char path[PATH_MAX];
    uint8_t seen[SHA256_LEN];

    *ret = (struct update_found){0};
    ret->rc = err_set(&ret->why, ERR_IO, "incoming catalogue: installing it ended by a signal");
    if (open_update(&u, data_dir, NULL) < 0 || !update_fingerprint(u.incoming, seen))
        return;
    /* unverified, but all it decides is what to ask for */
    if (verify_read(u.incoming, "catalog", &raw, NULL) == 0) {
        if (manifest_catalog_decode(raw.json.data, raw.json.len, &c, NULL) == 0 && (ret->tried = c.version) > 0 &&
            (c.version > u.is.state.catalogue || installed_usable(&u.is, c.version, path, &c, NULL) < 0))
            ret->whole = c.version;
        verify_raw_finish(&raw);
    }
    update_refuse(u.is.folder, seen, ret->whole);
}

int update_switch(const char *data_dir, const struct update_found *found, struct err *e)
{
    struct installed is;
    int rc = installed_load(&is, data_dir, e);

    if (rc == 0 && found->catalogue < is.state.catalogue)
        rc = err_set(e, ERR_VERSION, "version %lld is older than %lld, which is installed", (long long)found->catalogue,
                     (long long)is.state.catalogue);
    if (rc == 0) {
        is.state.catalogue = found->catalogue;
        rc = catalog_state_save(data_dir, &is.state, e);
    }
    return err_wrap(e, rc, "switch to the new catalogue");
}

int update_head(const char *data_dir, struct update_head *ret, struct err *e)
{
    struct installed is;
    int rc = installed_load(&is, data_dir, e);

    if (rc < 0)
        return rc;
    installed_load_head(&is);
    *ret = (struct update_head){is.state.head_catalogue, is.state.head_at_ms, is.state.head_expires_ms};
    return 0;
}
