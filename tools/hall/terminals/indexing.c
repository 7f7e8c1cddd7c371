/* SPDX-License-Identifier: Apache-2.0
 *
 * See indexing.h. At most one of these is under way: a line to hall-open, a read, a write.
 */
#include "tools/hall/terminals/indexing.h"

#include <stdlib.h>
#include <string.h>

#include "base/line.h"
#include "base/log.h"
#include "tools/hall/open/asking_wire.h"
#include "tools/hall/store/store_index.h"

#define AT_ONCE 16 /* records read, and indexes written, together */
#define AGAIN_S 10 /* until it looks again by itself */

struct indexed {
    int office;
    uint8_t id[16];
    struct buf line; /* to hall-open; empty: it cannot be indexed */
    bool done, has;
    uint8_t idx[BLIND_LEN];
};

struct indexing {
    struct reader *reader;
    struct writer *writer;
    struct opener_line *line;
    struct event *timer;
    bool ended, busy, again; /* again: woken while busy */
    bool greeted, renewed;   /* hall-open's secret is known; and what it means was written */
    bool met;                /* once since the start: what did not open then is tried again */
    uint8_t secret[BLIND_ID_LEN];
    struct read_job read;
    struct write_job write;
    struct indexed list[AT_ONCE];
    int n, at;
};

static void step(struct indexing *x);

static struct indexing *of_read(struct read_job *j)
{
    return (struct indexing *)((char *)j - offsetof(struct indexing, read));
}

static struct indexing *of_write(struct write_job *j)
{
    return (struct indexing *)((char *)j - offsetof(struct indexing, write));
}

static void drop_list(struct indexing *x)
{
    for (int i = 0; i < x->n; i++)
        buf_finish(&x->list[i].line);
    x->n = x->at = 0;
}

/* Nothing more now; until something comes, or the timer. */
static void rest(struct indexing *x)
{
    drop_list(x);
    x->busy = false;
    if (x->again)
        step(x);
}

/* Not now: hall-open or the database is away. */
static void give_up(struct indexing *x)
{
    x->again = x->greeted = false;
    rest(x);
}

/* --- writing --- */

static int write_run(struct write_job *j, struct store *s, struct err *e)
{
    struct indexing *x = of_write(j);
    int rc = x->renewed ? 0 : index_renew(s, x->secret, !x->met, e);

    for (int i = 0; rc >= 0 && i < x->n; i++)
        if (x->list[i].done)
            rc = index_put(s, x->list[i].office, x->list[i].id, x->list[i].has ? x->list[i].idx : NULL, x->secret, e);
    return rc < 0 ? rc : 0;
}

static void write_done(struct write_job *j, int rc, const struct err *e)
{
    struct indexing *x = of_write(j);

    if (rc < 0) {
        log_warn("hall", "indexes: %s", e->text);
        give_up(x);
        return;
    }
    x->renewed = x->met = true;
    drop_list(x);
    x->busy = false;
    if (!x->ended)
        step(x);
}

static void write_list(struct indexing *x)
{
    x->write = (struct write_job){.run = write_run, .done = write_done, .rows = AT_ONCE, .bytes = sizeof x->list};
    if (!writer_push(x->writer, &x->write))
        give_up(x);
}

/* --- asking --- */

static void ask_next(struct indexing *x);

static void on_index(void *ctx, const char *text)
{
    struct indexing *x = ctx;
    struct indexed *item = &x->list[x->at];
    static struct asking_answer a;
    struct err e = {0};

    if (!text || x->ended || asking_answer_decode(text, strlen(text), &a, &e) < 0 || a.outcome == OPENING_NOT_AUDITED ||
        a.outcome == OPENING_BAD_REQUEST || memcmp(a.secret, x->secret, sizeof x->secret) != 0) {
        if (e.code)
            log_error("hall", "%s", e.text);
        give_up(x);
        return;
    }
    item->done = true;
    item->has = a.outcome == OPENING_OPENED && a.indexed;
    memcpy(item->idx, a.index, sizeof item->idx);
    x->at++;
    ask_next(x);
}

