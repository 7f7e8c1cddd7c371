/* SPDX-License-Identifier: Apache-2.0
 *
 * The answers of ask.h.
 */
#include "wire/ask_parts.h"
#include "wire/record.h"

#define OPENED_MAX 1000000

/* --- a case --- */

static const char *const stages[] = {
    [MY_CASE_NEW] = "new",         [MY_CASE_RECEIVED] = "received",   [MY_CASE_ASKED] = "supplement-asked",
    [MY_CASE_REFUSED] = "refused", [MY_CASE_ACCEPTED] = "accepted",   [MY_CASE_EXAMINED] = "examined",
    [MY_CASE_DECIDED] = "decided", [MY_CASE_DELIVERED] = "delivered", [MY_CASE_WITHDRAWN] = "withdrawn",
};
static const char *const step_kinds[] = {
    [MY_STEP_HANDED_IN] = "handed-in", [MY_STEP_ASKED] = "asked",     [MY_STEP_SUPPLIED] = "supplied",
    [MY_STEP_ACCEPT] = "accept",       [MY_STEP_STOPPED] = "stopped", [MY_STEP_EXAMINE] = "examine",
    [MY_STEP_DECIDE] = "decide",       [MY_STEP_DELIVER] = "deliver",
};
#define COUNT(list) ((int)(sizeof list / sizeof *list))

void ask_put_day(struct jsonw *w, const char *key, struct date d)
{
    char text[DATE_LEN + 1];

    if (!d.year)
        return;
    date_format(d, text);
    jsonw_str(w, key, text);
}

static void put_step(struct jsonw *w, const struct my_case_step *s)
{
    jsonw_obj(w, NULL);
    jsonw_str(w, "kind", step_kinds[s->kind]);
    jsonw_bool(w, "done", s->done);
    jsonw_bool(w, "provisional", s->provisional);
    ask_put_day(w, "day", s->day);
    jsonw_str(w, "why", s->why);
    jsonw_end(w);
}

static void put_opened(struct jsonw *w, const struct my_case_opened *o)
{
    jsonw_obj(w, NULL);
    jsonw_int(w, "at", o->at);
    jsonw_str(w, "post", o->post);
    jsonw_str(w, "who", o->who);
    jsonw_str(w, "why", o->why);
    jsonw_end(w);
}

/* `opened`: so many of its openings at most. */
static void put_case(struct jsonw *w, const struct my_case *c, int opened)
{
    jsonw_obj(w, NULL);
    jsonw_str(w, "number", c->number);
    jsonw_str(w, "item", c->item);
    jsonw_str(w, "item_name", c->item_name);
    jsonw_str(w, "dept_name", c->dept_name);
    jsonw_str(w, "phone", c->phone);
    jsonw_str(w, "stage", stages[c->stage]);
    jsonw_int(w, "handed_in", c->handed_in_ms);
    jsonw_arr(w, "steps");
    for (int i = 0; i < c->n_steps; i++)
        put_step(w, &c->steps[i]);
    jsonw_end(w);
    jsonw_str(w, "missing", c->missing);
    jsonw_bool(w, "can_supplement", c->can_supplement);
    jsonw_str(w, "words", c->words);
    jsonw_bool(w, "decided", c->decided);
    jsonw_bool(w, "granted", c->granted);
    ask_put_day(w, "decided_on", c->decided_on);
    jsonw_str(w, "paper_code", c->paper_code);
    jsonw_str(w, "check_code", c->check_code);
    jsonw_int(w, "openings", c->openings);
    jsonw_arr(w, "opened");
    for (int i = 0; i < c->n_opened && i < opened; i++)
        put_opened(w, &c->opened[i]);
    jsonw_end(w);
    jsonw_end(w);
}

int ask_get_word(const struct json *o, const char *key, const char *const *list, int n, int *ret, struct err *e)
{
    const char *text;
    int rc = json_get_str(o, key, 1, 32, &text, e);

    if (rc < 0)
        return rc;
    for (int i = 0; i < n; i++)
        if (strcmp(text, list[i]) == 0) {
            *ret = i;
            return 0;
        }
    return err_set(e, ERR_INVALID, "%s is an unknown word", key);
}

int ask_get_day(const struct json *o, const char *key, struct date *ret, struct err *e)
{
    const char *text = NULL;
    int rc = json_opt_str(o, key, DATE_LEN, DATE_LEN, &text, e);

    if (rc == 0 && text && !record_day_parse(text, ret))
        rc = err_set(e, ERR_INVALID, "%s is no day", key);
    return rc;
}

