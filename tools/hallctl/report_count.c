/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting: each case, rating and terminal of the hall adds to the rows it belongs to. A case is folded up to the end of
 * each period that is asked for (one, or the months of it), while its events are read once.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/reports/report_words.h"
#include "tools/hallctl/report_figures.h"

#define PERIODS 13 /* a year's months, and the whole */

/* What the catalogue says of an item, asked once. */
struct known_item {
    char code[RECORD_TEXT_MAX + 1], name[400], department[100];
};
struct known_site {
    int office;
    char terminal[TERMINAL_ID_MAX + 1], zone[100];
};
struct count {
    const struct report_wish *wish;
    const struct published *published;
    struct report_period periods[PERIODS];
    int n_periods;
    struct case_state states[PERIODS]; /* of the case that is being read */
    struct report_event events[CASE_EVENTS_MAX];
    int n_events;
    struct known_item *items;
    size_t n_items;
    struct known_site *sites;
    size_t n_sites;
    struct report_service service[PERIODS];
    struct service_row terminal; /* whose that is; `id` below */
    char terminal_id[TERMINAL_ID_MAX + 1];
    bool enough; /* whoever wants the proof has it */
    struct err *e;
    int rc;
};

/* --- what belongs where --- */

static const struct known_item *item_of(struct count *c, const char *code)
{
    for (size_t i = 0; i < c->n_items; i++)
        if (strcmp(c->items[i].code, code) == 0)
            return &c->items[i];
    struct known_item *more = realloc(c->items, (c->n_items + 1) * sizeof *more);
    if (!more)
        return NULL;
    struct known_item *known = &more[c->n_items++];
    struct catalog *catalog = c->published->catalog;
    const struct item *item = catalog ? catalog_item(catalog, code, NULL) : NULL;
    const char *nowhere = report_word(REPORT_WORD_nowhere);

    c->items = more;
    text_copy(known->code, sizeof known->code, code);
    text_copy(known->name, sizeof known->name, item ? item->task_name : nowhere);
    text_copy(known->department, sizeof known->department, item && item->dept_name ? item->dept_name : nowhere);
    if (catalog)
        catalog_release_items(catalog);
    return known;
}

static int keep_site(void *ctx, int office, const char *terminal, const char *zone)
{
    struct count *c = ctx;
    struct known_site *more = realloc(c->sites, (c->n_sites + 1) * sizeof *more);

    if (!more)
        return -ERR_NOMEM;
    c->sites = more;
    struct known_site *known = &more[c->n_sites++];
    known->office = office;
    text_copy(known->terminal, sizeof known->terminal, terminal);
    text_copy(known->zone, sizeof known->zone, zone);
    return 0;
}

/* Where it stands; its own id where nobody said. */
static const char *zone_of(const struct count *c, int office, const char *terminal)
{
    for (size_t i = 0; i < c->n_sites; i++)
        if (c->sites[i].office == office && strcmp(c->sites[i].terminal, terminal) == 0)
            return c->sites[i].zone;
    return terminal;
}

/* What adds something: of which item (NULL: of none), at which terminal. */
struct source {
    int office;
    const char *item, *terminal;
};

static bool is_wanted(struct count *c, const struct source *from, const struct known_item *item)
{
    const struct report_wish *w = c->wish;

    if (w->office >= 0 && from->office != w->office)
        return false;
    if ((w->item || w->department) && !item)
        return false;
    return (!w->item || strcmp(w->item, item->code) == 0) &&
           (!w->department || strcmp(w->department, item->department) == 0) &&
           (!w->site || strcmp(w->site, zone_of(c, from->office, from->terminal)) == 0);
}

static struct report_row *row_of(struct count *c, const struct source *from, const struct known_item *item, int period)
{
    struct report_table *t = c->wish->table;
    char month[DATE_LEN + 1];

    switch (t->by) {
    case REPORT_BY_DEPARTMENT:
        return item ? report_table_row(t, item->department, item->department) : &t->total;
    case REPORT_BY_ITEM:
        return item ? report_table_row(t, item->code, item->name) : &t->total;
    case REPORT_BY_SITE:
        return report_table_row(t, zone_of(c, from->office, from->terminal), zone_of(c, from->office, from->terminal));
    case REPORT_BY_MONTH:
        date_format(c->periods[period].from, month);
        month[7] = '\0';
        return report_table_row(t, month, month);
    case REPORT_BY_ALL:
    case REPORT_BYS:
        break;
    }
    return &t->total;
}

static bool adds_any(const int64_t n[REPORT_FIGURES])
{
    for (enum report_figure f = 0; f < REPORT_FIGURES; f++)
        if (n[f])
            return true;
    return false;
}

/* 1: it was added; 0: it adds nothing, or is not asked for. To the total what it is in the whole period, the last one. */
static int add(struct count *c, const struct source *from, int period, const int64_t n[REPORT_FIGURES])
{
    struct report_table *t = c->wish->table;
    const struct known_item *item = from->item ? item_of(c, from->item) : NULL;
    bool whole = period == c->n_periods - 1, months = t->by == REPORT_BY_MONTH;

    if (from->item && !item)
        return err_set(c->e, ERR_NOMEM, "the items of the report");
    if (!adds_any(n) || !is_wanted(c, from, item))
        return 0;
    struct report_row *row = whole == months ? NULL : row_of(c, from, item, period);
    if (!row && whole != months)
        return err_set(c->e, ERR_TOOLONG, "the groups of the report");
    if (whole)
        report_row_add(&t->total, n);
    if (row && row != &t->total)
        report_row_add(row, n);
    return 1;
}

