/* SPDX-License-Identifier: Apache-2.0
 *
 * The writer's thread.
 */
#include "tools/hall/writer.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct job_list {
    struct write_job *first, **last;
    size_t jobs, rows, bytes;
};

struct writer {
    struct store *store;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct job_list waiting, finished; /* under the lock */
    bool stop;
    int fd; /* eventfd: something is finished */
    struct event *event;
};

static void queue_clear(struct job_list *q)
{
    *q = (struct job_list){.last = &q->first};
}

static void queue_add(struct job_list *q, struct write_job *j)
{
    j->next = NULL;
    *q->last = j;
    q->last = &j->next;
    q->jobs++;
    q->rows += j->rows;
    q->bytes += j->bytes;
}

static struct write_job *queue_take(struct job_list *q)
{
    struct write_job *j = q->first;
    q->first = j->next;
    if (!q->first)
        q->last = &q->first;
    q->jobs--;
    q->rows -= j->rows;
    q->bytes -= j->bytes;
    return j;
}

/* --- the thread --- */

/* Moves what waits into a group, within the caps but at least one job. */
static void take_group(struct writer *w, struct job_list *group)
{
    queue_clear(group);
    while (w->waiting.first) {
        const struct write_job *j = w->waiting.first;
        bool fits = group->rows + j->rows <= WRITER_GROUP_ROWS && group->bytes + j->bytes <= WRITER_GROUP_BYTES;
        if (group->first && !fits)
            break;
        queue_add(group, queue_take(&w->waiting));
    }
}

static int transact(struct store *s, struct write_job *first, const struct write_job *end, struct err *e)
{
    int rc = store_begin(s, e);
    if (rc)
        return rc;
    for (struct write_job *j = first; !rc && j != end; j = j->next)
        rc = j->run(j, s, e);
    if (rc)
        store_rollback(s);
    else
        rc = store_commit(s, e);
    return rc;
}

static void write_group(struct writer *w, struct job_list *group)
{
    struct err e = {0};
    int rc = transact(w->store, group->first, NULL, &e);
    for (struct write_job *j = group->first; j; j = j->next) {
        j->err = e;
        j->rc = rc;
        /* one bad job must not fail its neighbours: each again, alone */
        if (rc && group->jobs > 1) {
            j->err = (struct err){0};
            j->rc = transact(w->store, j, j->next, &j->err);
        }
    }
}

static void *run(void *ctx)
{
    struct writer *w = ctx;
    struct job_list group;
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (!w->waiting.first && !w->stop)
            pthread_cond_wait(&w->more, &w->lock);
        if (!w->waiting.first)
            break;
        take_group(w, &group);
        pthread_mutex_unlock(&w->lock);
        write_group(w, &group);
        pthread_mutex_lock(&w->lock);
        while (group.first)
            queue_add(&w->finished, queue_take(&group));
        eventfd_write(w->fd, 1);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

/* --- the loop's side --- */

static void finish(struct writer *w)
{
    struct job_list done;
    queue_clear(&done);
    pthread_mutex_lock(&w->lock);
    while (w->finished.first)
        queue_add(&done, queue_take(&w->finished));
    pthread_mutex_unlock(&w->lock);
    while (done.first) {
        struct write_job *j = queue_take(&done);
        j->done(j, j->rc, &j->err);
    }
}

static void on_finished(evutil_socket_t fd, short what, void *ctx)
{
    eventfd_t n;
    if (!eventfd_read(fd, &n))
        finish(ctx);
}

int writer_create(struct event_base *base, struct store *s, struct writer **ret, struct err *e)
{
    struct writer *w = calloc(1, sizeof *w);
    if (!w)
        return err_set(e, ERR_NOMEM, "start the writer");
    w->store = s;
    queue_clear(&w->waiting);
    queue_clear(&w->finished);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->more, NULL);
    w->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    w->event = event_new(base, w->fd, EV_READ | EV_PERSIST, on_finished, w);
    event_add(w->event, NULL);
    /* signals belong to the loop's thread */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&w->thread, NULL, run, w);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failed) {
        event_free(w->event);
        close(w->fd);
        free(w);
        return err_set(e, ERR_NOMEM, "start the writer's thread");
    }
    *ret = w;
    return 0;
}

void writer_destroy(struct writer *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->stop = true;
    pthread_cond_signal(&w->more);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    finish(w);
    event_free(w->event);
    close(w->fd);
    pthread_cond_destroy(&w->more);
    pthread_mutex_destroy(&w->lock);
    free(w);
}

bool writer_push(struct writer *w, struct write_job *j)
{
    pthread_mutex_lock(&w->lock);
    bool room = !w->stop && w->waiting.jobs < WRITER_JOBS_MAX && w->waiting.bytes + j->bytes <= WRITER_BYTES_MAX;
    if (room) {
        queue_add(&w->waiting, j);
        pthread_cond_signal(&w->more);
    }
    pthread_mutex_unlock(&w->lock);
    return room;
}
