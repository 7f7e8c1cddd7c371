/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/case/NUMBER/EVENT: something is done to a case, once. The client names the version it looked at, and gives what
 * it sends an id: when the answer is lost it sends the same again, and is told what came of the first. Who was slower than a
 * colleague is told who did what, when (409).
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/cases/deed.h"
#include "tools/hall/staff/ask.h"

static void hash_what(struct ask *a, const void *body, size_t len)
{
    const char *path = exchange_path(a->exchange);
    struct sha256 *h = sha256_begin();

    sha256_add(h, path, strlen(path) + 1);
    sha256_add(h, body, len);
    sha256_end(h, a->act.what);
}

static void take(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};

    if (!act_path_decode(exchange_tail(a->exchange), a->number, &a->office, &a->act.kind, &a->act.tacit))
        ask_refuse(a, 404, "no-case");
    else if (act_ask_decode(body, len, &a->act.say, &e) < 0)
        ask_refuse(a, 400, "unreadable");
    else
        hash_what(a, body, len);
}

/* --- what came of it --- */

static void put_state(struct ask *a, const struct case_file *f)
{
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(a->now, at);
    jsonw_str(&a->w, "at", at);
    jsonw_str(&a->w, "number", f->number);
    jsonw_str(&a->w, "stage", case_stage_word(f->state.stage));
    jsonw_int(&a->w, "version", f->state.seq);
    jsonw_str(&a->w, "staff", f->state.staff);
    jsonw_str(&a->w, "post", f->state.post);
}

static void keep_last(void *ctx, const struct case_event *ev)
{
    *(struct case_event *)ctx = *ev;
}

/* The last event: who did what, when. */
static void put_last(struct ask *a, const struct case_event *ev)
{
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(ev->entered, at);
    jsonw_obj(&a->w, "last");
    jsonw_str(&a->w, "event", case_event_word(ev->kind));
    jsonw_str(&a->w, "staff", ev->staff);
    jsonw_str(&a->w, "post", ev->post);
    jsonw_str(&a->w, "at", at);
    jsonw_str(&a->w, "result", case_result_word(ev->result));
    jsonw_str(&a->w, "words", ev->words);
    jsonw_end(&a->w);
}

static int status_of(enum case_refusal why)
{
    if (why == CASE_REFUSAL_NO_ROLE)
        return 403;
    return why == CASE_REFUSAL_CHANGED || why == CASE_REFUSAL_DECIDED || why == CASE_REFUSAL_NOT_RESPONSIBLE ? 409 : 422;
}

static int refuse(struct ask *a, struct store *s, const struct deed *d, struct err *e)
{
    struct case_event *last = malloc(sizeof *last);
    struct case_file f;

    if (!last)
        return err_set(e, ERR_NOMEM, "refuse");
    int rc = case_file_read(s, a->office, a->number, keep_last, last, &f, e);
    if (rc == 0) {
        ask_refuse(a, status_of(d->refusal), case_refusal_word(d->refusal));
        put_state(a, &f);
        if (f.state.seq)
            put_last(a, last);
    }
    free(last);
    return rc;
}

static int done(struct ask *a, struct store *s, const struct deed *d, struct err *e)
{
    struct sent sent = {.seq = d->file.state.seq};

    memcpy(sent.id, a->act.say.id, sizeof sent.id);
    memcpy(sent.what, a->act.what, sizeof sent.what);
    text_copy(sent.number, sizeof sent.number, a->number);
    int rc = sent_add(s, a->office, &sent, a->now, e);
    if (rc == 0) {
        ask_answer(a, 200);
        put_state(a, &d->file);
        jsonw_bool(&a->w, "repeated", false);
    }
    return rc;
}

static int repeat(struct ask *a, struct store *s, const struct sent *sent, struct err *e)
{
    struct case_file f;

    if (memcmp(sent->what, a->act.what, sizeof sent->what) != 0) {
        ask_refuse(a, 422, "id-used");
        return 0;
    }
    int rc = case_file_read(s, a->office, a->number, NULL, NULL, &f, e);
    if (rc == 0) {
        ask_answer(a, 200);
        put_state(a, &f);
        jsonw_bool(&a->w, "repeated", true);
    }
    return rc;
}

/* --- doing it --- */

static void fill(const struct ask *a, const struct account *to, struct deed *d)
{
    const struct act_ask *say = &a->act.say;

    *d = (struct deed){.office = a->office,
                       .number = a->number,
                       .action = a->act.tacit ? "tacit" : case_event_word(a->act.kind),
                       .tacit = a->act.tacit,
                       .kind = a->act.kind,
                       .staff = a->me.name,
                       .post = a->me.post,
                       .words = say->words,
                       .law = say->law,
                       .to_staff = say->to,
                       .to_post = to->post,
                       .procedure = say->procedure,
                       .days = say->days,
                       .unit = say->unit,
                       .result = say->result,
                       .version = say->version,
                       .by = a->me.id};
}

static int act(struct ask *a, struct store *s, struct deed *d, struct err *e)
{
    struct account to = {.post = "-"}; /* where there is none, deed_do() says so */
    struct err why = {0};

    if (a->act.say.to[0])
        (void)account_by_name(s, a->office, a->act.say.to, &to, &why);
    fill(a, &to, d);
    why = (struct err){0};
    int rc = deed_do(s, &a->published, d, &why);
    if (rc == -ERR_NOTFOUND) {
        ask_refuse(a, 404, "no-case");
        return 0;
    }
    *e = why;
    if (rc < 0)
        return rc;
    return d->refusal == CASE_MAY ? done(a, s, d, e) : refuse(a, s, d, e);
}

static int act_write(struct ask *a, struct store *s, struct err *e)
{
    struct sent sent;
    struct err why = {0};
    int rc = a->office == a->me.office ? sent_read(s, a->office, a->act.say.id, &sent, &why) : 0;

    if (a->office != a->me.office) { /* another office's is none here */
        ask_refuse(a, 404, "no-case");
        return 0;
    }
    if (rc == 0)
        return repeat(a, s, &sent, e);
    if (rc != -ERR_NOTFOUND) {
        *e = why;
        return rc;
    }
    struct deed *d = calloc(1, sizeof *d);
    rc = d ? act(a, s, d, e) : err_set(e, ERR_NOMEM, "do it");
    free(d);
    return rc;
}

const struct api api_act = {.take = take, .write = act_write};
