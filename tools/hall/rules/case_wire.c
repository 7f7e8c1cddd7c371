/* SPDX-License-Identifier: Apache-2.0
 *
 * Events of cases ↔ bytes.
 */
#include "tools/hall/rules/case_wire.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "model/terminal.h"

#define TIME_MAX INT64_C(7258118400000) /* 2200 */

/* --- to bytes --- */

static void put_words(struct jsonw *w, const char *key, const char *text)
{
    if (text[0])
        jsonw_str(w, key, text);
}

static void put_days(struct jsonw *w, const char *key, int day, enum day_unit unit)
{
    jsonw_obj(w, key);
    jsonw_int(w, "day", day);
    jsonw_str(w, "unit", unit == DAY_WORKING ? "working-day" : "calendar-day");
    jsonw_end(w);
}

/* Nothing for what the item does not say. */
static void put_limit(struct jsonw *w, const char *key, const struct case_limit *l)
{
    if (l->day < 0 && !l->step[0])
        return;
    jsonw_obj(w, key);
    if (l->day >= 0)
        put_days(w, "limit", l->day, l->unit);
    put_words(w, "step", l->step);
    put_words(w, "post", l->post);
    jsonw_end(w);
}

static void put_limits(struct jsonw *w, const struct case_limits *l)
{
    jsonw_obj(w, "limits");
    jsonw_str(w, "item", l->item);
    jsonw_int(w, "version", l->item_version);
    jsonw_bool(w, "law_accepts", l->law_accepts);
    put_words(w, "law_decides", case_result_word(l->law_decides));
    put_words(w, "tacit_law", l->tacit_law);
    put_limit(w, "accept", &l->accept);
    put_limit(w, "examine", &l->examine);
    put_limit(w, "decide", &l->decide);
    put_limit(w, "promise", &l->promise);
    put_limit(w, "statutory", &l->statutory);
    jsonw_end(w);
}

static void put_receive(struct jsonw *w, const struct case_event *ev)
{
    jsonw_obj(w, "application");
    jsonw_int(w, "at", ev->applied);
    jsonw_hex(w, "record", ev->record, sizeof ev->record);
    jsonw_hex(w, "body_hash", ev->body_hash, sizeof ev->body_hash);
    jsonw_end(w);
    put_limits(w, &ev->limits);
}

int case_event_encode(const struct case_event *ev, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "number", ev->number);
    jsonw_int(&w, "seq", ev->seq);
    jsonw_str(&w, "event", case_event_word(ev->kind));
    jsonw_int(&w, "at", ev->at);
    jsonw_int(&w, "entered", ev->entered);
    if (case_event_alone(ev)) {
        jsonw_str(&w, "terminal", ev->terminal);
        jsonw_hex(&w, "supplement", ev->supplement, sizeof ev->supplement);
    } else {
        jsonw_str(&w, "staff", ev->staff);
        jsonw_str(&w, "post", ev->post);
    }
    put_words(&w, "words", ev->words);
    put_words(&w, "law", ev->law);
    if (ev->kind == CASE_EVENT_STOP) {
        jsonw_str(&w, "procedure", case_procedure_word(ev->procedure));
        put_days(&w, "limit", ev->limit_day, ev->limit_unit);
    }
    put_words(&w, "result", case_result_word(ev->result));
    if (ev->kind == CASE_EVENT_HAND_OVER) {
        jsonw_obj(&w, "to");
        jsonw_str(&w, "staff", ev->to_staff);
        jsonw_str(&w, "post", ev->to_post);
        jsonw_end(&w);
    }
    if (ev->kind == CASE_EVENT_RECEIVE)
        put_receive(&w, ev);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

/* --- from bytes --- */

static int opt_text(const struct json *o, const char *key, char *out, size_t cap, struct err *e)
{
    const char *text = "";
    int rc = json_opt_str(o, key, 1, cap - 1, &text, e);

    if (rc == 0 && text[0] && !text_is_line(text))
        rc = err_set(e, ERR_INVALID, "%s is not one line", key);
    if (rc == 0)
        text_copy(out, cap, text);
    return rc;
}

