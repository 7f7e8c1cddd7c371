/* SPDX-License-Identifier: Apache-2.0
 *
 * Is an item complete and does it hold together? The ten unified elements, codes, limits, form. The lint shows every finding
 * to staff; the terminal refuses an item that has an error, whoever signed it.
 */
#ifndef CATALOG_ITEM_CHECK_H
#define CATALOG_ITEM_CHECK_H

#include "catalog/item_file.h"

enum item_severity { ITEM_ERROR, ITEM_WARNING };
struct item_report {
    /* `code`: a stable word for the kind of finding; `field`: the key in the file, "handle_flow[1].phone"; `text`: what is
     * wrong, and how to mend it */
    void (*say)(void *ctx, enum item_severity severity, const char *code, const char *field, const char *text);
    void *ctx;
};

/* Returns the number of errors. `report` may be NULL. Of a bundle (item_members.h) what its own file says. */
int item_check(const struct item_file *f, const struct item_report *report);

/* Does it say one thing of visits, places and materials? The number of errors; for the lint of an item that has no other
 * one. A terminal does not ask: it shows what the answers come to, also of items from before this was looked at. */
int item_check_demand(const struct item_file *f, const struct item_report *report);

/* May it be a task_code at all: letters, digits and hyphens, a hyphen not first? A code names files and stands in commands.
 */
bool item_code_fits(const char *code);

/* What a terminal makes of it: an item out of use is shown and not taken. */
void item_fit_terminal(struct item_file *f);

#endif
