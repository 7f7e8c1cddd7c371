/* SPDX-License-Identifier: Apache-2.0
 *
 * A terminal's data folder and what kiosk-sync may put into it, signed by keys of the test.
 */
#ifndef TESTS_CATALOG_UPDATE_TEST_H
#define TESTS_CATALOG_UPDATE_TEST_H

#include <stdarg.h>
#include <stdbool.h>

#include "base/clock.h"
#include "base/fs.h"
#include "catalog/update.h"
#include "catalog_test.h"
#include "test.h"
#include "tools/hall/editions/edition_patches.h"
#include "tools/hallctl/catalog_patch.h"
#include "wire/manifest.h"

#define DAY INT64_C(86400000)

enum { ROOT, CATALOGUE, OTHER_CATALOGUE, HEAD, ACK, SEALING, NEW_SEALING, ASK, KEYS };
static struct private_key *keys[KEYS];
static char data[128], incoming[160];

static inline void in(char out[PATH_MAX], const char *dir, const char *name)
{
    if (fs_join(out, PATH_MAX, dir, name) < 0)
        abort();
}

static inline void put(const char *dir, const char *name, const struct buf *b)
{
    char path[PATH_MAX];

    in(path, dir, name);
    CHECK_INT(fs_write_atomic(path, b->data, b->len, 0644, NULL), 0);
}

