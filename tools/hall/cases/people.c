/* SPDX-License-Identifier: Apache-2.0
 *
 * See people.h.
 */
#include "tools/hall/cases/people.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/terminal.h"

static const char *const verbs[PEOPLE_VERBS] = {
#define PEOPLE_VERB(name, word) [PEOPLE_##name] = word,
#include "tools/hall/cases/people_verb.def"
#undef PEOPLE_VERB
};

static const char *people_verb_word(enum people_verb v)
{
    return verbs[v];
}

bool people_verb_by_word(const char *word, enum people_verb *ret)
{
    for (enum people_verb v = 0; v < PEOPLE_VERBS; v++) {
        if (strcmp(word, verbs[v]) == 0) {
            *ret = v;
            return true;
        }
    }
    return false;
}

const char *people_refusal_word(enum people_refusal r)
{
    static const char *const words[] = {
        [PEOPLE_MAY] = "", [PEOPLE_TAKEN] = "taken", [PEOPLE_CODE_USED] = "code-used", [PEOPLE_LAST] = "last-administrator"};
    return words[r];
}

/* --- what each makes of it --- */

static void new_code(struct people_deed *d)
{
    uint8_t hash[SHA256_LEN];

    terminal_new_code(d->code);
    account_code_hash(d->code, hash);
    account_invite(&d->account, hash, clock_wall_ms());
}

static int add(struct store *s, struct people_deed *d, struct err *e)
{
    struct account *a = &d->account;
    struct err why = {0};

    *a = (struct account){.office = d->office, .role = d->role};
    text_copy(a->id, sizeof a->id, d->id);
    text_copy(a->name, sizeof a->name, d->name);
    text_copy(a->post, sizeof a->post, d->post);
    new_code(d);
    int rc = account_add(s, a, &why);
    if (rc == -ERR_EXISTS) {
        d->refusal = PEOPLE_TAKEN;
        return 0;
    }
    *e = why;
    return rc;
}

static int change(struct store *s, struct people_deed *d, struct err *e)
{
    const uint8_t none[SHA256_LEN] = {0};
    struct account *a = &d->account;
    int rc = 0;

    switch (d->verb) {
    case PEOPLE_ROLE:
        a->role = d->role;
        if (d->post)
            text_copy(a->post, sizeof a->post, d->post);
        break;
    case PEOPLE_RESET:
        rc = session_end_all(s, a->id, e);
        new_code(d);
        break;
    case PEOPLE_CODE:
        new_code(d);
        break;
    case PEOPLE_DISABLE:
        rc = session_end_all(s, a->id, e);
        account_invite(a, none, 0);
        a->state = ACCOUNT_DISABLED;
        break;
    case PEOPLE_ADD:
    case PEOPLE_VERBS:
        break;
    }
    return rc == 0 ? account_put(s, a, e) : rc;
}

/* --- may it --- */

struct others {
    const struct account *but;
    int n;
};

static bool rules(const struct account *a)
{
    return a->state == ACCOUNT_ACTIVE && role_uses(a->role, ROLE_USE_PEOPLE);
}

static int count_other(void *ctx, const struct account *a)
{
    struct others *o = ctx;

    o->n += a->office == o->but->office && strcmp(a->id, o->but->id) != 0 && rules(a);
    return 0;
}

static int judge(struct store *s, struct people_deed *d, struct err *e)
{
    struct others o = {.but = &d->account};
    bool stays = d->verb == PEOPLE_ROLE && role_uses(d->role, ROLE_USE_PEOPLE);

    if (d->verb == PEOPLE_CODE && d->account.state != ACCOUNT_INVITED)
        d->refusal = PEOPLE_CODE_USED;
    if (!d->keeps_last || !rules(&d->account) || stays || d->refusal != PEOPLE_MAY)
        return 0;
    int rc = account_each(s, count_other, &o, e);
    if (rc == 0 && o.n == 0)
        d->refusal = PEOPLE_LAST;
    return rc;
}

static int audit(struct store *s, const struct people_deed *d, struct err *e)
{
    const struct account *a = &d->account;
    bool refused = d->refusal != PEOPLE_MAY;
    char action[40], words[300];

    snprintf(action, sizeof action, "staff-%s", people_verb_word(d->verb));
    snprintf(words, sizeof words, "%s%s%s%s, %s", refused ? "refused: " : "", people_refusal_word(d->refusal),
             refused ? "; " : "", a->name, role_word(a->role));
    return store_audit(s, a->office, d->by, action, a->id, words, e);
}

int people_do(struct store *s, struct people_deed *d, struct err *e)
{
    int rc = 0;

    d->refusal = PEOPLE_MAY;
    d->code[0] = '\0';
    if (d->verb == PEOPLE_ADD) {
        rc = add(s, d, e);
    } else {
        rc = account_read(s, d->id, &d->account, e);
        rc = rc == 0 ? judge(s, d, e) : rc;
        if (rc == 0 && d->refusal == PEOPLE_MAY)
            rc = change(s, d, e);
    }
    if (d->refusal != PEOPLE_MAY)
        d->code[0] = '\0';
    return rc == 0 ? audit(s, d, e) : rc;
}
