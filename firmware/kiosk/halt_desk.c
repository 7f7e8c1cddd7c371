/* SPDX-License-Identifier: Apache-2.0
 *
 * See halt_desk.h.
 */
#include "kiosk/halt_desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "wire/halts.h"

#define FILE_NAME "catalog/halts.json"
#define PATH_BYTES 512

struct halt_desk {
    const char *data;
    const struct catalogue *catalogue;
    const struct authority *authority;
    const struct port *port;
    struct halts_told told; /* at_ms 0: nothing yet */
    bool stale;             /* what is kept of it does not verify any more: a start would find none */
    struct halts here;      /* what of it counts, and the bundles that it stops; lent to the session for its step */
    int n_here;             /* of those, such as could be done at this terminal */
};

struct halt_desk *halt_desk_create(const char *data, const struct catalogue *catalogue, const struct authority *authority,
                                   const struct port *port)
{
    struct halt_desk *d = calloc(1, sizeof *d);

    must(d, "out of memory");
    *d = (struct halt_desk){.data = data, .catalogue = catalogue, .authority = authority, .port = port};
    return d;
}

void halt_desk_destroy(struct halt_desk *d)
{
    free(d);
}

int64_t halt_desk_version(const struct halt_desk *d)
{
    return d->stale ? 0 : d->told.halts.version;
}

const struct halts *halt_desk_here(const struct halt_desk *d)
{
    return &d->here;
}

static bool overtaken(const struct halt_desk *d, const struct halts_told *t)
{
    bool same = t->halts.version == d->told.halts.version;

    return t->at_ms <= d->told.at_ms && t->halts.version <= d->told.halts.version && !(same && d->stale);
}

static struct halt *add(struct halt_desk *d, const struct item *item, const struct halt *h)
{
    d->n_here += item->is_service_terminals && !item->newer;
    d->here.list[d->here.n] = *h;
    return &d->here.list[d->here.n++];
}

/* A newer version of an item is another one; an item that cannot be read cannot be applied for either. */
static void add_item(struct halt_desk *d, struct catalog *c, const struct halt *h)
{
    const struct item *item = catalog_item(c, h->task_code, NULL);

    if (item && (item->newer || item->task_version <= h->upto))
        add(d, item, h);
}

/* With the words of the member that stops it. Should ever no room be left, its guide page alone says it. */
static int add_bundle(void *ctx, const char *task_code)
{
    struct halt_desk *d = ctx;
    bool known = halts_code(&d->here, task_code) != NULL;
    const struct item *item = known ? NULL : catalog_item(catalogue_now(d->catalogue), task_code, NULL);
    const struct halt *member = item ? halts_item(&d->here, item) : NULL;

    if (member && d->here.n < HALTS_MAX) {
        struct halt *h = add(d, item, member);

        text_copy(h->task_code, sizeof h->task_code, task_code);
        h->upto = item->task_version;
    }
    return d->here.n == HALTS_MAX;
}

void halt_desk_tell(struct halt_desk *d)
{
    struct catalog *c = catalogue_now(d->catalogue);
    const struct halts *all = &d->told.halts;

    d->here = (struct halts){.version = all->version};
    d->n_here = 0;
    for (int i = 0; c && i < all->n; i++)
        add_item(d, c, &all->list[i]);
    if (d->here.n)
        catalog_each_bundle(c, add_bundle, d);
    port_feed(d->port, &(struct input){.kind = INPUT_HALTS, .halts = &d->here, .halted_here = d->n_here});
}

/* 1: it is newer than what is known; 0: it is that, or was overtaken. */
static int take(struct halt_desk *d, const char *json, size_t len, struct err *e)
{
    struct news_word word;
    struct halts_told told;
    int rc = news_word_decode(json, len, &word, e);

    if (rc == 0)
        rc = halts_verify(authority_hall(d->authority), &word, &told, e);
    if (rc < 0 || overtaken(d, &told))
        return rc;
    d->told = told;
    d->stale = false;
    return 1;
}

static int path_of(const struct halt_desk *d, char out[PATH_BYTES], struct err *e)
{
    return fs_join(out, PATH_BYTES, d->data, FILE_NAME) < 0 ? err_set(e, ERR_TOOLONG, "%s", d->data) : 0;
}

void halt_desk_load(struct halt_desk *d)
{
    char path[PATH_BYTES];
    struct err e = {0};
    struct buf json;
    int rc = authority_hall(d->authority)->n ? path_of(d, path, &e) : -ERR_NOTFOUND;

    if (rc == 0)
        rc = fs_read(path, NEWS_WORD_MAX, &json, &e);
    if (rc == -ERR_NOTFOUND)
        return;
    if (rc == 0) {
        rc = take(d, buf_str(&json), json.len, &e);
        buf_finish(&json);
    }
    d->stale = rc < 0;
    if (rc < 0)
        log_warn("kiosk", "%s is of no use, the hall says it again: %s", FILE_NAME, e.text);
    if (rc == 1)
        halt_desk_tell(d);
}

void halt_desk_said(struct halt_desk *d, const char *json)
{
    char path[PATH_BYTES];
    struct err e = {0};
    int rc = authority_hall(d->authority)->n ? take(d, json, strlen(json), &e) : 0; /* it comes again */

    if (rc < 0)
        log_error("kiosk", "%s", e.text);
    if (rc <= 0)
        return;
    log_info("kiosk", "list %lld of the hall's staff: %d items are taken off", (long long)d->told.halts.version,
             d->told.halts.n);
    rc = path_of(d, path, &e);
    if (rc == 0)
        rc = fs_write_atomic(path, json, strlen(json), 0640, &e);
    if (rc < 0)
        log_error("kiosk", "%s", e.text); /* it holds until the next start */
    halt_desk_tell(d);
    port_changed(d->port);
}
