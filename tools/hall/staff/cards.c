/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/cards?level=WORD&after=PLACE: yellow and red cards and reminders of the supervisor's office, as they are now:
 * every case that is due is counted anew, by the rules of rules/card.def. No card is stored, and none can be removed.
 * `level`: of one level alone; without it red and yellow ones. A page of rows is the worst first, then the oldest; counts
 * and tallies are of all.
 *
 *   {"at","counts":{"red":0,…},"late":days,"steps":[{"what","kind","n"}],"owners":[{"what","n"}],
 *    "rows":[{…a case's row…,"level","rule","kind","since","last","late":days,"step","owner"}],"after":PLACE}
 *
 * GET /api/overdue?language=en: the page that publishes what is past a limit.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/cases/case_json.h"
#include "tools/hall/cases/overdue_page.h"
#include "tools/hall/staff/case_view.h"
#include "tools/hall/store/store_opened.h"

#define PAGE_ROWS 50
#define TALLY_MAX 40 /* different steps, or posts; further ones count as the last of them */

/* Where a card stands in the order. */
struct rank {
    int level; /* of the worst to the least */
    int64_t since;
    char number[CASE_NUMBER_LEN + 1];
    int nth; /* of its case's cards */
};
struct tally {
    struct {
        char what[CASE_NAME_MAX + 1];
        enum deadline_kind kind;
        int n;
    } of[TALLY_MAX];
    int n;
};
struct gathering {
    struct ask *ask;
    struct store *store;
    enum card_level level; /* CARD_LEVELS: red and yellow */
    struct rank after, rows[PAGE_ROWS];
    int n, counts[CARD_LEVELS], late;
    bool more;
    struct tally steps, owners;
};

static int compare(const struct rank *a, const struct rank *b)
{
    int by_number = strcmp(a->number, b->number);

    if (a->level != b->level)
        return a->level > b->level ? -1 : 1;
    if (a->since != b->since)
        return a->since < b->since ? -1 : 1;
    return by_number ? by_number : a->nth - b->nth;
}

static bool read_rank(const char *text, struct rank *ret)
{
    int level = 0, nth = 0, end = 0;
    long long since = 0;

    if (sscanf(text, "%1d-%6lld-%19[0-9]-%1d%n", &level, &since, ret->number, &nth, &end) != 4 || text[end] ||
        strlen(ret->number) != CASE_NUMBER_LEN)
        return false;
    ret->level = level;
    ret->since = since;
    ret->nth = nth;
    return true;
}

static void take(struct ask *a, const void *body, size_t len)
{
    char *word = a->list.stage, *after = a->list.after;
    struct rank p;
    bool known = false;

    exchange_word(a->exchange, "level", word, sizeof a->list.stage);
    exchange_word(a->exchange, "after", after, sizeof a->list.after);
    for (enum card_level l = 0; l < CARD_LEVELS; l++)
        known |= strcmp(word, card_level_word(l)) == 0;
    if ((word[0] && !known) || (after[0] && !read_rank(after, &p)))
        ask_refuse(a, 400, "unreadable");
}

/* --- all of them --- */

static void add(struct tally *t, const char *what, enum deadline_kind kind)
{
    int i = 0;

    while (i < t->n && (strcmp(t->of[i].what, what) != 0 || t->of[i].kind != kind))
        i++;
    if (i == TALLY_MAX)
        i--;
    if (i == t->n) {
        text_copy(t->of[t->n].what, sizeof t->of[t->n].what, what);
        t->of[t->n++].kind = kind;
    }
    t->of[i].n++;
}

/* Of those behind `after` the first ones are kept, in their order. */
static void keep(struct gathering *g, const struct rank *p)
{
    int at = g->n;

    if (g->after.number[0] && compare(p, &g->after) <= 0)
        return;
    while (at > 0 && compare(p, &g->rows[at - 1]) < 0)
        at--;
    g->more |= g->n == PAGE_ROWS;
    if (at == PAGE_ROWS)
        return;
    g->n += g->n < PAGE_ROWS;
    memmove(&g->rows[at + 1], &g->rows[at], sizeof *g->rows * (size_t)(g->n - 1 - at));
    g->rows[at] = *p;
}

static int days_late(const struct deadline *d, struct date today)
{
    return date_compare(today, d->due) > 0 ? (int)(date_to_days(today) - date_to_days(d->due)) : 0;
}

static void take_card(struct gathering *g, const struct case_file *f, const struct card *c, int nth)
{
    const struct deadline *d = c->deadline;
    struct rank p = {.level = (int)c->level, .since = date_to_days(c->since), .nth = nth};
    bool carded = c->level == CARD_RED || c->level == CARD_YELLOW;
    int late = days_late(d, date_of_ms(g->ask->now));

    g->counts[c->level]++;
    if (late > g->late)
        g->late = late;
    if (carded) {
        add(&g->steps, d->limit.step, d->limit.step[0] ? 0 : d->kind);
        add(&g->owners, d->limit.post, 0);
    }
    text_copy(p.number, sizeof p.number, f->number);
    if (g->level == CARD_LEVELS ? carded : c->level == g->level)
        keep(g, &p);
}

static int gather(void *ctx, const struct case_file *f)
{
    struct gathering *g = ctx;
    const struct workday_calendar *calendar = g->ask->published.calendar;
    struct date today = date_of_ms(g->ask->now);
    struct case_state state = case_state_of(f);
    struct card cards[DEADLINES];
    struct deadlines all;

    deadline_fold(&state, calendar, today, &all);
    int n = card_list(&state, calendar, &all, today, cards);
    for (int i = 0; i < n; i++)
        take_card(g, f, &cards[i], i);
    return 0;
}

/* --- those that are shown --- */

static void put_card(struct jsonw *w, const struct card *c, struct date today)
{
    const struct deadline *d = c->deadline;

    jsonw_str(w, "level", card_level_word(c->level));
    jsonw_str(w, "rule", c->rule);
    jsonw_str(w, "kind", deadline_word(d->kind));
    case_json_day(w, "since", c->since);
    case_json_day(w, "last", d->due);
    jsonw_int(w, "late", days_late(d, today));
    jsonw_str(w, "step", d->limit.step);
    jsonw_str(w, "owner", d->limit.post);
}

static int put_row(struct gathering *g, const struct rank *p, struct err *e)
{
    struct ask *a = g->ask;
    struct date today = date_of_ms(a->now);
    struct card cards[DEADLINES];
    struct case_opened opened;
    struct case_view v;
    int rc = case_view_read(a, g->store, a->me.office, p->number, NULL, NULL, &v, e);

    if (rc == 0)
        rc = case_opened_read(g->store, a->me.office, p->number, &opened, e);
    if (rc < 0)
        return rc;
    int n = card_list(&v.state, a->published.calendar, &v.all, today, cards);
    if (p->nth >= n) /* something was done to it meanwhile */
        return 0;
    jsonw_obj(&a->w, NULL);
    case_view_put(a, &a->w, &v, opened.name);
    put_card(&a->w, &cards[p->nth], today);
    jsonw_end(&a->w);
    return 0;
}

static void put_tally(struct jsonw *w, const char *name, struct tally *t, bool kinds)
{
    bool put[TALLY_MAX] = {false};

    jsonw_arr(w, name);
    for (int k = 0; k < t->n; k++) { /* the most first */
        int best = -1;

        for (int i = 0; i < t->n; i++)
            if (!put[i] && (best < 0 || t->of[i].n > t->of[best].n))
                best = i;
        put[best] = true;
        jsonw_obj(w, NULL);
        jsonw_str(w, "what", t->of[best].what);
        if (kinds)
            jsonw_str(w, "kind", deadline_word(t->of[best].kind));
        jsonw_int(w, "n", t->of[best].n);
        jsonw_end(w);
    }
    jsonw_end(w);
}

static int answer(struct gathering *g, struct err *e)
{
    struct ask *a = g->ask;
    char at[CLOCK_RFC3339_LEN + 1], after[sizeof a->list.after];
    int rc = 0;

    clock_format_rfc3339(a->now, at);
    ask_answer(a, 200);
    jsonw_str(&a->w, "at", at);
    jsonw_obj(&a->w, "counts");
    for (enum card_level l = 0; l < CARD_LEVELS; l++)
        jsonw_int(&a->w, card_level_word(l), g->counts[l]);
    jsonw_end(&a->w);
    jsonw_int(&a->w, "late", g->late);
    put_tally(&a->w, "steps", &g->steps, true);
    put_tally(&a->w, "owners", &g->owners, false);
    jsonw_arr(&a->w, "rows");
    for (int i = 0; rc == 0 && i < g->n; i++)
        rc = put_row(g, &g->rows[i], e);
    jsonw_end(&a->w);
    if (!g->more) {
        jsonw_null(&a->w, "after");
        return rc;
    }
    const struct rank *last = &g->rows[g->n - 1];
    snprintf(after, sizeof after, "%d-%lld-%s-%d", last->level, (long long)last->since, last->number, last->nth);
    jsonw_str(&a->w, "after", after);
    return rc;
}

static int cards_read(struct ask *a, struct store *s, struct err *e)
{
    struct gathering *g = calloc(1, sizeof *g);
    int64_t today = date_to_days(date_of_ms(a->now));
    struct case_place at = {.due = 0};
    int rc = g ? 1 : err_set(e, ERR_NOMEM, "cards");

    if (rc < 0)
        return rc;
    g->ask = a;
    g->store = s;
    for (g->level = 0; g->level < CARD_LEVELS && strcmp(a->list.stage, card_level_word(g->level)) != 0;)
        g->level++;
    if (a->list.after[0])
        read_rank(a->list.after, &g->after);
    while (rc == 1)
        rc = case_due_page(s, a->me.office, today, &at, gather, g, e);
    if (rc == 0)
        rc = answer(g, e);
    free(g);
    return rc;
}

const struct api api_cards = {.take = take, .read = cards_read};

/* --- what is published --- */

static void overdue_take(struct ask *a, const void *body, size_t len)
{
    exchange_word(a->exchange, "language", a->list.stage, sizeof a->list.stage);
}

static int overdue_read(struct ask *a, struct store *s, struct err *e)
{
    enum language language = LANGUAGE_ZH_CN;
    int cases = 0;

    language_by_tag(a->list.stage, &language);
    int rc = overdue_page(s, &a->published, a->me.office, language, date_of_ms(a->now), &a->file, &cases, e);
    if (rc < 0)
        return rc;
    ask_answer(a, 200);
    a->type = "text/html; charset=utf-8";
    return 0;
}

static void overdue_ended(struct ask *a)
{
    if (a->type)
        exchange_set(a->exchange, "Content-Disposition", "attachment; filename=\"overdue.html\"");
}

const struct api api_overdue = {.take = overdue_take, .read = overdue_read, .ended = overdue_ended};
