/* SPDX-License-Identifier: Apache-2.0
 *
 * See licence_wire.h.
 */
#include "tools/hall/rules/licence_wire.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

/* --- the question --- */

int licence_question_encode(const struct licence_question *q, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_hex(&w, "request", q->request, sizeof q->request);
    jsonw_str(&w, "case", q->number);
    jsonw_str(&w, "item", q->item);
    jsonw_str(&w, "purpose", q->purpose);
    jsonw_str(&w, "staff", q->staff);
    jsonw_str(&w, "post", q->post);
    jsonw_str(&w, "certificate_holder_code", q->holder);
    jsonw_arr(&w, "kinds");
    for (int i = 0; i < q->n; i++)
        jsonw_str(&w, NULL, q->kinds[i]);
    jsonw_end(&w);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static int get_version(const struct json *o, struct err *e)
{
    int64_t v;

    return json_get_int(o, "v", 1, 1, &v, e);
}

static int get_request(const struct json *o, uint8_t out[LICENCE_REQUEST_LEN], struct err *e)
{
    const char *text;
    size_t n;
    int rc = json_get_str(o, "request", 2 * LICENCE_REQUEST_LEN, 2 * LICENCE_REQUEST_LEN, &text, e);

    if (rc == 0 && hex_decode(text, strlen(text), out, LICENCE_REQUEST_LEN, &n) < 0)
        rc = err_set(e, ERR_INVALID, "request is not hexadecimal");
    return rc;
}

static int get_kinds(const struct json *o, struct licence_question *q, struct err *e)
{
    const struct json *arr;
    int rc = json_get_arr(o, "kinds", LICENCE_KINDS_MAX, &arr, e);

    q->n = 0;
    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        const char *text = json_str(json_at(arr, i));

        if (!text || !text[0] || strlen(text) > LICENCE_KIND_MAX || !text_is_line(text))
            rc = err_set(e, ERR_INVALID, "a kind is no line of 1 to %d bytes", LICENCE_KIND_MAX);
        else
            text_copy(q->kinds[q->n++], sizeof q->kinds[0], text);
    }
    return rc == 0 && q->n == 0 ? err_set(e, ERR_INVALID, "it asks for no kind") : rc;
}

int licence_question_decode(const void *text, size_t len, struct licence_question *ret, struct err *e)
{
    struct json *doc = NULL;
    struct case_number number;
    int rc = json_parse(text, len, LICENCE_QUESTION_BYTES_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "v request case item purpose staff post certificate_holder_code kinds", e);
    if (rc == 0)
        rc = get_version(doc, e);
    if (rc == 0)
        rc = get_request(doc, ret->request, e);
    if (rc == 0)
        rc = json_get_line(doc, "case", CASE_NUMBER_LEN, ret->number, e);
    if (rc == 0 && !case_number_parse(ret->number, &number))
        rc = err_set(e, ERR_INVALID, "case is no case number");
    if (rc == 0)
        rc = json_get_line(doc, "item", ITEM_CODE_MAX, ret->item, e);
    if (rc == 0)
        rc = json_get_line(doc, "purpose", CASE_WORDS_MAX, ret->purpose, e);
    if (rc == 0)
        rc = json_get_line(doc, "staff", CASE_NAME_MAX, ret->staff, e);
    if (rc == 0)
        rc = json_get_line(doc, "post", CASE_NAME_MAX, ret->post, e);
    if (rc == 0)
        rc = json_get_line(doc, "certificate_holder_code", LICENCE_HOLDER_MAX, ret->holder, e);
    if (rc == 0)
        rc = get_kinds(doc, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "a question about licences");
}

/* --- the answer --- */

/* json_known() would name the member, which may be somebody's number. */
static int known(const struct json *o, const char *keys, struct err *e)
{
    return json_known(o, keys, NULL) < 0 ? err_set(e, ERR_INVALID, "it has other members than: %s", keys) : 0;
}

/* What is being read. */
struct answering {
    const struct licence_question *q;
    struct date today;
    char told[DATE_LEN + 1];
    struct licence_answer *a;
    struct err *e;
};

static int get_words(const struct json *o, struct licence_words *w, struct err *e)
{
    const struct {
        const char *key, **value;
    } members[] = {{"certificate_holder_code", &w->certificate_holder_code},
                   {"certificate_type_code", &w->certificate_type_code},
                   {"certificate_type", &w->certificate_type},
                   {"certificate_number", &w->certificate_number},
                   {"issue_dept", &w->issue_dept},
                   {"valid_from", &w->valid_from},
                   {"valid_to", &w->valid_to},
                   {"state", &w->state}};
    int rc = known(o,
                   "certificate_holder_code certificate_type_code certificate_type certificate_number issue_dept "
                   "valid_from valid_to state",
                   e);

    for (size_t i = 0; rc == 0 && i < sizeof members / sizeof *members; i++)
        rc = json_get_str(o, members[i].key, 0, LICENCE_ISSUER_MAX, members[i].value, e);
    return rc;
}

