/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff do to what somebody said: read in the transaction, judged by rules/complaint.h, added, and written into the
 * audit log, also where it is refused.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/store/store_account.h"
#include "tools/hall/store/store_opened.h"
#include "tools/hallctl/complaint.h"

#define TRIES 8

/* --- who --- */

/* 1: `name` has an account, in *ret; 0: the office has none at all; -ERR_NOTFOUND: it has, and none is his. */
static int find_account(struct store *s, int office, const char *name, struct account *ret, struct err *e)
{
    int rc = account_any(s, office, e);

    if (rc <= 0)
        return rc;
    rc = account_by_name(s, office, name, ret, e);
    return rc == 0 ? 1 : rc;
}

static int judge_person(struct store *s, const struct complaint_file *f, const char *name, enum complaint_event_kind kind,
                        bool reads, enum complaint_refusal wrong, enum complaint_refusal *ret, struct err *e)
{
    struct account a;
    int rc = find_account(s, f->office, name, &a, e);

    *ret = COMPLAINT_MAY;
    if (rc == -ERR_NOTFOUND) {
        *e = (struct err){0};
        *ret = wrong;
        return 0;
    }
    if (rc <= 0)
        return rc;
    bool may = reads ? complaint_role_reads(a.role, f->kind) : complaint_role_may(a.role, kind, f->kind);
    if (a.state == ACCOUNT_DISABLED || !may)
        *ret = wrong;
    return 0;
}

int complaint_judge_reader(struct store *s, const struct complaint_file *f, const char *staff, enum complaint_refusal *ret,
                           struct err *e)
{
    return judge_person(s, f, staff, COMPLAINT_EVENT_ANSWER, true, COMPLAINT_REFUSAL_NO_ROLE, ret, e);
}

/* Whom it goes to must be able to answer it. */
static int judge_roles(struct store *s, const struct complaint_file *f, const struct complaint_event *ev,
                       enum complaint_refusal *ret, struct err *e)
{
    int rc = judge_person(s, f, ev->staff, ev->kind, false, COMPLAINT_REFUSAL_NO_ROLE, ret, e);

    if (rc < 0 || *ret != COMPLAINT_MAY || ev->kind != COMPLAINT_EVENT_ASSIGN)
        return rc;
    return judge_person(s, f, ev->to_staff, COMPLAINT_EVENT_ANSWER, false, COMPLAINT_REFUSAL_TO_NO_ROLE, ret, e);
}

/* --- doing it --- */

static void put(char *out, size_t cap, const char *said)
{
    text_copy(out, cap, said ? said : "");
}

static void fill(const struct complaint_options *o, const struct complaint_file *f, struct complaint_event *ev)
{
    int64_t now = clock_wall_ms();

    *ev = (struct complaint_event){.kind = o->kind, .at = now < f->state.last ? f->state.last : now, .why = o->why_n};
    put(ev->staff, sizeof ev->staff, o->staff);
    put(ev->post, sizeof ev->post, o->post);
    put(ev->to_staff, sizeof ev->to_staff, o->to);
    put(ev->to_post, sizeof ev->to_post, o->to_post);
    put(ev->words, sizeof ev->words, o->reason);
}

/* The words of an answer are the person's: the audit says who did what. */
static int audit(struct store *s, const struct complaint_options *o, const struct complaint_file *f,
                 enum complaint_refusal why, struct err *e)
{
    char action[40], words[400];
    bool refused = why != COMPLAINT_MAY;

    snprintf(action, sizeof action, "complaint-%s", o->verb);
    snprintf(words, sizeof words, "%s%s%s%s, %s", refused ? "refused: " : "", refused ? complaint_refusal_word(why) : "",
             refused ? "; " : "", o->staff, o->post);
    return store_audit(s, f->office, hallctl_who(), action, f->number, words, e);
}

static int do_it(struct store *s, const struct complaint_options *o, struct complaint_file *f, enum complaint_refusal *ret,
                 struct err *e)
{
    struct case_opened kept;
    struct complaint_event ev;
    int rc = complaint_file_read(s, o->office_n, o->number, NULL, NULL, f, e);

    if (rc == 0)
        rc = case_opened_read(s, f->office, f->number, &kept, e);
    if (rc < 0)
        return rc;
    fill(o, f, &ev);
    rc = judge_roles(s, f, &ev, ret, e);
    if (rc == 0 && *ret == COMPLAINT_MAY)
        *ret = complaint_judge(&f->state, &ev, kept.seq != 0);
    if (rc == 0 && *ret == COMPLAINT_MAY)
        rc = complaint_file_add(s, f, &ev, kept.notice[0] != '\0', e);
    return rc == 0 ? audit(s, o, f, *ret, e) : rc;
}

static int try_once(struct store *s, const struct complaint_options *o, struct complaint_file *f,
                    enum complaint_refusal *ret, struct err *e)
{
    int rc = store_begin(s, e);

    if (rc < 0)
        return rc;
    rc = do_it(s, o, f, ret, e);
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
    enum complaint_refusal why = COMPLAINT_MAY;
    struct hallctl_object answer;
    struct complaint_file f;
    struct err e = {0};
    int rc = -ERR_RETRY;

    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
        e = (struct err){0};
        rc = try_once(s, o, &f, &why, &e);
    }
    if (rc < 0) {
        err_wrap(&e, rc, "%s, %s: nothing was changed", o->number, o->verb);
        return hallctl_fail(&e);
    }
    if (why != COMPLAINT_MAY)
        return complaint_say_refused(o, why);
    if (!o->json) {
        printf("%s %s: %s, %s\n", f.number, complaint_stage_word(f.state.stage), f.state.staff, f.state.post);
        return EXIT_OK;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "number", f.number);
    jsonw_str(&answer.w, "stage", complaint_stage_word(f.state.stage));
    jsonw_str(&answer.w, "staff", f.state.staff);
    jsonw_str(&answer.w, "post", f.state.post);
    hallctl_object_print(&answer);
    return EXIT_OK;
}
