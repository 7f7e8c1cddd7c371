/* SPDX-License-Identifier: Apache-2.0
 *
 * See complaint_deed.h.
 */
#include "tools/hall/cases/complaint_deed.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_account.h"
#include "tools/hall/store/store_opened.h"

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

static void fill(const struct complaint_deed *d, struct complaint_event *ev)
{
    int64_t now = clock_wall_ms(), last = d->file.state.last;

    *ev = (struct complaint_event){.kind = d->kind, .at = now < last ? last : now, .why = d->why};
    put(ev->staff, sizeof ev->staff, d->staff);
    put(ev->post, sizeof ev->post, d->post);
    put(ev->to_staff, sizeof ev->to_staff, d->to_staff);
    put(ev->to_post, sizeof ev->to_post, d->to_post);
    put(ev->words, sizeof ev->words, d->words);
}

/* The words of an answer are the person's: the audit says who did what. */
static int audit(struct store *s, const struct complaint_deed *d, struct err *e)
{
    char action[40], words[400];
    bool refused = d->refusal != COMPLAINT_MAY;

    snprintf(action, sizeof action, "complaint-%s", complaint_event_word(d->kind));
    snprintf(words, sizeof words, "%s%s%s%s, %s", refused ? "refused: " : "",
             refused ? complaint_refusal_word(d->refusal) : "", refused ? "; " : "", d->staff, d->post);
    return store_audit(s, d->file.office, d->by, action, d->file.number, words, e);
}

int complaint_do(struct store *s, struct complaint_deed *d, struct err *e)
{
    struct case_opened kept;
    struct complaint_event ev;
    int rc = complaint_file_read(s, d->office, d->number, NULL, NULL, &d->file, e);

    d->refusal = COMPLAINT_MAY;
    if (rc == 0)
        rc = case_opened_read(s, d->file.office, d->file.number, &kept, e);
    if (rc < 0)
        return rc;
    fill(d, &ev);
    rc = judge_roles(s, &d->file, &ev, &d->refusal, e);
    if (rc == 0 && d->refusal == COMPLAINT_MAY)
        d->refusal = complaint_judge(&d->file.state, &ev, kept.seq != 0);
    if (rc == 0 && d->refusal == COMPLAINT_MAY)
        rc = complaint_file_add(s, &d->file, &ev, kept.notice[0] != '\0', e);
    return rc == 0 ? audit(s, d, e) : rc;
}

int complaint_may(struct store *s, const struct complaint_file *f, const struct account *by, enum complaint_event_kind kind,
                  enum complaint_refusal *ret, struct err *e)
{
    struct case_opened kept;
    struct complaint_event ev = {.kind = kind, .at = f->state.last, .why = COMPLAINT_WHY_NONE + 1};
    int rc = case_opened_read(s, f->office, f->number, &kept, e);

    put(ev.staff, sizeof ev.staff, by->name);
    put(ev.post, sizeof ev.post, by->post);
    put(ev.to_staff, sizeof ev.to_staff, "-");
    put(ev.to_post, sizeof ev.to_post, "-");
    put(ev.words, sizeof ev.words, "-");
    *ret = complaint_role_may(by->role, kind, f->kind) ? complaint_judge(&f->state, &ev, kept.seq != 0)
                                                       : COMPLAINT_REFUSAL_NO_ROLE;
    return rc;
}
