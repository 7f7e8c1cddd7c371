/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/open/NUMBER {"reason":"…"}: a clerk reads what the applicant wrote, and what was added to it since. hall-open is
 * asked for one record after the other, from the loop; it writes down who and why before it answers. Then the hall's own row
 * is written, and only then the text goes out, once. Nothing of it is stored here, and its memory is wiped.
 *
 * POST /api/said/NUMBER {"reason":"…"}: likewise what somebody said at a terminal, for who may read it (rules/complaint.h);
 * all but the code by which he alone reads the answer.
 *
 * What is answered: {"at","opening","applicant","fields",…(cases/opened_form.h),"supplements":[…],"more":false,
 * "openings":[{"at","words"}]}; or why it was not opened: "open-WORD" of open/outcome.def, "opener-away".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/line.h"
#include "base/log.h"
#include "base/text.h"
#include "tools/hall/cases/opened_form.h"
#include "tools/hall/open/opening_wire.h"
#include "tools/hall/staff/ask.h"
#include "tools/hall/staff/open_case.h"
#include "tools/hall/store/sealed.h"
#include "tools/hall/store/store_case.h"
#include "tools/hall/store/store_complaint.h"
#include "tools/hall/store/store_opened.h"

#define RECORDS_MAX 17 /* the application and the first supplements; one is asked for, more are what came besides */

struct opened {
    struct one {
        struct sealed record;
        struct opening_answer answer;
        struct json *doc; /* owned; holds words; NULL: it was not opened */
        const struct json *words;
    } list[RECORDS_MAX]; /* the application first */
    int n, asked;
    bool more;
    bool said;   /* it is no case, but what somebody said */
    int version; /* of the item, as the application was made by it */
    char item[RECORD_TEXT_MAX + 1];
};

static void open_take(struct ask *a, const void *body, size_t len)
{
    struct case_number n;
    struct err e = {0};

    if (!case_number_parse(exchange_tail(a->exchange), &n)) {
        ask_refuse(a, 404, "no-case");
    } else if (open_ask_decode(body, len, &a->open, &e) < 0) {
        ask_refuse(a, 400, "unreadable");
    } else if (ask_keeps(a, a->open.reason)) {
        case_number_format(&n, a->number);
        a->office = n.office;
    }
}

static void said_take(struct ask *a, const void *body, size_t len)
{
    struct speak_number n;
    struct err e = {0};

    if (!speak_number_parse(exchange_tail(a->exchange), &n)) {
        ask_refuse(a, 404, "no-complaint");
    } else if (open_ask_decode(body, len, &a->open, &e) < 0) {
        ask_refuse(a, 400, "unreadable");
    } else if (ask_keeps(a, a->open.reason)) {
        speak_number_format(&n, a->number);
        a->office = n.office;
    }
}

/* --- what is there, sealed --- */

static int keep(void *ctx, const struct store_found *f)
{
    struct opened *all = ctx;

    if (all->n == RECORDS_MAX) {
        all->more = true;
        return 1;
    }
    sealed_keep(&all->list[all->n++].record, f);
    return 0;
}

static int keep_first(void *ctx, const struct store_found *f)
{
    keep(ctx, f);
    return 1;
}

static int find(struct ask *a, struct store *s, struct err *e)
{
    struct opened *all = a->opened;
    struct case_file f;
    int rc = case_file_read(s, a->office, a->number, NULL, NULL, &f, e);

    if (rc == 0)
        rc = store_find_case(s, a->office, a->number, keep_first, all, e);
    if (rc >= 0 && all->n == 0)
        rc = err_set(e, ERR_NOTFOUND, "case %s has no record", a->number);
    if (rc >= 0)
        rc = store_find_supplements(s, a->office, a->number, keep, all, e);
    for (int i = 1; rc >= 0 && i < all->n; i++)
        rc = sealed_compare(&all->list[i].record, s, a->office, all->list[0].record.id, e);
    if (rc < 0)
        return rc;
    text_copy(all->item, sizeof all->item, f.item);
    all->version = f.state.limits.item_version;
    return 0;
}

static int read_by(struct ask *a, struct store *s, int (*look)(struct ask *, struct store *, struct err *), const char *none,
                   struct err *e)
{
    struct err why = {0};

    a->opened = calloc(1, sizeof *a->opened);
    if (!a->opened)
        return err_set(e, ERR_NOMEM, "open %s", a->number);
    int rc = a->office == a->me.office ? look(a, s, &why) : -ERR_NOTFOUND;
    if (rc == -ERR_NOTFOUND) { /* another office's is none here */
        ask_refuse(a, 404, none);
        return 0;
    }
    *e = why;
    return rc;
}

