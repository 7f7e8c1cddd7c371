/* SPDX-License-Identifier: Apache-2.0
 *
 * What is told of cases: lists, what happened, dates and what they follow from, cards. Dates are counted anew from the
 * events of the case whenever they are told.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tools/hall/cases/case_json.h"
#include "tools/hall/rules/card.h"
#include "tools/hall/rules/case_wire.h"
#include "tools/hall/rules/deadline_words.h"
#include "tools/hall/store/store_bundle.h"
#include "tools/hall/store/store_case_row.h"
#include "tools/hall/store/store_opened.h"
#include "tools/hallctl/case.h"
#include "tools/hallctl/exchange.h"

#define ROW_MAX (64 * 1024)

/* A list that is being printed. */
struct listing {
    struct hallctl_list list;
    struct store *store;
    const struct published *published;
    const struct case_options *options;
    struct date today;
    struct err *e;
    int rc;
};

static void begin(struct listing *l, const struct case_options *o)
{
    l->list.json = o->json;
    l->options = o;
    l->today = date_of_ms(clock_wall_ms());
    if (o->json)
        fputs("[", stdout);
}

static int end(struct listing *l, int rc, const struct err *e)
{
    if (rc == 0 && l->list.json)
        fputs("\n]\n", stdout);
    return rc < 0 ? hallctl_fail(e) : EXIT_OK;
}

/* --- list --- */

static int list_row(void *ctx, const struct case_row *r)
{
    struct listing *l = ctx;
    struct buf out;
    struct jsonw w;
    char applied[CLOCK_RFC3339_LEN + 1], due[DATE_LEN + 1] = "-";

    clock_format_rfc3339(r->applied, applied);
    if (r->due)
        date_format(date_of_days(r->due), due);
    buf_init(&out, ROW_MAX);
    if (l->list.json) {
        jsonw_init(&w, &out);
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "number", r->number);
        jsonw_str(&w, "stage", case_stage_word(r->stage));
        jsonw_str(&w, "item", r->item);
        jsonw_int(&w, "version", r->version);
        jsonw_str(&w, "staff", r->staff);
        jsonw_str(&w, "post", r->post);
        jsonw_str(&w, "name", r->name);
        jsonw_str(&w, "applied", applied);
        case_json_day(&w, "due", r->due ? date_of_days(r->due) : (struct date){0});
        jsonw_end(&w);
    } else {
        buf_addf(&out, "%s  %-16s  %-10s  %s  %s  %s %s  %s", r->number, case_stage_word(r->stage), due, applied, r->item,
                 r->staff, r->post, r->name[0] ? r->name : "-");
    }
    hallctl_row(&l->list, &out);
    return 0;
}

/* Its name, how many it is of, and who leads. */
static void say_bundle(const struct published *p, const struct case_bundle *b)
{
    char name[400], dept[100];

    published_name(p, b->item, name, sizeof name);
    published_dept(p, b->item, dept, sizeof dept);
    printf("bundle %s: %s, %d applications; %s leads\n", b->number, name, b->parts, dept[0] ? dept : "department not known");
}

static int list_bundle(struct store *s, const struct published *p, const struct case_options *o)
{
    struct listing l = {.store = s, .published = p};
    struct case_bundle b;
    struct err e = {0};
    int rc = bundle_read(s, o->office_n, o->bundle_number, &b, &e);

    if (rc < 0)
        return hallctl_fail(&e);
    if (!o->json)
        say_bundle(p, &b);
    begin(&l, o);
    rc = case_each_of_bundle(s, o->office_n, b.number, list_row, &l, &e);
    return end(&l, rc, &e);
}

int case_list(struct store *s, const struct published *p, const struct case_options *o)
{
    struct listing l = {.store = s, .published = p};
    struct err e = {0};

    if (o->bundle)
        return list_bundle(s, p, o);
    begin(&l, o);
    int rc = case_each_stage(s, o->office_n, o->stage_n, list_row, &l, &e);
    return end(&l, rc, &e);
}

/* --- show --- */

