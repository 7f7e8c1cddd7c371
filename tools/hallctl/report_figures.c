/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl report: figures of a month, quarter, half-year or year, and what each stands on.
 */
#include "tools/hallctl/report_figures.h"

#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "tools/hall/reports/report_page.h"
#include "tools/hall/reports/report_words.h"
#include "tools/hall/rules/step_use.h"

#define COMMAND "hallctl report"
#define OUT_MAX (256 * 1024 * 1024)

static const char usage[] =
    "hallctl report --data DIR --period PERIOD [--by GROUP] [--csv|--json|--html FILE|--svg FIGURE]\n"
    "hallctl report prove FIGURE --data DIR --period PERIOD [--after ROW] [--limit N] [--json]\n"
    "hallctl report steps [STEP] --data DIR --period PERIOD [--after NUMBER] [--limit N] [--csv|--json]\n"
    "All: [--office N] [--department NAME] [--item CODE] [--site ZONE]: of these alone.\n"
    "PERIOD: 2026-01 (a month), 2026-Q1 (a quarter; its report is due on the 10th of the next month), 2026-H1, 2026.\n"
    "GROUP: department, item, site, month; without it the whole alone. Departments and items are called as the published\n"
    "  catalogue calls them today.\n"
    "--csv: for spreadsheets. --html FILE: a page to print and sign (-: on stdout). --svg FIGURE: a chart of that figure, "
    "on\n"
    "  stdout; with --json it is the member \"chart\" of the answer.\n"
    "prove: every case, rating or terminal the figure counts, with the events it follows from; whoever doubts one of them "
    "has\n"
    "  `hallctl case show` and `hallctl case explain`.\n"
    "steps: how much of its limit each step took that was done in the period, by item, step and post, the slowest first. "
    "With\n"
    "  STEP (accept-step, examine-step or decide-step) the cases one by one, with what each took.\n"
    "--after ROW, --limit N: so many rows of a list, behind the row that a number (with --office), record or terminal "
    "names.\n"
    "What was entered later for an earlier day changes a report that was made before: each is true when it is made.\n"
    "FIGURE: ";

static void print_figures(void)
{
    for (enum report_figure f = 0; f < REPORT_FIGURES; f++)
        printf("\n  %-12s %s: %s", report_figure_word(f), report_figure_name(f), report_figure_define(f));
    puts("\nExit: 0 done, 1 failed, 2 wrong arguments, 3 no such hall.");
}

/* -1: go on; else the exit code; as all below. */
static int check_period(struct report_options *o)
{
    if (!report_period_parse(o->period, &o->period_n))
        return options_wrong(COMMAND, "--period: \"%s\" is no period: 2026-01, 2026-Q1, 2026-H1 or 2026", o->period);
    if (!report_period_cut(&o->period_n, date_of_ms(clock_wall_ms())))
        return options_wrong(COMMAND, "--period: %s has not begun", o->period);
    return -1;
}

static int check_rows(struct report_options *o)
{
    int64_t office = -1;
    int code = o->office ? options_number(COMMAND, "--office", o->office, 0, 9999, &office) : -1;

    o->office_n = (int)office;
    if (code < 0 && o->limit)
        code = options_number(COMMAND, "--limit", o->limit, 1, 100000, &o->limit_n);
    if (code < 0 && o->after && office < 0)
        code = options_wrong(COMMAND, "--after goes through the rows of one --office");
    return code;
}

static bool step_by_word(const char *word, enum deadline_kind *ret)
{
    for (*ret = 0; *ret < DEADLINES; (*ret)++)
        if (step_kind(*ret) && strcmp(word, deadline_word(*ret)) == 0)
            return true;
    return false;
}

static int check_words(struct report_options *o, bool steps)
{
    o->step = DEADLINES;
    if (o->by && (!report_by_by_word(o->by, &o->by_n) || o->by_n == REPORT_BY_ALL))
        return options_wrong(COMMAND, "--by is department, item, site or month");
    if (steps && o->figure_given && !step_by_word(o->figure_given, &o->step))
        return options_wrong(COMMAND, "\"%s\" is no step: accept-step, examine-step or decide-step", o->figure_given);
    if (steps && !o->figure_given && (o->after || o->limit))
        return options_wrong(COMMAND, "steps: --after and --limit list the cases of one STEP");
    const char *figure = steps ? NULL : o->figure_given ? o->figure_given : o->svg;
    if (figure && !report_figure_by_word(figure, &o->figure))
        return options_wrong(COMMAND, "there is no figure \"%s\"", figure);
    if (o->csv + (o->json || o->svg) + (o->html != NULL) > 1)
        return options_wrong(COMMAND, "--csv, --html, and --json or --svg: one of them");
    return -1;
}

