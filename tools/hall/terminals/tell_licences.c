/* SPDX-License-Identifier: Apache-2.0
 *
 * See tell_licences.h. Judged as the case's page does it (rules/licence.h).
 */
#include "tools/hall/terminals/tell_licences.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/rules/licence_told.h"
#include "tools/hall/store/store_index.h"
#include "tools/hall/store/store_licence.h"

#define LICENCES_MAX 200 /* of one person, that are looked at */
#define CASES_MAX 20     /* … and of the newest cases, what the platform said in them */

struct looking {
    struct {
        int office;
        char number[CASE_NUMBER_LEN + 1];
    } cases[CASES_MAX];
    int n_cases;
    int n_kinds;
    char kinds[ITEM_LIST_MAX][LICENCE_KIND_MAX + 1];
    struct licence_check checks[ITEM_LIST_MAX]; /* by kind, the newest; asked LICENCE_NEVER_ASKED: there is none */
    size_t n;
    struct licence list[LICENCES_MAX];
};

/* The place of a kind; n_kinds: the item does not ask for it. */
static int place(const struct looking *l, const char *kind)
{
    int i = 0;

    while (i < l->n_kinds && strcmp(l->kinds[i], kind) != 0)
        i++;
    return i;
}

static void add_kinds(struct looking *l, const struct item *item)
{
    for (size_t i = 0; item && i < item->n_materials; i++) {
        const struct item_material *m = &item->materials[i];

        if (item_material_licensed(m) && place(l, m->licence_kind) == l->n_kinds)
            text_copy(l->kinds[l->n_kinds++], sizeof l->kinds[0], m->licence_kind);
    }
}

static int keep_licence(void *ctx, const struct licence *licence)
{
    struct looking *l = ctx;

    l->list[l->n++] = *licence;
    return l->n == LICENCES_MAX;
}

static void keep_check(void *ctx, const struct licence_check *c)
{
    struct looking *l = ctx;
    int i = place(l, c->kind);

    if (i < l->n_kinds && (l->checks[i].asked == LICENCE_NEVER_ASKED || c->at > l->checks[i].at))
        l->checks[i] = *c;
}

static int keep_case(void *ctx, int office, const char *number)
{
    struct looking *l = ctx;

    l->cases[l->n_cases].office = office;
    text_copy(l->cases[l->n_cases++].number, CASE_NUMBER_LEN + 1, number);
    return l->n_cases == CASES_MAX;
}

static int look(struct looking *l, struct store *s, const uint8_t idx[SHA256_LEN], struct err *e)
{
    int rc = licence_each_of(s, idx, keep_licence, l, e);

    if (rc >= 0)
        rc = index_cases(s, idx, CASES_MAX, keep_case, l, e);
    for (int i = 0; rc >= 0 && i < l->n_cases; i++)
        rc = licence_check_each(s, l->cases[i].office, l->cases[i].number, keep_check, l, e);
    return rc < 0 ? rc : 0;
}

static void judge(const struct looking *l, int64_t now, struct my_licences *ret)
{
    for (int i = 0; i < l->n_kinds; i++) {
        const struct licence_check *check = l->checks[i].asked == LICENCE_NEVER_ASKED ? NULL : &l->checks[i];
        struct licence_verdict v = licence_verdict(l->kinds[i], l->list, l->n, check, date_of_ms(now));

        licence_told(l->kinds[i], &v, check, &ret->list[i]);
    }
    ret->n = l->n_kinds;
}

int tell_licences(struct book *book, struct store *s, const uint8_t idx[SHA256_LEN], const char *item, int64_t now,
                  struct my_licences *ret, struct err *e)
{
    struct looking *l = calloc(1, sizeof *l);

    *ret = (struct my_licences){.at = now};
    if (!l)
        return err_set(e, ERR_NOMEM, "what is known of licences");
    struct catalog *c = book_open(book);
    add_kinds(l, c ? catalog_item(c, item, NULL) : NULL);
    book_close(book);
    int rc = l->n_kinds ? look(l, s, idx, e) : 0;

    if (rc == 0)
        judge(l, now, ret);
    free(l);
    return rc < 0 ? rc : 0;
}
