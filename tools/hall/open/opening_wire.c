/* SPDX-License-Identifier: Apache-2.0
 *
 * See opening_wire.h.
 */
#include "tools/hall/open/opening_wire.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define CHAIN_WORDS "tongban-opening-v1\n"
#define TIME_MAX INT64_C(7258118400000) /* 2200 */

static const struct {
    const char *word, *what, *remedy;
} outcomes[] = {
#define OUTCOME(NAME, word, what, remedy) {word, what, remedy},
#include "tools/hall/open/outcome.def"
#undef OUTCOME
};

const char *opening_word(enum opening_outcome o)
{
    return outcomes[o].word;
}

bool opening_by_word(const char *word, enum opening_outcome *ret)
{
    for (int i = 0; i < OPENING_OUTCOMES; i++)
        if (strcmp(word, outcomes[i].word) == 0) {
            *ret = (enum opening_outcome)i;
            return true;
        }
    return false;
}

static const char *const acts[OPENING_ACTS] = {"open", "index", "compare", "holder", "register", "told"};

const char *opening_act_word(enum opening_act a)
{
    return acts[a];
}

const char *opening_what(enum opening_outcome o)
{
    return outcomes[o].what;
}

const char *opening_remedy(enum opening_outcome o)
{
    return outcomes[o].remedy;
}

/* --- members --- */

bool opening_number_valid(const char *number)
{
    struct speak_number said;
    struct case_number n;

    return (strlen(number) == CASE_NUMBER_LEN && case_number_parse(number, &n)) || speak_number_parse(number, &said);
}

