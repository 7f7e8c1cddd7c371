/* SPDX-License-Identifier: Apache-2.0
 *
 * See deed.h.
 */
#include "tools/hall/cases/deed.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/rules/deadline_words.h"
#include "tools/hall/store/store_account.h"
#include "wire/record.h"

#define SKEW_MS 60000 /* clocks of two machines may differ so much: what happens now happens after the last event */

static void put(char *out, size_t cap, const char *said)
{
    text_copy(out, cap, said ? said : "");
}

static int64_t now_of(const struct case_file *f)
{
    int64_t last = f->state.last, now = clock_wall_ms();

    return last > now && last - now <= SKEW_MS ? last : now;
}

static void fill(const struct deed *d, enum case_event_kind kind, struct case_event *ev)
{
    case_event_init(ev, kind);
    ev->entered = now_of(&d->file);
    ev->at = d->at ? d->at : ev->entered;
    ev->seq = d->version ? d->version + 1 : 0;
    put(ev->staff, sizeof ev->staff, d->staff);
    put(ev->post, sizeof ev->post, d->post);
    put(ev->words, sizeof ev->words, d->words);
    put(ev->law, sizeof ev->law, d->law);
    put(ev->to_staff, sizeof ev->to_staff, d->to_staff);
    put(ev->to_post, sizeof ev->to_post, d->to_post);
    ev->procedure = d->procedure;
    ev->limit_day = d->days;
    ev->limit_unit = d->unit;
    ev->result = d->result;
}

/* What the law does follows from where the case stands. */
static enum case_event_kind tacit_kind(const struct case_state *s)
{
    return s->stage == CASE_NEW || s->stage == CASE_RECEIVED ? CASE_EVENT_ACCEPT_TACIT : CASE_EVENT_DECIDE_TACIT;
}

static void fill_tacit(const struct case_state *s, struct case_event *ev)
{
    bool accepts = ev->kind == CASE_EVENT_ACCEPT_TACIT;

    ev->result = accepts ? CASE_RESULT_NONE : s->limits.law_decides;
    put(ev->law, sizeof ev->law, accepts ? deadline_law(DEADLINE_ACCEPT, LANGUAGE_ZH_CN) : s->limits.tacit_law);
}

static int keep_application(void *ctx, const struct store_found *f)
{
    struct case_event *ev = ctx;
    struct record_header h;

    memcpy(ev->body_hash, f->record.body_hash, sizeof ev->body_hash);
    if (record_header_decode(f->record.header, f->record.header_len, &h, NULL) == 0)
        ev->limits.item_version = h.item_version;
    return 1;
}

/* Pins what the item says. */
static int fill_receive(struct store *s, const struct published *p, struct deed *d, struct case_event *ev, struct err *e)
{
    const struct case_file *f = &d->file;
    int rc = store_find_id(s, f->record, keep_application, ev, e);

    if (rc < 0)
        return rc;
    memcpy(ev->record, f->record, sizeof ev->record);
    ev->applied = f->applied;
    d->known = published_limits(p, f->item[0] ? f->item : "-", ev->limits.item_version, &ev->limits);
    return 0;
}

/* --- who --- */

/* CASE_MAY in an office without accounts, and where `name` is one of them that may do it. */
static int judge_role(struct store *s, int office, const char *name, enum case_event_kind kind, enum case_refusal *ret,
                      struct err *e)
{
    struct account a;
    struct err why = {0};
    int rc = account_any(s, office, e);

    *ret = CASE_MAY;
    if (rc <= 0)
        return rc;
    rc = account_by_name(s, office, name ? name : "", &a, &why);
    if (rc == -ERR_NOTFOUND)
        *ret = CASE_REFUSAL_NO_ROLE;
    else if (rc < 0)
        *e = why;
    else
        *ret = account_judge(&a, kind);
    return rc == -ERR_NOTFOUND ? 0 : rc;
}

/* Whom it is handed to must be able to go on with it. */
static int judge_roles(struct store *s, const struct deed *d, const struct case_event *ev, enum case_refusal *ret,
                       struct err *e)
{
    int rc = judge_role(s, d->office, ev->staff, ev->kind, ret, e);

    if (rc < 0 || *ret != CASE_MAY || ev->kind != CASE_EVENT_HAND_OVER || !ev->to_staff[0])
        return rc;
    rc = judge_role(s, d->office, ev->to_staff, CASE_EVENT_DELIVER, ret, e);
    if (rc == 0 && *ret != CASE_MAY)
        *ret = CASE_REFUSAL_TO_NO_ROLE;
    return rc;
}