static void ask_next(struct indexing *x)
{
    while (x->at < x->n && !x->list[x->at].line.len)
        x->list[x->at++].done = true;
    if (x->at == x->n)
        write_list(x);
    else if (!opener_line_ask(x->line, buf_str(&x->list[x->at].line), on_index, x))
        give_up(x);
}

/* --- reading --- */

static int keep(void *ctx, const struct store_found *f)
{
    struct indexing *x = ctx;
    struct asking_request *r = calloc(1, sizeof *r);
    struct indexed *item = &x->list[x->n];

    if (!r || x->n == AT_ONCE) {
        free(r);
        return 1;
    }
    *item = (struct indexed){.office = f->office};
    memcpy(item->id, f->record.id, sizeof item->id);
    buf_init(&item->line, LINE_MAX_BYTES - 1);
    r->what = ASKING_INDEX;
    if (f->record.header_len <= sizeof r->header && f->record.body_len <= sizeof r->body && f->record.body_len) {
        memcpy(r->header, f->record.header, r->header_len = f->record.header_len);
        memcpy(r->body, f->record.body, r->body_len = f->record.body_len);
        if (asking_request_encode(r, &item->line) < 0)
            buf_reset(&item->line);
    }
    x->n++;
    free(r);
    return 0;
}

static int read_run(struct read_job *j, struct store *s, struct err *e)
{
    static const uint8_t first[16];

    return index_wanted(s, -1, first, AT_ONCE, keep, of_read(j), e);
}

static void read_done(struct read_job *j, int rc, const struct err *e)
{
    struct indexing *x = of_read(j);

    if (rc < 0)
        log_warn("hall", "indexes: %s", e->text);
    if (rc < 0 || x->ended)
        give_up(x);
    else if (x->n == 0)
        rest(x);
    else
        ask_next(x);
}

/* --- each round --- */

static void on_hello(void *ctx, const char *text)
{
    struct indexing *x = ctx;
    static struct asking_answer a;

    if (!text || x->ended || asking_answer_decode(text, strlen(text), &a, NULL) < 0 || a.outcome != OPENING_OPENED) {
        give_up(x);
        return;
    }
    x->greeted = true;
    x->renewed = false;
    memcpy(x->secret, a.secret, sizeof x->secret);
    write_list(x); /* nothing but what a new secret means */
}

static void greet(struct indexing *x)
{
    struct asking_request r = {.what = ASKING_HELLO};
    struct buf text;

    buf_init(&text, 64);
    asking_request_encode(&r, &text);
    if (!opener_line_ask(x->line, buf_str(&text), on_hello, x))
        give_up(x);
    buf_finish(&text);
}

static void step(struct indexing *x)
{
    if (x->busy || x->ended) {
        x->again = !x->ended;
        return;
    }
    x->busy = true;
    x->again = false;
    if (!x->greeted) {
        greet(x);
        return;
    }
    x->read = (struct read_job){.run = read_run, .done = read_done};
    if (!reader_push(x->reader, &x->read))
        give_up(x);
}

static void on_timer(evutil_socket_t fd, short what, void *ctx)
{
    struct indexing *x = ctx;

    if (!x->busy)
        step(x);
}

void indexing_wake(struct indexing *x)
{
    step(x);
}

int indexing_create(struct event_base *base, struct reader *r, struct writer *w, struct opener_line *l,
                    struct indexing **ret, struct err *e)
{
    static const struct timeval every = {AGAIN_S, 0};
    struct indexing *x = calloc(1, sizeof *x);

    if (x) {
        *x = (struct indexing){.reader = r, .writer = w, .line = l};
        x->timer = event_new(base, -1, EV_PERSIST, on_timer, x);
    }
    if (!x || !x->timer) {
        free(x);
        return err_set(e, ERR_NOMEM, "index what comes");
    }
    event_add(x->timer, &every);
    event_active(x->timer, 0, 0); /* and at once, from the loop */
    *ret = x;
    return 0;
}

void indexing_end(struct indexing *x)
{
    if (x)
        x->ended = true;
}

void indexing_destroy(struct indexing *x)
{
    if (!x)
        return;
    drop_list(x);
    event_free(x->timer);
    free(x);
}