static int get_text(const struct json *o, const char *key, char *out, size_t cap, struct err *e)
{
    return json_has(o, key) ? opt_text(o, key, out, cap, e) : err_set(e, ERR_INVALID, "%s is missing", key);
}

static int get_days(const struct json *o, const char *key, int *ret_day, enum day_unit *ret_unit, struct err *e)
{
    const struct json *limit = NULL;
    const char *unit = "";
    int64_t day = 0;
    int rc = json_get_obj(o, key, &limit, e);

    if (rc == 0)
        rc = json_known(limit, "day unit", e);
    if (rc == 0)
        rc = json_get_int(limit, "day", 0, CASE_DAYS_MAX, &day, e);
    if (rc == 0)
        rc = json_get_str(limit, "unit", 1, 20, &unit, e);
    if (rc == 0 && strcmp(unit, "working-day") != 0 && strcmp(unit, "calendar-day") != 0)
        rc = err_set(e, ERR_INVALID, "%s.unit is neither working-day nor calendar-day", key);
    *ret_day = (int)day;
    *ret_unit = strcmp(unit, "calendar-day") == 0 ? DAY_CALENDAR : DAY_WORKING;
    return rc;
}

static int get_limit(const struct json *o, const char *key, struct case_limit *ret, struct err *e)
{
    const struct json *limit = NULL;
    int rc = json_opt_obj(o, key, &limit, e);

    *ret = (struct case_limit){.day = -1};
    if (rc < 0 || !limit)
        return rc;
    rc = json_known(limit, "limit step post", e);
    if (rc == 0 && json_has(limit, "limit"))
        rc = get_days(limit, "limit", &ret->day, &ret->unit, e);
    if (rc == 0)
        rc = opt_text(limit, "step", ret->step, sizeof ret->step, e);
    if (rc == 0)
        rc = opt_text(limit, "post", ret->post, sizeof ret->post, e);
    return err_wrap(e, rc, "%s", key);
}

static int get_result(const struct json *o, const char *key, enum case_result *ret, struct err *e)
{
    const char *word = "";
    int rc = json_opt_str(o, key, 1, 20, &word, e);

    if (rc == 0 && word[0] && !case_result_by_word(word, ret))
        rc = err_set(e, ERR_INVALID, "%s is no result", key);
    return rc;
}

static int get_limits(const struct json *o, struct case_limits *ret, struct err *e)
{
    const struct json *l = NULL;
    const char *item = "";
    int64_t version = 0;
    int rc = json_get_obj(o, "limits", &l, e);

    if (rc == 0)
        rc = json_known(l, "item version law_accepts law_decides tacit_law accept examine decide promise statutory", e);
    if (rc == 0)
        rc = json_get_str(l, "item", 1, ITEM_CODE_MAX, &item, e);
    if (rc == 0)
        rc = json_get_int(l, "version", 0, INT32_MAX, &version, e);
    if (rc == 0)
        rc = json_get_bool(l, "law_accepts", &ret->law_accepts, e);
    if (rc == 0)
        rc = get_result(l, "law_decides", &ret->law_decides, e);
    if (rc == 0)
        rc = opt_text(l, "tacit_law", ret->tacit_law, sizeof ret->tacit_law, e);
    if (rc == 0)
        rc = get_limit(l, "accept", &ret->accept, e);
    if (rc == 0)
        rc = get_limit(l, "examine", &ret->examine, e);
    if (rc == 0)
        rc = get_limit(l, "decide", &ret->decide, e);
    if (rc == 0)
        rc = get_limit(l, "promise", &ret->promise, e);
    if (rc == 0)
        rc = get_limit(l, "statutory", &ret->statutory, e);
    text_copy(ret->item, sizeof ret->item, item);
    ret->item_version = (int)version;
    return err_wrap(e, rc, "limits");
}

static int get_hex(const struct json *o, const char *key, uint8_t *out, size_t len, struct err *e)
{
    const char *text = NULL;
    size_t n = 0;
    int rc = json_get_str(o, key, 2 * len, 2 * len, &text, e);

    if (rc == 0 && (hex_decode(text, 2 * len, out, len, &n) || n != len))
        rc = err_set(e, ERR_INVALID, "%s is not hexadecimal", key);
    return rc;
}

