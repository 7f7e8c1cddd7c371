/* SPDX-License-Identifier: Apache-2.0
 *
 * What changes a case (tools/hall/cases/deed.h), and what is said of it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/cases/deed.h"
#include "tools/hall/store/store_case_row.h"
#include "tools/hallctl/case.h"

#define TRIES 8

/* One event on its way. */
struct act {
    struct store *store;
    const struct published *published;
    const struct case_options *options;
    struct deed deed;
};

static void fill(struct act *a, const char *number)
{
    const struct case_options *o = a->options;

    a->deed = (struct deed){.office = o->office_n,
                            .number = number,
                            .action = o->verb,
                            .tacit = strcmp(o->verb, "tacit") == 0,
                            .kind = o->kind,
                            .staff = o->staff,
                            .post = o->post,
                            .words = o->reason,
                            .law = o->law,
                            .to_staff = o->to,
                            .to_post = o->to_post,
                            .procedure = o->procedure_n,
                            .days = (int)o->days_n,
                            .unit = o->unit_n,
                            .result = o->result_n,
                            .at = o->at ? o->at_ms : 0,
                            .version = o->version_n,
                            .by = hallctl_who()};
}

static int try_once(struct act *a, struct err *e)
{
    int rc = store_begin(a->store, e);

    if (rc < 0)
        return rc;
    rc = deed_do(a->store, a->published, &a->deed, e);
    if (rc == 0)
        return store_commit(a->store, e);
    store_rollback(a->store);
    return rc;
}

static void say_unknown(const struct act *a)
{
    const struct case_file *f = &a->deed.file;

    if (a->deed.refusal == CASE_MAY && a->deed.kind == CASE_EVENT_RECEIVE && !a->deed.tacit && !a->deed.known)
        fprintf(stderr, "hallctl: case %s: no catalogue here has version %d of its item %s: its limits are not known\n",
                f->number, f->state.limits.item_version, f->item);
}

/* Durable, or refused, or an error. */
static int act(struct act *a, const char *number, struct err *e)
{
    int rc = -ERR_RETRY;

    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
        *e = (struct err){0};
        fill(a, number);
        rc = try_once(a, e);
    }
    if (rc == 0)
        say_unknown(a);
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
    bool person = a->deed.refusal == CASE_REFUSAL_NOT_RESPONSIBLE;

    add_decision(&a->deed.file.state, who, sizeof who);
    if (person)
        snprintf(who, sizeof who, " (%s, %s)", a->deed.file.state.staff, a->deed.file.state.post);
    snprintf(words, sizeof words, "%s%s", case_refusal_what(a->deed.refusal),
             person || a->deed.refusal == CASE_REFUSAL_DECIDED ? who : "");
    fprintf(stderr, "hallctl: case %s, %s: not done: %s. Nothing was changed. %s\n", a->deed.file.number, a->options->verb,
            words, case_refusal_remedy(a->deed.refusal));
    if (!a->options->json)
        return EXIT_REFUSED;
    hallctl_object_open(&o);
    put_case(&o.w, &a->deed.file);
    jsonw_str(&o.w, "refused", case_refusal_word(a->deed.refusal));
    jsonw_str(&o.w, "words", words);
    jsonw_str(&o.w, "remedy", case_refusal_remedy(a->deed.refusal));
    hallctl_object_print(&o);
    return EXIT_REFUSED;
}

static void say_done(const struct act *a)
{
    struct hallctl_object o;

    if (!a->options->json) {
        printf("%s %s, version %" PRId64 ": %s, %s answer for it\n", a->deed.file.number,
               case_stage_word(a->deed.file.state.stage), a->deed.file.state.seq, a->deed.file.state.staff,
               a->deed.file.state.post);
        return;
    }
    hallctl_object_open(&o);
    put_case(&o.w, &a->deed.file);
    hallctl_object_print(&o);
}

int case_act(struct store *s, const struct published *p, const struct case_options *o)
{
    struct act a = {.store = s, .published = p, .options = o};
    struct err e = {0};
    int rc = act(&a, o->number, &e);

    if (rc < 0)
        return hallctl_fail(&e);
    if (a.deed.refusal != CASE_MAY)
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
        *ret_n += rc == 0 && a->deed.refusal == CASE_MAY;
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
    int n = case_recount_days(s, p->calendar, &e);

    if (n < 0)
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
