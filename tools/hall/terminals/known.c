/* SPDX-License-Identifier: Apache-2.0
 *
 * The catalogue's queues.
 */
#include "tools/hall/terminals/known.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "catalog/catalog.h"
#include "catalog/verify.h"
#include "tools/hall/store/store_queue.h"

#define QUEUES_MAX 64
#define RETRY_US 200000

struct known {
    struct writer *writer;
    struct book *book;
    char public[420];
    known_trouble_fn *trouble;
    void *ctx;
    pthread_t thread;
    bool started;
};
/* One catalogue: read by the thread, stored by the writer. */
struct reading {
    struct write_job job; /* first: the writer hands it back */
    struct known *known;
    struct manifest_file file;
    int64_t version;
    struct queue queues[QUEUES_MAX];
    int n;
    struct err why; /* code 0: read */
};

static int store_run(struct write_job *j, struct store *s, struct err *e)
{
    const struct reading *r = (const struct reading *)j;
    int rc = 0;
    for (int i = 0; rc == 0 && i < r->n; i++)
        rc = queue_known_add(s, r->queues[i].id, r->version, e);
    return rc;
}

static void store_done(struct write_job *j, int rc, const struct err *e)
{
    struct reading *r = (struct reading *)j;
    if (r->why.code)
        r->known->trouble(r->known->ctx, r->why.text);
    else if (rc)
        log_error("hall", "the queues of catalogue %lld: %s", (long long)r->version, e->text);
    else
        log_info("hall", "catalogue %lld has %d queues", (long long)r->version, r->n);
    free(r);
}

static int read_queues(struct reading *r, struct err *e)
{
    char path[600];
    struct catalog *c = NULL;
    snprintf(path, sizeof path, "%s/files/%s", r->known->public, r->file.name);
    int rc = verify_file(path, &r->file, e);
    if (rc == 0)
        rc = catalog_open(path, &c, e);
    if (rc == 0 && catalog_version(c) != r->version)
        rc = err_set(e, ERR_VERSION, "%s holds version %d", path, catalog_version(c));
    if (rc == 0)
        r->n = catalog_queues(c, r->queues, QUEUES_MAX);
    if (rc == 0)
        book_take(r->known->book, c);
    else
        catalog_close(c);
    return err_wrap(e, rc, "the published catalogue %lld cannot be used", (long long)r->version);
}

static void *read_and_store(void *ctx)
{
    struct reading *r = ctx;
    struct known *k = r->known;
    read_queues(r, &r->why);
    while (!writer_push(k->writer, &r->job))
        usleep(RETRY_US); /* the writer never stays full: the loop's thread is not needed for that */
    return NULL;
}

void known_wait(struct known *k)
{
    if (k && k->started)
        pthread_join(k->thread, NULL);
    if (k)
        k->started = false;
}

void known_published(struct known *k, const struct manifest_catalog *c)
{
    struct reading *r = calloc(1, sizeof *r);
    sigset_t all, before;
    if (!r)
        return;
    known_wait(k);
    *r = (struct reading){.known = k, .file = c->file, .version = c->version};
    r->job = (struct write_job){.run = store_run, .done = store_done, .rows = QUEUES_MAX, .bytes = sizeof *r};
    /* signals belong to the loop's thread */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    k->started = !pthread_create(&k->thread, NULL, read_and_store, r);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!k->started)
        read_and_store(r);
}

int known_create(struct writer *w, struct book *book, const char *public_dir, known_trouble_fn *trouble, void *ctx,
                 struct known **ret, struct err *e)
{
    struct known *k = calloc(1, sizeof *k);
    if (!k)
        return err_set(e, ERR_NOMEM, "read the catalogue's queues");
    k->writer = w;
    k->book = book;
    k->trouble = trouble;
    k->ctx = ctx;
    snprintf(k->public, sizeof k->public, "%s", public_dir);
    *ret = k;
    return 0;
}

void known_destroy(struct known *k)
{
    free(k);
}