static int get_receive(const struct json *o, struct case_event *ev, struct err *e)
{
    const struct json *application = NULL;
    int rc = json_get_obj(o, "application", &application, e);

    if (rc == 0)
        rc = json_known(application, "at record body_hash", e);
    if (rc == 0)
        rc = json_get_int(application, "at", 0, TIME_MAX, &ev->applied, e);
    if (rc == 0)
        rc = get_hex(application, "record", ev->record, sizeof ev->record, e);
    if (rc == 0)
        rc = get_hex(application, "body_hash", ev->body_hash, sizeof ev->body_hash, e);
    return rc == 0 ? get_limits(o, &ev->limits, e) : rc;
}

static int get_stop(const struct json *o, struct case_event *ev, struct err *e)
{
    const char *word = "";
    int rc = json_get_str(o, "procedure", 1, 20, &word, e);

    if (rc == 0 && !case_procedure_by_word(word, &ev->procedure))
        rc = err_set(e, ERR_INVALID, "there is no such procedure");
    return rc == 0 ? get_days(o, "limit", &ev->limit_day, &ev->limit_unit, e) : rc;
}

static int get_to(const struct json *o, struct case_event *ev, struct err *e)
{
    const struct json *to = NULL;
    int rc = json_get_obj(o, "to", &to, e);

    if (rc == 0)
        rc = json_known(to, "staff post", e);
    if (rc == 0)
        rc = get_text(to, "staff", ev->to_staff, sizeof ev->to_staff, e);
    return rc == 0 ? get_text(to, "post", ev->to_post, sizeof ev->to_post, e) : rc;
}

/* Staff, or a terminal. */
static int get_who(const struct json *o, struct case_event *ev, struct err *e)
{
    bool alone = ev->kind == CASE_EVENT_SUPPLIED && json_has(o, "terminal");
    int rc = 0;

    if (alone && (json_has(o, "staff") || json_has(o, "post")))
        return err_set(e, ERR_INVALID, "it came by a terminal and by staff");
    if (alone)
        rc = get_text(o, "terminal", ev->terminal, sizeof ev->terminal, e);
    if (alone && rc == 0)
        rc = terminal_id_valid(ev->terminal) ? get_hex(o, "supplement", ev->supplement, sizeof ev->supplement, e)
                                             : err_set(e, ERR_INVALID, "terminal is no name of one");
    if (!alone)
        rc = get_text(o, "staff", ev->staff, sizeof ev->staff, e);
    return !alone && rc == 0 ? get_text(o, "post", ev->post, sizeof ev->post, e) : rc;
}

/* What events of every kind have. */
static int get_common(const struct json *o, struct case_event *ev, struct err *e)
{
    struct case_number number;
    const char *word = "", *text = "";
    enum case_event_kind kind = CASE_EVENTS;
    int64_t v = 0;
    int rc = json_get_int(o, "v", 1, 1, &v, e);

    if (rc == 0)
        rc = json_get_str(o, "event", 1, 20, &word, e);
    if (rc == 0 && !case_event_by_word(word, &kind))
        rc = err_set(e, ERR_INVALID, "there is no such event");
    if (rc == 0)
        case_event_init(ev, kind);
    if (rc == 0)
        rc = json_get_str(o, "number", CASE_NUMBER_LEN, CASE_NUMBER_LEN, &text, e);
    if (rc == 0 && !case_number_parse(text, &number))
        rc = err_set(e, ERR_INVALID, "number is no case number");
    if (rc == 0)
        text_copy(ev->number, sizeof ev->number, text);
    if (rc == 0)
        rc = json_get_int(o, "seq", 1, CASE_EVENTS_MAX, &ev->seq, e);
    if (rc == 0)
        rc = json_get_int(o, "at", 0, TIME_MAX, &ev->at, e);
    if (rc == 0)
        rc = json_get_int(o, "entered", 0, TIME_MAX, &ev->entered, e);
    if (rc == 0)
        rc = get_who(o, ev, e);
    if (rc == 0)
        rc = opt_text(o, "words", ev->words, sizeof ev->words, e);
    return rc == 0 ? opt_text(o, "law", ev->law, sizeof ev->law, e) : rc;
}