static void prove(struct count *c, int period, int added, const struct report_proof *p)
{
    if (added == 1 && period == c->n_periods - 1 && c->wish->proof && !c->enough)
        c->enough = c->wish->proof(c->wish->ctx, p) != 0;
}

/* --- cases --- */

static void take_event(void *ctx, const struct case_event *ev)
{
    struct count *c = ctx;

    if (ev->seq == 1) {
        memset(c->states, 0, sizeof c->states);
        c->n_events = 0;
    }
    for (int i = 0; i < c->n_periods; i++)
        if (ev->at < report_period_ends(&c->periods[i]))
            case_apply(&c->states[i], ev);
    if (c->n_events < CASE_EVENTS_MAX && ev->at < report_period_ends(&c->periods[c->n_periods - 1]))
        c->events[c->n_events++] = (struct report_event){ev->kind, ev->seq, ev->at};
}

static int take_case(void *ctx, const struct case_file *f)
{
    struct count *c = ctx;
    const struct source from = {f->office, f->item, f->terminal};

    if (f->state.seq == 0) { /* nobody has taken it in: none of its events was told */
        memset(c->states, 0, sizeof c->states);
        c->n_events = 0;
    }
    for (int i = 0; c->rc >= 0 && i < c->n_periods; i++) {
        struct case_state untaken = deadline_untaken(f->applied);
        const struct case_state *s = c->states[i].seq ? &c->states[i] : &untaken;
        int64_t n[REPORT_FIGURES];

        report_count_case(&c->periods[i], s, c->published->calendar, n);
        c->rc = add(c, &from, i, n);
        prove(c, i, c->rc,
              &(struct report_proof){.adds = n, .file = f, .state = s, .events = c->events, .n_events = c->n_events});
    }
    return c->rc < 0 || c->enough;
}

/* --- ratings --- */

static int take_rating(void *ctx, const struct rating_row *r)
{
    struct count *c = ctx;
    const struct source from = {r->office, r->item, r->terminal};
    int64_t n[REPORT_FIGURES];

    report_count_rating(r->score, n);
    for (int i = 0; c->rc >= 0 && i < c->n_periods; i++) {
        if (r->at < report_period_begins(&c->periods[i]) || r->at >= report_period_ends(&c->periods[i]))
            continue;
        c->rc = add(c, &from, i, n);
        prove(c, i, c->rc, &(struct report_proof){.adds = n, .rating = r});
    }
    return c->rc < 0 || c->enough;
}

/* --- terminals --- */

static void end_terminal(struct count *c)
{
    const struct source from = {c->terminal.office, NULL, c->terminal_id};

    for (int i = 0; c->rc >= 0 && c->terminal_id[0] && i < c->n_periods; i++) {
        int64_t n[REPORT_FIGURES];

        report_service_end(&c->service[i], n);
        c->rc = add(c, &from, i, n);
        prove(c, i, c->rc, &(struct report_proof){.adds = n, .terminal = c->terminal_id});
    }
}

static int take_service(void *ctx, const struct service_row *r)
{
    struct count *c = ctx;
    static const int64_t nothing[REPORT_FIGURES];

    if (r->office != c->terminal.office || strcmp(r->terminal, c->terminal_id) != 0) {
        end_terminal(c);
        c->terminal.office = r->office;
        text_copy(c->terminal_id, sizeof c->terminal_id, r->terminal);
        for (int i = 0; i < c->n_periods; i++)
            report_service_begin(&c->service[i], &c->periods[i], r->since, c->wish->now);
    }
    for (int i = 0; r->told && i < c->n_periods; i++)
        report_service_told(&c->service[i], r->what, r->at);
    const struct source from = {r->office, NULL, r->terminal};
    if (r->told && c->wish->proof && !c->enough && is_wanted(c, &from, NULL))
        c->enough = c->wish->proof(c->wish->ctx,
                                   &(struct report_proof){.adds = nothing, .terminal = r->terminal, .told = r}) != 0;
    return c->rc < 0 || c->enough;
}

/* --- all --- */

/* Months first, the whole last. */
static void find_periods(struct count *c)
{
    const struct report_table *t = c->wish->table;

    if (t->by == REPORT_BY_MONTH)
        c->n_periods = report_period_months(&t->period, c->periods);
    c->periods[c->n_periods++] = t->period;
}

static int count_cases(struct count *c, struct store *s, int64_t before)
{
    const struct report_wish *w = c->wish;

    if (w->office < 0)
        return case_each_file(s, before, take_event, take_case, c, c->e);
    return case_each_file_of(s, w->office, w->after ? w->after : "", before, take_event, take_case, c, c->e);
}

int report_count(struct store *s, const struct published *p, const struct report_wish *wish, struct err *e)
{
    struct count *c = calloc(1, sizeof *c);

    if (!c)
        return err_set(e, ERR_NOMEM, "a report");
    *c = (struct count){.wish = wish, .published = p, .e = e};
    find_periods(c);
    int64_t from = report_period_begins(&wish->table->period), before = report_period_ends(&wish->table->period);
    int rc = report_each_site(s, keep_site, c, e);
    if (rc == 0)
        rc = count_cases(c, s, before);
    if (rc >= 0 && c->rc >= 0 && !c->enough)
        rc = report_each_rating(s, from, before, take_rating, c, e);
    if (rc >= 0 && c->rc >= 0 && !c->enough)
        rc = report_each_service(s, before, take_service, c, e);
    if (rc >= 0 && c->rc >= 0)
        end_terminal(c);
    rc = rc < 0 ? rc : c->rc < 0 ? c->rc : 0;
    report_table_order(wish->table);
    free(c->items);
    free(c->sites);
    free(c);
    return rc;
}
