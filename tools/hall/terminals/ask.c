/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/ask (wire/ask.h): a sealed question, of which this process learns no more than an index or the number of a case.
 * hall-open says which (open/asking_wire.h); a reader fetches what is known of those cases; hall-open seals it; it goes out.
 * Where an hour is to be booked, moved or given back, the writer does that in the reader's place; the answer follows its
 * commit.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/line.h"
#include "base/log.h"
#include "base/text.h"
#include "tools/hall/open/asking_wire.h"
#include "tools/hall/store/store_bundle.h"
#include "tools/hall/store/store_index.h"
#include "tools/hall/terminals/appointments.h"
#include "tools/hall/terminals/hall.h"
#include "tools/hall/terminals/tell_case.h"
#include "tools/hall/terminals/tell_licences.h"
#include "tools/hall/terminals/tell_spoken.h"
#include "wire/ask_licence.h"

#define RETRY_AFTER "60"

struct asking {
    struct read_job job; /* first: the reader hands it back */
    struct wishing {
        struct write_job job; /* the same of the writer */
        struct asking *asking;
    } wishing;
    struct hall *hall;
    struct exchange *exchange;
    int office;
    char terminal[TERMINAL_ID_MAX + 1];
    struct asking_request request; /* to hall-open */
    struct asking_answer about;    /* what hall-open said of it */
    struct {
        int office;
        char number[CASE_NUMBER_LEN + 1];
    } found[MY_CASES_MAX + 1];
    int n_found;
    struct my_cases cases;
    struct my_appointments appointments;
    struct my_licences licences;
};

static void asking_free(struct asking *q)
{
    buf_finish(&q->request.cases);
    free(q);
}

static void answer_error(struct asking *q, int status, const char *text)
{
    server_answer_error(q->exchange, status, text);
    asking_free(q);
}

/* The terminal says so to who stands there; staff are told, once a minute. */
static void answer_away(struct asking *q)
{
    struct hall *h = q->hall;

    if (log_due(&h->opener_told))
        hall_alert(h, 0, STORE_NO_TERMINAL, "opener-away",
                   "hall-open gives no answer, terminals' questions have none: systemctl status tongban-open");
    answer_error(q, 502, "what opens questions does not answer");
}

static void send_request(struct asking *q, opener_line_fn *fn)
{
    struct buf text;

    buf_init(&text, LINE_MAX_BYTES - 1);
    bool fits = asking_request_encode(&q->request, &text) == 0;
    if (!fits)
        answer_error(q, 500, "the answer is too long");
    else if (!opener_line_ask(q->hall->opener, buf_str(&text), fn, q))
        answer_error(q, 503, "the hall is busy");
    buf_finish(&text);
}

/* --- the answer --- */

static void answer_reply(struct asking *q, const struct asking_answer *a)
{
    struct buf json;

    buf_init(&json, ASK_ANSWERED_MAX);
    ask_answered_encode(a->reply, a->reply_len, &json);
    server_answer(q->exchange, 200, "application/json", json.data, json.len);
    buf_finish(&json);
    asking_free(q);
}

/* What hall-open does not open is no question of this terminal: it was made by somebody else, or for other keys. */
static void answer_refused(struct asking *q, const struct asking_answer *a)
{
    if (a->outcome == OPENING_FORGED)
        hall_alert(q->hall, q->office, q->terminal, "question-forged", "a question that this terminal did not seal");
    if (a->outcome == OPENING_NO_KEY)
        hall_alert(q->hall, q->office, q->terminal, "question-no-key",
                   "hall-open has no key for a question: put every ask*.pem that a root named beside its others");
    answer_error(q, a->outcome == OPENING_NOT_AUDITED ? 503 : 422, opening_word(a->outcome));
}

static void on_sealed(void *ctx, const char *text)
{
    struct asking *q = ctx;
    static struct asking_answer a;
    struct err e = {0};

    if (!text) {
        answer_away(q);
    } else if (asking_answer_decode(text, strlen(text), &a, &e) < 0) {
        log_error("hall", "%s", e.text);
        answer_away(q);
    } else if (a.outcome != OPENING_OPENED || !a.reply_len) {
        answer_refused(q, &a);
    } else {
        answer_reply(q, &a);
    }
}

