/* SPDX-License-Identifier: Apache-2.0
 *
 * What changes a case: one event, judged on the case as it stands inside the transaction. Who was slower finds the case
 * changed and is judged on that. What is refused changes nothing but the audit log.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/rules/deadline_words.h"
#include "tools/hallctl/case.h"
#include "wire/record.h"

#define TRIES 8
#define SKEW_MS 60000 /* clocks of two machines may differ so much: what happens now happens after the last event */

/* One event on its way. */
struct act {
    struct store *store;
    const struct published *published;
    const struct case_options *options;
    const char *number;
    struct case_event event;
    struct case_file file;
    enum case_refusal refusal;
    bool known; /* RECEIVE: the limits of its item */
};

static void fill(struct act *a, enum case_event_kind kind)
{
    const struct case_options *o = a->options;
    struct case_event *ev = &a->event;
    int64_t last = a->file.state.last, now = clock_wall_ms();

    case_event_init(ev, kind);
    ev->entered = last > now && last - now <= SKEW_MS ? last : now;
    ev->at = o->at ? o->at_ms : ev->entered;
    ev->seq = o->version_n ? o->version_n + 1 : 0;
    text_copy(ev->staff, sizeof ev->staff, o->staff);
    text_copy(ev->post, sizeof ev->post, o->post);
    text_copy(ev->words, sizeof ev->words, o->reason ? o->reason : "");
    text_copy(ev->law, sizeof ev->law, o->law ? o->law : "");
    text_copy(ev->to_staff, sizeof ev->to_staff, o->to ? o->to : "");
    text_copy(ev->to_post, sizeof ev->to_post, o->to_post ? o->to_post : "");
    ev->procedure = o->procedure_n;
    ev->limit_day = (int)o->days_n;
    ev->limit_unit = o->unit_n;
    ev->result = o->result_n;
}

/* What the law does follows from where the case stands. */
static void fill_tacit(struct act *a)
{
    const struct case_state *s = &a->file.state;
    bool accepts = s->stage == CASE_NEW || s->stage == CASE_RECEIVED;

    fill(a, accepts ? CASE_EVENT_ACCEPT_TACIT : CASE_EVENT_DECIDE_TACIT);
    a->event.result = accepts ? CASE_RESULT_NONE : s->limits.law_decides;
    text_copy(a->event.law, sizeof a->event.law,
              accepts ? deadline_law(DEADLINE_ACCEPT, LANGUAGE_ZH_CN) : s->limits.tacit_law);
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
static int fill_receive(struct act *a, struct err *e)
{
    struct case_event *ev = &a->event;
    const struct case_file *f = &a->file;
    int rc = store_find_id(a->store, f->record, keep_application, ev, e);

    if (rc < 0)
        return rc;
    memcpy(ev->record, f->record, sizeof ev->record);
    ev->applied = f->applied;
    a->known = published_limits(a->published, f->item[0] ? f->item : "-", ev->limits.item_version, &ev->limits);
    return 0;
}

static int judge_clock(struct act *a, struct err *e)
{
    int64_t heard = 0;
    int rc = case_heard(a->store, &a->file, &heard, e);

    a->refusal = case_judge_clock(&a->file.state, heard, a->event.entered);
    return rc;
}

/* Reads the case, judges, adds. 0 also when it is refused. */
static int attempt(struct act *a, struct err *e)
{
    const struct case_options *o = a->options;
    bool tacit = strcmp(o->verb, "tacit") == 0;
    int rc = case_file_read(a->store, a->options->office_n, a->number, NULL, NULL, &a->file, e);

    if (rc < 0)
        return rc;
    if (tacit)
        fill_tacit(a);
    else
        fill(a, o->kind);
    if (a->event.kind == CASE_EVENT_RECEIVE)
        rc = fill_receive(a, e);
    a->refusal = case_judge(&a->file.state, &a->event, a->event.entered);
    if (a->refusal == CASE_MAY)
        a->refusal = deadline_judge(&a->file.state, a->published->calendar, &a->event);
    if (rc == 0 && a->refusal == CASE_MAY && !o->at)
        rc = judge_clock(a, e);
    if (rc < 0 || a->refusal != CASE_MAY)
        return rc;
    if (a->event.kind == CASE_EVENT_RECEIVE && !a->known)
        fprintf(stderr, "hallctl: case %s: no catalogue here has version %d of its item %s: its limits are not known\n",
                a->file.number, a->event.limits.item_version, a->file.item);
    return case_file_add(a->store, &a->file, &a->event, a->published->calendar, e);
}

static int audit(struct act *a, bool refused, struct err *e)
{
    char action[40], words[400];

    snprintf(action, sizeof action, "case-%s", a->options->verb);
    snprintf(words, sizeof words, "%s%s%s%s, %s", refused ? "refused: " : "", case_refusal_word(a->refusal),
             refused ? "; " : "", a->options->staff, a->options->post);
    return store_audit(a->store, a->file.office, hallctl_who(), action, a->file.number, words, e);
}

static int try_once(struct act *a, struct err *e)
{
    int rc = store_begin(a->store, e);

    if (rc < 0)
        return rc;
    rc = attempt(a, e);
    if (rc == 0)
        rc = audit(a, a->refusal != CASE_MAY, e); /* nothing else was written then */
    if (rc == 0)
        return store_commit(a->store, e);
    store_rollback(a->store);
    return rc;
}

/* Durable, or refused, or an error. */
static int act(struct act *a, const char *number, struct err *e)
{
    int rc = -ERR_RETRY;

    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
        *e = (struct err){0};
        a->number = number;
        rc = try_once(a, e);
    }
    return err_wrap(e, rc, "case %s, %s: nothing was changed", number, a->options->verb);
}

