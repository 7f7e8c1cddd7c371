/* SPDX-License-Identifier: Apache-2.0
 *
 * Figures by group: what a report says, before it is text, CSV, JSON or a page. Rows come and grow while cases are counted.
 */
#ifndef HALL_REPORT_TABLE_H
#define HALL_REPORT_TABLE_H

#include "base/buf.h"
#include "tools/hall/rules/report.h"

enum report_by { REPORT_BY_ALL, REPORT_BY_DEPARTMENT, REPORT_BY_ITEM, REPORT_BY_SITE, REPORT_BY_MONTH, REPORT_BYS };
bool report_by_by_word(const char *word, enum report_by *ret); /* "department" */
const char *report_by_name(enum report_by by);                 /* in people's words */

#define REPORT_KEY_MAX 120
#define REPORT_ROWS_MAX 100000
struct report_row {
    char key[REPORT_KEY_MAX + 1]; /* of an item its code, of a month "2026-01"; else the name */
    char name[400];
    int64_t n[REPORT_FIGURES];
};
struct report_table {
    struct report_period period;
    enum report_by by;
    struct report_row total;
    struct report_row *rows; /* by key while it grows */
    size_t n_rows, cap;
};
void report_table_init(struct report_table *t, const struct report_period *p, enum report_by by);
void report_table_finish(struct report_table *t);
/* The row of that key, new with `name`. NULL: out of memory, or there are REPORT_ROWS_MAX. */
struct report_row *report_table_row(struct report_table *t, const char *key, const char *name);
void report_row_add(struct report_row *r, const int64_t n[REPORT_FIGURES]);
/* Months by their time; others by what was received, most first. No row may be added after. */
void report_table_order(struct report_table *t);

/* What it is; appended. CSV as in csv.h, with a mark of byte order, by which spreadsheets know Chinese. */
void report_table_text(const struct report_table *t, struct buf *out);
void report_table_csv(const struct report_table *t, struct buf *out);
void report_table_json(const struct report_table *t, const char *chart, struct buf *out); /* chart: SVG; NULL: none */
/* Two lines: whose period, and until when it counts. */
void report_table_heading(const struct report_table *t, struct buf *out);

#endif