static int get_step(const struct json *o, struct my_case_step *s, struct err *e)
{
    int kind = 0, rc = ask_get_word(o, "kind", step_kinds, COUNT(step_kinds), &kind, e);

    if (rc == 0)
        rc = json_get_bool(o, "done", &s->done, e);
    if (rc == 0)
        rc = json_get_bool(o, "provisional", &s->provisional, e);
    if (rc == 0)
        rc = ask_get_day(o, "day", &s->day, e);
    if (rc == 0)
        rc = ask_get_text(o, "why", 0, sizeof s->why - 1, s->why, e);
    s->kind = (enum my_case_step_kind)kind;
    return rc;
}

static int get_steps(const struct json *o, struct my_case *c, struct err *e)
{
    const struct json *list = NULL;
    int rc = json_get_arr(o, "steps", MY_CASE_STEPS_MAX, &list, e);

    c->n_steps = rc == 0 ? (int)json_len(list) : 0;
    for (int i = 0; rc == 0 && i < c->n_steps; i++)
        rc = get_step(json_at(list, (size_t)i), &c->steps[i], e);
    return rc;
}

static int get_opened(const struct json *o, struct my_case_opened *ret, struct err *e)
{
    int rc = json_get_int(o, "at", 0, ASK_TIME_MAX, &ret->at, e);

    if (rc == 0)
        rc = ask_get_text(o, "post", 0, sizeof ret->post - 1, ret->post, e);
    if (rc == 0)
        rc = ask_get_text(o, "who", 0, sizeof ret->who - 1, ret->who, e);
    return rc < 0 ? rc : ask_get_text(o, "why", 0, sizeof ret->why - 1, ret->why, e);
}

/* A hall of before says how often alone. */
static int get_openings(const struct json *o, struct my_case *c, struct err *e)
{
    const struct json *list = NULL;
    int64_t openings = 0;
    int rc = json_get_int(o, "openings", 0, OPENED_MAX, &openings, e);

    c->openings = (int)openings;
    if (rc < 0 || !json_has(o, "opened"))
        return rc;
    rc = json_get_arr(o, "opened", MY_CASE_OPENED_MAX, &list, e);
    c->n_opened = rc == 0 ? (int)json_len(list) : 0;
    for (int i = 0; rc == 0 && i < c->n_opened; i++)
        rc = get_opened(json_at(list, (size_t)i), &c->opened[i], e);
    return rc;
}

static int get_number(const struct json *o, char out[CASE_NUMBER_LEN + 1], struct err *e)
{
    struct case_number n;
    int rc = ask_get_text(o, "number", CASE_NUMBER_LEN, CASE_NUMBER_LEN, out, e);

    return rc == 0 && !case_number_parse(out, &n) ? err_set(e, ERR_INVALID, "number is no case number") : rc;
}

static int get_outcome(const struct json *o, struct my_case *c, struct err *e)
{
    int rc = ask_get_text(o, "missing", 0, MY_CASE_WORDS_MAX, c->missing, e);

    if (rc == 0)
        rc = json_get_bool(o, "can_supplement", &c->can_supplement, e);
    if (rc == 0)
        rc = ask_get_text(o, "words", 0, MY_CASE_WORDS_MAX, c->words, e);
    if (rc == 0)
        rc = json_get_bool(o, "decided", &c->decided, e);
    if (rc == 0)
        rc = json_get_bool(o, "granted", &c->granted, e);
    if (rc == 0)
        rc = ask_get_day(o, "decided_on", &c->decided_on, e);
    if (rc == 0)
        rc = ask_get_text(o, "paper_code", 0, sizeof c->paper_code - 1, c->paper_code, e);
    if (rc == 0)
        rc = ask_get_text(o, "check_code", 0, sizeof c->check_code - 1, c->check_code, e);
    return rc < 0 ? rc : get_openings(o, c, e);
}

static int get_case(const struct json *o, struct my_case *c, struct err *e)
{
    int stage = 0, rc = get_number(o, c->number, e);

    if (rc == 0)
        rc = ask_get_text(o, "item", 0, ITEM_CODE_MAX, c->item, e);
    if (rc == 0)
        rc = ask_get_text(o, "item_name", 0, sizeof c->item_name - 1, c->item_name, e);
    if (rc == 0)
        rc = ask_get_text(o, "dept_name", 0, sizeof c->dept_name - 1, c->dept_name, e);
    if (rc == 0)
        rc = ask_get_text(o, "phone", 0, sizeof c->phone - 1, c->phone, e);
    if (rc == 0)
        rc = ask_get_word(o, "stage", stages, COUNT(stages), &stage, e);
    if (rc == 0)
        rc = json_get_int(o, "handed_in", 0, ASK_TIME_MAX, &c->handed_in_ms, e);
    c->stage = (enum my_case_stage)stage;
    if (rc == 0)
        rc = get_steps(o, c, e);
    return rc == 0 ? get_outcome(o, c, e) : rc;
}