static int get_certificate(struct answering *s, const struct json *o, const char *kind)
{
    struct licence_words w = {.told = s->told};
    struct licence_said *said = &s->a->said[s->a->n];
    int rc = s->a->n < LICENCE_SAID_MAX ? get_words(o, &w, s->e)
                                        : err_set(s->e, ERR_TOOLONG, "more than %d certificates", LICENCE_SAID_MAX);

    if (rc < 0)
        return rc;
    enum licence_fault fault = licence_read(&w, s->today, said);
    if (fault != LICENCE_FINE)
        return err_set(s->e, ERR_PROTOCOL, "a certificate that cannot be: %s", licence_fault_what(fault));
    if (strcmp(said->holder, s->q->holder) != 0)
        return err_set(s->e, ERR_PROTOCOL, "a certificate of another person");
    if (!licence_is_of(&said->licence, kind))
        return err_set(s->e, ERR_PROTOCOL, "a certificate of another kind than was asked for");
    said->licence.source = LICENCE_PLATFORM;
    s->a->n++;
    return 0;
}

static int get_certificates(struct answering *s, const struct json *o, struct licence_check *check)
{
    const struct json *arr;
    int rc = json_get_arr(o, "certificates", LICENCE_OF_KIND_MAX, &arr, s->e);

    if (rc < 0)
        return rc;
    check->asked = json_len(arr) ? LICENCE_SAID_HELD : LICENCE_SAID_NONE;
    for (size_t i = 0; rc == 0 && i < json_len(arr); i++)
        rc = get_certificate(s, json_at(arr, i), check->kind);
    return rc;
}

/* The kind's check; NULL: it was not asked for, or is answered already. */
static struct licence_check *check_of(struct answering *s, const char *kind)
{
    for (int i = 0; i < s->q->n; i++)
        if (strcmp(s->a->checks[i].kind, kind) == 0)
            return s->a->checks[i].asked == LICENCE_NEVER_ASKED ? &s->a->checks[i] : NULL;
    return NULL;
}

static int get_failed(struct answering *s, const struct json *o, struct licence_check *check)
{
    const char *word;
    int rc = json_get_str(o, "failed", 1, 40, &word, s->e);

    check->asked = LICENCE_NOT_TOLD;
    if (rc == 0 && (!licence_why_by_word(word, &check->why) || !licence_why_is_said(check->why)))
        rc = err_set(s->e, ERR_INVALID, "failed is an unknown word");
    return rc;
}

static int get_answer(struct answering *s, const struct json *o)
{
    const char *kind = NULL;
    int rc = json_is_obj(o) ? known(o, "kind certificates failed", s->e)
                            : err_set(s->e, ERR_INVALID, "an answer is no object");

    if (rc == 0)
        rc = json_get_str(o, "kind", 1, LICENCE_KIND_MAX, &kind, s->e);
    if (rc < 0)
        return rc;
    struct licence_check *check = check_of(s, kind);
    if (!check)
        return err_set(s->e, ERR_PROTOCOL, "it answers for a kind that was not asked for, or twice for one");
    if (json_has(o, "failed") == json_has(o, "certificates"))
        return err_set(s->e, ERR_INVALID, "an answer has either certificates or failed");
    if (json_has(o, "certificates"))
        return get_certificates(s, o, check);
    return get_failed(s, o, check);
}

static int get_answers(struct answering *s, const struct json *doc)
{
    const struct json *arr = NULL;
    int rc = json_get_arr(doc, "answers", LICENCE_KINDS_MAX, &arr, s->e);

    for (size_t i = 0; rc == 0 && i < json_len(arr); i++)
        rc = get_answer(s, json_at(arr, i));
    for (int i = 0; rc == 0 && i < s->q->n; i++)
        if (s->a->checks[i].asked == LICENCE_NEVER_ASKED)
            rc = err_set(s->e, ERR_PROTOCOL, "it says nothing of a kind that was asked for");
    return rc;
}

int licence_answer_decode(const void *text, size_t len, const struct licence_question *q, struct date today,
                          struct licence_answer *ret, struct err *e)
{
    struct answering s = {.q = q, .today = today, .a = ret, .e = e};
    uint8_t request[LICENCE_REQUEST_LEN];
    struct json *doc = NULL;
    int rc = json_parse(text, len, LICENCE_ANSWER_BYTES_MAX, &doc, e);

    memset(ret, 0, sizeof *ret);
    date_format(today, s.told);
    for (int i = 0; i < q->n; i++)
        text_copy(ret->checks[i].kind, sizeof ret->checks[0].kind, q->kinds[i]);
    if (rc == 0)
        rc = known(doc, "v request answers", e);
    if (rc == 0)
        rc = get_version(doc, e);
    if (rc == 0)
        rc = get_request(doc, request, e);
    if (rc == 0 && memcmp(request, q->request, sizeof request) != 0)
        rc = err_set(e, ERR_PROTOCOL, "it answers another question");
    if (rc == 0)
        rc = get_answers(&s, doc);
    json_free(doc);
    return err_wrap(e, rc, "the platform's answer is not believed");
}