static void put_event(struct buf *out, const struct case_event *ev)
{
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(ev->at, at);
    buf_addf(out, "%3" PRId64 "  %s  %-13s ", ev->seq, at, case_event_word(ev->kind));
    if (case_event_alone(ev))
        buf_addf(out, "the applicant, at %s", ev->terminal);
    else
        buf_addf(out, "%s, %s", ev->staff, ev->post);
    if (ev->kind == CASE_EVENT_STOP)
        buf_addf(out, "; %s, at most %d %s", case_procedure_word(ev->procedure), ev->limit_day,
                 ev->limit_unit == DAY_WORKING ? "working days" : "days");
    if (ev->result != CASE_RESULT_NONE)
        buf_addf(out, "; %s", case_result_word(ev->result));
    if (ev->kind == CASE_EVENT_HAND_OVER)
        buf_addf(out, "; to %s, %s", ev->to_staff, ev->to_post);
    if (ev->law[0])
        buf_addf(out, "; %s", ev->law);
    if (ev->words[0])
        buf_addf(out, ": %s", ev->words);
}

static void show_event(void *ctx, const struct case_event *ev)
{
    struct listing *l = ctx;
    struct buf out;

    buf_init(&out, ROW_MAX);
    if (l->list.json)
        case_event_encode(ev, &out);
    else
        put_event(&out, ev);
    hallctl_row(&l->list, &out);
}

void case_say_head(const struct case_file *f)
{
    char chain[2 * SHA256_LEN + 1];

    hex_encode(f->hash, sizeof f->hash, chain);
    printf("%s %s, version %" PRId64 "; item %s version %d; %s %s\nchain %s\n", f->number, case_stage_word(f->state.stage),
           f->state.seq, f->item, f->state.limits.item_version, f->state.staff, f->state.post, chain);
}

/* What is kept of it since it was opened. */
static int say_opened(struct store *s, const struct case_options *o, struct err *e)
{
    struct case_opened kept;
    int rc = case_opened_read(s, o->office_n, o->number, &kept, e);

    if (rc == 0 && kept.seq)
        printf("applicant %s, notice %s (opening %" PRId64 ")\n", kept.name[0] ? kept.name : "-",
               kept.notice[0] ? kept.notice : "-", kept.seq);
    return rc;
}

static int say_sibling(void *ctx, const struct case_row *r)
{
    struct listing *l = ctx;
    char name[400];

    if (strcmp(r->number, l->options->number) == 0)
        return 0;
    published_name(l->published, r->item, name, sizeof name);
    printf("  with it %s %s, %s\n", r->number, case_stage_word(r->stage), name);
    return 0;
}

/* The others that were handed in with it. */
static int say_bundle_of(struct store *s, const struct published *p, const struct case_options *o, struct err *e)
{
    struct listing l = {.published = p, .options = o};
    struct case_bundle b;
    int rc = bundle_of_case(s, o->office_n, o->number, &b, e);

    if (rc < 0 || !b.number[0])
        return rc;
    printf("number %d of ", b.part);
    say_bundle(p, &b);
    return case_each_of_bundle(s, o->office_n, b.number, say_sibling, &l, e);
}

int case_show(struct store *s, const struct published *p, const struct case_options *o)
{
    struct listing l = {.store = s, .published = p};
    struct case_bundle b;
    struct case_file f;
    struct err e = {0};
    int rc = case_file_read(s, o->office_n, o->number, NULL, NULL, &f, &e); /* whole, before anything is shown */

    if (rc == -ERR_NOTFOUND && bundle_read(s, o->office_n, o->number, &b, NULL) == 0)
        err_set(&e, ERR_NOTFOUND, "%s is the number of a bundle: hallctl case list --bundle %s names its cases", o->number,
                o->number);
    if (rc < 0)
        return hallctl_fail(&e);
    if (!o->json) {
        case_say_head(&f);
        rc = say_opened(s, o, &e);
        if (rc == 0)
            rc = say_bundle_of(s, p, o, &e);
        if (rc == 0)
            rc = exchange_say_errors(s, o->office_n, o->number, &e);
    }
    begin(&l, o);
    if (rc == 0)
        rc = case_file_read(s, o->office_n, o->number, show_event, &l, &f, &e);
    return end(&l, rc, &e);
}