/* --- the answer --- */

static void begin(struct jsonw *w, int64_t at, struct buf *out)
{
    jsonw_init(w, out);
    jsonw_obj(w, NULL);
    jsonw_int(w, "v", 1);
    jsonw_int(w, "at", at);
}

static int put_newest(const struct my_cases *cases, int n, int opened, struct buf *out)
{
    struct jsonw w;

    begin(&w, cases->at, out);
    jsonw_bool(&w, "more", cases->more || n < cases->n);
    jsonw_arr(&w, "cases");
    for (int i = 0; i < n; i++)
        put_case(&w, &cases->list[i], opened);
    jsonw_end(&w);
    jsonw_end(&w);
    return buf_ok(out) && out->len <= ASK_ANSWER_MAX ? 0 : -ERR_TOOLONG;
}

static int put_spoken(const struct my_cases *told, struct buf *out)
{
    struct jsonw w;

    begin(&w, told->at, out);
    ask_put_spoken(&w, &told->told);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int ask_answer_encode(const struct my_cases *cases, struct buf *out)
{
    if (cases->spoken)
        return put_spoken(cases, out);
    struct buf text;
    int n = cases->n, opened = MY_CASE_OPENED_MAX, rc;

    buf_init(&text, ASK_ANSWER_MAX);
    while ((rc = put_newest(cases, n, opened, &text)) < 0 && (n > 0 || opened > 0)) {
        buf_reset(&text);
        if (opened > 0)
            opened--;
        else
            n--;
    }
    if (rc == 0)
        rc = buf_add(out, text.data, text.len);
    buf_finish(&text);
    return rc;
}

int ask_reason_encode(enum ask_reason why, int64_t at, struct buf *out)
{
    struct jsonw w;

    begin(&w, at, out);
    jsonw_str(&w, "reason", ask_reason_word(why));
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int ask_get_reason(const struct json *o, enum ask_reason *ret, struct err *e)
{
    const char *word;
    int rc = json_known(o, "v at reason", e);

    if (rc == 0)
        rc = json_get_str(o, "reason", 1, 32, &word, e);
    if (rc == 0 && !ask_reason_by_word(word, ret))
        rc = err_set(e, ERR_INVALID, "reason is an unknown word");
    return rc;
}

static int get_told(const struct json *o, struct my_cases *ret, struct err *e)
{
    int rc = json_known(o, "v at spoken", e);

    ret->spoken = true;
    return rc == 0 ? ask_get_spoken(o, &ret->told, e) : rc;
}

static int get_cases(const struct json *o, struct my_cases *ret, struct err *e)
{
    const struct json *list = NULL;
    int rc = json_known(o, "v at more cases", e);

    if (rc == 0)
        rc = json_get_bool(o, "more", &ret->more, e);
    if (rc == 0)
        rc = json_get_arr(o, "cases", MY_CASES_MAX, &list, e);
    ret->n = rc == 0 ? (int)json_len(list) : 0;
    for (int i = 0; rc == 0 && i < ret->n; i++)
        rc = get_case(json_at(list, (size_t)i), &ret->list[i], e);
    return rc;
}

int ask_answer_decode(const void *data, size_t len, struct my_cases *ret, enum ask_reason *ret_why, struct err *e)
{
    struct json *doc = NULL;
    int rc = json_parse(data, len, ASK_ANSWER_MAX, &doc, e);

    memset(ret, 0, sizeof *ret);
    *ret_why = ASK_ANSWERED;
    if (rc == 0)
        rc = ask_get_version(doc, e);
    if (rc == 0)
        rc = json_get_int(doc, "at", 0, ASK_TIME_MAX, &ret->at, e);
    if (rc == 0)
        rc = json_has(doc, "reason")   ? ask_get_reason(doc, ret_why, e)
             : json_has(doc, "spoken") ? get_told(doc, ret, e)
                                       : get_cases(doc, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "an answer");
}

int ask_answered_encode(const void *sealed, size_t len, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_hex(&w, "answer", sealed, len);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int ask_answered_decode(const void *data, size_t len, uint8_t sealed[ASK_REPLY_MAX], size_t *ret_len, struct err *e)
{
    struct json *doc = NULL;
    int rc = json_parse(data, len, ASK_ANSWERED_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "v answer", e);
    if (rc == 0)
        rc = ask_get_version(doc, e);
    if (rc == 0)
        rc = ask_get_hex(doc, "answer", SEAL_REPLY_OVERHEAD, ASK_REPLY_MAX, sealed, ret_len, e);
    json_free(doc);
    return err_wrap(e, rc, "a sealed answer");
}