/* --- what is said --- */

static void put_case(struct jsonw *w, const struct case_file *f)
{
    jsonw_str(w, "number", f->number);
    jsonw_str(w, "stage", case_stage_word(f->state.stage));
    jsonw_int(w, "version", f->state.seq);
    jsonw_str(w, "staff", f->state.staff);
    jsonw_str(w, "post", f->state.post);
}

/* Who was faster, where that is why. */
static void add_decision(const struct case_state *s, char *out, size_t cap)
{
    char day[DATE_LEN + 1];

    out[0] = '\0';
    if (!case_day(s->decided))
        return;
    date_format(s->decided, day);
    snprintf(out, cap, " (%s by %s on %s)", case_result_word(s->result), s->decider, day);
}

static int say_refused(const struct act *a)
{
    struct hallctl_object o;
    char who[160], words[300];
    bool person = a->refusal == CASE_REFUSAL_NOT_RESPONSIBLE;

    add_decision(&a->file.state, who, sizeof who);
    if (person)
        snprintf(who, sizeof who, " (%s, %s)", a->file.state.staff, a->file.state.post);
    snprintf(words, sizeof words, "%s%s", case_refusal_what(a->refusal),
             person || a->refusal == CASE_REFUSAL_DECIDED ? who : "");
    fprintf(stderr, "hallctl: case %s, %s: not done: %s. Nothing was changed. %s\n", a->file.number, a->options->verb, words,
            case_refusal_remedy(a->refusal));
    if (!a->options->json)
        return EXIT_REFUSED;
    hallctl_object_open(&o);
    put_case(&o.w, &a->file);
    jsonw_str(&o.w, "refused", case_refusal_word(a->refusal));
    jsonw_str(&o.w, "words", words);
    jsonw_str(&o.w, "remedy", case_refusal_remedy(a->refusal));
    hallctl_object_print(&o);
    return EXIT_REFUSED;
}

static void say_done(const struct act *a)
{
    struct hallctl_object o;

    if (!a->options->json) {
        printf("%s %s, version %" PRId64 ": %s, %s answer for it\n", a->file.number, case_stage_word(a->file.state.stage),
               a->file.state.seq, a->file.state.staff, a->file.state.post);
        return;
    }
    hallctl_object_open(&o);
    put_case(&o.w, &a->file);
    hallctl_object_print(&o);
}

int case_act(struct store *s, const struct published *p, const struct case_options *o)
{
    struct act a = {.store = s, .published = p, .options = o};
    struct err e = {0};
    int rc = act(&a, o->number, &e);

    if (rc < 0)
        return hallctl_fail(&e);
    if (a.refusal != CASE_MAY)
        return say_refused(&a);
    say_done(&a);
    return EXIT_OK;
}

/* --- taking in --- */

struct numbers {
    char (*list)[CASE_NUMBER_LEN + 1];
    size_t n, cap;
};

static int keep_number(void *ctx, const struct case_row *r)
{
    struct numbers *all = ctx;

    if (all->n == all->cap) {
        size_t cap = all->cap ? 2 * all->cap : 64;
        void *more = realloc(all->list, cap * sizeof *all->list);

        if (!more)
            return 1;
        all->list = more;
        all->cap = cap;
    }
    text_copy(all->list[all->n++], CASE_NUMBER_LEN + 1, r->number);
    return 0;
}

static int receive_all(struct act *a, const struct numbers *all, size_t *ret_n, struct err *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < all->n; i++) {
        rc = act(a, all->list[i], e);
        *ret_n += rc == 0 && a->refusal == CASE_MAY;
    }
    return rc;
}

int case_receive(struct store *s, const struct published *p, const struct case_options *o)
{
    struct act a = {.store = s, .published = p, .options = o};
    struct numbers all = {0};
    struct hallctl_object answer;
    struct err e = {0};
    size_t n = 0;

    if (o->number[0])
        return case_act(s, p, o);
    int rc = case_each_stage(s, o->office_n, CASE_NEW, keep_number, &all, &e);
    if (rc == 0)
        rc = receive_all(&a, &all, &n, &e);
    free(all.list);
    if (rc < 0 && n)
        fprintf(stderr, "hallctl: %zu were taken in before that\n", n);
    if (rc < 0)
        return hallctl_fail(&e);
    if (!o->json) {
        printf("%zu taken in\n", n);
        return EXIT_OK;
    }
    hallctl_object_open(&answer);
    jsonw_int(&answer.w, "received", (int64_t)n);
    hallctl_object_print(&answer);
    return EXIT_OK;
}

int case_recount(struct store *s, const struct published *p, const struct case_options *o)
{
    struct hallctl_object answer;
    struct err e = {0};
    int rc = store_begin(s, &e), n = rc < 0 ? rc : case_rebuild(s, p->calendar, &e);

    if (n < 0)
        store_rollback(s);
    else
        rc = store_commit(s, &e);
    if (n < 0 || rc < 0)
        return hallctl_fail(&e);
    if (!o->json) {
        printf("counted anew: %d cases\n", n);
        return EXIT_OK;
    }
    hallctl_object_open(&answer);
    jsonw_int(&answer.w, "cases", n);
    hallctl_object_print(&answer);
    return EXIT_OK;
}
