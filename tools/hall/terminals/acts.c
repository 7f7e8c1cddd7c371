/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /v1/acts (wire/act.h): what staff want of the terminal that asks, signed. Every terminal asks each minute, and mostly
 * there is nothing: a reader looks, and only what is given is written.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "tools/hall/store/store_act.h"
#include "tools/hall/terminals/hall.h"

struct asking {
    struct read_job reading; /* first: the reader hands it back */
    struct write_job writing;
    struct hall *hall;
    struct exchange *exchange;
    int office;
    char terminal[TERMINAL_ID_MAX + 1];
    bool waits;
    struct act_signed list[ACTS_MAX];
    size_t n;
};

static void answer(struct asking *a)
{
    struct buf json;

    buf_init(&json, ACTS_BYTES_MAX);
    acts_encode(a->list, a->n, &json);
    server_answer(a->exchange, 200, "application/json", json.data, json.len);
    buf_finish(&json);
    free(a);
}

static void fail(struct asking *a, int rc, const struct err *e)
{
    log_error("hall", "nothing for %s to do: %s", a->terminal, e->text);
    hall_answer_failure(a->exchange, rc);
    free(a);
}

/* --- giving --- */

static int sign(struct asking *a, const struct act *act, struct err *e)
{
    struct act_signed *s = &a->list[a->n];
    struct buf text;

    buf_init(&text, ACT_TEXT_MAX + 1);
    int rc = act_encode(act, &text, e);
    if (rc == 0)
        rc = signer_sign(a->hall->signer, ACT_PREFIX, text.data, text.len, &s->by, e);
    if (rc == 0)
        text_copy(s->act, sizeof s->act, buf_str(&text));
    buf_finish(&text);
    a->n += rc == 0;
    return rc;
}

static struct asking *of_writing(struct write_job *j)
{
    return (struct asking *)((char *)j - offsetof(struct asking, writing));
}

static int give_run(struct write_job *j, struct store *s, struct err *e)
{
    struct asking *a = of_writing(j);
    struct act list[ACTS_MAX];
    size_t n = 0;
    int rc = act_grant(s, a->office, a->terminal, clock_wall_ms(), list, &n, e);

    a->n = 0;
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = sign(a, &list[i], e);
    return rc;
}

static void give_done(struct write_job *j, int rc, const struct err *e)
{
    if (rc < 0)
        fail(of_writing(j), rc, e);
    else
        answer(of_writing(j));
}

/* --- looking --- */

static int look_run(struct read_job *j, struct store *s, struct err *e)
{
    struct asking *a = (struct asking *)j;
    int rc = act_waits(s, a->office, a->terminal, clock_wall_ms(), e);

    a->waits = rc == 1;
    return rc < 0 ? rc : 0;
}

static void look_done(struct read_job *j, int rc, const struct err *e)
{
    struct asking *a = (struct asking *)j;

    if (rc < 0) {
        fail(a, rc, e);
        return;
    }
    if (!a->waits) {
        answer(a);
        return;
    }
    a->writing = (struct write_job){.run = give_run, .done = give_done, .rows = 2, .bytes = sizeof *a};
    a->writing.from = a->terminal;
    a->writing.office = a->office;
    if (!writer_push(a->hall->writer, &a->writing)) {
        server_answer_error(a->exchange, 503, "the hall is busy");
        free(a);
    }
}

void acts_get(void *ctx, struct exchange *x)
{
    struct hall *h = ctx;
    const struct registry_entry *entry = hall_terminal(h, x);
    struct asking *a = calloc(1, sizeof *a);

    if (!a) {
        server_answer_error(x, 503, "out of memory");
        return;
    }
    *a = (struct asking){.reading = {.run = look_run, .done = look_done}, .hall = h, .exchange = x};
    a->office = entry->terminal.office;
    memcpy(a->terminal, entry->terminal.id, sizeof a->terminal);
    if (!reader_push(h->reader, &a->reading)) {
        server_answer_error(x, 503, "the hall is busy");
        free(a);
    }
}
