/* SPDX-License-Identifier: Apache-2.0
 *
 * The writer's thread.
 */
#include "tools/hall/store/writer.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/text.h"

#define BUCKETS 256
#define OFFICES 10000 /* an office has four digits */

struct job_list {
    struct write_job *first, **last;
};
/* One sender's jobs. It is there as long as one of them waits. */
struct lane {
    char from[TERMINAL_ID_MAX + 1];
    struct job_list jobs;
    size_t n, bytes;
    struct lane *next_turn, *next_in_bucket;
};

struct writer {
    struct store *store;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more;
    /* under the lock: */
    struct lane *turn, **last_turn; /* whose turn it is, and who comes after */
    struct lane *buckets[BUCKETS];
    size_t jobs, bytes;
    uint16_t office_jobs[OFFICES];
    struct job_list finished;
    bool stop;
    /* the loop's */
    int fd; /* eventfd: something is finished */
    struct event *event;
    void (*on_failure)(void *ctx, int rc, const struct err *why);
    void *failure_ctx;
};

static void list_clear(struct job_list *l)
{
    *l = (struct job_list){.last = &l->first};
}

static void list_add(struct job_list *l, struct write_job *j)
{
    j->next = NULL;
    *l->last = j;
    l->last = &j->next;
}

static struct write_job *list_take(struct job_list *l)
{
    struct write_job *j = l->first;
    l->first = j->next;
    if (!l->first)
        l->last = &l->first;
    return j;
}

/* --- lanes --- */

static struct lane **bucket_of(struct writer *w, const char *from)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (; *from; from++)
        hash = (hash ^ (unsigned char)*from) * 16777619u;
    return &w->buckets[hash % BUCKETS];
}

static struct lane *find_lane(struct writer *w, const char *from)
{
    struct lane *l = *bucket_of(w, from);
    while (l && strcmp(l->from, from))
        l = l->next_in_bucket;
    return l;
}

static void append_turn(struct writer *w, struct lane *l)
{
    l->next_turn = NULL;
    *w->last_turn = l;
    w->last_turn = &l->next_turn;
}

/* With its first job: it is the last to have its turn. */
static struct lane *open_lane(struct writer *w, const char *from)
{
    struct lane *l = calloc(1, sizeof *l), **bucket = bucket_of(w, from);
    if (!l)
        return NULL;
    text_copy(l->from, sizeof l->from, from);
    list_clear(&l->jobs);
    l->next_in_bucket = *bucket;
    *bucket = l;
    append_turn(w, l);
    return l;
}

static void close_lane(struct writer *w, struct lane *l)
{
    struct lane **at = bucket_of(w, l->from);
    while (*at != l)
        at = &(*at)->next_in_bucket;
    *at = l->next_in_bucket;
    free(l);
}

static bool has_office(const struct write_job *j)
{
    return j->from && j->office >= 0 && j->office < OFFICES;
}

/* The job whose turn it is. */
static struct write_job *take_turn(struct writer *w)
{
    struct lane *l = w->turn;
    struct write_job *j = list_take(&l->jobs);
    w->turn = l->next_turn;
    if (!w->turn)
        w->last_turn = &w->turn;
    l->n--;
    l->bytes -= j->bytes;
    w->jobs--;
    w->bytes -= j->bytes;
    if (has_office(j))
        w->office_jobs[j->office]--;
    if (l->n)
        append_turn(w, l);
    else
        close_lane(w, l);
    return j;
}

/* --- the thread --- */

/* Moves what waits into a group, within the caps but at least one job. */
static void take_group(struct writer *w, struct job_list *group)
{
    size_t rows = 0, bytes = 0;
    list_clear(group);
    while (w->turn) {
        const struct write_job *j = w->turn->jobs.first;
        if (group->first && (rows + j->rows > WRITER_GROUP_ROWS || bytes + j->bytes > WRITER_GROUP_BYTES))
            break;
        rows += j->rows;
        bytes += j->bytes;
        list_add(group, take_turn(w));
    }
}

/* One job, so that what it refuses undoes it alone. *ret_lost: the whole transaction is gone. */
static void run_job(struct store *s, struct write_job *j, bool *ret_lost)
{
    struct err none = {0};
    j->err = (struct err){0};
    j->rc = store_mark(s, &j->err);
    if (!j->rc)
        j->rc = j->run(j, s, &j->err);
    *ret_lost = (j->rc ? store_back(s, &none) : store_unmark(s, &none)) != 0;
    if (*ret_lost && !j->rc) {
        j->rc = -(int)none.code;
        j->err = none;
    }
}

