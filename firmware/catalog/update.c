/* SPDX-License-Identifier: Apache-2.0
 *
 * From incoming/ to catalog/: verify, make the file, keep its manifest; and then, in a second step, the state that switches.
 * Whatever is cut off before that leaves the old catalogue in use and is overwritten by the next try.
 */
#include "catalog/update.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "catalog/state.h"
#include "catalog/update_copy.h"
#include "catalog/update_file.h"
#include "catalog/verify.h"

/* What one call works with. */
struct update {
    const char *data_dir;
    char incoming[PATH_MAX], folder[PATH_MAX];
    struct manifest_root root;
    struct catalog_state state;
    struct update_found *found;
};

static int load_state(struct update *u, struct err *e)
{
    uint8_t pin[SHA256_LEN];
    struct err none = {0};
    int rc = verify_root(u->data_dir, &u->root, pin, e);

    if (rc < 0)
        return rc;
    rc = catalog_state_load(u->data_dir, &u->state, &none);
    if (rc < 0 && rc != -ERR_NOTFOUND)
        return err_set(e, (enum err_code) - rc, "%s", none.text);
    if (rc < 0 || memcmp(u->state.pin, pin, sizeof pin)) {
        memset(&u->state, 0, sizeof u->state);
        memcpy(u->state.pin, pin, sizeof pin);
    }
    u->state.root = u->root.version;
    return 0;
}

static int open_update(struct update *u, const char *data_dir, struct err *e)
{
    u->data_dir = data_dir;
    if (fs_join(u->incoming, sizeof u->incoming, data_dir, "sync/incoming") < 0 ||
        fs_join(u->folder, sizeof u->folder, data_dir, "catalog") < 0)
        return err_set(e, ERR_TOOLONG, "the path of the data folder");
    return load_state(u, e);
}

int update_sealing_key(const char *data_dir, int64_t now_ms, struct public_key *ret, struct err *e)
{
    struct manifest_root root;
    int rc = verify_root(data_dir, &root, NULL, e);

    if (rc < 0)
        return rc;
    /* the beginning is not looked at: a clock that starts in 1970 must not end the service */
    if (now_ms > root.sealing.to_ms)
        return err_set(e, ERR_EXPIRED, "the hall's sealing key is past its validity: the hall must publish a new root");
    *ret = root.sealing.key;
    return 0;
}

