/* SPDX-License-Identifier: Apache-2.0
 *
 * See holder_wire.h.
 */
#include "tools/hall/open/holder_wire.h"

#include <string.h>

#include "base/text.h"

#define PAIR_LEN (BLIND_LEN + LICENCE_ID_LEN)

static const char *const dos[HOLDER_DOS] = {"holder", "register"};

bool holder_asks(const char *text)
{
    static const char begin[] = "{\"do\":";

    return strncmp(text, begin, sizeof begin - 1) == 0;
}

static int get_hex(const struct json *o, const char *key, size_t min, size_t max, uint8_t *out, size_t *ret_len,
                   struct err *e)
{
    const char *text;
    int rc = json_get_str(o, key, 2 * min, 2 * max, &text, e);

    if (rc == 0 && hex_decode(text, strlen(text), out, max, ret_len) < 0)
        rc = err_set(e, ERR_INVALID, "%s is not hexadecimal", key);
    return rc;
}

/* --- request --- */

static void put_lines(struct jsonw *w, const struct holder_request *r)
{
    jsonw_arr(w, "lines");
    for (int i = 0; i < r->n; i++) {
        jsonw_arr(w, NULL);
        jsonw_str(w, NULL, r->lines[i].citizen);
        jsonw_str(w, NULL, r->lines[i].code);
        jsonw_str(w, NULL, r->lines[i].number);
        jsonw_end(w);
    }
    jsonw_end(w);
}

int holder_request_encode(const struct holder_request *r, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "do", dos[r->what]);
    jsonw_str(&w, "staff", r->staff);
    jsonw_str(&w, "post", r->post);
    jsonw_str(&w, "reason", r->reason);
    if (r->what == HOLDER_OF_CASE) {
        jsonw_str(&w, "number", r->number);
        jsonw_hex(&w, "header", r->header, r->header_len);
        jsonw_hex(&w, "body", r->body, r->body_len);
    } else {
        put_lines(&w, r);
    }
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static int get_do(const struct json *o, enum holder_do *ret, struct err *e)
{
    const char *text;
    int rc = json_get_str(o, "do", 1, 16, &text, e);

    if (rc < 0)
        return rc;
    for (int i = 0; i < HOLDER_DOS; i++)
        if (strcmp(text, dos[i]) == 0) {
            *ret = (enum holder_do)i;
            return 0;
        }
    return err_set(e, ERR_INVALID, "do is an unknown word");
}

static int get_case(const struct json *o, struct holder_request *r, struct err *e)
{
    struct case_number n;
    int rc = json_get_line(o, "number", CASE_NUMBER_LEN, r->number, e);

    if (rc == 0 && (strlen(r->number) != CASE_NUMBER_LEN || !case_number_parse(r->number, &n)))
        rc = err_set(e, ERR_INVALID, "number is no case number");
    if (rc == 0)
        rc = get_hex(o, "header", 1, sizeof r->header, r->header, &r->header_len, e);
    return rc == 0 ? get_hex(o, "body", 1, sizeof r->body, r->body, &r->body_len, e) : rc;
}

/* A word of a line. */
static int take(const struct json *v, char *out, size_t max, struct err *e)
{
    const char *text = v ? json_str(v) : NULL;

    if (!text || strlen(text) > max || !text_is_line(text))
        return err_set(e, ERR_INVALID, "a word is no line of at most %zu bytes", max);
    text_copy(out, max + 1, text);
    return 0;
}

static int get_lines(const struct json *o, struct holder_request *r, struct err *e)
{
    const struct json *arr;
    int rc = json_get_arr(o, "lines", HOLDER_LINES_MAX, &arr, e);

    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        const struct json *line = json_at(arr, i);
        struct holder_line *l = &r->lines[r->n++];

        if (!json_is_arr(line) || json_len(line) != 3)
            rc = err_set(e, ERR_INVALID, "a line is not of three words");
        if (rc == 0)
            rc = take(json_at(line, 0), l->citizen, LICENCE_HOLDER_MAX, e);
        if (rc == 0)
            rc = take(json_at(line, 1), l->code, LICENCE_CODE_MAX, e);
        if (rc == 0)
            rc = take(json_at(line, 2), l->number, LICENCE_NUMBER_MAX, e);
    }
    return rc == 0 && r->n == 0 ? err_set(e, ERR_INVALID, "there is no line") : rc;
}

