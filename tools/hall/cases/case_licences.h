/* SPDX-License-Identifier: Apache-2.0
 *
 * What a case's item asks for and its applicant holds electronically: of each material whether it is held, to be brought, or
 * not to be known. By the register, the last word of the platform in this case, and the item as its applicant saw it.
 */
#ifndef HALL_CASES_CASE_LICENCES_H
#define HALL_CASES_CASE_LICENCES_H

#include "base/json.h"
#include "tools/hall/cases/published.h"
#include "tools/hall/rules/licence_wire.h"
#include "tools/hall/store/store_case.h"
#include "tools/hall/store/store_licence.h"

/* The kinds that it asks for and no card says; without repeats. */
struct licence_kinds {
    int n;
    char list[LICENCE_KINDS_MAX][LICENCE_KIND_MAX + 1];
};
void case_licence_kinds(const struct published *p, const struct case_file *f, struct licence_kinds *ret);

struct case_licences;
/* What is known of its applicant. `idx`: whose case it is; NULL: as far as hall-open has said by now. */
int case_licences_read(struct store *s, const struct case_file *f, const uint8_t *idx, struct case_licences **ret,
                       struct err *e);
void case_licences_free(struct case_licences *k); /* takes NULL */
/* Has hall-open said whose case it is? */
bool case_licences_whose(const struct case_licences *k);

struct case_licence { /* borrowed for the call */
    const struct item_material *material;
    const char *word; /* "card": the card says it; else held, bring or unchecked */
    struct licence_verdict verdict;
    const struct licence_check *check; /* NULL: the platform was not asked for it in this case */
};
typedef void case_licence_fn(void *ctx, const struct case_licence *l);
/* Each material in its order. False: the catalogue does not have the item. */
bool case_licences_each(const struct case_licences *k, const struct published *p, const struct case_file *f,
                        struct date today, case_licence_fn *fn, void *ctx);
/* Its members, for whoever writes JSON. */
void case_licence_put(struct jsonw *w, const struct case_licence *l);

#endif