/* The manifest the installed catalogue was verified with. */
static int installed_manifest(struct update *u, struct manifest_catalog *ret, struct verify_raw *raw, struct err *e)
{
    struct manifest_root root;
    char name[40];
    int rc = verify_root_version(u->data_dir, u->state.catalogue_root, &root, e);

    snprintf(name, sizeof name, "catalog.%lld", (long long)u->state.catalogue);
    if (rc == 0)
        rc = verify_read(u->folder, name, raw, e);
    if (rc < 0)
        return rc;
    rc = manifest_catalog_open(&root, raw->json.data, raw->json.len, raw->sig.data, raw->sig.len, ret, e);
    if (rc == 0 && ret->version != u->state.catalogue)
        rc = err_set(e, ERR_VERSION, "%s.json is the manifest of %lld", name, (long long)ret->version);
    if (rc < 0)
        verify_raw_finish(raw);
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

/* `raw` gets the installed manifest's bytes, *c what they say. */
static int check_installed(struct update *u, char *path, struct verify_raw *raw, struct manifest_catalog *c, struct err *e)
{
    int rc;

    if (!u->state.catalogue)
        return err_set(e, ERR_NOTFOUND, "no catalogue is installed yet");
    if (u->state.catalogue < u->state.min_version)
        return err_set(e, ERR_VERSION, "version %lld was called back, version %lld is the least",
                       (long long)u->state.catalogue, (long long)u->state.min_version);
    rc = catalog_state_path(path, 512, u->data_dir, "catalog", u->state.catalogue, "db", e);
    if (rc == 0)
        rc = installed_manifest(u, c, raw, e);
    if (rc < 0)
        return rc;
    rc = check_size(path, c->file.size, e);
    if (rc < 0)
        verify_raw_finish(raw);
    return rc;
}

int update_current(const char *data_dir, char *path, int *ret_version, struct err *e)
{
    struct update u = {0};
    struct manifest_catalog c;
    struct verify_raw raw;
    int rc = open_update(&u, data_dir, e);

    if (rc == 0)
        rc = check_installed(&u, path, &raw, &c, e);
    if (rc < 0)
        return err_wrap(e, rc, "installed catalogue");
    verify_raw_finish(&raw);
    *ret_version = (int)u.state.catalogue;
    return 0;
}

static int keep_file(struct update *u, const char *stem, int64_t version, const char *suffix, const struct buf *b,
                     struct err *e)
{
    char path[PATH_MAX];
    int rc = catalog_state_path(path, sizeof path, u->data_dir, stem, version, suffix, e);

    return rc < 0 ? rc : fs_write_atomic(path, b->data, b->len, 0644, e);
}

static int keep_manifest(struct update *u, const char *stem, int64_t version, const struct verify_raw *raw, struct err *e)
{
    int rc = keep_file(u, stem, version, "json", &raw->json, e);

    return rc < 0 ? rc : keep_file(u, stem, version, "sig", &raw->sig, e);
}

static int switch_root(struct update *u, const struct verify_raw *raw, struct err *e)
{
    struct manifest_root next;
    int rc = manifest_root_next(&u->root, raw->json.data, raw->json.len, raw->sig.data, raw->sig.len, &next, e);

    if (rc == 0)
        rc = keep_manifest(u, "root", next.version, raw, e);
    if (rc < 0)
        return rc;
    u->root = next;
    u->state.root = next.version;
    u->found->root = true;
    return catalog_state_save(u->data_dir, &u->state, e);
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
    if (rc == 0 && seen.version > u->root.version)
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
        before = u->root.version;
        snprintf(name, sizeof name, "root.%lld", (long long)before + 1);
        rc = take_root(u, name, e);
    } while (rc == 0 && u->root.version > before);
    return rc == 0 ? take_root(u, "root", e) : rc;
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
        rc = manifest_head_open(&u->root, raw.json.data, raw.json.len, raw.sig.data, raw.sig.len, &h, &e);
        verify_raw_finish(&raw);
    }
    if (rc < 0) {
        log_warn("catalog", "incoming head: %s", e.text);
        return;
    }
    if (h.catalogue < u->state.head_catalogue || h.root < u->state.head_root) {
        u->found->head_older = true;
        return;
    }
    if (h.at_ms == u->state.head_at_ms && h.expires_ms == u->state.head_expires_ms)
        return;
    u->state.head_root = h.root;
    u->state.head_catalogue = h.catalogue;
    u->state.head_at_ms = h.at_ms;
    u->state.head_expires_ms = h.expires_ms;
    u->found->head = true;
    if (catalog_state_save(u->data_dir, &u->state, &e) < 0)
        log_warn("catalog", "%s", e.text);
}

/* 1: go on; 0: it is the installed one; or a refusal. */
static int check_version(struct update *u, const struct manifest_catalog *c, const struct verify_raw *raw, struct err *e)
{
    struct manifest_catalog installed;
    struct verify_raw have;
    struct err damage = {0};
    char path[512];
    int rc = 1;

    if (c->version < u->state.catalogue)
        return err_set(e, ERR_VERSION, "version %lld is older than %lld, which was installed", (long long)c->version,
                       (long long)u->state.catalogue);
    if (c->version != u->state.catalogue && c->version < u->state.head_catalogue)
        return err_set(e, ERR_VERSION, "version %lld is older than %lld, which the hall has published",
                       (long long)c->version, (long long)u->state.head_catalogue);
    /* one past its validity is better than none, as an installed one serves on past its own */
    if (clock_wall_ms() > c->expires_ms && u->state.catalogue)
        return err_set(e, ERR_EXPIRED, "the manifest of version %lld is past its validity: sign it anew",
                       (long long)c->version);
    if (c->version > u->state.catalogue)
        return 1;
    /* the same version again: worth the trouble only when the installed one has become unusable */
    if (check_installed(u, path, &have, &installed, &damage) < 0) {
        log_warn("catalog", "installing version %lld again: %s", (long long)c->version, damage.text);
        return 1;
    }
    if (have.json.len == raw->json.len && memcmp(have.json.data, raw->json.data, have.json.len) == 0)
        rc = 0;
    else
        rc = err_set(e, ERR_VERSION, "another catalogue with the version %lld is installed", (long long)c->version);
    verify_raw_finish(&have);
    return rc;
}

/* A verified manifest may call older catalogues back; that holds even if its own file cannot be installed. */
static int note_min_version(struct update *u, int64_t min_version, struct err *e)
{
    if (min_version <= u->state.min_version)
        return 0;
    u->state.min_version = min_version;
    return catalog_state_save(u->data_dir, &u->state, e);
}

