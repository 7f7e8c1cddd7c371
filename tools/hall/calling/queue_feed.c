/* SPDX-License-Identifier: Apache-2.0
 *
 * The files for the hall's display and its voice.
 */
#include "tools/hall/calling/queue_feed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/text.h"
#include "tools/hall/calling/queue_words.h"
#include "tools/hall/store/store_call.h"
#include "tools/hall/store/store_queue.h"

#define FILE_MAX ((size_t)64 * 1024)
#define PATH_CAP 600
#define BOARD_LINE_MAX 300

/* --- the board --- */

/* A line of the board: the words and what they take. */
static void put(struct buf *out, enum queue_word word, const char *const *args, size_t n)
{
    char line[BOARD_LINE_MAX];

    text_fill(line, sizeof line, queue_word(word), args, n);
    buf_addf(out, "%s\n", line);
}

static int put_window(void *ctx, const struct call_window *w)
{
    char number[12];
    const struct queue_ticket *t = &w->ticket;
    const char *const args[] = {number, t->number};

    snprintf(number, sizeof number, "%d", w->number);
    put(ctx,
        !t->number[0]               ? QUEUE_WORD_board_free
        : t->state == QUEUE_SERVING ? QUEUE_WORD_board_serving
                                    : QUEUE_WORD_board_called,
        args, 2);
    return 0;
}

/* "11:00", or "1月6日 11:00". */
static void say_time(int64_t at, int64_t now, char out[32])
{
    struct date d = date_of_ms(at);
    int minute = clock_minute_of_day(at);

    if (date_compare(d, date_of_ms(now)) == 0)
        snprintf(out, 32, "%02d:%02d", minute / 60, minute % 60);
    else
        snprintf(out, 32, "%d-%02d-%02d %02d:%02d", d.year, d.month, d.day, minute / 60, minute % 60);
}

static bool ends_at_midnight(int64_t at, int64_t now)
{
    return clock_minute_of_day(at) == 0 && date_to_days(date_of_ms(at)) == date_to_days(date_of_ms(now)) + 1;
}

static void put_paused(struct buf *out, const char *name, const struct queue_now *q, int64_t now)
{
    char until[32];

    say_time(q->paused_until, now, until);
    if (ends_at_midnight(q->paused_until, now))
        put(out, QUEUE_WORD_board_closed, (const char *const[]){name, q->reason}, 2);
    else
        put(out, QUEUE_WORD_board_paused, (const char *const[]){name, until, q->reason}, 3);
}

static void put_waiting(struct buf *out, const char *name, const struct estimate *w)
{
    char text[4][12];
    const int numbers[] = {w->people, w->minutes, w->least, w->most};
    const char *args[] = {name, text[0], text[1], text[2], text[3]};

    for (int i = 0; i < 4; i++)
        snprintf(text[i], sizeof text[i], "%d", numbers[i]);
    if (w->people == 0)
        put(out, QUEUE_WORD_board_nobody, args, 1);
    else if (w->people > 0)
        put(out, w->minutes > 0 ? QUEUE_WORD_board_minutes : QUEUE_WORD_board_waiting, args, 5);
}

/* A paused queue has both lines when somebody waits in it. */
static int put_queues(struct store *s, int office, int64_t at, struct buf *out, struct err *e)
{
    struct queues_now now;
    int rc = queue_state(s, office, at, &now, e);

    for (int i = 0; rc == 0 && i < now.n; i++) {
        const struct queue_now *q = &now.list[i];
        struct estimate wait;
        char name[60];
        rc = call_queue_name(s, q->id, name, e);
        if (rc == 0)
            rc = queue_wait(s, office, at, q->id, &wait, e);
        if (rc == 0 && q->paused_until)
            put_paused(out, name, q, at);
        if (rc == 0 && (!q->paused_until || wait.people > 0))
            put_waiting(out, name, &wait);
    }
    return rc;
}

int queue_feed_board(struct store *s, int office, int64_t at, struct buf *out, struct err *e)
{
    char day[DATE_LEN + 1];
    int minute = clock_minute_of_day(at);

    date_format(date_of_ms(at), day);
    buf_addf(out, "%s %02d:%02d\n", day, minute / 60, minute % 60);
    int rc = call_each_window(s, office, date_to_days(date_of_ms(at)), put_window, out, e);
    if (rc == 0)
        rc = put_queues(s, office, at, out, e);
    return rc == 0 && !buf_ok(out) ? err_set(e, ERR_TOOLONG, "the board has too many lines") : rc;
}

