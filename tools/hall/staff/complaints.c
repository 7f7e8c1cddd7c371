/* SPDX-License-Identifier: Apache-2.0
 *
 * What residents said at terminals, for whoever answers it.
 *
 * GET /api/complaints?stage=STAGE&after=NUMBER: those of one's office that one may read, by number, which is the order they
 * came in; without a stage those to which an answer is owed. {"rows":[…],"after":NUMBER or null}
 * GET /api/complaint/NUMBER: one, with what was done, what may be done now ("": it may; else a word of
 * rules/complaint_refusal.def) and whom it may be given to.
 * POST /api/complaint/NUMBER/EVENT {"words","to","why"}: assigned, answered, refused or closed, as hallctl complaint does
 * it. What was said is opened by POST /api/said/NUMBER {"reason"} (open_case.c).
 */
#include <string.h>

#include "base/text.h"
#include "tools/hall/cases/complaint_deed.h"
#include "tools/hall/staff/ask.h"
#include "tools/hall/staff/open_case.h"

#define PAGE_ROWS 12 /* a screen of 1366 × 768 */

static void put_facts(const struct ask *a, struct jsonw *w, const struct complaint_file *f)
{
    char at[CLOCK_RFC3339_LEN + 1], day[DATE_LEN + 1];
    int year = 0;
    struct date due = complaint_due(f->kind, f->said, a->published.calendar, &year);

    clock_format_rfc3339(f->said, at);
    date_format(due, day);
    jsonw_str(w, "number", f->number);
    jsonw_str(w, "kind", speak_word(f->kind));
    jsonw_str(w, "stage", complaint_stage_word(f->state.stage));
    jsonw_bool(w, "owed", complaint_stage_open(f->state.stage));
    jsonw_str(w, "said", at);
    jsonw_str(w, "terminal", f->terminal);
    jsonw_str(w, "due", day);
    jsonw_bool(w, "provisional", year != 0);
    jsonw_bool(w, "overdue", complaint_is_late(&f->state, due, date_of_ms(a->now)));
    jsonw_str(w, "staff", f->state.staff);
    jsonw_str(w, "post", f->state.post);
}

/* --- the list --- */

struct listing {
    struct ask *ask;
    int n;
    char last[SPEAK_NUMBER_LEN + 1];
};

static void list_take(struct ask *a, const void *body, size_t len)
{
    exchange_word(a->exchange, "stage", a->list.stage, sizeof a->list.stage);
    exchange_word(a->exchange, "after", a->list.after, sizeof a->list.after);
}

static int put_row(void *ctx, const struct complaint_file *f)
{
    struct listing *l = ctx;

    if (!complaint_role_reads(l->ask->me.role, f->kind))
        return 0;
    if (l->n++ == PAGE_ROWS) /* there is one more */
        return 1;
    text_copy(l->last, sizeof l->last, f->number);
    jsonw_obj(&l->ask->w, NULL);
    put_facts(l->ask, &l->ask->w, f);
    jsonw_end(&l->ask->w);
    return 0;
}

static int list_read(struct ask *a, struct store *s, struct err *e)
{
    enum complaint_stage stage = COMPLAINT_STAGES;
    struct listing l = {.ask = a};

    if (a->list.stage[0] && !complaint_stage_by_word(a->list.stage, &stage)) {
        ask_refuse(a, 400, "unreadable");
        return 0;
    }
    ask_answer(a, 200);
    jsonw_arr(&a->w, "rows");
    int rc = complaint_each(s, a->me.office, stage, a->list.after, put_row, &l, e);
    jsonw_end(&a->w);
    if (l.n > PAGE_ROWS)
        jsonw_str(&a->w, "after", l.last);
    else
        jsonw_null(&a->w, "after");
    return rc;
}

const struct api api_complaints = {.take = list_take, .read = list_read};

/* --- one --- */

static void one_take(struct ask *a, const void *body, size_t len)
{
    if (!said_path_decode(exchange_tail(a->exchange), a->said.number, &a->office, &a->said.kind) ||
        a->said.kind != COMPLAINT_EVENTS)
        ask_refuse(a, 404, "no-complaint");
}

static void put_event(void *ctx, const struct complaint_event *ev)
{
    struct jsonw *w = ctx;
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(ev->at, at);
    jsonw_obj(w, NULL);
    jsonw_str(w, "event", complaint_event_word(ev->kind));
    jsonw_str(w, "at", at);
    jsonw_str(w, "staff", ev->staff);
    jsonw_str(w, "post", ev->post);
    jsonw_str(w, "to", ev->to_staff);
    jsonw_str(w, "why", complaint_why_word(ev->why));
    jsonw_str(w, "words", ev->words);
    jsonw_end(w);
}

