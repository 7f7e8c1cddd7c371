/* SPDX-License-Identifier: Apache-2.0
 *
 * A balanced tree by terminal id (the C library's), and what keeps it new: the revisions of all offices are read each
 * second, and the terminals of those that have another one.
 */
#include "tools/hall/terminals/registry.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/must.h"

#define OFFICES 10000 /* an office has four digits */

/* One look, at the reader while `out`. */
struct look {
    struct read_job job; /* first: the reader hands it back */
    struct registry *registry;
    bool out;
    uint64_t stamp;         /* of the registry when it began: what changed here since is newer than what it reads */
    int64_t known[OFFICES]; /* revisions; only run() touches them while it is out */
    struct terminal *list;  /* of the offices that changed */
    size_t n, cap;
};
struct registry {
    void *tree;
    size_t n;
    uint64_t stamp;
    struct reader *reader;
    registry_changed_fn *changed;
    void *ctx;
    struct event *tick;
    struct look look;
};

static int by_id(const void *a, const void *b)
{
    const struct registry_entry *x = a, *y = b;
    return strcmp(x->terminal.id, y->terminal.id);
}

static void entry_free(void *p)
{
    struct registry_entry *entry = p;
    pki_verifier_free(entry->verifier);
    free(entry);
}

static int load(void *ctx, const struct terminal *t)
{
    registry_put(ctx, t);
    return 0;
}

/* --- looking --- */

static int collect(void *ctx, const struct terminal *t)
{
    struct look *l = ctx;
    if (l->n == l->cap) {
        size_t cap = l->cap ? 2 * l->cap : 64;
        struct terminal *more = realloc(l->list, cap * sizeof *more);
        if (!more)
            return -ERR_NOMEM;
        l->list = more;
        l->cap = cap;
    }
    l->list[l->n++] = *t;
    return 0;
}

struct revisions {
    struct look *look;
    int offices[OFFICES];
    int64_t seen[OFFICES];
    size_t n;
};

static int on_revision(void *ctx, int office, int64_t revision)
{
    struct revisions *v = ctx;
    if (office >= 0 && office < OFFICES && v->n < OFFICES && v->look->known[office] != revision) {
        v->offices[v->n] = office;
        v->seen[v->n++] = revision;
    }
    return 0;
}

/* The revision is read before the terminals: what changes in between is read again. */
static int look_run(struct read_job *j, struct store *s, struct err *e)
{
    struct look *l = (struct look *)j;
    struct revisions *v = calloc(1, sizeof *v);
    if (!v)
        return err_set(e, ERR_NOMEM, "look for changed terminals");
    v->look = l;
    l->n = 0;
    int rc = terminal_revisions(s, on_revision, v, e);
    for (size_t i = 0; rc == 0 && i < v->n; i++) {
        size_t before = l->n;
        rc = terminal_each_of(s, v->offices[i], collect, l, e);
        if (rc == 0)
            l->known[v->offices[i]] = v->seen[i];
        else
            l->n = before;
    }
    free(v);
    return rc;
}

/* The further of two places of one journal: records are not taken back. */
static void keep_place(struct terminal *t, const struct terminal *before)
{
    if (memcmp(t->epoch, before->epoch, EPOCH_LEN) == 0 && before->stored.seq > t->stored.seq)
        t->stored = before->stored;
}

static void refresh(struct registry *r, struct terminal *t, uint64_t since)
{
    struct registry_entry *entry = registry_find(r, t->id);
    struct terminal before = {.office = -1};
    if (entry && entry->stamp > since) { /* it may be older than what is here: the next look says */
        r->look.known[t->office] = -1;
        return;
    }
    if (entry) {
        before = entry->terminal;
        keep_place(t, &before);
    }
    registry_put(r, t);
    r->changed(r->ctx, entry ? &before : NULL, t);
}

static void look_done(struct read_job *j, int rc, const struct err *e)
{
    struct look *l = (struct look *)j;
    l->out = false;
    if (rc < 0)
        log_warn("hall", "%s", e->text);
    for (size_t i = 0; i < l->n; i++)
        refresh(l->registry, &l->list[i], l->stamp);
    l->n = 0;
}

void registry_check(struct registry *r)
{
    struct look *l = &r->look;
    if (l->out)
        return;
    l->job = (struct read_job){.run = look_run, .done = look_done};
    l->stamp = r->stamp;
    l->out = reader_push(r->reader, &l->job);
}

static void on_tick(evutil_socket_t fd, short what, void *ctx)
{
    registry_check(ctx);
}

static int know(void *ctx, int office, int64_t revision)
{
    struct registry *r = ctx;
    if (office >= 0 && office < OFFICES)
        r->look.known[office] = revision;
    return 0;
}

int registry_create(struct event_base *base, struct store *s, struct reader *reader, registry_changed_fn *changed, void *ctx,
                    struct registry **ret, struct err *e)
{
    static const struct timeval second = {1, 0};
    struct registry *r = calloc(1, sizeof *r);
    if (r)
        r->tick = event_new(base, -1, EV_PERSIST, on_tick, r);
    if (!r || !r->tick) {
        free(r);
        return err_set(e, ERR_NOMEM, "load the terminals");
    }
    r->reader = reader;
    r->changed = changed;
    r->ctx = ctx;
    r->look.registry = r;
    int rc = terminal_revisions(s, know, r, e);
    if (rc == 0)
        rc = terminal_each(s, load, r, e);
    if (rc < 0) {
        registry_destroy(r);
        return rc;
    }
    event_add(r->tick, &second);
    log_info("hall", "%zu terminals", r->n);
    *ret = r;
    return 0;
}

void registry_destroy(struct registry *r)
{
    if (!r)
        return;
    event_free(r->tick);
    tdestroy(r->tree, entry_free);
    free(r->look.list);
    free(r);
}

/* --- the tree --- */

struct registry_entry *registry_find(struct registry *r, const char *id)
{
    struct registry_entry key = {0};
    if (strlen(id) > TERMINAL_ID_MAX)
        return NULL;
    memcpy(key.terminal.id, id, strlen(id) + 1);
    void *node = tfind(&key, &r->tree, by_id);
    return node ? *(struct registry_entry **)node : NULL;
}

struct registry_entry *registry_put(struct registry *r, const struct terminal *t)
{
    struct registry_entry *entry = registry_find(r, t->id);
    if (!entry) {
        entry = calloc(1, sizeof *entry);
        must(entry, "out of memory");
        entry->terminal = *t;
        must(tsearch(entry, &r->tree, by_id), "out of memory");
        r->n++;
    }
    entry->terminal = *t;
    registry_touch(r, entry);
    pki_verifier_free(entry->verifier);
    entry->verifier = t->registered ? pki_verifier(&t->signing) : NULL;
    return entry;
}

void registry_touch(struct registry *r, struct registry_entry *entry)
{
    entry->stamp = ++r->stamp;
}
