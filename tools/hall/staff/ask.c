/* SPDX-License-Identifier: Apache-2.0
 *
 * The way of a request through the threads (ask.h), and who sends it.
 */
#include "tools/hall/staff/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "model/identity.h"
#include "tools/hall/papers/case_paper_pdf.h"
#include "tools/hall/staff/once.h"
#include "tools/hall/staff/page.h"

#define OUT_MAX (8 * 1024 * 1024) /* a case with all its events; a map of 20,000 places */

/* --- answers --- */

void ask_answer(struct ask *a, int status)
{
    buf_reset(&a->out);
    a->status = status;
    jsonw_init(&a->w, &a->out);
    jsonw_obj(&a->w, NULL);
}

void ask_refuse(struct ask *a, int status, const char *reason)
{
    ask_answer(a, status);
    jsonw_str(&a->w, "reason", reason);
}

bool ask_keeps(struct ask *a, const char *words)
{
    if (words[0] && !text_is_plain_line(words))
        ask_refuse(a, 422, "not-one-line");
    else if (citizen_number_in(words))
        ask_refuse(a, 422, "personal-number");
    return a->status == 0;
}

static void unanswer(struct ask *a)
{
    buf_reset(&a->out);
    a->status = 0;
    a->cookie[0] = '\0';
}

static void failed(struct ask *a, int rc, const struct err *e)
{
    bool busy = rc == -ERR_BUSY || rc == -ERR_NOSPACE || rc == -ERR_UNREACHABLE || rc == -ERR_RETRY;

    log_error("hall", "the staff's door: %s", e->text);
    a->retry_s = busy ? 2 : 0;
    ask_refuse(a, busy ? 503 : 500, busy ? "busy" : "failed");
}

/* Names the file, and says whether the browser has it (RFC 9110, 13.1.2). */
static bool has_it(struct ask *a)
{
    const char *has = exchange_header(a->exchange, "If-None-Match");
    char quoted[MAP_OUTLINE_NAME_LEN + 3];

    snprintf(quoted, sizeof quoted, "\"%s\"", a->etag);
    exchange_set(a->exchange, "ETag", quoted);
    exchange_set(a->exchange, "Cache-Control", "private, max-age=31536000, immutable");
    return has && strcmp(has, quoted) == 0;
}

static void send_answer(struct ask *a)
{
    char seconds[16];

    exchange_set(a->exchange, "X-Tongban-Pages", page_edition(a->desk->pages));
    if (a->cookie[0])
        exchange_set(a->exchange, "Set-Cookie", a->cookie);
    if (a->retry_s) {
        snprintf(seconds, sizeof seconds, "%d", a->retry_s);
        exchange_set(a->exchange, "Retry-After", seconds);
    }
    jsonw_end(&a->w);
    if (a->etag && a->status == 200 && has_it(a))
        server_answer(a->exchange, 304, NULL, NULL, 0);
    else if (a->type && a->status == 200)
        server_answer(a->exchange, 200, a->type, a->file.data, a->file.len);
    else
        server_answer(a->exchange, a->status, "application/json", a->out.data, a->out.len);
}

/* Answers and forgets. */
static void finish(struct ask *a)
{
    if (a->api->ended)
        a->api->ended(a);
    send_answer(a);
    published_close(&a->published);
    buf_finish(&a->out);
    buf_finish(&a->file);
    secret_wipe(a, sizeof *a);
    free(a);
}

/* --- who asks --- */