/* The jobs from `first` up to `end` in one transaction. -ERR_RETRY: what one of them read was no longer so when it wrote. */
static int write_once(struct store *s, struct write_job *first, const struct write_job *end, struct err *e)
{
    bool lost = false;
    int rc = store_begin(s, e);
    for (struct write_job *j = first; rc == 0 && j != end; j = j->next) {
        run_job(s, j, &lost);
        if (lost || j->rc == -ERR_RETRY) {
            rc = j->rc;
            *e = j->err;
        }
    }
    if (rc < 0)
        store_rollback(s);
    return rc < 0 ? rc : store_commit(s, e);
}

static void fail(struct write_job *first, const struct write_job *end, int rc, const struct err *e)
{
    struct err why = *e;
    for (struct write_job *j = first; j != end; j = j->next) {
        j->rc = rc;
        j->err = why;
    }
}

/* Alone, a job holds few rows, and waits for nobody who waits for it. */
static void write_alone(struct store *s, struct write_job *j)
{
    struct err e = {0};
    int rc = -ERR_RETRY;
    for (int i = 0; rc == -ERR_RETRY && i < WRITER_TRIES; i++)
        rc = write_once(s, j, j->next, &e);
    if (rc < 0)
        fail(j, j->next, rc == -ERR_RETRY ? -ERR_BUSY : rc, &e);
}

/* A group that meets another hall's is taken apart. */
static void write_group(struct store *s, struct job_list *group)
{
    struct err e = {0};
    int rc = write_once(s, group->first, NULL, &e);
    for (struct write_job *j = group->first; rc == -ERR_RETRY && j; j = j->next)
        write_alone(s, j);
    if (rc < 0 && rc != -ERR_RETRY)
        fail(group->first, NULL, rc, &e);
}

static void *run(void *ctx)
{
    struct writer *w = ctx;
    struct job_list group;
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (!w->turn && !w->stop)
            pthread_cond_wait(&w->more, &w->lock);
        if (!w->turn)
            break;
        take_group(w, &group);
        pthread_mutex_unlock(&w->lock);
        write_group(w->store, &group);
        pthread_mutex_lock(&w->lock);
        while (group.first)
            list_add(&w->finished, list_take(&group));
        eventfd_write(w->fd, 1);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

/* --- the loop's side --- */

static void finish(struct writer *w)
{
    struct job_list done;
    struct err why = {0};
    int failed = 0;
    list_clear(&done);
    pthread_mutex_lock(&w->lock);
    while (w->finished.first)
        list_add(&done, list_take(&w->finished));
    pthread_mutex_unlock(&w->lock);
    while (done.first) {
        struct write_job *j = list_take(&done);
        if (j->rc == -ERR_CHECKSUM || j->rc == -ERR_NOSPACE) {
            failed = j->rc;
            why = j->err;
        }
        j->done(j, j->rc, &j->err);
    }
    if (failed && w->on_failure)
        w->on_failure(w->failure_ctx, failed, &why);
}

void writer_on_failure(struct writer *w, void (*fn)(void *ctx, int rc, const struct err *why), void *ctx)
{
    w->on_failure = fn;
    w->failure_ctx = ctx;
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
    w->last_turn = &w->turn;
    list_clear(&w->finished);
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

/* Is there room for it, in all and for its sender? */
static bool fits(const struct writer *w, const struct lane *l, const struct write_job *j)
{
    if (w->stop || w->jobs >= WRITER_JOBS_MAX || w->bytes + j->bytes > WRITER_BYTES_MAX)
        return false;
    if (!j->from)
        return true;
    if (has_office(j) && w->office_jobs[j->office] >= WRITER_OFFICE_JOBS)
        return false;
    return !l || (l->n < WRITER_LANE_JOBS && l->bytes + j->bytes <= WRITER_LANE_BYTES);
}

bool writer_push(struct writer *w, struct write_job *j)
{
    const char *from = j->from ? j->from : "";
    pthread_mutex_lock(&w->lock);
    struct lane *l = find_lane(w, from);
    bool room = fits(w, l, j) && (l || (l = open_lane(w, from)));
    if (room) {
        list_add(&l->jobs, j);
        l->n++;
        l->bytes += j->bytes;
        w->jobs++;
        w->bytes += j->bytes;
        if (has_office(j))
            w->office_jobs[j->office]++;
        pthread_cond_signal(&w->more);
    }
    pthread_mutex_unlock(&w->lock);
    return room;
}
