/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions and answers. What is written is read back by the same rules, so nothing goes out that could not be taken.
 */
#include "wire/ask.h"

#include "base/secret.h"
#include "wire/ask_appointment.h"
#include "wire/ask_parts.h"

#define INFO "tongban/ask/1"
#define AAD_WORDS "tongban-ask-v1\n"

static const char *const abouts[ASK_ABOUTS] = {"cases", "case", "spoken", "appointment", "licences"};

/* --- the question --- */

static bool all_of(const char *text, const char *characters)
{
    return text[strspn(text, characters)] == '\0';
}

static int check_question(const struct ask_question *q, struct err *e)
{
    struct case_number n;
    size_t len = strlen(q->citizen);
    bool named = q->about == ASK_ABOUT_CASES || q->about == ASK_ABOUT_LICENCES ||
                 (q->about == ASK_ABOUT_APPOINTMENT && q->wish.verb != APPOINTMENT_FREE);

    if (q->about == ASK_ABOUT_APPOINTMENT && (!appointment_wish_valid(&q->wish) || (len > 0) != named))
        return err_set(e, ERR_INVALID, "that is no question about appointments");
    if (named && (len < ASK_CITIZEN_MIN || !all_of(q->citizen, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
        return err_set(e, ERR_INVALID, "that is no number of a card");
    if (q->about == ASK_ABOUT_CASE && (strlen(q->number) != CASE_NUMBER_LEN || !case_number_parse(q->number, &n)))
        return err_set(e, ERR_INVALID, "that is no case number");
    if (q->about == ASK_ABOUT_CASE && (strlen(q->phone) != ASK_PHONE_LEN || !all_of(q->phone, "0123456789")))
        return err_set(e, ERR_INVALID, "those are no last digits of a phone");
    if (q->about == ASK_ABOUT_SPOKEN && !speak_code_parse(q->code, NULL))
        return err_set(e, ERR_INVALID, "that is no code");
    if (q->about == ASK_ABOUT_LICENCES && !ask_item_valid(q->item))
        return err_set(e, ERR_INVALID, "that is no item");
    return 0;
}

int ask_question_encode(const struct ask_question *q, struct buf *out, struct err *e)
{
    struct jsonw w;
    int rc = check_question(q, e);

    if (rc < 0)
        return rc;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "about", abouts[q->about]);
    jsonw_str(&w, "language", language_tag(q->language));
    if (q->about == ASK_ABOUT_CASES) {
        jsonw_str(&w, "number", q->citizen);
    } else if (q->about == ASK_ABOUT_LICENCES) {
        jsonw_str(&w, "number", q->citizen);
        jsonw_str(&w, "item", q->item);
    } else if (q->about == ASK_ABOUT_SPOKEN) {
        jsonw_str(&w, "code", q->code);
    } else if (q->about == ASK_ABOUT_APPOINTMENT) {
        if (q->citizen[0])
            jsonw_str(&w, "number", q->citizen);
        ask_wish_put(&w, &q->wish);
    } else {
        jsonw_str(&w, "case", q->number);
        jsonw_str(&w, "phone", q->phone);
    }
    jsonw_end(&w);
    return buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "the question");
}

static int get_question(const struct json *o, struct ask_question *q, struct err *e)
{
    const char *tag;
    int rc = json_get_str(o, "language", 1, 16, &tag, e);

    if (rc == 0 && !language_by_tag(tag, &q->language))
        rc = err_set(e, ERR_INVALID, "language is unknown");
    if (rc == 0 && q->about == ASK_ABOUT_APPOINTMENT)
        rc = ask_wish_get(o, &q->wish, e);
    if (rc == 0 && q->about == ASK_ABOUT_APPOINTMENT && !json_has(o, "number"))
        return 0;
    if (rc == 0 && q->about == ASK_ABOUT_LICENCES)
        rc = ask_get_text(o, "item", 1, ITEM_CODE_MAX, q->item, e);
    if (rc == 0 && (q->about == ASK_ABOUT_CASES || q->about == ASK_ABOUT_APPOINTMENT || q->about == ASK_ABOUT_LICENCES))
        return ask_get_text(o, "number", ASK_CITIZEN_MIN, ASK_CITIZEN_MAX, q->citizen, e);
    if (rc == 0 && q->about == ASK_ABOUT_SPOKEN)
        return ask_get_text(o, "code", SPEAK_CODE_LEN, SPEAK_CODE_LEN, q->code, e);
    if (rc == 0)
        rc = ask_get_text(o, "case", CASE_NUMBER_LEN, CASE_NUMBER_LEN, q->number, e);
    if (rc == 0)
        rc = ask_get_text(o, "phone", ASK_PHONE_LEN, ASK_PHONE_LEN, q->phone, e);
    return rc;
}

static int get_about(const struct json *o, enum ask_about *ret, struct err *e)
{
    const char *about;
    int rc = json_get_str(o, "about", 1, 16, &about, e);

    if (rc < 0)
        return rc;
    for (int i = 0; i < ASK_ABOUTS; i++)
        if (strcmp(about, abouts[i]) == 0) {
            *ret = (enum ask_about)i;
            return 0;
        }
    return err_set(e, ERR_INVALID, "what it is about is an unknown word");
}

int ask_question_decode(const void *data, size_t len, struct ask_question *ret, struct err *e)
{
    static const char *const known[ASK_ABOUTS] = {"v about language number", "v about language case phone",
                                                  "v about language code", ("v about language number " ASK_WISH_KEYS),
                                                  "v about language number item"};
    struct ask_question q = {.about = ASK_ABOUT_CASES};
    struct json *doc = NULL;
    int rc = json_parse(data, len, SEAL_PAD, &doc, e);

    if (rc == 0)
        rc = ask_get_version(doc, e);
    if (rc == 0)
        rc = get_about(doc, &q.about, e);
    if (rc == 0)
        rc = json_known(doc, known[q.about], e);
    if (rc == 0)
        rc = get_question(doc, &q, e);
    if (rc == 0)
        rc = check_question(&q, e);
    json_free(doc);
    if (rc == 0)
        *ret = q;
    secret_wipe(&q, sizeof q);
    return err_wrap(e, rc, "a question");
}

/* --- on its way --- */

int ask_sealed_encode(const struct ask_sealed *s, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_int(&w, "at", s->at);
    jsonw_hex(&w, "key", s->key, sizeof s->key);
    jsonw_hex(&w, "sealed", s->sealed, s->len);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int ask_sealed_decode(const void *data, size_t len, struct ask_sealed *ret, struct err *e)
{
    struct ask_sealed s;
    struct json *doc = NULL;
    size_t n;
    int rc = json_parse(data, len, ASK_BYTES_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "v at key sealed", e);
    if (rc == 0)
        rc = ask_get_version(doc, e);
    if (rc == 0)
        rc = json_get_int(doc, "at", 0, ASK_TIME_MAX, &s.at, e);
    if (rc == 0)
        rc = ask_get_hex(doc, "key", sizeof s.key, sizeof s.key, s.key, &n, e);
    if (rc == 0)
        rc = ask_get_hex(doc, "sealed", SEAL_OVERHEAD, sizeof s.sealed, s.sealed, &s.len, e);
    json_free(doc);
    if (rc == 0)
        *ret = s;
    return err_wrap(e, rc, "a sealed question");
}

static void put_aad(const char *terminal, int64_t at, struct buf *out)
{
    buf_adds(out, AAD_WORDS);
    buf_add_be32(out, (uint32_t)strlen(terminal));
    buf_adds(out, terminal);
    buf_add_be64(out, (uint64_t)at);
}

static int seal_question(const struct public_key *to, const struct buf *aad, const struct buf *plain, struct buf *sealed,
                         struct seal_reply *ret_reply, struct err *e)
{
    struct seal_encap with;
    int rc = seal_encap(to, NULL, &with, e);

    return rc < 0
               ? rc
               : seal_asking(&with, INFO, strlen(INFO), aad->data, aad->len, plain->data, plain->len, ret_reply, sealed, e);
}

int ask_seal(const struct public_key *to, const char *terminal, int64_t at, const struct ask_question *q,
             struct ask_sealed *ret, struct seal_reply *ret_reply, struct err *e)
{
    struct buf plain, aad, sealed;

    buf_init(&plain, SEAL_PAD);
    buf_init(&aad, 128);
    buf_init(&sealed, ASK_SEALED_MAX);
    put_aad(terminal, at, &aad);
    int rc = ask_question_encode(q, &plain, e);
    if (rc == 0 && (seal_pad(&plain) < 0 || !buf_ok(&aad)))
        rc = err_set(e, ERR_TOOLONG, "the question");
    if (rc == 0)
        rc = seal_question(to, &aad, &plain, &sealed, ret_reply, e);
    if (rc == 0) {
        ret->at = at;
        public_key_id(to, ret->key);
        memcpy(ret->sealed, sealed.data, ret->len = sealed.len);
    }
    buf_finish(&plain);
    buf_finish(&aad);
    buf_finish(&sealed);
    return rc;
}

int ask_open(const struct private_key *k, const char *terminal, const struct ask_sealed *s, struct ask_question *ret,
             struct seal_reply *ret_reply, struct err *e)
{
    struct buf plain, aad;

    buf_init(&plain, SEAL_PAD);
    buf_init(&aad, 128);
    put_aad(terminal, s->at, &aad);
    int rc = buf_ok(&aad)
                 ? seal_open_asked(k, INFO, strlen(INFO), aad.data, aad.len, s->sealed, s->len, ret_reply, &plain, e)
                 : err_set(e, ERR_TOOLONG, "the terminal's name");
    if (rc == 0)
        rc = seal_unpad(&plain, e);
    if (rc == 0)
        rc = ask_question_decode(plain.data, plain.len, ret, e);
    buf_finish(&plain);
    buf_finish(&aad);
    return rc;
}