static int make_ready(struct update *u, const struct manifest_catalog *c, const struct verify_raw *raw, struct err *e)
{
    int rc = note_min_version(u, c->min_version, e);

    if (rc == 0)
        rc = update_file_make(u->data_dir, u->incoming, c, &u->found->patched, e);
    if (rc == 0)
        rc = keep_manifest(u, "catalog", c->version, raw, e);
    if (rc < 0)
        return rc;
    u->found->catalogue = c->version;
    u->found->root_version = u->root.version;
    return 0;
}

/* Is it the files' fault, so that the same ones would be refused again? Not so for a full disk, or for the clock. */
static bool their_fault(int rc)
{
    return rc == -ERR_SIGNATURE || rc == -ERR_VERSION || rc == -ERR_CHECKSUM || rc == -ERR_INVALID || rc == -ERR_RANGE ||
           rc == -ERR_KEY || rc == -ERR_NOTFOUND;
}

/* A patch that failed, or that is for another base, is followed by the whole file. */
static void want_whole(struct update *u, const struct manifest_catalog *c, int rc)
{
    char path[PATH_MAX];

    if (their_fault(rc) && fs_join(path, sizeof path, u->incoming, c->file.name) == 0 && access(path, F_OK) < 0)
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
    rc = verify_read(u->incoming, "catalog", &raw, e);
    if (rc < 0)
        return rc;
    rc = manifest_catalog_open(&u->root, raw.json.data, raw.json.len, raw.sig.data, raw.sig.len, &c, e);
    if (rc == 0)
        rc = check_version(u, &c, &raw, e);
    if (rc > 0) {
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

    if (!update_fingerprint(u->incoming, seen) || update_refused(u->folder, seen, &u->found->whole)) {
        take_head(u);
        return 0;
    }
    u->found->whole = 0;
    rc = install_root(u, e);
    take_head(u);
    if (rc == 0)
        rc = install_catalog(u, e);
    if (their_fault(rc))
        update_refuse(u->folder, seen, u->found->whole);
    return rc;
}

int update_prepare(const char *data_dir, struct update_found *ret)
{
    struct update u = {.found = ret};
    struct err *e = &ret->why;
    int rc;

    *ret = (struct update_found){0};
    rc = open_update(&u, data_dir, e);
    if (rc == 0)
        rc = fs_mkdirs(u.folder, 0755, e);
    if (rc == 0) {
        update_file_tidy(data_dir, &u.state);
        rc = take_files(&u, e);
    }
    ret->rc = err_wrap(e, rc, "incoming catalogue");
    return ret->rc;
}

void update_crashed(const char *data_dir, struct update_found *ret)
{
    struct update u = {.found = ret};
    struct manifest_catalog c;
    struct verify_raw raw;
    uint8_t seen[SHA256_LEN];

    *ret = (struct update_found){0};
    ret->rc = err_set(&ret->why, ERR_IO, "incoming catalogue: installing it ended by a signal");
    if (open_update(&u, data_dir, NULL) < 0 || !update_fingerprint(u.incoming, seen))
        return;
    /* unverified, but all it decides is what to ask for */
    if (verify_read(u.incoming, "catalog", &raw, NULL) == 0) {
        if (manifest_catalog_decode(raw.json.data, raw.json.len, &c, NULL) == 0)
            want_whole(&u, &c, -ERR_CHECKSUM);
        verify_raw_finish(&raw);
    }
    if (ret->whole) /* what ends the copying of a whole file is the machine's trouble: tried again after a restart */
        update_refuse(u.folder, seen, ret->whole);
}

int update_switch(const char *data_dir, const struct update_found *found, struct err *e)
{
    struct update u = {0};
    int rc = open_update(&u, data_dir, e);

    if (rc == 0 && found->catalogue < u.state.catalogue)
        rc = err_set(e, ERR_VERSION, "version %lld is older than %lld, which is installed", (long long)found->catalogue,
                     (long long)u.state.catalogue);
    if (rc == 0) {
        u.state.catalogue = found->catalogue;
        u.state.catalogue_root = found->root_version;
        rc = catalog_state_save(data_dir, &u.state, e);
    }
    return err_wrap(e, rc, "switch to the new catalogue");
}

int update_head(const char *data_dir, struct update_head *ret, struct err *e)
{
    struct update u = {0};
    int rc = open_update(&u, data_dir, e);

    if (rc == 0)
        *ret = (struct update_head){u.state.head_catalogue, u.state.head_at_ms, u.state.head_expires_ms};
    return rc;
}
