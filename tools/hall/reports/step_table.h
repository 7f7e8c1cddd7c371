/* SPDX-License-Identifier: Apache-2.0
 *
 * Steps by item, step and post: how much of its limit each took, the slowest first. What adds to a row is
 * rules/step_use.h's.
 */
#ifndef HALL_STEP_TABLE_H
#define HALL_STEP_TABLE_H

#include "base/buf.h"
#include "model/item.h"
#include "tools/hall/rules/step_use.h"

#define STEP_ROWS_MAX 100000

struct step_row {
    char item[ITEM_CODE_MAX + 1], name[400];
    enum deadline_kind kind;
    char step[CASE_NAME_MAX + 1], post[CASE_NAME_MAX + 1];
    enum day_unit unit;
    int64_t cases, late, used, limit; /* sums; days */
    int longest;
};
struct step_table {
    struct report_period period;
    struct step_row *rows; /* in no order while it grows */
    size_t n_rows, cap;
};
void step_table_init(struct step_table *t, const struct report_period *p);
void step_table_finish(struct step_table *t);
/* Adds what a case took; `name`: of the item. 0, or -ERR_NOMEM: also when there are STEP_ROWS_MAX. */
int step_table_add(struct step_table *t, const char *item, const char *name, const struct step_use *u);
/* By the share of the limit that was used, the largest first. No row may be added after. */
void step_table_order(struct step_table *t);

/* Appended; CSV as report_table_csv() has it. */
void step_table_text(const struct step_table *t, struct buf *out);
void step_table_csv(const struct step_table *t, struct buf *out);
void step_table_json(const struct step_table *t, struct buf *out);

#endif
