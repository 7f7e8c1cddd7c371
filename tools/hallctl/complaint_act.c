/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff do to what somebody said (cases/complaint_deed.h), in a transaction, and what came of it.
 */
#include <stdio.h>

#include "tools/hall/cases/complaint_deed.h"
#include "tools/hallctl/complaint.h"

#define TRIES 8

static int try_once(struct store *s, struct complaint_deed *d, struct err *e)
{
    int rc = store_begin(s, e);

    if (rc < 0)
        return rc;
    rc = complaint_do(s, d, e);
    if (rc == 0)
        return store_commit(s, e);
    store_rollback(s);
    return rc;
}

int complaint_say_refused(const struct complaint_options *o, enum complaint_refusal why)
{
    struct hallctl_object answer;

    fprintf(stderr, "hallctl: %s, %s: not done: %s. Nothing was changed. %s\n", o->number, o->verb,
            complaint_refusal_what(why), complaint_refusal_remedy(why));
    if (o->json) {
        hallctl_object_open(&answer);
        jsonw_str(&answer.w, "number", o->number);
        jsonw_str(&answer.w, "refused", complaint_refusal_word(why));
        jsonw_str(&answer.w, "words", complaint_refusal_what(why));
        jsonw_str(&answer.w, "remedy", complaint_refusal_remedy(why));
        hallctl_object_print(&answer);
    }
    return EXIT_REFUSED;
}

int complaint_act(struct store *s, const struct published *p, const struct complaint_options *o)
{
    struct complaint_deed d = {.office = o->office_n,
                               .number = o->number,
                               .kind = o->kind,
                               .staff = o->staff,
                               .post = o->post,
                               .to_staff = o->to,
                               .to_post = o->to_post,
                               .words = o->reason,
                               .why = o->why_n,
                               .by = hallctl_who()};
    const struct complaint_state *state = &d.file.state;
    struct hallctl_object answer;
    struct err e = {0};
    int rc = -ERR_RETRY;

    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
        e = (struct err){0};
        rc = try_once(s, &d, &e);
    }
    if (rc < 0) {
        err_wrap(&e, rc, "%s, %s: nothing was changed", o->number, o->verb);
        return hallctl_fail(&e);
    }
    if (d.refusal != COMPLAINT_MAY)
        return complaint_say_refused(o, d.refusal);
    if (!o->json) {
        printf("%s %s: %s, %s\n", d.file.number, complaint_stage_word(state->stage), state->staff, state->post);
        return EXIT_OK;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "number", d.file.number);
    jsonw_str(&answer.w, "stage", complaint_stage_word(state->stage));
    jsonw_str(&answer.w, "staff", state->staff);
    jsonw_str(&answer.w, "post", state->post);
    hallctl_object_print(&answer);
    return EXIT_OK;
}
