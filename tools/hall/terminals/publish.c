/* SPDX-License-Identifier: Apache-2.0
 *
 * Watches the public folder, signs the head.
 */
#include "tools/hall/terminals/publish.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "crypto/key_folder.h"

#define DAY_MS INT64_C(86400000)

struct publish {
    char public[420], tls[420];
    struct private_key *key; /* that the newest root names; NULL at first */
    uint8_t key_id[8];
    publish_fn *fn;
    void *ctx;
    struct manifest_catalog catalogue;
    int64_t signed_at_ms, root, root_told;
    int inotify;
    bool frozen;
    struct event *changed, *tick;
};

/* A file and its signatures. */
struct pair {
    struct buf data, sig;
};

static void pair_finish(struct pair *p)
{
    buf_finish(&p->data);
    buf_finish(&p->sig);
}

static int pair_read(const struct publish *p, const char *stem, struct pair *out, struct err *e)
{
    char path[480];
    *out = (struct pair){0};
    snprintf(path, sizeof path, "%s/%s.json", p->public, stem);
    int rc = fs_read(path, MANIFEST_MAX, &out->data, e);
    snprintf(path, sizeof path, "%s/%s.sig", p->public, stem);
    return rc ? rc : fs_read(path, MANIFEST_MAX, &out->sig, e);
}

static int read_root(const struct publish *p, struct manifest_root *ret, struct err *e)
{
    struct pair f;
    int rc = pair_read(p, "root", &f, e);
    if (rc == 0)
        rc = manifest_root_open(f.data.data, f.data.len, f.sig.data, f.sig.len, ret, e);
    pair_finish(&f);
    return err_wrap(e, rc, "root.json");
}

static int read_catalogue(const struct publish *p, const struct manifest_root *root, struct manifest_catalog *ret,
                          struct err *e)
{
    struct pair f;
    int rc = pair_read(p, "catalog", &f, e);
    if (rc == 0)
        rc = manifest_catalog_open(root, f.data.data, f.data.len, f.sig.data, f.sig.len, ret, e);
    pair_finish(&f);
    return err_wrap(e, rc, "catalog.json");
}

/* The newest of the head keys that the root names and this hall has (a rotation writes it before it publishes the root). */
static int load_key(struct publish *p, const struct manifest_root *root, struct err *e)
{
    struct private_key *k = NULL;
    uint8_t id[8] = {0};
    int rc = -ERR_NOTFOUND;
    for (size_t i = 0; rc == -ERR_NOTFOUND && i < root->head.n; i++) {
        public_key_id(&root->head.keys[i], id);
        if (p->key && !memcmp(id, p->key_id, sizeof id))
            return 0;
        rc = key_folder_find(p->tls, "head", id, &k, e);
    }
    if (rc)
        return err_wrap(e, rc, "the key that signs the head");
    key_free(p->key);
    p->key = k;
    memcpy(p->key_id, id, sizeof id);
    *e = (struct err){0};
    return 0;
}

static int write_head(const struct publish *p, const struct pair *f, struct err *e)
{
    char path[480];
    /* a terminal that reads between the two gets a signature that does not fit, and comes again */
    snprintf(path, sizeof path, "%s/head.json", p->public);
    int rc = fs_write_atomic(path, f->data.data, f->data.len, 0644, e);
    snprintf(path, sizeof path, "%s/head.sig", p->public);
    return rc ? rc : fs_write_atomic(path, f->sig.data, f->sig.len, 0644, e);
}

int publish_head(const struct publish *p, int64_t catalogue, int64_t now, struct buf *head, struct buf *sig, struct err *e)
{
    struct manifest_signatures sigs = {0};
    int64_t at = now / 1000 * 1000;
    struct manifest_head h = {p->root, catalogue, at, at + MANIFEST_HEAD_DAYS * DAY_MS};
    int rc = p->key ? manifest_head_encode(&h, head, e) : err_set(e, ERR_KEY, "no key that signs the head");
    if (rc == 0)
        rc = manifest_sign(p->key, MANIFEST_HEAD_PREFIX, head->data, head->len, &sigs, e);
    return rc == 0 ? manifest_signatures_encode(&sigs, sig, e) : rc;
}