static int get_number(const struct json *o, char out[CASE_NUMBER_LEN + 1], struct err *e)
{
    const char *text;
    int rc = json_get_str(o, "number", SPEAK_NUMBER_LEN, CASE_NUMBER_LEN, &text, e);

    if (rc < 0)
        return rc;
    if (!opening_number_valid(text))
        return err_set(e, ERR_INVALID, "number is no case number, nor that of what was said");
    text_copy(out, CASE_NUMBER_LEN + 1, text);
    return 0;
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

static int get_outcome(const struct json *o, enum opening_outcome *ret, struct err *e)
{
    const char *text;
    int rc = json_get_str(o, "outcome", 1, 40, &text, e);

    if (rc < 0)
        return rc;
    return opening_by_word(text, ret) ? 0 : err_set(e, ERR_INVALID, "outcome is an unknown word");
}

static int get_terminal(const struct json *o, char out[TERMINAL_ID_MAX + 1], struct err *e)
{
    const char *text;
    int rc = json_get_str(o, "terminal", 1, TERMINAL_ID_MAX, &text, e);

    if (rc == 0 && !terminal_id_valid(text))
        rc = err_set(e, ERR_INVALID, "terminal is no terminal's name");
    if (rc == 0)
        text_copy(out, TERMINAL_ID_MAX + 1, text);
    return rc;
}

/* A case or a terminal, not both. */
static int get_whose(const struct json *o, char *number, char *terminal, struct err *e)
{
    *number = *terminal = '\0';
    if (!json_has(o, "terminal"))
        return get_number(o, number, e);
    return json_has(o, "number") ? err_set(e, ERR_INVALID, "number and terminal are both there")
                                 : get_terminal(o, terminal, e);
}

static int get_who(const struct json *o, char *staff, char *post, char *reason, struct err *e)
{
    int rc = json_get_line(o, "staff", CASE_NAME_MAX, staff, e);
    if (rc == 0)
        rc = json_get_line(o, "post", CASE_NAME_MAX, post, e);
    if (rc == 0)
        rc = json_get_line(o, "reason", CASE_WORDS_MAX, reason, e);
    return rc;
}

static void put_who(struct jsonw *w, const char *number, const char *terminal, const char *staff, const char *post,
                    const char *reason)
{
    if (*terminal || *number)
        jsonw_str(w, *terminal ? "terminal" : "number", *terminal ? terminal : number);
    jsonw_str(w, "staff", staff);
    jsonw_str(w, "post", post);
    jsonw_str(w, "reason", reason);
}

/* --- request --- */

int opening_request_encode(const struct opening_request *r, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    put_who(&w, r->number, r->terminal, r->staff, r->post, r->reason);
    jsonw_hex(&w, "header", r->header, r->header_len);
    jsonw_hex(&w, "body", r->body, r->body_len);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int opening_request_decode(const char *text, size_t len, struct opening_request *ret, struct err *e)
{
    struct json *doc = NULL;
    int rc = json_parse(text, len, JSON_SIZE_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "number terminal staff post reason header body", e);
    if (rc == 0)
        rc = get_whose(doc, ret->number, ret->terminal, e);
    if (rc == 0)
        rc = get_who(doc, ret->staff, ret->post, ret->reason, e);
    if (rc == 0)
        rc = get_hex(doc, "header", 1, sizeof ret->header, ret->header, &ret->header_len, e);
    if (rc == 0)
        rc = get_hex(doc, "body", 1, sizeof ret->body, ret->body, &ret->body_len, e);
    json_free(doc);
    return err_wrap(e, rc, "a request to open");
}

/* --- row --- */

int opening_row_encode(const struct opening_row *r, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_int(&w, "seq", r->seq);
    jsonw_int(&w, "at", r->at);
    jsonw_int(&w, "user", r->user);
    put_who(&w, r->number, r->terminal, r->staff, r->post, r->reason);
    jsonw_hex(&w, "record", r->record, sizeof r->record);
    jsonw_str(&w, "outcome", opening_word(r->outcome));
    if (r->act != OPENING_OPEN)
        jsonw_str(&w, "act", acts[r->act]);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static int get_act(const struct json *o, enum opening_act *ret, struct err *e)
{
    const char *text = acts[OPENING_OPEN];
    int rc = json_opt_str(o, "act", 1, 16, &text, e);

    if (rc < 0)
        return rc;
    for (int i = 0; i < OPENING_ACTS; i++)
        if (strcmp(text, acts[i]) == 0) {
            *ret = (enum opening_act)i;
            return 0;
        }
    return err_set(e, ERR_INVALID, "act is an unknown word");
}

static int get_row_whose(const struct json *o, struct opening_row *r, struct err *e)
{
    if (r->act != OPENING_REGISTER)
        return get_whose(o, r->number, r->terminal, e);
    r->number[0] = r->terminal[0] = '\0';
    return json_has(o, "number") || json_has(o, "terminal")
               ? err_set(e, ERR_INVALID, "it names what it cannot be of: number or terminal")
               : 0;
}

int opening_row_decode(const char *text, size_t len, struct opening_row *ret, struct err *e)
{
    struct json *doc = NULL;
    int64_t v;
    size_t n;
    int rc = json_parse(text, len, OPENING_ROW_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "v seq at user number terminal staff post reason record outcome act", e);
    if (rc == 0)
        rc = json_get_int(doc, "v", 1, 1, &v, e);
    if (rc == 0)
        rc = json_get_int(doc, "seq", 1, INT64_MAX, &ret->seq, e);
    if (rc == 0)
        rc = json_get_int(doc, "at", 0, TIME_MAX, &ret->at, e);
    if (rc == 0)
        rc = json_get_int(doc, "user", 0, UINT32_MAX, &ret->user, e);
    if (rc == 0)
        rc = get_act(doc, &ret->act, e);
    if (rc == 0)
        rc = get_row_whose(doc, ret, e);
    if (rc == 0)
        rc = get_who(doc, ret->staff, ret->post, ret->reason, e);
    if (rc == 0)
        rc = get_hex(doc, "record", sizeof ret->record, sizeof ret->record, ret->record, &n, e);
    if (rc == 0)
        rc = get_outcome(doc, &ret->outcome, e);
    json_free(doc);
    return err_wrap(e, rc, "a row of the openings");
}

void opening_hash_first(uint8_t out[SHA256_LEN])
{
    sha256(CHAIN_WORDS, strlen(CHAIN_WORDS), out);
}

void opening_hash(const uint8_t before[SHA256_LEN], const void *json, size_t len, uint8_t out[SHA256_LEN])
{
    struct sha256 *h = sha256_begin();

    sha256_add(h, CHAIN_WORDS, strlen(CHAIN_WORDS));
    sha256_add(h, before, SHA256_LEN);
    sha256_add(h, json, len);
    sha256_end(h, out);
}

/* --- what was opened --- */

static const char *text_of(const struct json *o, const char *key)
{
    const struct json *v = json_is_obj(o) ? json_member(o, key) : NULL;

    return v && json_is_str(v) ? json_str(v) : "";
}

/* By the names that all items use for them: `mobile`, and `notify` with the way that was chosen. */
static void mask(const struct json *application, struct opening_answer *a)
{
    const struct json *applicant = json_member(application, "applicant"), *fields = json_member(application, "fields");
    const char *name = applicant ? text_of(applicant, "name") : "";
    const char *mobile = fields ? text_of(fields, "mobile") : "", *way = fields ? text_of(fields, "notify") : "";
    char masked[24] = "";

    if (!name[0] && applicant)
        name = text_of(applicant, "name_latin");
    if (name[0] && strlen(name) <= IDENTITY_NAME_MAX)
        identity_mask_name(name, a->name, sizeof a->name);
    if (mobile[0] && strlen(mobile) < sizeof masked)
        identity_mask_mobile(mobile, masked, sizeof masked);
    snprintf(a->notice, sizeof a->notice, "%.32s%s%s", way, way[0] && masked[0] ? " " : "", masked);
}

int opening_application_decode(const char *text, size_t len, struct opening_answer *a, struct buf *application)
{
    struct json *doc = NULL;
    int rc = json_parse(text, len, APPLICATION_MAX, &doc, NULL);

    if (rc == 0 && !json_is_obj(doc))
        rc = -ERR_INVALID;
    if (rc == 0)
        rc = json_dump(doc, application);
    if (rc == 0)
        mask(doc, a);
    json_free(doc);
    return rc;
}

/* --- answer --- */

int opening_answer_encode(const struct opening_answer *a, const struct buf *application, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "outcome", opening_word(a->outcome));
    jsonw_int(&w, "seq", a->seq);
    jsonw_hex(&w, "hash", a->hash, sizeof a->hash);
    jsonw_str(&w, "name", a->name);
    jsonw_str(&w, "notice", a->notice);
    if (a->outcome == OPENING_OPENED)
        jsonw_raw(&w, "application", (const char *)application->data, application->len);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static int get_text(const struct json *o, const char *key, size_t max, char *out, struct err *e)
{
    const char *text;
    int rc = json_get_str(o, key, 0, max, &text, e);

    if (rc == 0)
        text_copy(out, max + 1, text);
    return rc;
}

int opening_answer_decode(const char *text, size_t len, struct opening_answer *ret, struct json **ret_doc,
                          const struct json **ret_application, struct err *e)
{
    struct json *doc = NULL;
    const struct json *application = NULL;
    size_t n;
    int rc = json_parse(text, len, JSON_SIZE_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "outcome seq hash name notice application", e);
    if (rc == 0)
        rc = get_outcome(doc, &ret->outcome, e);
    if (rc == 0)
        rc = json_get_int(doc, "seq", 0, INT64_MAX, &ret->seq, e);
    if (rc == 0)
        rc = get_hex(doc, "hash", SHA256_LEN, SHA256_LEN, ret->hash, &n, e);
    if (rc == 0)
        rc = get_text(doc, "name", sizeof ret->name - 1, ret->name, e);
    if (rc == 0)
        rc = get_text(doc, "notice", sizeof ret->notice - 1, ret->notice, e);
    if (rc == 0 && ret->outcome == OPENING_OPENED)
        rc = json_get_obj(doc, "application", &application, e);
    if (rc < 0 || !application) {
        json_free(doc);
        doc = NULL;
    }
    *ret_doc = doc;
    *ret_application = application;
    return err_wrap(e, rc, "an answer of hall-open");
}
