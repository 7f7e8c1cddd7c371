/* SPDX-License-Identifier: Apache-2.0
 *
 * A report as a page to print and sign (HTML, one file, nothing in it but text and its charts), and one figure as a chart.
 */
#ifndef HALL_REPORT_PAGE_H
#define HALL_REPORT_PAGE_H

#include "tools/hall/reports/report_table.h"

/* The table is in its order. `command`: by which whoever doubts a number lists what it stands on. */
void report_page(const struct report_table *t, const char *command, struct buf *out);
/* A line over months, else bars of the first CHART_POINTS_MAX groups; a figure that is a share, in per cent. */
void report_chart(const struct report_table *t, enum report_figure f, struct buf *out);

#endif