static bool may(const struct ask *a)
{
    switch (a->needs) {
    case NEEDS_NOBODY:
    case NEEDS_SIGNED_IN:
        return true;
    case NEEDS_CASES:
        return role_sees_cases(a->me.role);
#define ROLE_USE(name, roles)                                                                                               \
    case NEEDS_##name:                                                                                                      \
        return role_uses(a->me.role, ROLE_USE_##name);
#include "tools/hall/rules/role_may.def"
    }
    return false;
}

static int look_up_account(struct ask *a, struct store *s, struct err *e)
{
    struct err why = {0};
    int rc = account_read(s, a->session.id, &a->me, &why);

    if (rc < 0 && rc != -ERR_NOTFOUND) {
        *e = why;
        return rc;
    }
    if (rc < 0 || a->me.state != ACCOUNT_ACTIVE)
        ask_refuse(a, 401, "signed-out");
    else if (!may(a))
        ask_refuse(a, 403, "no-role");
    return 0;
}

/* Fills a->me, or refuses. */
static int look_up(struct ask *a, struct store *s, struct err *e)
{
    struct err why = {0};

    if (a->needs == NEEDS_NOBODY)
        return 0;
    int rc = a->shown ? session_read(s, a->session.hash, &a->session, &why) : -ERR_NOTFOUND;
    if (rc == -ERR_NOTFOUND) {
        ask_refuse(a, 401, "signed-out");
        return 0;
    }
    if (rc < 0) {
        *e = why;
        return rc;
    }
    switch (session_judge(a->session.made, a->session.used, a->now)) {
    case SESSION_GOOD:
        return look_up_account(a, s, e);
    case SESSION_IDLE:
        ask_refuse(a, 401, "idle");
        break;
    case SESSION_OVER:
        ask_refuse(a, 401, "over");
        break;
    }
    return 0;
}

/* --- writing --- */

static struct ask *of_writing(struct write_job *j)
{
    return (struct ask *)((char *)j - offsetof(struct ask, writing));
}

/* Whose role lets him in here not at all: the answer stands already. */
static bool lacks_role(const struct ask *a)
{
    return a->status == 403 && a->me.id[0];
}

static int write_run(struct write_job *j, struct store *s, struct err *e)
{
    struct ask *a = of_writing(j);

    if (lacks_role(a))
        return store_audit(s, a->me.office, a->me.id, "staff-door", exchange_path(a->exchange), "refused: no-role", e);
    unanswer(a);
    int rc = look_up(a, s, e);
    if (rc == 0 && a->status == 0 && a->needs != NEEDS_NOBODY)
        rc = session_touch(s, a->session.hash, a->now, e);
    if (rc == 0 && a->status == 0)
        rc = once_look(a, s, e);
    if (rc < 0 || a->status)
        return rc;
    rc = a->api->write(a, s, e);
    return rc == 0 ? once_keep(a, s, e) : rc;
}

static void write_done(struct write_job *j, int rc, const struct err *e)
{
    struct ask *a = of_writing(j);

    if (rc < 0)
        failed(a, rc, e);
    finish(a);
}

static void push_write(struct ask *a)
{
    a->writing = (struct write_job){.run = write_run, .done = write_done, .rows = 4, .bytes = sizeof *a};
    snprintf(a->lane, sizeof a->lane, "@%s", a->me.id); /* no terminal's */
    a->writing.from = a->needs == NEEDS_NOBODY ? WRITER_STRANGERS : a->lane;
    a->writing.office = a->me.office;
    if (writer_push(a->desk->writer, &a->writing))
        return;
    a->retry_s = 2;
    ask_refuse(a, 503, "busy");
    finish(a);
}

/* What is kept of a session's last use follows once a minute, behind an answer that nobody waits for. */
struct touch {
    struct write_job job; /* first: the writer hands it back */
    uint8_t hash[SHA256_LEN];
    int64_t now;
};

static int touch_run(struct write_job *j, struct store *s, struct err *e)
{
    struct touch *t = (struct touch *)j;

    return session_touch(s, t->hash, t->now, e);
}

static void touch_done(struct write_job *j, int rc, const struct err *e)
{
    if (rc < 0)
        log_warn("hall", "the staff's door: %s", e->text);
    free(j);
}

static void touch(struct ask *a)
{
    struct touch *t = a->me.id[0] && a->now - a->session.used >= SESSION_TOUCH_MS ? calloc(1, sizeof *t) : NULL;

    if (!t)
        return;
    t->job = (struct write_job){
        .run = touch_run, .done = touch_done, .rows = 1, .bytes = sizeof *t, .from = WRITER_STRANGERS};
    memcpy(t->hash, a->session.hash, sizeof t->hash);
    t->now = a->now;
    if (!writer_push(a->desk->writer, &t->job))
        free(t);
}

/* --- reading --- */

static struct ask *of_reading(struct read_job *j)
{
    return (struct ask *)((char *)j - offsetof(struct ask, reading));
}

static int read_run(struct read_job *j, struct store *s, struct err *e)
{
    struct ask *a = of_reading(j);
    int rc = look_up(a, s, e);

    if (rc == 0 && a->status == 0 && a->needs >= NEEDS_CASES && a->needs != NEEDS_CALL && a->needs != NEEDS_PUBLISH)
        rc = published_open(a->desk->data, &a->published, e);
    if (rc == 0 && a->status == 0)
        rc = once_look(a, s, e);
    return rc == 0 && a->status == 0 && a->api->read ? a->api->read(a, s, e) : rc;
}

void ask_go_on(struct ask *a)
{
    if (lacks_role(a) || (a->status == 0 && a->api->write)) {
        push_write(a);
        return;
    }
    if (a->status == 200 && !a->api->watches)
        touch(a);
    finish(a);
}

static void read_done(struct read_job *j, int rc, const struct err *e)
{
    struct ask *a = of_reading(j);

    if (rc < 0)
        failed(a, rc, e);
    if (a->status == 0 && a->api->wait)
        a->api->wait(a);
    else
        ask_go_on(a);
}

static void push_read(struct ask *a)
{
    a->reading = (struct read_job){.run = read_run, .done = read_done};
    if (!a->desk->stopped && reader_push(a->desk->reader, &a->reading))
        return;
    a->retry_s = 2;
    ask_refuse(a, 503, "busy");
    finish(a);
}

void ask_begin(struct desk *d, struct exchange *x, const struct api *api, enum needs needs)
{
    struct ask *a = calloc(1, sizeof *a);
    struct buf body;

    if (!a) {
        server_answer_error(x, 503, "out of memory");
        return;
    }
    a->desk = d;
    a->exchange = x;
    a->api = api;
    a->needs = needs;
    a->now = clock_wall_ms();
    text_copy(a->address, sizeof a->address, exchange_address(x));
    a->shown = session_cookie_decode(exchange_header(x, "Cookie"), a->session.hash);
    session_bind(a->session.hash, a->address);
    buf_init(&a->out, OUT_MAX);
    buf_init(&a->file, PAPER_PDF_MAX);
    if (exchange_body(x, api->body ? api->body : ASK_BODY_MAX, &body) < 0)
        ask_refuse(a, 413, "too-long");
    else
        once_take(a, body.data, body.len);
    if (!a->status && api->take)
        api->take(a, body.data, body.len);
    buf_finish(&body);
    if (a->status)
        finish(a);
    else
        push_read(a);
}
