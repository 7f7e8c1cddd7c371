/* SPDX-License-Identifier: Apache-2.0
 *
 * A bundle (一件事) as it is offered: its own file says name, lead department, window and consent, its members say all else.
 * The same for the lint and the terminal.
 */
#ifndef CATALOG_ITEM_MEMBERS_H
#define CATALOG_ITEM_MEMBERS_H

#include "catalog/item_check.h"

static inline bool item_is_bundle(const struct item_file *f)
{
    return item_file_has(f, ITEM_members);
}

/* Makes the bundle of `n` members, in the order of item.members, each checked and fitted to terminals (item_check.h):
 * - the form asks each question once: fields of one id are one field, and must be asked alike;
 * - the materials of all, without repeats; fees, results and laws of all; one step a member;
 * - the limits are the longest member's. One comes as often as the member that asks most, to the bundle's own window.
 * Where one comes and what is consented to is the bundle's, in the members too: they are changed, and belong to this bundle
 * from here on. Nothing is owned: the members must outlive it. Returns the number of errors; then it is not to be used. */
int item_members_join(struct item_file *f, struct item_file *const *members, size_t n, const struct item_report *report);

#endif
