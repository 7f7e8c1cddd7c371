/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl queue hook: sends each call to a URL, for what cannot read files (a voice in the cloud, a display of somebody
 * else's). It reads call.jsonl alone, no database: whoever calls never waits for it.
 *
 * One call at a time, in order. What was not acknowledged (2xx within five seconds) is sent again, sooner at first than
 * later, and with the same Idempotency-Key, the call's id: whoever got it and could not say so knows it. What was
 * acknowledged stands in hook.done before the next is sent, and is never sent again, also after a restart. The first start
 * sends nothing of what was called before it.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/fs.h"
#include "tools/hall/calling/queue_feed.h"
#include "tools/hallctl/hook.h"
#include "tools/hallctl/queue.h"

#define FILE_MAX ((size_t)64 * 1024)
#define PATH_CAP 600
#define ID_MAX 100
#define ANSWER_S 5
#define AGAIN_FIRST_MS 1000
#define AGAIN_MOST_MS 60000

struct hook {
    const char *url;
    char dir[PATH_CAP], calls[PATH_CAP], done[PATH_CAP];
    int watch; /* inotify: a file of the folder was replaced */
    int again_ms;
};

/* --- lines --- */

/* The next line, or the end. */
static const char *behind(const char *line)
{
    line += strcspn(line, "\n");
    return *line ? line + 1 : line;
}

static bool has_line(const struct buf *text, const char *line)
{
    size_t n = strlen(line);

    for (const char *p = buf_str(text); *p; p = behind(p))
        if (strncmp(p, line, n) == 0 && p[n] == '\n')
            return true;
    return false;
}

/* One line of call.jsonl, as queue_feed.c writes it: its id, which has no quotation marks. */
static int id_of(const char *line, char ret[ID_MAX + 1], struct err *e)
{
    static const char begin[] = "{\"id\":\"";
    const char *id = line + sizeof begin - 1;
    size_t n = strncmp(line, begin, sizeof begin - 1) == 0 ? strcspn(id, "\"\n") : 0;

    if (n < 1 || n > ID_MAX || id[n] != '"')
        return err_set(e, ERR_INVALID, "call.jsonl has a line without an id: hallctl queue board writes it anew");
    snprintf(ret, ID_MAX + 1, "%.*s", (int)n, id);
    return 0;
}

/* True: acknowledged. */
static bool post(const struct hook *h, const char *line, size_t len, const char *id)
{
    const struct hook_message m = {.url = h->url, .id = id, .json = line, .len = len, .timeout_s = ANSWER_S};
    struct err e = {0};
    bool taken = hook_post(&m, &e) == 0;

    if (!taken && h->again_ms == AGAIN_FIRST_MS)
        fprintf(stderr, "hallctl: call %s was not taken: %s; it is sent again\n", id, e.text);
    return taken;
}

/* Keeps the ids that were acknowledged, one a line, of the calls that are still in the file. */
static int keep_done(const struct hook *h, const struct buf *calls, const struct buf *done, struct err *e)
{
    char id[ID_MAX + 1];
    struct buf ids;
    int rc = 0;

    buf_init(&ids, FILE_MAX);
    for (const char *p = buf_str(calls); rc == 0 && *p; p = behind(p)) {
        rc = id_of(p, id, e);
        if (rc == 0 && has_line(done, id))
            buf_addf(&ids, "%s\n", id);
    }
    if (rc == 0)
        rc = fs_write_atomic(h->done, buf_str(&ids), ids.len, 0644, e);
    buf_finish(&ids);
    return rc;
}

/* Sends what is not in `done` and puts it there, up to the first that is not taken: *ret_all false. `first`: what is there
 * counts as sent. */
static int send_calls(struct hook *h, const struct buf *calls, struct buf *done, bool first, bool *ret_all, struct err *e)
{
    char id[ID_MAX + 1];
    int rc = 0;

    *ret_all = true;
    for (const char *p = buf_str(calls); rc == 0 && *ret_all && *p; p = behind(p)) {
        size_t len = strcspn(p, "\n");
        rc = id_of(p, id, e);
        if (rc < 0 || has_line(done, id) || (!first && !(*ret_all = post(h, p, len, id))))
            continue;
        buf_addf(done, "%s\n", id);
        if (!first)
            rc = keep_done(h, calls, done, e);
    }
    return rc == 0 && first ? keep_done(h, calls, done, e) : rc;
}

static int look(struct hook *h, bool *ret_all, struct err *e)
{
    struct err none = {0}; /* that a file is not there yet is no error */
    struct buf calls, done;
    int rc = fs_read(h->calls, FILE_MAX, &calls, e), known = fs_read(h->done, FILE_MAX, &done, &none);
    bool first = known == -ERR_NOTFOUND;

    done.max = 2 * FILE_MAX; /* what is acknowledged now comes to it */
    if (rc == -ERR_NOTFOUND)
        rc = 0;
    if (rc == 0 && known < 0 && !first)
        rc = err_set(e, none.code, "%s", none.text);
    if (rc == 0)
        rc = send_calls(h, &calls, &done, first, ret_all, e);
    buf_finish(&calls);
    buf_finish(&done);
    return rc;
}

/* --- until it is ended --- */

/* Until a file of the folder is another, or it is time to try again. */
static int wait_for_call(struct hook *h, bool all, struct err *e)
{
    char events[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
    struct pollfd fd = {.fd = h->watch, .events = POLLIN};

    if (poll(&fd, 1, all ? -1 : h->again_ms) < 0 && errno != EINTR)
        return err_errno(e, "wait for a call");
    if (fd.revents && read(h->watch, events, sizeof events) < 0 && errno != EAGAIN)
        return err_errno(e, "wait for a call");
    if (all)
        h->again_ms = AGAIN_FIRST_MS;
    else
        h->again_ms = h->again_ms * 2 < AGAIN_MOST_MS ? h->again_ms * 2 : AGAIN_MOST_MS;
    return 0;
}

static int run(struct hook *h, struct err *e)
{
    bool all = true;
    int rc = 0;

    while (rc == 0) {
        rc = look(h, &all, e);
        if (rc == 0)
            rc = wait_for_call(h, all, e);
    }
    return rc;
}

static int start(struct hook *h, const struct queue_options *o, struct err *e)
{
    char lock[sizeof h->done];

    if ((size_t)snprintf(h->dir, sizeof h->dir, "%s/feeds/%04d", o->data, o->office_n) >= sizeof h->dir ||
        fs_join(h->calls, sizeof h->calls, h->dir, "call.jsonl") < 0 ||
        fs_join(h->done, sizeof h->done, h->dir, "hook.done") < 0 || fs_join(lock, sizeof lock, h->dir, "hook.lock") < 0)
        return err_set(e, ERR_TOOLONG, "%s/feeds", o->data);
    int rc = fs_mkdirs(h->dir, 0755, e), fd;
    if (rc < 0)
        return rc;
    /* until this process ends: two would tell the same call, and each count for itself what was taken */
    if ((rc = fs_lock(lock, 0, &fd, e)) < 0)
        return err_wrap(e, rc, "another hook of office %04d runs already", o->office_n);
    h->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (h->watch < 0 || inotify_add_watch(h->watch, h->dir, IN_MOVED_TO) < 0)
        return err_errno(e, "watch %s", h->dir);
    return 0;
}

int queue_verb_hook(struct store *s, const struct queue_options *o)
{
    struct hook h = {.url = o->url, .watch = -1, .again_ms = AGAIN_FIRST_MS};
    struct err e = {0};
    int rc = start(&h, o, &e);

    if (rc == 0)
        rc = run(&h, &e);
    if (h.watch >= 0)
        close(h.watch);
    return hallctl_fail(&e);
}