/* --- what is known --- */

static int keep_found(void *ctx, int office, const char *number)
{
    struct asking *q = ctx;

    q->found[q->n_found].office = office;
    text_copy(q->found[q->n_found++].number, CASE_NUMBER_LEN + 1, number);
    return q->n_found > MY_CASES_MAX;
}

static int keep_record(void *ctx, const struct store_found *f)
{
    struct asking_request *r = ctx;

    if (f->record.header_len <= sizeof r->header && f->record.body_len <= sizeof r->body && f->record.body_len) {
        memcpy(r->header, f->record.header, r->header_len = f->record.header_len);
        memcpy(r->body, f->record.body, r->body_len = f->record.body_len);
    }
    return 1;
}

static int find_spoken(struct asking *q, struct store *s, int office, struct err *e)
{
    struct complaint_file f;
    int rc = complaint_file_read(s, office, q->about.number, NULL, NULL, &f, e);

    if (rc == -ERR_NOTFOUND) {
        *e = (struct err){0};
        return 0;
    }
    if (rc < 0)
        return rc;
    struct catalog *c = book_open(q->hall->book);
    tell_spoken(&f, c ? catalog_calendar(c) : NULL, &q->cases.told);
    book_close(q->hall->book);
    q->cases.spoken = true;
    rc = store_find_id(s, f.record, keep_record, &q->request, e);
    return rc < 0 ? rc : 0;
}

/* A bundle's number is no case's: whoever asks by it is told of the first of its cases. */
static int find(struct asking *q, struct store *s, struct err *e)
{
    struct speak_number said;
    struct case_number n;

    if (speak_number_parse(q->about.number, &said))
        return find_spoken(q, s, said.office, e);
    if (q->about.indexed)
        return index_cases(s, q->about.index, MY_CASES_MAX + 1, keep_found, q, e);
    if (!case_number_parse(q->about.number, &n))
        return err_set(e, ERR_INVALID, "a question about no case");
    char number[CASE_NUMBER_LEN + 1];
    struct case_bundle b;

    text_copy(number, sizeof number, q->about.number);
    if (bundle_read(s, n.office, number, &b, NULL) == 0 && !case_number_part(b.number, 1, number))
        return err_set(e, ERR_INVALID, "a bundle without applications");
    keep_found(q, n.office, number);
    return store_find_case(s, n.office, number, keep_record, &q->request, e);
}

static int ask_run(struct read_job *j, struct store *s, struct err *e)
{
    struct asking *q = (struct asking *)j;
    if (q->about.wishes)
        return appointments_run(q->hall->book, s, q->office, &q->about, &q->appointments, e);
    if (q->about.item[0])
        return tell_licences(q->hall->book, s, q->about.index, q->about.item, clock_wall_ms(), &q->licences, e);
    const struct tell_case t = {.book = q->hall->book,
                                .signer = q->hall->signer,
                                .language = q->about.language,
                                .now = clock_wall_ms(),
                                .office = q->office};
    int rc = find(q, s, e);

    q->cases.at = t.now;
    q->cases.more = q->n_found > MY_CASES_MAX;
    for (int i = 0; rc >= 0 && i < q->n_found && q->cases.n < MY_CASES_MAX; i++) {
        rc = tell_case(&t, s, q->found[i].office, q->found[i].number, &q->cases.list[q->cases.n], e);
        q->cases.n += rc == 0;
        if (rc == -ERR_NOTFOUND)
            rc = 0;
    }
    return rc < 0 ? rc : 0;
}

/* Beside a record there is less room for a case: who opened it gives way. */
static void put_cases(struct asking *q)
{
    struct buf *out = &q->request.cases;

    ask_answer_encode(&q->cases, out);
    if (!q->request.header_len || out->len <= ASKING_CASE_MAX)
        return;
    q->cases.list[0].n_opened = 0;
    buf_reset(out);
    ask_answer_encode(&q->cases, out);
}

