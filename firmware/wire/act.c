/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff want done, as JSON.
 */
#include "wire/act.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "model/terminal.h"

#define AT_MAX INT64_C(253402300799999) /* end of the year 9999 */

static const struct {
    const char *word;
    bool away;
} kinds[] = {
#define ACT(name, word, away) [ACT_##name] = {word, away},
#include "wire/act.def"
#undef ACT
};

const char *act_word(enum act_kind k)
{
    return kinds[k].word;
}

bool act_is_away(enum act_kind k)
{
    return kinds[k].away;
}

bool act_by_word(const char *word, enum act_kind *ret)
{
    for (int i = 0; i < ACT_KINDS; i++)
        if (strcmp(kinds[i].word, word) == 0) {
            *ret = (enum act_kind)i;
            return true;
        }
    return false;
}

static bool by_valid(const char *by)
{
    size_t n = strlen(by);

    return n >= 1 && n <= ACT_BY_MAX && strspn(by, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") == n;
}

/* --- one act --- */

static int check_words(const struct act *a, struct err *e)
{
    bool says = a->zh[0] || a->en[0];

    if ((a->zh[0] && !text_is_line(a->zh)) || (a->en[0] && !text_is_line(a->en)))
        return err_set(e, ERR_INVALID, "a message is one line in each language");
    if (says && a->kind != ACT_MESSAGE)
        return err_set(e, ERR_INVALID, "what is no message says something");
    return a->en[0] && !a->zh[0] ? err_set(e, ERR_INVALID, "a message in English alone") : 0;
}

static int check(const struct act *a, struct err *e)
{
    int64_t most = a->kind == ACT_MESSAGE ? ACT_MESSAGE_MS : ACT_MS;

    if (!terminal_id_valid(a->terminal) || !by_valid(a->by))
        return err_set(e, ERR_INVALID, "terminal or \"by\" is no name");
    if (a->at_ms < 0 || a->until_ms <= a->at_ms || a->until_ms - a->at_ms > most || a->until_ms > AT_MAX)
        return err_set(e, ERR_INVALID, "it is good for too long, or never");
    if (a->back_ms < 0 || a->back_ms > AT_MAX || (a->kind != ACT_OUT && (a->back_ms || a->reason)))
        return err_set(e, ERR_INVALID, "when it comes back is no time, or it is not taken out of service");
    return check_words(a, e);
}

int act_encode(const struct act *a, struct buf *out, struct err *e)
{
    struct jsonw w;
    int rc = check(a, e);

    if (rc < 0)
        return rc;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "terminal", a->terminal);
    jsonw_hex(&w, "id", a->id, sizeof a->id);
    jsonw_int(&w, "at", a->at_ms);
    jsonw_int(&w, "until", a->until_ms);
    jsonw_str(&w, "act", act_word(a->kind));
    jsonw_str(&w, "by", a->by);
    jsonw_str(&w, "reason", a->kind == ACT_OUT ? outage_word(a->reason) : "");
    jsonw_int(&w, "back", a->back_ms);
    jsonw_str(&w, "zh", a->zh);
    jsonw_str(&w, "en", a->en);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "an act");
}

static int take_text(const struct json *j, const char *name, size_t max, char *out, struct err *e)
{
    const char *text = NULL;
    int rc = json_get_str(j, name, 0, max, &text, e);

    if (rc == 0)
        text_copy(out, max + 1, text);
    return rc;
}

static int take_id(const struct json *j, uint8_t out[ACT_ID_LEN], struct err *e)
{
    const char *hex = NULL;
    size_t n = 0;
    int rc = json_get_str(j, "id", 2 * ACT_ID_LEN, 2 * ACT_ID_LEN, &hex, e);

    if (rc == 0 && (hex_decode(hex, strlen(hex), out, ACT_ID_LEN, &n) < 0 || n != ACT_ID_LEN))
        rc = err_set(e, ERR_INVALID, "\"id\" is not hexadecimal");
    return rc;
}

static int take_kind(const struct json *j, struct act *a, struct err *e)
{
    char word[24] = "", reason[24] = "";
    int rc = take_text(j, "act", sizeof word - 1, word, e);

    if (rc == 0)
        rc = take_text(j, "reason", sizeof reason - 1, reason, e);
    if (rc == 0 && !act_by_word(word, &a->kind))
        rc = err_set(e, ERR_INVALID, "\"act\" is not known");
    if (rc < 0)
        return rc;
    a->reason = reason[0] ? outage_by_word(reason) : 0;
    bool known = !reason[0] || strcmp(outage_word(a->reason), reason) == 0;
    return known && (reason[0] != '\0') == (a->kind == ACT_OUT) ? 0 : err_set(e, ERR_INVALID, "\"reason\" is not known");
}