static int open_read(struct ask *a, struct store *s, struct err *e)
{
    return read_by(a, s, find, "no-case", e);
}

static int find_said(struct ask *a, struct store *s, struct err *e)
{
    struct opened *all = a->opened;
    struct complaint_file f;
    int rc = complaint_file_read(s, a->office, a->number, NULL, NULL, &f, e);

    all->said = true;
    if (rc == 0 && !complaint_role_reads(a->me.role, f.kind)) {
        ask_refuse(a, 403, "no-role");
        return 0;
    }
    if (rc == 0)
        rc = store_find_id(s, f.record, keep_first, all, e);
    if (rc >= 0 && all->n == 0)
        rc = err_set(e, ERR_NOTFOUND, "%s has no record", a->number);
    return rc < 0 ? rc : 0;
}

static int said_read(struct ask *a, struct store *s, struct err *e)
{
    return read_by(a, s, find_said, "no-complaint", e);
}

/* --- asking hall-open, one record after the other --- */

static void ask_next(struct ask *a);

static void away(struct ask *a)
{
    a->retry_s = 2;
    ask_refuse(a, 502, "opener-away");
    ask_go_on(a);
}

static void on_answer(void *ctx, const char *text)
{
    struct ask *a = ctx;
    struct one *one = &a->opened->list[a->opened->asked];
    struct err e = {0};

    if (!text) {
        away(a);
    } else if (opening_answer_decode(text, strlen(text), &one->answer, &one->doc, &one->words, &e) < 0) {
        log_error("hall", "case %s: %s", a->number, e.text);
        away(a);
    } else {
        a->opened->asked++;
        ask_next(a);
    }
}

/* 0 or -ERR_TOOLONG. */
static int encode(const struct ask *a, const struct one *one, struct buf *out)
{
    struct opening_request *r = calloc(1, sizeof *r);
    const struct buf *header = &one->record.header, *body = &one->record.body;
    int rc = r ? 0 : -ERR_NOMEM;

    if (rc == 0 && (!buf_ok(header) || !buf_ok(body) || header->len > sizeof r->header || body->len > sizeof r->body))
        rc = -ERR_TOOLONG;
    if (rc == 0) {
        text_copy(r->number, sizeof r->number, a->number);
        text_copy(r->staff, sizeof r->staff, a->me.name);
        text_copy(r->post, sizeof r->post, a->me.post);
        text_copy(r->reason, sizeof r->reason, a->open.reason);
        memcpy(r->header, header->data, r->header_len = header->len);
        memcpy(r->body, body->data, r->body_len = body->len);
        rc = opening_request_encode(r, out);
    }
    free(r);
    return rc;
}

static void ask_one(struct ask *a, struct one *one)
{
    struct buf line;

    buf_init(&line, LINE_MAX_BYTES - 1);
    int rc = encode(a, one, &line);
    if (rc == 0 && !(a->desk->opener && opener_line_ask(a->desk->opener, buf_str(&line), on_answer, a)))
        rc = -ERR_BUSY;
    buf_finish(&line);
    if (rc < 0)
        away(a);
}

/* A record without a body has nothing to be opened. What was not opened at first needs no supplements either. */
static void ask_next(struct ask *a)
{
    struct opened *all = a->opened;

    while (all->asked < all->n && all->list[all->asked].record.body.len == 0)
        all->list[all->asked++].answer.outcome = OPENING_UNREADABLE;
    if (all->asked == all->n || (all->asked > 0 && !all->list[0].words))
        ask_go_on(a);
    else
        ask_one(a, &all->list[all->asked]);
}

/* --- writing it down, and the answer --- */