static inline void shell(const char *format, ...) __attribute__((format(printf, 1, 2)));
static inline void shell(const char *format, ...)
{
    char command[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(command, sizeof command, format, args);
    va_end(args);
    if (system(command))
        abort();
}

static inline bool exists(const char *name)
{
    char path[PATH_MAX];

    in(path, data, name);
    return access(path, F_OK) == 0;
}

/* Writes NAME.json and NAME.sig, signed with one or two keys (`second` -1: one). */
static inline void put_signed(const char *dir, const char *name, const char *prefix, const struct buf *json, int first,
                              int second)
{
    struct manifest_signatures s = {0};
    char file[64];
    struct buf sig;

    CHECK_INT(manifest_sign(keys[first], prefix, json->data, json->len, &s, NULL), 0);
    if (second >= 0)
        CHECK_INT(manifest_sign(keys[second], prefix, json->data, json->len, &s, NULL), 0);
    buf_init(&sig, MANIFEST_MAX);
    CHECK_INT(manifest_signatures_encode(&s, &sig, NULL), 0);
    snprintf(file, sizeof file, "%s.json", name);
    put(dir, file, json);
    snprintf(file, sizeof file, "%s.sig", name);
    put(dir, file, &sig);
    buf_finish(&sig);
}

/* NAME.json of a root. */
static inline void put_root_as(const char *dir, const char *name, int64_t version, int catalogue, int sealing, int signer)
{
    int64_t now = clock_wall_ms() / 1000 * 1000;
    struct manifest_root r = {.version = version, .expires_ms = now + 700 * DAY};
    struct buf json;

    r.root = (struct manifest_role){.threshold = 1, .n = 1};
    r.catalogue = r.head = r.acknowledgement = r.root;
    key_public(keys[ROOT], &r.root.keys[0]);
    key_public(keys[catalogue], &r.catalogue.keys[0]);
    key_public(keys[HEAD], &r.head.keys[0]);
    key_public(keys[ACK], &r.acknowledgement.keys[0]);
    key_public(keys[sealing], &r.sealing.key);
    key_public(keys[ASK], &r.ask.key);
    r.sealing.from_ms = r.ask.from_ms = now - DAY;
    r.sealing.to_ms = r.ask.to_ms = now + 700 * DAY;
    buf_init(&json, MANIFEST_MAX);
    CHECK_INT(manifest_root_encode(&r, &json, NULL), 0);
    put_signed(dir, name, MANIFEST_ROOT_PREFIX, &json, signer, -1);
    buf_finish(&json);
}

static inline void put_root(const char *dir, int64_t version, int catalogue, int sealing, int signer)
{
    put_root_as(dir, "root", version, catalogue, sealing, signer);
}

/* A newly enrolled terminal, nothing downloaded. */
static inline void fresh(void)
{
    char path[PATH_MAX];

    snprintf(data, sizeof data, "%s/terminal", sample_folder());
    snprintf(incoming, sizeof incoming, "%s/sync/incoming", data);
    shell("rm -rf %s", data);
    CHECK_INT(fs_mkdirs(incoming, 0755, NULL), 0);
    for (int i = 0; i < KEYS; i++)
        if (!keys[i])
            CHECK_INT(key_generate(&keys[i], NULL), 0);
    put_root(data, 1, CATALOGUE, SEALING, ROOT);
    in(path, sample_folder(), "v5.db");
    if (access(path, F_OK) == 0)
        return;
    for (int v = 5; v <= 8; v++) {
        snprintf(path, sizeof path, "%s/v%d.db", sample_folder(), v);
        CHECK_INT(sample_build(path, v, NULL), 0);
    }
}

/* What a delivery may be wrong in; zero is a good one. */
struct delivery {
    int version; /* of the file */
    int claimed; /* in the manifest; 0: the same */
    int min_version;
    int signer; /* 0: the catalogue key */
    int needs;  /* 0: what every terminal has */
    int64_t expires_ms, size_more;
    bool short_file, wrong_hash;
    int from; /* as a patch from this version only; 0: whole */
    bool damaged_patch;
};

/* Puts the patch in place of the file. */
static inline void deliver_patch(const struct delivery *d, struct manifest_catalog *c, const char *file)
{
    struct manifest_patch *p = &c->patches[0];
    char base[PATH_MAX], patch[PATH_MAX];
    int64_t size;
    uint64_t len;

    c->n_patches = 1;
    p->from = d->from;
    edition_patch_name(p->from, c->version, p->file.name);
    snprintf(base, sizeof base, "%s/v%d.db", sample_folder(), d->from);
    snprintf(patch, sizeof patch, "%s/%s", incoming, p->file.name);
    CHECK_INT(patch_make(base, file, patch, &size, NULL), 0);
    CHECK_INT(sha256_file(base, p->from_sha256, &len, NULL), 0);
    CHECK_INT(sha256_file(patch, p->file.sha256, &len, NULL), 0);
    p->file.size = size;
    CHECK_INT(unlink(file), 0);
    if (d->damaged_patch)
        shell("printf X | dd of=%s bs=1 seek=40 conv=notrunc status=none", patch);
}

static inline void deliver(struct delivery d)
{
    struct manifest_catalog c = {.version = d.claimed ? d.claimed : d.version,
                                 .min_version = d.min_version ? d.min_version : 1,
                                 .needs = d.needs,
                                 .expires_ms = d.expires_ms ? d.expires_ms : (clock_wall_ms() / 1000 + 86400) * 1000};
    char path[PATH_MAX];
    struct buf json;
    uint64_t len;

    shell("rm -rf %s; mkdir -p %s; cp %s/v%d.db %s/catalog-%d.db", incoming, incoming, sample_folder(), d.version, incoming,
          d.version);
    snprintf(path, sizeof path, "%s/catalog-%d.db", incoming, d.version);
    CHECK_INT(sha256_file(path, c.file.sha256, &len, NULL), 0);
    c.file.size = (int64_t)len + d.size_more;
    c.file.sha256[3] ^= d.wrong_hash;
    snprintf(c.file.name, sizeof c.file.name, "catalog-%d.db", d.version);
    if (d.from)
        deliver_patch(&d, &c, path);
    if (d.short_file)
        CHECK_INT(truncate(path, (off_t)len - 1), 0);
    buf_init(&json, MANIFEST_MAX);
    CHECK_INT(manifest_catalog_encode(&c, &json, NULL), 0);
    put_signed(incoming, "catalog", MANIFEST_CATALOG_PREFIX, &json, d.signer ? d.signer : CATALOGUE, -1);
    buf_finish(&json);
}

static struct update_found found; /* by the last install() */

/* Both steps, as kiosk takes them when nobody is there. */
static inline int update_install(bool *changed, struct err *e)
{
    int rc = update_prepare(data, &found);

    *e = found.why;
    *changed = found.root || found.catalogue;
    return rc == 0 && found.catalogue ? update_switch(data, &found, e) : rc;
}

static inline int install(bool *changed, struct err *e)
{
    int rc = update_install(changed, e);

    if (rc == 0 && found.catalogue) /* what kiosk does next clears out */
        update_prepare(data, &(struct update_found){0});
    return rc;
}

/* The installed version, or a negative code; opened too, as kiosk does. */
static inline int current(void)
{
    char path[PATH_MAX];
    struct err e = {0};
    int version = 0, rc = update_current(data, path, &version, &e);
    struct catalog *c = NULL;

    if (rc < 0)
        return rc;
    CHECK_INT(catalog_open(path, &c, &e), 0);
    if (c)
        CHECK_INT(catalog_version(c), version);
    catalog_close(c);
    return version;
}

static inline void must_install(int version)
{
    bool changed = false;
    struct err e;

    deliver((struct delivery){.version = version});
    CHECK_INT(install(&changed, &e), 0);
    CHECK_STR(e.text, "");
    CHECK(changed);
    CHECK_INT(current(), version);
}

#endif