int holder_request_decode(const char *text, size_t len, struct holder_request *ret, struct err *e)
{
    static const char *const known[HOLDER_DOS] = {"do staff post reason number header body", "do staff post reason lines"};
    struct json *doc = NULL;
    int rc = json_parse(text, len, JSON_SIZE_MAX, &doc, e);

    ret->n = 0;
    ret->number[0] = '\0';
    ret->header_len = ret->body_len = 0;
    if (rc == 0)
        rc = get_do(doc, &ret->what, e);
    if (rc == 0)
        rc = json_known(doc, known[ret->what], e);
    if (rc == 0)
        rc = json_get_line(doc, "staff", CASE_NAME_MAX, ret->staff, e);
    if (rc == 0)
        rc = json_get_line(doc, "post", CASE_NAME_MAX, ret->post, e);
    if (rc == 0)
        rc = json_get_line(doc, "reason", CASE_WORDS_MAX, ret->reason, e);
    if (rc == 0)
        rc = ret->what == HOLDER_OF_CASE ? get_case(doc, ret, e) : get_lines(doc, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "a request about licences");
}

/* --- answer --- */

int holder_answer_encode(const struct holder_answer *a, struct buf *out)
{
    uint8_t pair[PAIR_LEN];
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "outcome", opening_word(a->outcome));
    jsonw_int(&w, "seq", a->seq);
    jsonw_hex(&w, "hash", a->hash, sizeof a->hash);
    if (a->citizen[0]) {
        jsonw_str(&w, "citizen", a->citizen);
        jsonw_hex(&w, "index", a->index, sizeof a->index);
    }
    jsonw_arr(&w, "lines");
    for (int i = 0; i < a->n; i++) {
        memcpy(pair, a->lines[i].index, BLIND_LEN);
        memcpy(pair + BLIND_LEN, a->lines[i].id, LICENCE_ID_LEN);
        jsonw_hex(&w, NULL, pair, sizeof pair);
    }
    jsonw_end(&w);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static int get_citizen(const struct json *o, struct holder_answer *a, struct err *e)
{
    size_t n;
    int rc = json_has(o, "citizen") ? json_get_line(o, "citizen", LICENCE_HOLDER_MAX, a->citizen, e) : 0;

    return rc == 0 && a->citizen[0] ? get_hex(o, "index", BLIND_LEN, BLIND_LEN, a->index, &n, e) : rc;
}

static int get_pairs(const struct json *o, struct holder_answer *a, struct err *e)
{
    uint8_t pair[PAIR_LEN];
    const struct json *arr;
    size_t n;
    int rc = json_get_arr(o, "lines", HOLDER_LINES_MAX, &arr, e);

    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        const char *text = json_str(json_at(arr, i));

        if (!text || hex_decode(text, strlen(text), pair, sizeof pair, &n) < 0 || n != sizeof pair)
            return err_set(e, ERR_INVALID, "a line is not of %d bytes", PAIR_LEN);
        memcpy(a->lines[a->n].index, pair, BLIND_LEN);
        memcpy(a->lines[a->n++].id, pair + BLIND_LEN, LICENCE_ID_LEN);
    }
    return rc;
}

int holder_answer_decode(const char *text, size_t len, struct holder_answer *ret, struct err *e)
{
    struct json *doc = NULL;
    const char *word = "";
    size_t n;
    int rc = json_parse(text, len, JSON_SIZE_MAX, &doc, e);

    memset(ret, 0, sizeof *ret);
    if (rc == 0)
        rc = json_known(doc, "outcome seq hash citizen index lines", e);
    if (rc == 0)
        rc = json_get_str(doc, "outcome", 1, 40, &word, e);
    if (rc == 0 && !opening_by_word(word, &ret->outcome))
        rc = err_set(e, ERR_INVALID, "outcome is an unknown word");
    if (rc == 0)
        rc = json_get_int(doc, "seq", 0, INT64_MAX, &ret->seq, e);
    if (rc == 0)
        rc = get_hex(doc, "hash", SHA256_LEN, SHA256_LEN, ret->hash, &n, e);
    if (rc == 0)
        rc = get_citizen(doc, ret, e);
    if (rc == 0)
        rc = get_pairs(doc, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "an answer of hall-open");
}