/* --- explain --- */

void case_say_deadline(struct buf *out, const struct deadline *d, struct date today, enum language l)
{
    char words[DEADLINE_WORDS_MAX];

    buf_addf(out, "%s: %s", deadline_name(d->kind, l), deadline_sentence(d, today, l, words));
    if (deadline_law(d->kind, l)[0])
        buf_addf(out, " [%s]", deadline_law(d->kind, l));
}

static void explain_one(struct listing *l, const struct deadline *d)
{
    struct buf out;
    struct jsonw w;

    buf_init(&out, ROW_MAX);
    if (l->list.json) {
        jsonw_init(&w, &out);
        jsonw_obj(&w, NULL);
        case_json_deadline(&w, d, l->today);
        jsonw_end(&w);
    } else {
        case_say_deadline(&out, d, l->today, l->options->language_n);
    }
    hallctl_row(&l->list, &out);
}

int case_explain(struct store *s, const struct published *p, const struct case_options *o)
{
    struct listing l = {.store = s, .published = p};
    struct case_file f;
    struct deadlines all;
    struct err e = {0};
    int rc = case_file_read(s, o->office_n, o->number, NULL, NULL, &f, &e);

    if (rc < 0)
        return hallctl_fail(&e);
    begin(&l, o);
    struct case_state state = case_state_of(&f);
    deadline_fold(&state, p->calendar, l.today, &all);
    for (int i = 0; i < all.n; i++)
        explain_one(&l, &all.list[i]);
    return end(&l, 0, &e);
}

/* --- cards --- */

static void tell_card(struct listing *l, const struct case_file *f, const struct card *c)
{
    struct buf out;
    struct jsonw w;
    char words[DEADLINE_WORDS_MAX];
    const struct deadline *d = c->deadline;
    enum language language = l->options->language_n;

    buf_init(&out, ROW_MAX);
    if (l->list.json) {
        jsonw_init(&w, &out);
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "number", f->number);
        jsonw_str(&w, "stage", case_stage_word(f->state.stage));
        jsonw_str(&w, "rule", c->rule);
        jsonw_str(&w, "level", card_level_word(c->level));
        case_json_day(&w, "since", c->since);
        jsonw_str(&w, "staff", f->state.staff);
        case_json_deadline(&w, d, l->today);
        jsonw_end(&w);
    } else {
        buf_addf(&out, "%-8s %s  %s  %s, %s, %s: %s: %s", card_level_word(c->level), f->number, c->rule,
                 d->limit.step[0] ? d->limit.step : "step not known", d->limit.post[0] ? d->limit.post : "post not known",
                 f->state.staff[0] ? f->state.staff : "nobody has taken it in", deadline_name(d->kind, language),
                 deadline_sentence(d, l->today, language, words));
    }
    hallctl_row(&l->list, &out);
}

static int card_row(void *ctx, const struct case_file *f)
{
    struct listing *l = ctx;
    struct deadlines all;
    struct card cards[DEADLINES];
    struct case_state state = case_state_of(f);

    deadline_fold(&state, l->published->calendar, l->today, &all);
    int n = card_list(&state, l->published->calendar, &all, l->today, cards);
    for (int i = 0; i < n; i++)
        tell_card(l, f, &cards[i]);
    return 0;
}

static int cards_of(void *ctx, int office)
{
    struct listing *l = ctx;
    struct case_place at = {0};

    do
        l->rc = case_due_page(l->store, office, date_to_days(l->today), &at, card_row, l, l->e);
    while (l->rc > 0);
    return l->rc < 0;
}

int case_cards(struct store *s, const struct published *p, const struct case_options *o)
{
    struct err e = {0};
    struct listing l = {.store = s, .published = p, .e = &e};

    begin(&l, o);
    int rc = o->office ? cards_of(&l, o->office_n) : store_each_office(s, cards_of, &l, &e);
    return end(&l, rc < 0 ? rc : l.rc, &e);
}
