/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside item_check: how its files report. Used by item_check*.c only.
 */
#ifndef CATALOG_ITEM_REPORT_H
#define CATALOG_ITEM_REPORT_H

#include "catalog/item_check.h"

struct item_findings {
    const struct item_report *report; /* may be NULL */
    int errors;
};
void item_say(struct item_findings *s, enum item_severity severity, const char *code, const char *field, const char *fmt,
              ...) __attribute__((format(printf, 5, 6)));
/* A condition asks of choices or a yes-no, for one of their answers. `where` as in `field` of a report. */
void item_check_condition(struct item_findings *s, const struct form *f, const char *where, const struct form_condition *c);
void item_check_form(struct item_findings *s, const struct item *item);

#endif