/* --- doing it --- */

static int judge_clock(struct store *s, const struct deed *d, const struct case_event *ev, enum case_refusal *ret,
                       struct err *e)
{
    int64_t heard = 0;
    int rc = case_heard(s, &d->file, &heard, e);

    *ret = case_judge_clock(&d->file.state, heard, ev->entered);
    return rc;
}

static int judge(struct store *s, const struct published *p, struct deed *d, const struct case_event *ev, struct err *e)
{
    int rc = judge_roles(s, d, ev, &d->refusal, e);

    if (rc < 0 || d->refusal != CASE_MAY)
        return rc;
    d->refusal = case_judge(&d->file.state, ev, ev->entered);
    if (d->refusal == CASE_MAY)
        d->refusal = deadline_judge(&d->file.state, p->calendar, ev);
    if (d->refusal == CASE_MAY && ev->kind == CASE_EVENT_STOP &&
        !published_procedure(p, d->file.item, d->file.state.limits.item_version, ev->procedure))
        d->refusal = CASE_REFUSAL_OTHER_PROCEDURE;
    return d->refusal == CASE_MAY && !d->at ? judge_clock(s, d, ev, &d->refusal, e) : 0;
}

static int audit(struct store *s, const struct deed *d, struct err *e)
{
    bool refused = d->refusal != CASE_MAY;
    char action[40], words[400];

    snprintf(action, sizeof action, "case-%s", d->action);
    snprintf(words, sizeof words, "%s%s%s%s, %s", refused ? "refused: " : "", refused ? case_refusal_word(d->refusal) : "",
             refused ? "; " : "", d->staff, d->post);
    return store_audit(s, d->file.office, d->by, action, d->file.number, words, e);
}

int deed_do(struct store *s, const struct published *p, struct deed *d, struct err *e)
{
    struct case_event ev;
    int rc = case_file_read(s, d->office, d->number, NULL, NULL, &d->file, e);

    if (rc < 0)
        return rc;
    d->refusal = CASE_MAY;
    d->known = false;
    fill(d, d->tacit ? tacit_kind(&d->file.state) : d->kind, &ev);
    if (d->tacit)
        fill_tacit(&d->file.state, &ev);
    if (ev.kind == CASE_EVENT_RECEIVE)
        rc = fill_receive(s, p, d, &ev, e);
    if (rc == 0)
        rc = judge(s, p, d, &ev, e);
    if (rc == 0 && d->refusal == CASE_MAY)
        rc = case_file_add(s, &d->file, &ev, p->calendar, e);
    return rc == 0 ? audit(s, d, e) : rc;
}

/* Says whatever one of its kind must say. */
static void fill_anything(const struct account *by, const struct case_file *f, struct case_event *ev)
{
    put(ev->staff, sizeof ev->staff, by->name);
    put(ev->post, sizeof ev->post, by->post);
    put(ev->words, sizeof ev->words, "-");
    put(ev->law, sizeof ev->law, "-");
    put(ev->to_staff, sizeof ev->to_staff, "-");
    put(ev->to_post, sizeof ev->to_post, "-");
    ev->procedure = 0;
    ev->limit_day = 1;
    ev->result = CASE_GRANTED;
    ev->entered = ev->at = now_of(f);
    ev->applied = f->applied;
}

int deed_may(struct store *s, const struct published *p, const struct case_file *f, const struct account *by,
             enum case_event_kind kind, enum case_refusal *ret, struct err *e)
{
    struct case_event ev;
    int64_t heard = 0;
    int rc = 0;

    case_event_init(&ev, kind);
    fill_anything(by, f, &ev);
    if (kind == CASE_EVENT_ACCEPT_TACIT || kind == CASE_EVENT_DECIDE_TACIT)
        fill_tacit(&f->state, &ev);
    *ret = account_judge(by, kind);
    if (*ret == CASE_MAY)
        *ret = case_judge(&f->state, &ev, ev.entered);
    if (*ret == CASE_MAY)
        *ret = deadline_judge(&f->state, p->calendar, &ev);
    if (*ret == CASE_MAY) {
        rc = case_heard(s, f, &heard, e);
        *ret = case_judge_clock(&f->state, heard, ev.entered);
    }
    return rc;
}
