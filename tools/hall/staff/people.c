/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/people: the accounts of one's office: {"rows":[{"id","name","post","role","state"}]}.
 *
 * POST /api/people/VERB {"id",…}: add, role, reset, code or disable (cases/people_verb.def), as hallctl staff does it. A
 * one-time code that was made is answered once, and kept by nobody. The last administrator of an office stays one.
 */
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "tools/hall/cases/people.h"
#include "tools/hall/staff/ask.h"

static void put_account(struct jsonw *w, const struct account *one)
{
    jsonw_str(w, "id", one->id);
    jsonw_str(w, "name", one->name);
    jsonw_str(w, "post", one->post);
    jsonw_str(w, "role", role_word(one->role));
    jsonw_str(w, "state", account_state_word(one->state));
}

static int put_row(void *ctx, const struct account *one)
{
    struct ask *a = ctx;

    if (one->office != a->me.office)
        return 0;
    jsonw_obj(&a->w, NULL);
    put_account(&a->w, one);
    jsonw_end(&a->w);
    return 0;
}

static int people_read(struct ask *a, struct store *s, struct err *e)
{
    ask_answer(a, 200);
    jsonw_arr(&a->w, "rows");
    int rc = account_each(s, put_row, a, e);
    jsonw_end(&a->w);
    return rc;
}

const struct api api_people = {.read = people_read};

/* --- changing one --- */

static void change_take(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};
    enum people_verb verb = PEOPLE_VERBS;

    if (!people_verb_by_word(exchange_tail(a->exchange), &verb)) {
        ask_refuse(a, 404, "no-verb");
        return;
    }
    int rc = people_ask_decode(body, len, &a->people.say, &e);
    const struct people_ask *say = &a->people.say;
    bool adds = verb == PEOPLE_ADD, needs_role = adds || verb == PEOPLE_ROLE;

    a->people.verb = verb;
    if (rc < 0 || (adds && (!say->name[0] || !say->post[0])) || (needs_role && say->role == ROLES))
        ask_refuse(a, 400, "unreadable");
}

/* Another office's is none here. */
static int is_mine(struct ask *a, struct store *s, bool *ret, struct err *e)
{
    struct account there;
    struct err why = {0};
    int rc = account_read(s, a->people.say.id, &there, &why);

    *ret = rc == 0 && there.office == a->me.office;
    if (rc < 0 && rc != -ERR_NOTFOUND)
        *e = why;
    return rc == -ERR_NOTFOUND ? 0 : rc;
}

static int change_write(struct ask *a, struct store *s, struct err *e)
{
    const struct people_ask *say = &a->people.say;
    struct people_deed d = {.verb = a->people.verb,
                            .id = say->id,
                            .office = a->me.office,
                            .name = say->name,
                            .post = say->post[0] ? say->post : NULL,
                            .role = say->role,
                            .by = a->me.id,
                            .keeps_last = true};
    bool mine = true;
    int rc = d.verb == PEOPLE_ADD ? 0 : is_mine(a, s, &mine, e);

    if (rc == 0 && !mine)
        ask_refuse(a, 404, "no-person");
    if (rc < 0 || !mine)
        return rc;
    rc = people_do(s, &d, e);
    if (rc == 0 && d.refusal != PEOPLE_MAY) {
        ask_refuse(a, 422, people_refusal_word(d.refusal));
    } else if (rc == 0) {
        ask_answer(a, 200);
        put_account(&a->w, &d.account);
        if (d.code[0])
            jsonw_str(&a->w, "code", d.code);
    }
    secret_wipe(d.code, sizeof d.code);
    return rc;
}

const struct api api_change_people = {.take = change_take, .write = change_write};
