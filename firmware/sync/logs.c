/* SPDX-License-Identifier: Apache-2.0
 *
 * See logs.h.
 */
#include "sync/logs.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/text.h"
#include "wire/logs.h"

#define TIMEOUT_S 180 /* a piece, over a line of a kB a second */
#define STILL_MAX 3   /* answers in a row by which the hall has no more than before; then it waits for the next wake */
#define ID_HEX (2 * ACT_ID_LEN)

struct logs_client {
    struct http *http;
    char folder[480], given[480]; /* where they lie; the file that names what is done with */
    struct http_request *request;
    int fd;    /* of what is handed over; -1: none is, or there is only a reason */
    bool busy; /* `next` is being handed over */
    struct logs_piece next;
    int still;
    uint8_t piece[LOGS_PIECE_MAX];
};

/* --- what lies there --- */

static bool read_name(const char *name, const char *end, uint8_t id[ACT_ID_LEN])
{
    size_t n = 0, len = strlen(name);

    return len == 5 + ID_HEX + strlen(end) && strncmp(name, "hall-", 5) == 0 && strcmp(name + 5 + ID_HEX, end) == 0 &&
           hex_decode(name + 5, ID_HEX, id, ACT_ID_LEN, &n) == 0 && n == ACT_ID_LEN;
}

static bool is_given(const struct logs_client *c, const uint8_t id[ACT_ID_LEN])
{
    char hex[ID_HEX + 1];
    struct buf b;

    hex_encode(id, ACT_ID_LEN, hex);
    bool given = fs_read(c->given, ID_HEX + 1, &b, NULL) == 0 && strncmp(buf_str(&b), hex, ID_HEX) == 0;
    buf_finish(&b);
    return given;
}

/* The name of the first that is not done with. */
static bool find(struct logs_client *c, char name[80], bool *ret_why)
{
    DIR *dir = opendir(c->folder);
    bool found = false;

    for (struct dirent *d; dir && !found && (d = readdir(dir));) {
        *ret_why = read_name(d->d_name, ".why", c->next.id);
        found = (*ret_why || read_name(d->d_name, ".gz", c->next.id)) && !is_given(c, c->next.id);
        text_copy(name, 80, d->d_name);
    }
    if (dir)
        closedir(dir);
    return found;
}

static int open_reason(struct logs_client *c, const char *path, struct err *e)
{
    char word[24] = "";
    struct buf text;
    int rc = fs_read(path, sizeof word - 1, &text, e);

    if (rc == 0)
        text_copy(word, sizeof word, buf_str(&text));
    word[strcspn(word, "\n")] = '\0';
    if (!logs_why_by_word(word, &c->next.why) || c->next.why == LOGS_WHY_NONE)
        c->next.why = LOGS_WHY_BROKEN;
    buf_finish(&text);
    return rc;
}

/* Opened, it stays what it is, whatever is made in its place. */
static int open_file(struct logs_client *c, const char *path, struct err *e)
{
    uint64_t len = 0;
    int rc = fs_open(path, &c->fd, e);

    if (rc == 0)
        rc = sha256_file(path, c->next.sha256, &len, e);
    if (rc == 0 && (len == 0 || len > LOGS_SIZE_MAX))
        rc = err_set(e, ERR_TOOLONG, "%s", path);
    c->next.size = (int64_t)len;
    return rc;
}

static void let_go(struct logs_client *c)
{
    if (c->fd >= 0)
        close(c->fd);
    c->fd = -1;
    c->busy = false;
}

static bool take_up(struct logs_client *c)
{
    char name[80], path[600];
    struct err e = {0};
    bool why = false;

    c->next = (struct logs_piece){.size = 0};
    if (!find(c, name, &why) || fs_join(path, sizeof path, c->folder, name) < 0)
        return false;
    if ((why ? open_reason(c, path, &e) : open_file(c, path, &e)) < 0) {
        log_warn("logs", "%s", e.text);
        let_go(c);
        return false;
    }
    c->busy = true;
    return true;
}

/* --- handing over --- */

static void done_with(struct logs_client *c)
{
    char line[ID_HEX + 2];
    struct err e = {0};

    hex_encode(c->next.id, ACT_ID_LEN, line);
    line[ID_HEX] = '\n';
    if (fs_write_atomic(c->given, line, ID_HEX + 1, 0640, &e) < 0)
        log_warn("logs", "%s", e.text);
    let_go(c);
}

static void send(struct logs_client *c);

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct logs_client *c = ctx;
    struct logs_answer has;
    struct err e = {0};

    c->request = NULL;
    if (!a || (a->status != 200 && !http_final(a->status)))
        return; /* the next wake goes on */
    if (a->status != 200) {
        log_warn("logs", "the hall does not take them: HTTP status %d", a->status);
        done_with(c);
    } else if (logs_answer_decode(a->data, a->len, &has, &e) < 0) {
        log_warn("logs", "%s", e.text);
    } else if (has.over) {
        log_info("logs", "the hall has them");
        done_with(c);
    } else {
        c->still = has.have > c->next.at ? 0 : c->still + 1;
        c->next.at = has.have;
        if (c->still < STILL_MAX)
            send(c);
    }
}

static int fill(struct logs_client *c, struct buf *body, struct err *e)
{
    int64_t left = c->next.size - c->next.at;
    ssize_t n = 0;

    if (c->fd >= 0)
        n = pread(c->fd, c->piece, left < LOGS_PIECE_MAX ? (size_t)left : LOGS_PIECE_MAX, c->next.at);
    if (n < 0 || (c->fd >= 0 && n == 0))
        return err_set(e, ERR_IO, "the logs cannot be read on");
    c->next.bytes = c->piece;
    c->next.len = (size_t)n;
    return logs_piece_encode(&c->next, body, e);
}

static void send(struct logs_client *c)
{
    struct err e = {0};
    struct buf body;

    buf_init(&body, LOGS_BODY_MAX);
    if (fill(c, &body, &e) == 0) {
        const struct http_call call = {.method = "POST",
                                       .path = "/v1/logs",
                                       .type = "application/octet-stream",
                                       .body = body.data,
                                       .body_len = body.len,
                                       .timeout_s = TIMEOUT_S};

        c->request = http_start(c->http, &call, on_answer, c);
    } else {
        log_warn("logs", "%s", e.text);
        let_go(c); /* and begins anew */
    }
    buf_finish(&body);
}

void logs_client_wake(struct logs_client *c)
{
    if (c->request || (!c->busy && !take_up(c)))
        return;
    c->still = 0;
    send(c);
}

int logs_client_create(struct http *h, const char *data, struct logs_client **ret, struct err *e)
{
    struct logs_client *c = calloc(1, sizeof *c);

    if (!c)
        return err_set(e, ERR_NOMEM, "logs for the hall");
    c->http = h;
    c->fd = -1;
    if (snprintf(c->folder, sizeof c->folder, "%s-logs", data) >= (int)sizeof c->folder ||
        fs_join(c->given, sizeof c->given, data, "sync/logs-given") < 0) {
        free(c);
        return err_set(e, ERR_TOOLONG, "%s", data);
    }
    *ret = c;
    return 0;
}

void logs_client_destroy(struct logs_client *c)
{
    if (!c)
        return;
    http_cancel(c->request);
    let_go(c);
    free(c);
}
