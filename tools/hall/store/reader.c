/* SPDX-License-Identifier: Apache-2.0
 *
 * The readers' threads.
 */
#include "tools/hall/store/reader.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct job_list {
    struct read_job *first, **last;
};
struct reading {
    struct reader *reader;
    struct store *store;
    pthread_t thread;
    bool started;
};
struct reader {
    struct reading threads[READER_THREADS];
    pthread_mutex_t lock;
    pthread_cond_t more;
    /* under the lock: */
    struct job_list waiting, finished;
    bool stop;
    /* the loop's */
    size_t n; /* jobs not yet done */
    int fd;   /* eventfd: something is finished */
    struct event *event;
};

static void list_clear(struct job_list *l)
{
    *l = (struct job_list){.last = &l->first};
}

static void list_add(struct job_list *l, struct read_job *j)
{
    j->next = NULL;
    *l->last = j;
    l->last = &j->next;
}

static struct read_job *list_take(struct job_list *l)
{
    struct read_job *j = l->first;
    l->first = j->next;
    if (!l->first)
        l->last = &l->first;
    return j;
}

static void *run(void *ctx)
{
    struct reading *t = ctx;
    struct reader *r = t->reader;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (!r->waiting.first && !r->stop)
            pthread_cond_wait(&r->more, &r->lock);
        if (!r->waiting.first)
            break;
        struct read_job *j = list_take(&r->waiting);
        pthread_mutex_unlock(&r->lock);
        j->err = (struct err){0};
        j->rc = j->run(j, t->store, &j->err);
        pthread_mutex_lock(&r->lock);
        list_add(&r->finished, j);
        eventfd_write(r->fd, 1);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* --- the loop's side --- */

static void finish(struct reader *r)
{
    struct job_list done;
    list_clear(&done);
    pthread_mutex_lock(&r->lock);
    while (r->finished.first)
        list_add(&done, list_take(&r->finished));
    pthread_mutex_unlock(&r->lock);
    while (done.first) {
        struct read_job *j = list_take(&done);
        r->n--;
        j->done(j, j->rc, &j->err);
    }
}

static void on_finished(evutil_socket_t fd, short what, void *ctx)
{
    eventfd_t n;
    if (eventfd_read(fd, &n) == 0)
        finish(ctx);
}

static int start(struct reading *t, const char *dir, struct err *e)
{
    sigset_t all, before;
    int rc = store_open(dir, &t->store, e);
    if (rc < 0)
        return rc;
    /* signals belong to the loop's thread */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    t->started = pthread_create(&t->thread, NULL, run, t) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return t->started ? 0 : err_set(e, ERR_NOMEM, "start a reader's thread");
}

int reader_create(struct event_base *base, const char *dir, struct reader **ret, struct err *e)
{
    struct reader *r = calloc(1, sizeof *r);
    int rc = 0;
    if (!r)
        return err_set(e, ERR_NOMEM, "start the readers");
    list_clear(&r->waiting);
    list_clear(&r->finished);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->more, NULL);
    r->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    r->event = event_new(base, r->fd, EV_READ | EV_PERSIST, on_finished, r);
    event_add(r->event, NULL);
    for (int i = 0; rc == 0 && i < READER_THREADS; i++) {
        r->threads[i].reader = r;
        rc = start(&r->threads[i], dir, e);
    }
    if (rc < 0) {
        reader_destroy(r);
        return rc;
    }
    *ret = r;
    return 0;
}

void reader_destroy(struct reader *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->stop = true;
    pthread_cond_broadcast(&r->more);
    pthread_mutex_unlock(&r->lock);
    for (int i = 0; i < READER_THREADS; i++) {
        if (r->threads[i].started)
            pthread_join(r->threads[i].thread, NULL);
        store_close(r->threads[i].store);
    }
    finish(r);
    event_free(r->event);
    close(r->fd);
    pthread_cond_destroy(&r->more);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

bool reader_push(struct reader *r, struct read_job *j)
{
    pthread_mutex_lock(&r->lock);
    bool room = !r->stop && r->n < READER_JOBS_MAX;
    if (room) {
        list_add(&r->waiting, j);
        r->n++;
        pthread_cond_signal(&r->more);
    }
    pthread_mutex_unlock(&r->lock);
    return room;
}