#define COMMON "v number seq event at entered staff post words law"

static int get_kind(const struct json *o, struct case_event *ev, struct err *e)
{
    int rc;

    switch ((int)ev->kind) {
    case CASE_EVENT_RECEIVE:
        rc = json_known(o, COMMON " application limits", e);
        return rc == 0 ? get_receive(o, ev, e) : rc;
    case CASE_EVENT_STOP:
        rc = json_known(o, COMMON " procedure limit", e);
        return rc == 0 ? get_stop(o, ev, e) : rc;
    case CASE_EVENT_HAND_OVER:
        rc = json_known(o, COMMON " to", e);
        return rc == 0 ? get_to(o, ev, e) : rc;
    case CASE_EVENT_SUPPLIED:
        return json_known(o, json_has(o, "terminal") ? COMMON " terminal supplement" : COMMON, e);
    case CASE_EVENT_DECIDE:
    case CASE_EVENT_DECIDE_TACIT:
        rc = json_known(o, COMMON " result", e);
        return rc == 0 ? get_result(o, "result", &ev->result, e) : rc;
    default:
        return json_known(o, COMMON, e);
    }
}

int case_event_decode(const void *data, size_t len, struct case_event *ret, struct err *e)
{
    struct json *doc = NULL;
    int rc = json_parse(data, len, CASE_BYTES_MAX, &doc, e);

    if (rc == 0)
        rc = get_common(doc, ret, e);
    if (rc == 0)
        rc = get_kind(doc, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "an event of a case");
}

/* --- the chain --- */

#define CHAIN "tongban-case-chain-v1\n"
#define LINK "tongban-case-v1\n"

void case_chain_begin(const char *number, uint8_t hash[SHA256_LEN])
{
    struct sha256 *h = sha256_begin();

    sha256_add(h, CHAIN, strlen(CHAIN));
    sha256_add(h, number, strlen(number));
    sha256_end(h, hash);
}

void case_chain_next(const void *data, size_t len, uint8_t hash[SHA256_LEN])
{
    const uint8_t size[4] = {(uint8_t)(len >> 24), (uint8_t)(len >> 16), (uint8_t)(len >> 8), (uint8_t)len};
    struct sha256 *h = sha256_begin();

    sha256_add(h, LINK, strlen(LINK));
    sha256_add(h, hash, SHA256_LEN);
    sha256_add(h, size, sizeof size);
    sha256_add(h, data, len);
    sha256_end(h, hash);
}

/* --- a list of them --- */

/* The bytes are those that were stored: nothing but a list was put around them. */
static int take_event(struct case_history *h, const struct json *value, struct err *e)
{
    struct case_event ev;
    struct buf bytes;

    buf_init(&bytes, CASE_BYTES_MAX);
    int rc = json_dump(value, &bytes);
    if (rc == 0)
        rc = case_event_decode(bytes.data, bytes.len, &ev, e);
    if (rc == 0 && !h->number[0]) {
        text_copy(h->number, sizeof h->number, ev.number);
        case_chain_begin(h->number, h->hash);
    }
    if (rc == 0 && (strcmp(ev.number, h->number) != 0 || ev.seq != h->state.seq + 1 ||
                    case_judge(&h->state, &ev, ev.entered) != CASE_MAY))
        rc = err_set(e, ERR_INVALID, "event %lld does not follow on those before it", (long long)ev.seq);
    if (rc == 0) {
        case_chain_next(bytes.data, bytes.len, h->hash);
        case_apply(&h->state, &ev);
    }
    buf_finish(&bytes);
    return rc;
}

int case_history_decode(const void *data, size_t len, struct case_history *ret, struct err *e)
{
    struct json *doc = NULL;
    int rc = json_parse(data, len, CASE_LIST_MAX, &doc, e);

    *ret = (struct case_history){0};
    if (rc == 0 && (!json_is_arr(doc) || json_len(doc) == 0))
        rc = err_set(e, ERR_INVALID, "it is no list of events");
    for (size_t i = 0; rc == 0 && i < json_len(doc); i++)
        rc = take_event(ret, json_at(doc, i), e);
    json_free(doc);
    return rc;
}