static void put_command(const struct report_options *o, char *out, size_t cap)
{
    snprintf(out, cap, "hallctl report prove FIGURE --period %s", o->period);
}

/* The chart, where one is wanted, is text in it. */
static void put_json(const struct report_table *t, const struct report_options *o, struct buf *out)
{
    struct buf chart;

    buf_init(&chart, OUT_MAX);
    if (o->svg)
        report_chart(t, o->figure, &chart);
    report_table_json(t, o->svg ? buf_str(&chart) : NULL, out);
    buf_finish(&chart);
}

static int tell(const struct report_table *t, const struct report_options *o, struct err *e)
{
    char command[200];
    struct buf out;
    int rc = 0;

    buf_init(&out, OUT_MAX);
    put_command(o, command, sizeof command);
    if (o->html)
        report_page(t, command, &out);
    else if (o->json)
        put_json(t, o, &out);
    else if (o->svg)
        report_chart(t, o->figure, &out);
    else
        (o->csv ? report_table_csv : report_table_text)(t, &out);
    if (!buf_ok(&out))
        rc = err_set(e, ERR_TOOLONG, "the report");
    else if (o->html && strcmp(o->html, "-") != 0)
        rc = fs_write_given(o->html, out.data, out.len, 0644, e);
    else
        fwrite(out.data, 1, out.len, stdout);
    if (rc == 0 && o->json)
        putchar('\n');
    buf_finish(&out);
    return rc;
}

static int report(struct store *s, const struct published *p, const struct report_options *o)
{
    struct report_table t;
    struct err e = {0};
    const struct report_wish wish = {.table = &t,
                                     .department = o->department,
                                     .item = o->item,
                                     .site = o->site,
                                     .office = o->office_n,
                                     .now = clock_wall_ms()};

    report_table_init(&t, &o->period_n, o->by_n);
    int rc = report_count(s, p, &wish, &e);
    if (rc == 0)
        rc = tell(&t, o, &e);
    report_table_finish(&t);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

static const struct {
    const char *word;
    const char *needed, *taken;
    int (*run)(struct store *, const struct published *, const struct report_options *);
} verbs[] = {
    {NULL, "--data --period", "--by --office --department --item --site --html --svg --csv --json", report},
    {"prove", "--data --period", "--office --department --item --site --after --limit --json", report_prove},
    {"steps", "--data --period", "--office --department --item --site --after --limit --csv --json", report_steps},
};
#define N_VERBS (sizeof verbs / sizeof *verbs)

static int run(const struct report_options *o, size_t verb)
{
    struct store *s = NULL;
    struct published p = {0};
    struct err e = {0};
    int rc = store_open(o->data, &s, &e);

    if (rc == 0)
        rc = published_open(o->data, &p, &e);
    int code = rc < 0 ? hallctl_fail(&e) : verbs[verb].run(s, &p, o);
    published_close(&p);
    store_close(s);
    return code;
}

static size_t verb_of(const char *word)
{
    size_t i = 1;

    while (i < N_VERBS && word && strcmp(word, verbs[i].word) != 0)
        i++;
    return word ? i : 0;
}

int hallctl_report(int argc, char **argv)
{
    struct report_options o = {0};
    const char *words[2] = {NULL, NULL};
    const struct option_word options[] = {{"--data", &o.data, NULL},
                                          {"--period", &o.period, NULL},
                                          {"--by", &o.by, NULL},
                                          {"--office", &o.office, NULL},
                                          {"--department", &o.department, NULL},
                                          {"--item", &o.item, NULL},
                                          {"--site", &o.site, NULL},
                                          {"--after", &o.after, NULL},
                                          {"--limit", &o.limit, NULL},
                                          {"--html", &o.html, NULL},
                                          {"--svg", &o.svg, NULL},
                                          {"--csv", NULL, &o.csv},
                                          {"--json", NULL, &o.json},
                                          {0}};
    int n, code = options_read(COMMAND, argc, argv, usage, options, words, 2, &n);
    size_t verb = verb_of(words[0]);

    if (code == 0)
        print_figures();
    if (code >= 0)
        return code;
    if (verb == N_VERBS)
        return options_wrong(COMMAND, "\"%s\": only prove and steps have a name", words[0]);
    o.figure_given = words[1];
    code = options_fit(COMMAND, options, verbs[verb].needed, verbs[verb].taken);
    code = code < 0 ? check_rows(&o) : code;
    code = code < 0 ? check_period(&o) : code;
    if (code < 0 && verbs[verb].run == report_prove && !o.figure_given)
        code = options_wrong(COMMAND, "prove: which figure");
    code = code < 0 ? check_words(&o, verbs[verb].run == report_steps) : code;
    return code < 0 ? run(&o, verb) : code;
}