static int write_down(struct ask *a, struct store *s, struct err *e)
{
    const struct opened *all = a->opened;
    const struct opening_answer *first = &all->list[0].answer;
    struct case_opened kept = {.seq = first->seq};
    struct case_opening who = {.at = a->now, .seq = first->seq};
    int rc = 0;

    for (int i = 0; rc == 0 && i < all->asked; i++) {
        const struct one *one = &all->list[i];
        const char *action = all->said ? "complaint-open" : i > 0 ? "case-open-supplement" : "case-open";
        rc = case_opened_audit(s, a->office, a->me.id, action, a->number,
                               one->words ? "" : opening_word(one->answer.outcome), a->me.name, a->me.post, a->open.reason,
                               e);
    }
    if (rc < 0 || !all->list[0].words)
        return rc;
    text_copy(kept.name, sizeof kept.name, first->name);
    text_copy(kept.notice, sizeof kept.notice, first->notice);
    memcpy(kept.hash, first->hash, sizeof kept.hash);
    text_copy(who.staff, sizeof who.staff, a->me.name);
    text_copy(who.post, sizeof who.post, a->me.post);
    text_copy(who.reason, sizeof who.reason, a->open.reason);
    rc = case_opened_put(s, a->office, a->number, &kept, e);
    return rc < 0 || all->said ? rc : case_opening_add(s, a->office, a->number, &who, e); /* its applicant may ask */
}

static void put_application(void *ctx, const struct item *item)
{
    struct ask *a = ctx;

    opened_form_put(&a->w, item, a->opened->list[0].words);
}

static void put_supplement(struct ask *a, const struct one *one)
{
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(one->record.received, at);
    jsonw_obj(&a->w, NULL);
    jsonw_str(&a->w, "at", at);
    jsonw_str(&a->w, "terminal", one->record.terminal);
    jsonw_str(&a->w, "state", store_state_word(one->record.state));
    jsonw_bool(&a->w, "same", one->record.same);
    jsonw_str(&a->w, "refused", one->words ? "" : opening_word(one->answer.outcome));
    if (one->words)
        opened_form_put(&a->w, NULL, one->words);
    jsonw_end(&a->w);
}

static void put_opening(void *ctx, int64_t when, const char *words)
{
    struct jsonw *w = ctx;
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(when, at);
    jsonw_obj(w, NULL);
    jsonw_str(w, "at", at);
    jsonw_str(w, "words", words);
    jsonw_end(w);
}

int open_case_put_openings(struct jsonw *w, struct store *s, int office, const char *number, struct err *e)
{
    jsonw_arr(w, "openings");
    int rc = case_opened_each(s, office, number, OPENINGS_SHOWN, put_opening, w, e);
    jsonw_end(w);
    return rc;
}

/* What it is about, in its own words. */
static void put_about(struct ask *a, const struct json *words)
{
    static const char *const members[] = {"about", "item", "case"};
    const char *code = json_str(json_member(words, "item"));
    struct catalog *catalog = a->published.catalog;
    const struct item *item = code && catalog ? catalog_item(catalog, code, NULL) : NULL;

    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (json_is_str(json_member(words, members[i])))
            jsonw_str(&a->w, members[i], json_str(json_member(words, members[i])));
    jsonw_str(&a->w, "item_name", item ? item->task_name : "");
    if (catalog)
        catalog_release_items(catalog);
}

static int answer(struct ask *a, struct store *s, struct err *e)
{
    const struct opened *all = a->opened;
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(a->now, at);
    ask_answer(a, 200);
    jsonw_str(&a->w, "at", at);
    jsonw_int(&a->w, "opening", all->list[0].answer.seq);
    if (all->said) {
        put_about(a, all->list[0].words);
        opened_form_put(&a->w, NULL, all->list[0].words);
    } else {
        published_item(&a->published, all->item, all->version, put_application, a);
    }
    jsonw_arr(&a->w, "supplements");
    for (int i = 1; i < all->n; i++)
        put_supplement(a, &all->list[i]);
    jsonw_end(&a->w);
    jsonw_bool(&a->w, "more", all->more);
    return open_case_put_openings(&a->w, s, a->office, a->number, e);
}

static int open_write(struct ask *a, struct store *s, struct err *e)
{
    char reason[40];
    int rc = write_down(a, s, e);

    if (rc < 0)
        return rc;
    if (a->opened->list[0].words)
        return answer(a, s, e);
    snprintf(reason, sizeof reason, "open-%s", opening_word(a->opened->list[0].answer.outcome));
    ask_refuse(a, 422, reason);
    return 0;
}

static void open_ended(struct ask *a)
{
    struct opened *all = a->opened;

    for (int i = 0; all && i < all->n; i++) {
        sealed_finish(&all->list[i].record);
        json_free(all->list[i].doc);
    }
    free(all);
    a->opened = NULL;
}

const struct api api_open_case = {
    .take = open_take, .read = open_read, .wait = ask_next, .write = open_write, .ended = open_ended};
const struct api api_open_said = {
    .take = said_take, .read = said_read, .wait = ask_next, .write = open_write, .ended = open_ended};
