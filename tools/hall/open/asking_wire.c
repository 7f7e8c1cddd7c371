/* SPDX-License-Identifier: Apache-2.0
 *
 * See asking_wire.h.
 */
#include "tools/hall/open/asking_wire.h"

#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "model/terminal.h"

static const char *const whats[ASKING_WHATS] = {"hello", "index", "look", "answer"};

static int get_hex(const struct json *o, const char *key, size_t min, size_t max, uint8_t *out, size_t *ret_len,
                   struct err *e)
{
    const char *text;
    int rc = json_get_str(o, key, 2 * min, 2 * max, &text, e);

    if (rc == 0 && hex_decode(text, strlen(text), out, max, ret_len) < 0)
        rc = err_set(e, ERR_INVALID, "%s is not hexadecimal", key);
    return rc;
}

/* A part of the line, as the text it is. */
static int get_part(const struct json *o, const char *key, struct buf *out, struct err *e)
{
    const struct json *part = NULL;
    int rc = json_opt_obj(o, key, &part, e);

    if (rc == 0 && part && json_dump(part, out) < 0)
        rc = err_set(e, ERR_TOOLONG, "%s", key);
    return rc;
}

/* --- request --- */

static void put_question(struct jsonw *w, const struct asking_request *r)
{
    struct buf text;

    buf_init(&text, ASK_BYTES_MAX);
    ask_sealed_encode(&r->question, &text);
    jsonw_str(w, "terminal", r->terminal);
    jsonw_raw(w, "question", buf_str(&text), text.len);
    buf_finish(&text);
}

int asking_request_encode(const struct asking_request *r, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "do", whats[r->what]);
    if (r->what == ASKING_LOOK || r->what == ASKING_ANSWER)
        put_question(&w, r);
    if (r->what == ASKING_ANSWER && r->cases.len)
        jsonw_raw(&w, "cases", buf_str(&r->cases), r->cases.len);
    if (r->header_len) {
        jsonw_hex(&w, "header", r->header, r->header_len);
        jsonw_hex(&w, "body", r->body, r->body_len);
    }
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static int get_what(const struct json *o, enum asking_what *ret, struct err *e)
{
    const char *text;
    int rc = json_get_str(o, "do", 1, 16, &text, e);

    if (rc < 0)
        return rc;
    for (int i = 0; i < ASKING_WHATS; i++)
        if (strcmp(text, whats[i]) == 0) {
            *ret = (enum asking_what)i;
            return 0;
        }
    return err_set(e, ERR_INVALID, "do is an unknown word");
}

static int get_question(const struct json *o, struct asking_request *r, struct err *e)
{
    const char *terminal;
    struct buf text;
    int rc = json_get_str(o, "terminal", 1, TERMINAL_ID_MAX, &terminal, e);

    if (rc == 0 && !terminal_id_valid(terminal))
        rc = err_set(e, ERR_INVALID, "that is no name of a terminal");
    if (rc < 0)
        return rc;
    text_copy(r->terminal, sizeof r->terminal, terminal);
    buf_init(&text, ASK_BYTES_MAX);
    rc = get_part(o, "question", &text, e);
    if (rc == 0)
        rc = ask_sealed_decode(text.data, text.len, &r->question, e);
    buf_finish(&text);
    return rc;
}

static int get_record(const struct json *o, struct asking_request *r, struct err *e)
{
    int rc = get_hex(o, "header", 1, sizeof r->header, r->header, &r->header_len, e);

    return rc == 0 ? get_hex(o, "body", 1, sizeof r->body, r->body, &r->body_len, e) : rc;
}

int asking_request_decode(const char *text, size_t len, struct asking_request *ret, struct err *e)
{
    static const char *const known[ASKING_WHATS] = {"do", "do header body", "do terminal question",
                                                    "do terminal question cases header body"};
    struct json *doc = NULL;
    int rc = json_parse(text, len, JSON_SIZE_MAX, &doc, e);

    ret->header_len = ret->body_len = 0;
    buf_init(&ret->cases, ASK_ANSWER_MAX);
    if (rc == 0)
        rc = get_what(doc, &ret->what, e);
    if (rc == 0)
        rc = json_known(doc, known[ret->what], e);
    if (rc == 0 && (ret->what == ASKING_LOOK || ret->what == ASKING_ANSWER))
        rc = get_question(doc, ret, e);
    if (rc == 0 && ret->what == ASKING_ANSWER)
        rc = get_part(doc, "cases", &ret->cases, e);
    if (rc == 0 && (ret->what == ASKING_INDEX || json_has(doc, "header")))
        rc = get_record(doc, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "a request of the hall");
}

void asking_request_finish(struct asking_request *r)
{
    buf_finish(&r->cases);
}

/* --- what was sealed --- */

static const char *text_of(const struct json *doc, const char *part, const char *key)
{
    const struct json *o = json_member(doc, part);
    const char *text = o && json_is_obj(o) ? json_str(json_member(o, key)) : NULL;

    return text ? text : "";
}