static int put_may(struct ask *a, struct store *s, const struct complaint_file *f, struct err *e)
{
    int rc = 0;

    jsonw_obj(&a->w, "may");
    for (enum complaint_event_kind k = 0; rc == 0 && k < COMPLAINT_EVENTS; k++) {
        enum complaint_refusal why = COMPLAINT_MAY;

        rc = complaint_may(s, f, &a->me, k, &why, e);
        jsonw_str(&a->w, complaint_event_word(k), why == COMPLAINT_MAY ? "" : complaint_refusal_word(why));
    }
    jsonw_end(&a->w);
    return rc;
}

struct others {
    struct ask *ask;
    enum speak_kind kind;
};

/* Who may answer it. */
static int put_other(void *ctx, const struct account *one)
{
    struct others *o = ctx;

    if (one->office != o->ask->me.office || one->state == ACCOUNT_DISABLED ||
        !complaint_role_may(one->role, COMPLAINT_EVENT_ANSWER, o->kind))
        return 0;
    jsonw_obj(&o->ask->w, NULL);
    jsonw_str(&o->ask->w, "name", one->name);
    jsonw_str(&o->ask->w, "post", one->post);
    jsonw_end(&o->ask->w);
    return 0;
}

static int put_one(struct ask *a, struct store *s, struct complaint_file *f, struct err *e)
{
    struct others o = {.ask = a, .kind = f->kind};

    ask_answer(a, 200);
    put_facts(a, &a->w, f);
    jsonw_arr(&a->w, "events");
    int rc = complaint_file_read(s, a->office, a->said.number, put_event, &a->w, f, e);
    jsonw_end(&a->w);
    rc = rc == 0 ? put_may(a, s, f, e) : rc;
    jsonw_arr(&a->w, "others");
    rc = rc == 0 ? account_each(s, put_other, &o, e) : rc;
    jsonw_end(&a->w);
    return rc == 0 ? open_case_put_openings(&a->w, s, a->office, a->said.number, e) : rc;
}

/* 1: it is there, and one may read it; 0: it was refused. */
static int find(struct ask *a, struct store *s, struct complaint_file *f, struct err *e)
{
    struct err why = {0};
    int rc = a->office == a->me.office ? complaint_file_read(s, a->office, a->said.number, NULL, NULL, f, &why)
                                       : -ERR_NOTFOUND;

    if (rc < 0 && rc != -ERR_NOTFOUND) {
        *e = why;
        return rc;
    }
    if (rc == -ERR_NOTFOUND) /* another office's is none here */
        ask_refuse(a, 404, "no-complaint");
    else if (!complaint_role_reads(a->me.role, f->kind))
        ask_refuse(a, 403, "no-role");
    return a->status == 0;
}

static int one_read(struct ask *a, struct store *s, struct err *e)
{
    struct complaint_file f;
    int rc = find(a, s, &f, e);

    return rc > 0 ? put_one(a, s, &f, e) : rc;
}

const struct api api_one_complaint = {.take = one_take, .read = one_read};

/* --- doing something --- */

static void act_take(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};

    if (!said_path_decode(exchange_tail(a->exchange), a->said.number, &a->office, &a->said.kind) ||
        a->said.kind == COMPLAINT_EVENTS)
        ask_refuse(a, 404, "no-complaint");
    else if (said_ask_decode(body, len, &a->said.say, &e) < 0)
        ask_refuse(a, 400, "unreadable");
}

static int act_write(struct ask *a, struct store *s, struct err *e)
{
    const struct said_ask *say = &a->said.say;
    struct account to = {.post = "-"}; /* where there is none, complaint_do() says so */
    struct complaint_file f;
    struct err why = {0};
    int rc = find(a, s, &f, e);

    if (rc <= 0)
        return rc;
    if (say->to[0])
        (void)account_by_name(s, a->office, say->to, &to, &why);
    struct complaint_deed d = {.office = a->office,
                               .number = a->said.number,
                               .kind = a->said.kind,
                               .staff = a->me.name,
                               .post = a->me.post,
                               .to_staff = say->to,
                               .to_post = say->to[0] ? to.post : "",
                               .words = say->words,
                               .why = say->why,
                               .by = a->me.id};
    rc = complaint_do(s, &d, e);
    if (rc < 0)
        return rc;
    if (d.refusal != COMPLAINT_MAY)
        ask_refuse(a, d.refusal == COMPLAINT_REFUSAL_NO_ROLE ? 403 : 422, complaint_refusal_word(d.refusal));
    else
        ask_answer(a, 200);
    put_facts(a, &a->w, &d.file);
    return 0;
}

const struct api api_act_complaint = {.take = act_take, .write = act_write};