static int take_act(const struct json *j, struct act *a, struct err *e)
{
    int rc = json_known(j, "terminal id at until act by reason back zh en", e);

    if (rc == 0)
        rc = take_text(j, "terminal", TERMINAL_ID_MAX, a->terminal, e);
    if (rc == 0)
        rc = take_id(j, a->id, e);
    if (rc == 0)
        rc = json_get_int(j, "at", 0, AT_MAX, &a->at_ms, e);
    if (rc == 0)
        rc = json_get_int(j, "until", 0, AT_MAX, &a->until_ms, e);
    if (rc == 0)
        rc = take_kind(j, a, e);
    if (rc == 0)
        rc = take_text(j, "by", ACT_BY_MAX, a->by, e);
    if (rc == 0)
        rc = json_get_int(j, "back", 0, AT_MAX, &a->back_ms, e);
    if (rc == 0)
        rc = take_text(j, "zh", ACT_MESSAGE_MAX, a->zh, e);
    if (rc == 0)
        rc = take_text(j, "en", ACT_MESSAGE_MAX, a->en, e);
    return rc == 0 ? check(a, e) : rc;
}

int act_decode(const void *data, size_t len, struct act *ret, struct err *e)
{
    struct act a;
    struct json *doc = NULL;
    int rc = json_parse(data, len, ACT_TEXT_MAX, &doc, e);

    memset(&a, 0, sizeof a);
    if (rc == 0)
        rc = take_act(doc, &a, e);
    if (rc == 0)
        *ret = a;
    json_free(doc);
    return err_wrap(e, rc, "an act");
}

/* --- as the hall signed it --- */

static void put_signed(struct jsonw *w, const struct act_signed *s)
{
    jsonw_obj(w, NULL);
    jsonw_str(w, "act", s->act);
    manifest_signature_put(w, &s->by);
    jsonw_end(w);
}

static int take_signed(const struct json *j, struct act_signed *ret, struct err *e)
{
    struct act_signed s;
    const char *act = NULL;
    int rc = json_known(j, "act key sig", e);

    memset(&s, 0, sizeof s);
    if (rc == 0)
        rc = json_get_str(j, "act", 1, ACT_TEXT_MAX, &act, e);
    if (rc == 0)
        rc = manifest_signature_get(j, &s.by, e);
    if (rc == 0) {
        text_copy(s.act, sizeof s.act, act);
        *ret = s;
    }
    return rc;
}

int act_signed_encode(const struct act_signed *s, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    put_signed(&w, s);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int act_signed_decode(const void *data, size_t len, struct act_signed *ret, struct err *e)
{
    struct json *doc = NULL;
    int rc = json_parse(data, len, ACT_WORD_BYTES, &doc, e);

    if (rc == 0)
        rc = take_signed(doc, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "what staff want done");
}

int acts_encode(const struct act_signed *list, size_t n, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_arr(&w, "acts");
    for (size_t i = 0; i < n; i++)
        put_signed(&w, &list[i]);
    jsonw_end(&w);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int acts_decode(const void *data, size_t len, struct act_signed list[ACTS_MAX], size_t *ret_n, struct err *e)
{
    const struct json *all = NULL;
    struct json *doc = NULL;
    int rc = json_parse(data, len, ACTS_BYTES_MAX, &doc, e);

    *ret_n = 0;
    if (rc == 0)
        rc = json_known(doc, "acts", e);
    if (rc == 0)
        rc = json_get_arr(doc, "acts", ACTS_MAX, &all, e);
    for (size_t i = 0; rc == 0 && i < json_len(all); i++)
        rc = take_signed(json_at(all, i), &list[(*ret_n)++], e);
    json_free(doc);
    return err_wrap(e, rc, "what staff want done");
}

int act_verify(const struct manifest_role *hall, const char *terminal, const struct act_signed *s, struct act *ret,
               struct err *e)
{
    struct act a;
    int rc = manifest_verify_one(hall, ACT_PREFIX, s->act, strlen(s->act), &s->by, e);

    if (rc == 0)
        rc = act_decode(s->act, strlen(s->act), &a, e);
    if (rc == 0 && strcmp(a.terminal, terminal) != 0)
        rc = err_set(e, ERR_ACCESS, "it is for terminal %s", a.terminal);
    if (rc == 0)
        *ret = a;
    return err_wrap(e, rc, "what staff want done");
}