static int sign_head(struct publish *p, const struct manifest_root *root, struct err *e)
{
    struct pair f;
    int64_t now = clock_wall_ms() / 1000 * 1000;
    p->root = root->version;
    buf_init(&f.data, MANIFEST_MAX);
    buf_init(&f.sig, MANIFEST_MAX);
    int rc = publish_head(p, p->catalogue.version, now, &f.data, &f.sig, e);
    if (rc == 0)
        rc = write_head(p, &f, e);
    if (rc == 0)
        p->signed_at_ms = now;
    pair_finish(&f);
    return err_wrap(e, rc, "sign head.json");
}

/* Looks at what is there and announces it. */
static int refresh(struct publish *p, struct err *e)
{
    struct manifest_root root;
    struct err why = {0};
    int rc = read_root(p, &root, e);
    if (rc)
        return rc;
    struct manifest_catalog c;
    rc = load_key(p, &root, e);
    if (rc)
        return rc;
    rc = read_catalogue(p, &root, &c, &why);
    if (rc && rc != -ERR_NOTFOUND)
        log_error("hall", "the published catalogue is not announced: %s", why.text);
    bool news = rc == 0 && c.version != p->catalogue.version;
    if (news) {
        log_info("hall", "catalogue %lld is published", (long long)c.version);
        p->catalogue = c;
    }
    rc = sign_head(p, &root, e);
    if (rc == 0 && (news || root.version != p->root_told))
        p->fn(p->ctx, &p->catalogue, &root);
    if (rc == 0)
        p->root_told = root.version;
    return rc;
}

static void refresh_or_log(struct publish *p)
{
    struct err e = {0};
    if (!p->frozen && refresh(p, &e))
        log_error("hall", "%s", e.text);
}

static void on_changed(evutil_socket_t fd, short what, void *ctx)
{
    union {
        struct inotify_event event;
        char bytes[4096];
    } in;
    ssize_t n;
    bool version = false;
    while ((n = read(fd, &in, sizeof in)) > 0) {
        const char *at = in.bytes;
        while (at < in.bytes + n) {
            struct inotify_event one;
            memcpy(&one, at, sizeof one);
            version |= one.len && !strcmp(at + sizeof one, "version");
            at += sizeof one + one.len;
        }
    }
    if (version)
        refresh_or_log(ctx);
}

void publish_freeze(struct publish *p, bool frozen)
{
    p->frozen = frozen;
    publish_check(p);
}

void publish_check(struct publish *p)
{
    int64_t age = clock_wall_ms() - p->signed_at_ms;
    if (age >= DAY_MS || age < 0)
        refresh_or_log(p);
}

static void on_tick(evutil_socket_t fd, short what, void *ctx)
{
    publish_check(ctx);
}

static int watch(struct publish *p, struct event_base *base, struct err *e)
{
    static const struct timeval minute = {60, 0};
    p->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (p->inotify < 0 || inotify_add_watch(p->inotify, p->public, IN_MOVED_TO | IN_CLOSE_WRITE) < 0)
        return err_errno(e, "watch %s", p->public);
    p->changed = event_new(base, p->inotify, EV_READ | EV_PERSIST, on_changed, p);
    p->tick = event_new(base, -1, EV_PERSIST, on_tick, p);
    event_add(p->changed, NULL);
    event_add(p->tick, &minute);
    return 0;
}

int publish_create(struct event_base *base, const char *tls_dir, const char *public_dir, publish_fn *fn, void *ctx,
                   struct publish **ret, struct err *e)
{
    struct publish *p = calloc(1, sizeof *p);
    if (!p)
        return err_set(e, ERR_NOMEM, "watch the public folder");
    p->inotify = -1;
    p->fn = fn;
    p->ctx = ctx;
    snprintf(p->public, sizeof p->public, "%s", public_dir);
    snprintf(p->tls, sizeof p->tls, "%s", tls_dir);
    int rc = watch(p, base, e);
    if (rc == 0)
        rc = refresh(p, e);
    if (rc) {
        publish_destroy(p);
        return rc;
    }
    *ret = p;
    return 0;
}

void publish_destroy(struct publish *p)
{
    if (!p)
        return;
    if (p->changed)
        event_free(p->changed);
    if (p->tick)
        event_free(p->tick);
    if (p->inotify >= 0)
        close(p->inotify);
    key_free(p->key);
    free(p);
}