/* --- the voice --- */

/* Newest first, as they are read; the file has them the other way round. */
struct spoken {
    int64_t at;
    struct buf lines[QUEUE_FEED_CALLS];
    int n;
    char last[QUEUE_WORDS_CALL_MAX]; /* the newest's words */
};

static int take_call(void *ctx, const struct call_spoken *c)
{
    struct spoken *all = ctx;
    struct buf *out = &all->lines[all->n++];
    char words[QUEUE_WORDS_CALL_MAX], id[100], day[DATE_LEN + 1];
    struct jsonw w;

    queue_words_call(c->number, c->window, c->again, words);
    if (all->n == 1)
        text_copy(all->last, sizeof all->last, words);
    date_format(date_of_ms(all->at), day);
    snprintf(id, sizeof id, "%s/%s/%s/%lld", day, c->queue, c->number, (long long)c->seq);
    buf_init(out, 1024);
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "id", id);
    jsonw_int(&w, "at", c->at);
    jsonw_str(&w, "queue", c->queue);
    jsonw_str(&w, "number", c->number);
    jsonw_int(&w, "window", c->window);
    jsonw_bool(&w, "again", c->again);
    jsonw_str(&w, "words", words);
    jsonw_end(&w);
    buf_adds(out, "\n");
    return 0;
}

static int read_calls(struct store *s, int office, int64_t at, struct buf *list, struct buf *last, struct err *e)
{
    struct spoken all = {.at = at};
    int rc = call_each_spoken(s, office, date_to_days(date_of_ms(at)), QUEUE_FEED_CALLS, take_call, &all, e);

    for (int i = all.n; i-- > 0; buf_finish(&all.lines[i]))
        buf_add(list, all.lines[i].data, all.lines[i].len);
    if (all.n)
        buf_addf(last, "%s\n", all.last);
    return rc;
}

/* --- files --- */

static int put_file(const char *dir, const char *name, const struct buf *content, struct err *e)
{
    char path[PATH_CAP];

    if (fs_join(path, sizeof path, dir, name) < 0)
        return err_set(e, ERR_TOOLONG, "%s/%s", dir, name);
    return fs_write_atomic(path, buf_str(content), content->len, 0644, e);
}

static int write_all(struct store *s, int office, int64_t at, const char *dir, struct err *e)
{
    struct buf board, list, last;

    buf_init(&board, FILE_MAX);
    buf_init(&list, FILE_MAX);
    buf_init(&last, FILE_MAX);
    int rc = queue_feed_board(s, office, at, &board, e);
    if (rc == 0)
        rc = read_calls(s, office, at, &list, &last, e);
    if (rc == 0)
        rc = put_file(dir, "board.txt", &board, e);
    if (rc == 0)
        rc = put_file(dir, "call.txt", &last, e);
    if (rc == 0)
        rc = put_file(dir, "call.jsonl", &list, e);
    buf_finish(&board);
    buf_finish(&list);
    buf_finish(&last);
    return rc;
}

/* Windows press at one moment, and each takes its turn of a few milliseconds: no wait that is worth a word, as fs_lock() has
 * it. Ends when *ret_fd is closed. */
static int take_turn(const char *path, int *ret_fd, struct err *e)
{
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600), rc = fd;

    while (fd >= 0 && (rc = flock(fd, LOCK_EX)) < 0 && errno == EINTR)
        continue;
    if (rc < 0) {
        rc = err_errno(e, "lock %s", path);
        if (fd >= 0)
            close(fd);
        return rc;
    }
    *ret_fd = fd;
    return 0;
}

int queue_feed_write(struct store *s, const char *data, int office, int64_t at, struct err *e)
{
    char dir[PATH_CAP], lock[PATH_CAP];
    int fd = -1;

    if ((size_t)snprintf(dir, sizeof dir, "%s/feeds/%04d", data, office) >= sizeof dir ||
        fs_join(lock, sizeof lock, dir, "feeds.lock") < 0)
        return err_set(e, ERR_TOOLONG, "%s/feeds", data);
    int rc = fs_mkdirs(dir, 0755, e);
    if (rc == 0)
        rc = take_turn(lock, &fd, e);
    if (rc == 0)
        rc = write_all(s, office, at, dir, e);
    if (fd >= 0)
        close(fd);
    return err_wrap(e, rc, "write the files for display and voice in %s", dir);
}