static void answer_known(struct asking *q, int rc, const struct err *e)
{
    if (rc < 0) {
        log_error("hall", "a question of %s: %s", q->terminal, e->text);
        hall_answer_failure(q->exchange, rc);
        asking_free(q);
        return;
    }
    q->request.what = ASKING_ANSWER;
    if (q->about.wishes)
        ask_appointments_encode(&q->appointments, &q->request.cases);
    else if (q->about.item[0])
        ask_licences_encode(&q->licences, &q->request.cases);
    else if (q->cases.n || q->cases.spoken || q->about.indexed) /* else there is no such case */
        put_cases(q);
    send_request(q, on_sealed);
}

static void ask_done(struct read_job *j, int rc, const struct err *e)
{
    answer_known((struct asking *)j, rc, e);
}

/* --- what is wished of appointments --- */

static int wish_run(struct write_job *j, struct store *s, struct err *e)
{
    struct asking *q = ((struct wishing *)j)->asking;

    return appointments_run(q->hall->book, s, q->office, &q->about, &q->appointments, e);
}

static void wish_done(struct write_job *j, int rc, const struct err *e)
{
    answer_known(((struct wishing *)j)->asking, rc, e);
}

/* False: full. */
static bool push(struct asking *q)
{
    if (!q->about.wishes || !appointments_writes(&q->about.wish))
        return reader_push(q->hall->reader, &q->job);
    q->wishing.asking = q;
    q->wishing.job = (struct write_job){
        .run = wish_run, .done = wish_done, .rows = 4, .bytes = 1024, .from = q->terminal, .office = q->office};
    return writer_push(q->hall->writer, &q->wishing.job);
}

/* --- the question --- */

static void on_about(void *ctx, const char *text)
{
    struct asking *q = ctx;
    struct err e = {0};

    if (!text) {
        answer_away(q);
    } else if (asking_answer_decode(text, strlen(text), &q->about, &e) < 0) {
        log_error("hall", "%s", e.text);
        answer_away(q);
    } else if (q->about.outcome != OPENING_OPENED) {
        answer_refused(q, &q->about);
    } else if (q->about.reply_len) {
        answer_reply(q, &q->about);
    } else if (!push(q)) {
        answer_error(q, 503, "the hall is busy");
    }
}

static void ask(struct hall *h, struct exchange *x, const struct registry_entry *entry, const struct ask_sealed *question)
{
    struct asking *q = calloc(1, sizeof *q);

    if (!q) {
        server_answer_error(x, 503, "out of memory");
        return;
    }
    q->job = (struct read_job){.run = ask_run, .done = ask_done};
    q->hall = h;
    q->exchange = x;
    q->office = entry->terminal.office;
    memcpy(q->terminal, entry->terminal.id, sizeof q->terminal);
    q->request.what = ASKING_LOOK;
    q->request.question = *question;
    memcpy(q->request.terminal, q->terminal, sizeof q->request.terminal);
    buf_init(&q->request.cases, ASK_ANSWER_MAX);
    send_request(q, on_about);
}

void ask_post(void *ctx, struct exchange *x)
{
    struct hall *h = ctx;
    struct registry_entry *entry = hall_terminal(h, x);
    struct ask_sealed question;
    struct buf body;
    struct err e = {0};

    if (exchange_body(x, ASK_BYTES_MAX, &body) < 0) {
        server_answer_error(x, 413, "the question is too long");
    } else if (ask_sealed_decode(body.data, body.len, &question, &e) < 0) {
        server_answer_error(x, 400, e.text);
    } else if (!asking_may(&entry->asking, clock_mono_ms())) {
        exchange_set(x, "Retry-After", RETRY_AFTER);
        server_answer_error(x, 429, "this terminal asks too often");
    } else {
        ask(h, x, entry, &question);
    }
    buf_finish(&body);
}
