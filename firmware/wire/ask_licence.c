/* SPDX-License-Identifier: Apache-2.0
 *
 * See ask_licence.h.
 */
#include "wire/ask_licence.h"

#include "base/secret.h"
#include "wire/ask_parts.h"

static const char *const states[MY_LICENCE_STATES] = {"held", "expired", "not-good", "none", "unchecked"};
static const char *const whys[MY_LICENCE_WHYS] = {"not-asked", "away", "source-away", "not-told"};

static bool is_there(enum my_licence_state s)
{
    return s == MY_LICENCE_HELD || s == MY_LICENCE_EXPIRED || s == MY_LICENCE_NOT_GOOD;
}

/* --- writing --- */

static void put_licence(struct jsonw *w, const struct my_licence *l)
{
    jsonw_obj(w, NULL);
    jsonw_str(w, "kind", l->kind);
    jsonw_str(w, "state", states[l->state]);
    if (is_there(l->state))
        jsonw_str(w, "issuer", l->issuer);
    if (l->state == MY_LICENCE_HELD || l->state == MY_LICENCE_EXPIRED)
        ask_put_day(w, "until", l->until);
    if (l->state == MY_LICENCE_UNCHECKED)
        jsonw_str(w, "why", whys[l->why]);
    jsonw_end(w);
}

int ask_licences_encode(const struct my_licences *m, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_int(&w, "at", m->at);
    jsonw_arr(&w, "licences");
    for (int i = 0; i < m->n; i++)
        put_licence(&w, &m->list[i]);
    jsonw_end(&w);
    jsonw_end(&w);
    return buf_ok(out) && out->len <= ASK_ANSWER_MAX ? 0 : -ERR_TOOLONG;
}

/* --- reading --- */

/* A line for people, as it is shown. */
static int get_line(const struct json *o, const char *key, size_t max, char *out, struct err *e)
{
    int rc = ask_get_text(o, key, 1, max, out, e);

    return rc == 0 && !text_is_plain_line(out) ? err_set(e, ERR_INVALID, "%s is no line to be seen", key) : rc;
}

/* What goes with its state, and nothing else. */
static int get_rest(const struct json *o, struct my_licence *l, struct err *e)
{
    static const char *const known[MY_LICENCE_STATES] = {"kind state issuer until", "kind state issuer until",
                                                         "kind state issuer", "kind state", "kind state why"};
    int why = 0, rc = json_known(o, known[l->state], e);

    if (rc == 0 && is_there(l->state))
        rc = get_line(o, "issuer", MY_LICENCE_ISSUER_MAX, l->issuer, e);
    if (rc == 0)
        rc = ask_get_day(o, "until", &l->until, e);
    if (rc == 0 && l->state == MY_LICENCE_EXPIRED && !l->until.year)
        rc = err_set(e, ERR_INVALID, "it has expired on no day");
    if (rc == 0 && l->state == MY_LICENCE_UNCHECKED)
        rc = ask_get_word(o, "why", whys, MY_LICENCE_WHYS, &why, e);
    l->why = (enum my_licence_why)why;
    return rc;
}

static int get_licence(const struct json *o, struct my_licences *m, struct err *e)
{
    struct my_licence *l = &m->list[m->n];
    int state = 0, rc = get_line(o, "kind", MY_LICENCE_KIND_MAX, l->kind, e);

    if (rc == 0 && my_licence_of(m, l->kind))
        rc = err_set(e, ERR_INVALID, "a kind is answered twice");
    if (rc == 0)
        rc = ask_get_word(o, "state", states, MY_LICENCE_STATES, &state, e);
    l->state = (enum my_licence_state)state;
    if (rc == 0)
        rc = get_rest(o, l, e);
    m->n += rc == 0;
    return rc;
}

static int get_answer(const struct json *o, struct my_licences *m, struct err *e)
{
    const struct json *list = NULL;
    int rc = json_known(o, "v at licences", e);

    if (rc == 0)
        rc = json_get_arr(o, "licences", ITEM_LIST_MAX, &list, e);
    for (size_t i = 0; rc == 0 && i < json_len(list); i++)
        rc = get_licence(json_at(list, i), m, e);
    return rc;
}

int ask_licences_decode(const void *data, size_t len, struct my_licences *ret, enum ask_reason *ret_why, struct err *e)
{
    struct my_licences *m = secret_alloc(sizeof *m);
    enum ask_reason why = ASK_ANSWERED;
    struct json *doc = NULL;
    int rc = json_parse(data, len, ASK_ANSWER_MAX, &doc, e);

    if (rc == 0)
        rc = ask_get_version(doc, e);
    if (rc == 0)
        rc = json_get_int(doc, "at", 0, ASK_TIME_MAX, &m->at, e);
    if (rc == 0)
        rc = json_has(doc, "reason") ? ask_get_reason(doc, &why, e) : get_answer(doc, m, e);
    json_free(doc);
    if (rc == 0) {
        *ret = *m;
        *ret_why = why;
    }
    secret_free(m, sizeof *m);
    return err_wrap(e, rc, "an answer about licences");
}
