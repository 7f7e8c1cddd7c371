/* SPDX-License-Identifier: Apache-2.0
 *
 * A balanced tree by terminal id (the C library's).
 */
#include "tools/hall/terminals/registry.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

struct registry {
    void *tree;
    size_t n;
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

int registry_create(struct store *s, struct registry **ret, struct err *e)
{
    struct registry *r = calloc(1, sizeof *r);
    if (!r)
        return err_set(e, ERR_NOMEM, "load the terminals");
    int rc = terminal_each(s, load, r, e);
    if (rc < 0) {
        registry_destroy(r);
        return rc;
    }
    log_info("hall", "%zu terminals", r->n);
    *ret = r;
    return 0;
}

void registry_destroy(struct registry *r)
{
    if (!r)
        return;
    tdestroy(r->tree, entry_free);
    free(r);
}

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
        if (!entry)
            abort();
        entry->terminal = *t;
        if (!tsearch(entry, &r->tree, by_id))
            abort();
        r->n++;
    }
    entry->terminal = *t;
    pki_verifier_free(entry->verifier);
    entry->verifier = t->registered ? pki_verifier(&t->signing) : NULL;
    return entry;
}