int asking_person_decode(const void *text, size_t len, struct asking_person *ret, struct err *e)
{
    struct json *doc = NULL;
    int rc = json_parse(text, len, APPLICATION_MAX, &doc, e);

    *ret = (struct asking_person){.citizen = ""};
    if (rc == 0 && !json_is_obj(doc))
        rc = err_set(e, ERR_INVALID, "it is no application");
    if (rc == 0) {
        const char *citizen = text_of(doc, "applicant", "number"), *phone = text_of(doc, "fields", "mobile");
        size_t n = strlen(citizen), m = strlen(phone);

        if (n >= ASK_CITIZEN_MIN && n <= ASK_CITIZEN_MAX)
            text_copy(ret->citizen, sizeof ret->citizen, citizen);
        if (m >= ASK_PHONE_LEN)
            text_copy(ret->phone, sizeof ret->phone, phone + m - ASK_PHONE_LEN);
        const char *code = json_is_str(json_member(doc, "code")) ? json_str(json_member(doc, "code")) : "";
        if (speak_code_parse(code, NULL))
            text_copy(ret->code, sizeof ret->code, code);
    }
    json_free(doc);
    return rc;
}

/* --- answer --- */

int asking_answer_encode(const struct asking_answer *a, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "outcome", opening_word(a->outcome));
    jsonw_hex(&w, "secret", a->secret, sizeof a->secret);
    if (a->indexed)
        jsonw_hex(&w, "index", a->index, sizeof a->index);
    if (a->number[0])
        jsonw_str(&w, "number", a->number);
    jsonw_str(&w, "language", language_tag(a->language));
    if (a->wishes)
        ask_wish_put(&w, &a->wish);
    if (a->item[0])
        jsonw_str(&w, "item", a->item);
    if (a->reply_len)
        jsonw_hex(&w, "reply", a->reply, a->reply_len);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static int get_outcome(const struct json *o, struct asking_answer *a, struct err *e)
{
    const char *word, *tag;
    int rc = json_get_str(o, "outcome", 1, 40, &word, e);

    if (rc == 0 && !opening_by_word(word, &a->outcome))
        rc = err_set(e, ERR_INVALID, "outcome is an unknown word");
    if (rc == 0)
        rc = json_get_str(o, "language", 1, 16, &tag, e);
    if (rc == 0 && !language_by_tag(tag, &a->language))
        rc = err_set(e, ERR_INVALID, "language is unknown");
    return rc;
}

/* Whose licences it is about has to be there too. */
static int get_item(const struct json *o, struct asking_answer *a, struct err *e)
{
    const char *text;
    int rc = json_get_str(o, "item", 1, ITEM_CODE_MAX, &text, e);

    if (rc == 0 && !a->indexed)
        rc = err_set(e, ERR_INVALID, "licences of nobody");
    if (rc == 0)
        text_copy(a->item, sizeof a->item, text);
    return rc;
}

static int get_about(const struct json *o, struct asking_answer *a, struct err *e)
{
    const char *number = "";
    size_t len;
    int rc = json_opt_str(o, "number", SPEAK_NUMBER_LEN, CASE_NUMBER_LEN, &number, e);

    if (rc == 0 && number[0] && !opening_number_valid(number))
        rc = err_set(e, ERR_INVALID, "number is no case number, nor that of what was said");
    if (rc == 0)
        text_copy(a->number, sizeof a->number, number);
    a->indexed = json_has(o, "index");
    if (rc == 0 && a->indexed)
        rc = get_hex(o, "index", sizeof a->index, sizeof a->index, a->index, &len, e);
    a->wishes = json_has(o, "do");
    if (rc == 0 && a->wishes)
        rc = ask_wish_get(o, &a->wish, e);
    if (rc == 0 && json_has(o, "item"))
        rc = get_item(o, a, e);
    if (rc == 0 && json_has(o, "reply"))
        rc = get_hex(o, "reply", SEAL_REPLY_OVERHEAD, sizeof a->reply, a->reply, &a->reply_len, e);
    return rc;
}

int asking_answer_decode(const char *text, size_t len, struct asking_answer *ret, struct err *e)
{
    struct json *doc = NULL;
    size_t n;
    int rc = json_parse(text, len, JSON_SIZE_MAX, &doc, e);

    *ret = (struct asking_answer){.outcome = OPENING_BAD_REQUEST};
    if (rc == 0)
        rc = json_known(doc, "outcome secret index number item language reply " ASK_WISH_KEYS, e);
    if (rc == 0)
        rc = get_hex(doc, "secret", BLIND_ID_LEN, BLIND_ID_LEN, ret->secret, &n, e);
    if (rc == 0)
        rc = get_outcome(doc, ret, e);
    if (rc == 0)
        rc = get_about(doc, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "an answer of hall-open");
}
