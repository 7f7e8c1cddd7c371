/* SPDX-License-Identifier: Apache-2.0
 *
 * See demand.h.
 */
#include "model/demand.h"

#include <string.h>

#include "model/form_type.h"

int demand_field(const struct form *f)
{
    for (size_t i = 0; i < f->n_fields; i++)
        for (size_t k = 0; k < f->fields[i].n_choices; k++)
            if (f->fields[i].choices[k].visits > 0)
                return (int)i;
    return -1;
}

static int chosen(const struct form_field *f, const char *value)
{
    for (size_t k = 0; k < f->n_choices; k++)
        if (strcmp(f->choices[k].id, value) == 0)
            return (int)k;
    return -1;
}

static void raise(struct demand *d, int least, int most)
{
    d->least = least > d->least ? least : d->least;
    d->most = most > d->most ? most : d->most;
}

/* A field that is not shown asks nobody to come; one without an answer yet may end with any of its choices. */
static void by_choice(const struct form *form, const struct form_values *v, struct demand *d)
{
    int field = demand_field(form), least, most = 0;

    if (field < 0 || (v && !form_visible(form, v, (size_t)field)))
        return;
    const struct form_field *f = &form->fields[field];

    d->choice = v ? chosen(f, v->text[field]) : -1;
    if (d->choice >= 0) {
        d->field = field;
        raise(d, f->choices[d->choice].visits, f->choices[d->choice].visits);
        return;
    }
    least = f->choices[0].visits;
    for (size_t k = 0; k < f->n_choices; k++) {
        least = f->choices[k].visits < least ? f->choices[k].visits : least;
        most = f->choices[k].visits > most ? f->choices[k].visits : most;
    }
    raise(d, !v && f->show_if.field >= 0 ? 0 : least, most);
}

static enum demanded demanded(const struct form *form, const struct form_values *v, const struct item_material *m)
{
    if (m->from_card || m->state == MATERIAL_HAVE)
        return DEMANDED_NOT;
    if (m->state == MATERIAL_OPTIONAL)
        return v ? DEMANDED_NOT : DEMANDED_PERHAPS;
    if (!m->depends)
        return DEMANDED_YES;
    if (!v)
        return DEMANDED_PERHAPS;
    return form_holds(form, v, &m->need_if) ? DEMANDED_YES : DEMANDED_NOT;
}

void demand_of(const struct item *item, const struct form_values *v, struct demand *ret)
{
    *ret = (struct demand){.field = -1, .choice = -1};
    raise(ret, item->limit_scene_num, item->limit_scene_num);
    by_choice(&item->form, v, ret);
    for (size_t i = 0; i < item->n_materials; i++) {
        ret->materials[i] = demanded(&item->form, v, &item->materials[i]);
        if (ret->materials[i] == DEMANDED_YES && v && v->licences.use >> i & 1)
            ret->materials[i] = DEMANDED_HELD;
        else if (ret->materials[i] == DEMANDED_YES)
            raise(ret, 1, 1);
        else if (ret->materials[i] == DEMANDED_PERHAPS && item->materials[i].state != MATERIAL_OPTIONAL)
            raise(ret, 0, 1);
    }
}

struct demand_place demand_place(const struct item *item, const struct demand *d)
{
    const struct form_choice *c = d->choice >= 0 ? &item->form.fields[d->field].choices[d->choice] : NULL;

    if (d->most <= 0)
        return (struct demand_place){NULL, NULL, NULL};
    if (c && c->visits > 0)
        return (struct demand_place){c->label, c->address, c->hours};
    return (struct demand_place){NULL, item->transact_addr, NULL};
}
