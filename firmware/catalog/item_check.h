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
    /* `field`: the key in the file, "handle_flow[1].phone"; `text`: what is wrong, and how to mend it */
    void (*say)(void *ctx, enum item_severity severity, const char *field, const char *text);
    void *ctx;
};

/* Returns the number of errors. `report` may be NULL. */
int item_check(const struct item_file *f, const struct item_report *report);

/* Fits the form to what a terminal can take in today: a choice that leads to a required field for which there is no way of
 * entry is not offered, with a warning. Where such a field cannot be avoided, and for an item that is suspended, the item is
 * not done here: clears item.terminal. Call after item_check found no error. */
void item_fit_terminal(struct item_file *f, const struct item_report *report);

#endif
