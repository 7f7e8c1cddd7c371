/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/report/WHAT {"period":…} (ask_wire.h): the very bytes of `hallctl report` about one's own office, which reads
 * every case of the period, in a process of its own (made.h). Where nothing is new since, it is read anew all the same: a
 * report is true when it is made.
 *
 *   figures.json  its table, with the chart of a figure   figures.csv, page.html, chart.svg  to be saved
 *   proof.json    what a figure stands on, ROWS at a time, behind a row; one more than that says that there are more
 *   steps.json, steps.csv  the steps, the slowest first   step.json  the cases of one, likewise
 */
#include <stdio.h>
#include <string.h>

#include "tools/hall/staff/made.h"

#define ROWS "26"

struct report_what {
    const char *word, *type;
    const char *first, *second; /* of the command; NULL: none; "" is the figure or step that was asked for */
    const char *form;           /* an option; "": none */
    bool charts, by, pages;
};
#define JSON "application/json"
#define CSV "text/csv; charset=utf-8"
static const struct report_what kinds[] = {
    {.word = "figures.json", .type = JSON, .form = "--json", .charts = true, .by = true},
    {.word = "figures.csv", .type = CSV, .form = "--csv", .by = true},
    {.word = "page.html", .type = "text/html; charset=utf-8", .form = "--html=-", .by = true},
    {.word = "chart.svg", .type = "image/svg+xml", .form = "", .charts = true, .by = true},
    {.word = "proof.json", .type = JSON, .first = "prove", .second = "", .form = "--json", .pages = true},
    {.word = "steps.json", .type = JSON, .first = "steps", .form = "--json"},
    {.word = "steps.csv", .type = CSV, .first = "steps", .form = "--csv"},
    {.word = "step.json", .type = JSON, .first = "steps", .second = "", .form = "--json", .pages = true},
};

static void report_take(struct ask *a, const void *body, size_t len)
{
    const char *tail = exchange_tail(a->exchange);
    const struct report_what *what = NULL;
    struct err e = {0};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].word, tail) == 0)
            what = &kinds[i];
    if (!what)
        ask_refuse(a, 404, "no-report");
    else if (report_ask_decode(body, len, &a->report, &e) < 0)
        ask_refuse(a, 400, "unreadable");
    a->report.what = what;
}

/* --- the command --- */

#define WORDS_MAX 16

struct command {
    char text[WORDS_MAX][160];
    const char *argv[WORDS_MAX + 1];
    int n;
};

/* `name` with "=" at its end: an option, left out where its value is empty. What somebody typed is never a word of its own.
 */
static void add(struct command *c, const char *name, const char *value)
{
    bool option = name[0] && name[strlen(name) - 1] == '=';

    if (c->n == WORDS_MAX || (option && !value[0]))
        return;
    snprintf(c->text[c->n], sizeof c->text[0], "%s%s", name, value);
    c->argv[c->n] = c->text[c->n];
    c->n++;
}

static void make_command(const struct ask *a, struct command *c)
{
    const struct report_ask *r = &a->report;
    const char *named = r->step[0] ? r->step : r->figure;
    char office[12], now[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(a->now, now);
    snprintf(office, sizeof office, "%d", a->me.office);
    *c = (struct command){.n = 0};
    add(c, "hallctl", "");
    add(c, "--clock", ""); /* the hall's: until when is counted */
    add(c, now, "");
    add(c, "report", "");
    if (r->what->first)
        add(c, r->what->first, "");
    if (r->what->second)
        add(c, named, "");
    c->argv[c->n++] = "--data";
    c->argv[c->n++] = a->desk->data;
    add(c, "--office=", office);
    add(c, "--period=", r->period);
    add(c, "--department=", r->department);
    add(c, "--item=", r->item);
    add(c, "--site=", r->site);
    add(c, "--by=", r->what->by ? r->by : "");
    add(c, "--svg=", r->what->charts ? r->figure : "");
    add(c, "--after=", r->what->pages ? r->after : "");
    add(c, "--limit=", r->what->pages ? ROWS : "");
    if (r->what->form[0])
        add(c, r->what->form, "");
}

/* What is no period or figure, hallctl says. */
static void report_made(struct ask *a, enum made_exit code)
{
    if (code != MADE_DONE) {
        ask_refuse(a, 400, "unreadable");
        return;
    }
    ask_answer(a, 200);
    a->type = a->report.what->type;
}

/* Is the figure or step named, where the command needs one? */
static bool readable(const struct report_ask *r)
{
    const char *named = r->step[0] ? r->step : r->figure;

    return (!r->what->second && (!r->what->charts || r->what->form[0])) || (named[0] && named[0] != '-');
}

static void report_wait(struct ask *a)
{
    struct command c;

    if (!readable(&a->report)) {
        ask_refuse(a, 400, "unreadable");
        ask_go_on(a);
        return;
    }
    make_command(a, &c);
    made_begin(a, MADE_REPORT, c.argv, NULL, report_made);
}

static void report_ended(struct ask *a)
{
    char name[120];

    if (!a->type || strcmp(a->type, JSON) == 0)
        return;
    snprintf(name, sizeof name, "attachment; filename=\"report-%s-%s\"", a->report.period, a->report.what->word);
    exchange_set(a->exchange, "Content-Disposition", name);
}

const struct api api_report = {.take = report_take, .wait = report_wait, .ended = report_ended};
