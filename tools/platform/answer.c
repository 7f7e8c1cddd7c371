/* SPDX-License-Identifier: Apache-2.0
 *
 * See answer.h.
 */
#include "tools/platform/answer.h"

#include <string.h>

#define MANY 100000
#define SOMEBODY_ELSE "11010519491231002X" /* a number that every textbook has */

static const struct {
    const char *word, *what;
} moods[MOODS] = {
#define MOOD(name, word, what) [MOOD_##name] = {word, what},
#include "tools/platform/mood.def"
#undef MOOD
};

const char *mood_word(enum mood m)
{
    return moods[m].word;
}

const char *mood_what(enum mood m)
{
    return moods[m].what;
}

bool mood_by_word(const char *word, enum mood *ret)
{
    for (int i = 0; i < MOODS; i++) {
        if (strcmp(word, moods[i].word) == 0) {
            *ret = (enum mood)i;
            return true;
        }
    }
    return false;
}

/* --- the file --- */

static const char *const members[] = {"certificate_holder_code",
                                      "certificate_type_code",
                                      "certificate_type",
                                      "certificate_number",
                                      "issue_dept",
                                      "valid_from",
                                      "valid_to",
                                      "state"};
#define N_MEMBERS (sizeof members / sizeof *members)

static int check_certificate(const struct json *c, struct err *e)
{
    const char *text;
    int rc = 0;

    for (size_t i = 1; rc == 0 && i < N_MEMBERS; i++) /* whose it is says the holder */
        rc = json_get_str(c, members[i], 0, LICENCE_ISSUER_MAX, &text, e);
    return rc;
}

static int check_holder(const struct json *h, struct err *e)
{
    const struct json *certificates = NULL;
    const char *text;
    int rc = json_known(h, "certificate_holder_code certificates", e);

    if (rc == 0)
        rc = json_get_str(h, members[0], 1, LICENCE_HOLDER_MAX, &text, e);
    if (rc == 0)
        rc = json_get_arr(h, "certificates", LICENCE_SAID_MAX, &certificates, e);
    for (size_t i = 0; rc == 0 && i < json_len(certificates); i++)
        rc = check_certificate(json_at(certificates, i), e);
    return rc;
}

int answer_check(const struct json *holders, struct err *e)
{
    const struct json *all = NULL, *failing = NULL;
    const char *text;
    int rc = json_known(holders, "holders failing", e);

    if (rc == 0)
        rc = json_get_arr(holders, "holders", MANY, &all, e);
    for (size_t i = 0; rc == 0 && i < json_len(all); i++)
        rc = err_wrap(e, check_holder(json_at(all, i), e), "holder %zu", i + 1);
    if (rc == 0)
        rc = json_opt_arr(holders, "failing", LICENCE_KINDS_MAX, &failing, e);
    for (size_t i = 0; rc == 0 && failing && i < json_len(failing); i++) {
        rc = json_get_str(json_at(failing, i), "kind", 1, LICENCE_KIND_MAX, &text, e);
        if (rc == 0)
            rc = json_get_str(json_at(failing, i), "failed", 1, 40, &text, e);
    }
    return rc;
}

/* --- the answer --- */

static const char *text_of(const struct json *o, const char *key)
{
    return json_str(json_member(o, key));
}

static bool is_of(const struct json *c, const char *kind)
{
    return strcmp(text_of(c, "certificate_type"), kind) == 0 || strcmp(text_of(c, "certificate_type_code"), kind) == 0;
}

static const struct json *certificates_of(const struct json *holders, const char *holder)
{
    const struct json *all = json_member(holders, "holders");

    for (size_t i = 0; i < json_len(all); i++)
        if (strcmp(text_of(json_at(all, i), members[0]), holder) == 0)
            return json_member(json_at(all, i), "certificates");
    return NULL;
}

/* Why a kind cannot be told; NULL: it can. */
static const char *failing(const struct json *holders, const char *kind)
{
    const struct json *all = json_member(holders, "failing");

    for (size_t i = 0; all && i < json_len(all); i++)
        if (strcmp(text_of(json_at(all, i), "kind"), kind) == 0)
            return text_of(json_at(all, i), "failed");
    return NULL;
}

static void put_certificate(struct jsonw *w, enum mood mood, const char *holder, const struct json *c)
{
    jsonw_obj(w, NULL);
    jsonw_str(w, members[0], mood == MOOD_OTHER_PERSON ? SOMEBODY_ELSE : holder);
    for (size_t i = 1; i < N_MEMBERS; i++) {
        bool kind = strncmp(members[i], "certificate_type", strlen("certificate_type")) == 0;
        bool end = strcmp(members[i], "valid_to") == 0;

        jsonw_str(w, members[i],
                  kind && mood == MOOD_OTHER_KIND ? "9999"
                  : end && mood == MOOD_BAD_DAYS  ? "2019-02-30"
                                                  : text_of(c, members[i]));
    }
    jsonw_end(w);
}

static void put_kind(struct jsonw *w, const struct json *holders, enum mood mood, const char *holder, const char *kind)
{
    const struct json *all = certificates_of(holders, holder);
    const char *why = failing(holders, kind);

    jsonw_obj(w, NULL);
    jsonw_str(w, "kind", kind);
    if (why) {
        jsonw_str(w, "failed", why);
    } else {
        jsonw_arr(w, "certificates");
        for (size_t i = 0; all && i < json_len(all); i++)
            if (is_of(json_at(all, i), kind))
                put_certificate(w, mood, holder, json_at(all, i));
        jsonw_end(w);
    }
    jsonw_end(w);
}

static void put_answer(const struct json *holders, enum mood mood, const struct licence_question *q, struct buf *out)
{
    uint8_t request[LICENCE_REQUEST_LEN];
    struct jsonw w;

    memcpy(request, q->request, sizeof request);
    request[0] ^= mood == MOOD_OTHER_QUESTION;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_hex(&w, "request", request, sizeof request);
    jsonw_arr(&w, "answers");
    for (int i = 0; i < q->n - (mood == MOOD_LEAVES_OUT); i++)
        put_kind(&w, holders, mood, q->holder, q->kinds[i]);
    jsonw_end(&w);
    jsonw_end(&w);
}

void answer_make(const struct json *holders, enum mood mood, const struct licence_question *q, struct buf *out)
{
    if (mood == MOOD_GARBAGE) {
        buf_adds(out, "<html>maintenance</html>");
        return;
    }
    put_answer(holders, mood, q, out);
    for (int i = 0; mood == MOOD_TOO_LONG && i < MANY; i++)
        buf_adds(out, "          ");
}
