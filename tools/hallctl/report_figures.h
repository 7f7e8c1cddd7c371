/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of `hallctl report` share: report_figures.c has the command, report_count.c counts, report_prove.c lists
 * what a figure stands on, report_steps.c tells which steps are slow.
 */
#ifndef HALLCTL_REPORT_FIGURES_H
#define HALLCTL_REPORT_FIGURES_H

#include "tools/hall/reports/report_table.h"
#include "tools/hall/store/store_case.h"
#include "tools/hall/store/store_report.h"
#include "tools/hallctl/case.h"

/* One that adds to a figure: `number` of a case (file and events are set), the record of a rating, or a terminal. */
struct report_event {
    enum case_event_kind kind;
    int64_t seq, at;
};
struct report_proof {
    const int64_t *adds; /* to each figure */
    const struct case_file *file;
    const struct case_state *state; /* as it stood when the period ended */
    const struct report_event *events;
    int n_events;
    const struct rating_row *rating;
    const char *terminal;
    const struct service_row *told; /* what a terminal told, one by one; adds nothing itself */
};
typedef int report_proof_fn(void *ctx, const struct report_proof *p); /* non-zero: enough */

struct report_wish {
    struct report_table *table;           /* with its period and groups */
    const char *department, *item, *site; /* these alone; NULL: all */
    int office;                           /* -1: all */
    const char *after;                    /* of `office`, its cases behind this number alone; NULL: all */
    int64_t now;
    report_proof_fn *proof; /* NULL: not wanted */
    void *ctx;
};
/* Fills the table, in one pass of each kind, with bounded memory but for its rows. */
int report_count(struct store *s, const struct published *p, const struct report_wish *wish, struct err *e);

struct report_options {
    const char *data, *period, *by, *html, *svg, *department, *item, *site, *office;
    const char *figure_given, *after, *limit;
    bool csv, json;
    /* what was read of them */
    enum report_figure figure;
    enum report_by by_n;
    struct report_period period_n;
    int office_n;
    int64_t limit_n;         /* rows of a proof; 0: all */
    enum deadline_kind step; /* of steps; DEADLINES: all */
};
/* The exit code. */
int report_steps(struct store *s, const struct published *p, const struct report_options *o);
int report_prove(struct store *s, const struct published *p, const struct report_options *o);

#endif
