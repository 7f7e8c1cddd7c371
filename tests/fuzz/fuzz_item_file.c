/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as an item file. What is read is checked and fitted; a form that passed the check must be usable: every
 * condition names a field, and hidden and shown fields can be asked for.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/item_check.h"
#include "model/demand.h"

/* How many are to be handed in for sure. */
static int due(const struct item *item, const struct demand *d)
{
    int n = 0;

    for (size_t i = 0; i < item->n_materials; i++)
        n += d->materials[i] == DEMANDED_YES;
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(const struct form *f)
{
    struct form_values *v = calloc(1, sizeof *v);
    char out[FORM_VALUE_MAX + 1];

    for (size_t i = 0; i < f->n_fields; i++) {
        if (f->fields[i].show_if.field >= (int)i)
            abort(); /* it would wait for a field below it */
        if (f->fields[i].n_choices)
            strncpy(v->text[i], f->fields[i].choices[0].id, FORM_VALUE_MAX);
    }
    for (size_t i = 0; i < f->n_fields; i++) {
        form_visible(f, v, i);
        form_check(f, v, i, NULL, (struct date){2026, 1, 5});
        form_display(f, v, i, true, LANGUAGE_EN, out, sizeof out);
    }
    free(v);
}

/* Whatever is answered, it is never less than nothing nor more before than after; a place is one of the field's. */
static void demands(const struct item *item)
{
    struct form_values *v = calloc(1, sizeof *v);
    const struct form *f = &item->form;
    struct demand before, after;

    for (size_t i = 0; i < f->n_fields; i++)
        if (f->fields[i].n_choices)
            strncpy(v->text[i], f->fields[i].choices[f->fields[i].n_choices - 1].id, FORM_VALUE_MAX);
    demand_of(item, NULL, &before);
    demand_of(item, v, &after);
    if (before.least > before.most || after.least > after.most || after.most > before.most)
        abort();
    demand_place(item, &after);
    if (due(item, &before) > due(item, &after))
        abort();
    free(v);
}

typedef int parse_fn(const void *data, size_t len, enum language language, struct item_file **ret, struct err *e);

static void read_in(parse_fn *parse, enum language language, const uint8_t *data, size_t size)
{
    struct item_file *f = NULL;

    if (parse(data, size, language, &f, NULL))
        return;
    item_check_demand(f, NULL);
    if (item_check(f, NULL) == 0) {
        item_fit_terminal(f);
        use(&f->item.form);
        demands(&f->item);
    }
    item_file_free(f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        read_in(item_file_parse, l, data, size);
        read_in(item_file_read, l, data, size);
        read_in(item_file_outline, l, data, size);
    }
    return 0;
}
