/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl licence revoke; who may touch the register; and how hall-open is asked.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/line.h"
#include "base/secret.h"
#include "base/text.h"
#include "tools/hall/store/store_account.h"
#include "tools/hallctl/licence.h"
#include "tools/hallctl/open_line.h"
#include "tools/hallctl/staff_role.h"

#define TRIES 8

/* --- who --- */

int licence_judge_staff(struct store *s, int office, const char *name, enum role_use use, enum licence_refusal *ret,
                        struct err *e)
{
    bool may = false;
    int rc = staff_may(s, office, true, name, use, &may, e);

    *ret = may ? LICENCE_MAY : LICENCE_REFUSAL_NO_ROLE;
    return rc;
}

static int say_refused(const struct licence_options *o, enum licence_refusal why)
{
    struct hallctl_object answer;

    fprintf(stderr, "hallctl: licence %s: not done: %s. Nothing was changed. %s\n", o->verb, licence_refusal_what(why),
            licence_refusal_remedy(why));
    if (o->json) {
        hallctl_object_open(&answer);
        jsonw_str(&answer.w, "refused", licence_refusal_word(why));
        jsonw_str(&answer.w, "words", licence_refusal_what(why));
        jsonw_str(&answer.w, "remedy", licence_refusal_remedy(why));
        hallctl_object_print(&answer);
    }
    return EXIT_REFUSED;
}

int licence_refuse(struct store *s, const struct licence_options *o, enum licence_refusal why)
{
    char action[40], words[2 * CASE_NAME_MAX + 60];
    struct err e = {0};
    int rc = store_begin(s, &e);

    snprintf(action, sizeof action, "licence-%s", o->verb);
    snprintf(words, sizeof words, "refused: %s; %s, %s", licence_refusal_word(why), o->staff, o->post);
    if (rc == 0) {
        rc = store_audit(s, o->office_n, hallctl_who(), action, o->given, words, &e);
        if (rc == 0)
            rc = store_commit(s, &e);
        else
            store_rollback(s);
    }
    return rc < 0 ? hallctl_fail(&e) : say_refused(o, why);
}

/* --- hall-open --- */

int licence_ask_holder(const char *socket, struct holder_request *r, struct holder_answer *a, struct err *e)
{
    char *answer = secret_alloc(LINE_MAX_BYTES);
    struct buf request;

    buf_init(&request, LINE_MAX_BYTES - 1);
    int rc = holder_request_encode(r, &request);
    rc = rc < 0 ? err_set(e, ERR_TOOLONG, "the request to hall-open is too long")
                : open_line_call(socket, &request, answer, e);
    if (rc == 0)
        rc = holder_answer_decode(answer, strlen(answer), a, e);
    if (rc == 0 && a->outcome == OPENING_OPENED && a->n != (r->what == HOLDER_REGISTER ? r->n : 0))
        rc = err_set(e, ERR_PROTOCOL, "hall-open answers for other lines than were asked");
    if (rc == 0 && a->outcome != OPENING_OPENED)
        rc = err_set(e, ERR_REFUSED, "hall-open does not tell: %s. %s", opening_what(a->outcome),
                     opening_remedy(a->outcome));
    buf_finish(&request);
    secret_free(answer, LINE_MAX_BYTES);
    return rc;
}

/* --- revoke --- */

static int audit(struct store *s, const struct licence_options *o, enum licence_refusal why, struct err *e)
{
    char words[CASE_WORDS_MAX + 2 * CASE_NAME_MAX + 60];
    bool refused = why != LICENCE_MAY;

    snprintf(words, sizeof words, "%s%s%s%s, %s: %s", refused ? "refused: " : "", refused ? licence_refusal_word(why) : "",
             refused ? "; " : "", o->staff, o->post, o->reason);
    return store_audit(s, o->office_n, hallctl_who(), "licence-revoke", o->given, words, e);
}

static int do_it(struct store *s, const struct licence_options *o, struct licence *l, enum licence_refusal *ret,
                 struct err *e)
{
    int rc = licence_find(s, o->id, l, e);

    if (rc == 0)
        rc = licence_judge_staff(s, o->office_n, o->staff, ROLE_USE_LICENCE_KEEP, ret, e);
    if (rc == 0 && *ret == LICENCE_MAY && l->state == LICENCE_REVOKED)
        *ret = LICENCE_REFUSAL_REVOKED;
    if (rc == 0 && *ret == LICENCE_MAY) {
        l->state = LICENCE_REVOKED;
        l->learned = clock_wall_ms();
        l->told = date_of_ms(l->learned);
        text_copy(l->staff, sizeof l->staff, o->staff);
        text_copy(l->reason, sizeof l->reason, o->reason);
        rc = licence_set(s, l, e);
    }
    return rc == 0 ? audit(s, o, *ret, e) : rc;
}

static int try_once(struct store *s, const struct licence_options *o, struct licence *l, enum licence_refusal *ret,
                    struct err *e)
{
    int rc = store_begin(s, e);

    if (rc < 0)
        return rc;
    rc = do_it(s, o, l, ret, e);
    if (rc == 0)
        return store_commit(s, e);
    store_rollback(s);
    return rc;
}

int licence_revoke(struct store *s, const struct licence_options *o)
{
    enum licence_refusal why = LICENCE_MAY;
    struct licence l;
    struct err e = {0};
    int rc = -ERR_RETRY;

    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
        e = (struct err){0};
        rc = try_once(s, o, &l, &why, &e);
    }
    if (rc < 0) {
        err_wrap(&e, rc, "%s: nothing was changed", o->given);
        return hallctl_fail(&e);
    }
    return why == LICENCE_MAY ? licence_show(s, o) : say_refused(o, why);
}
