/* SPDX-License-Identifier: Apache-2.0
 *
 * Does an item say one thing of how often to come, where, and with what? Staff write each of them at another place of the
 * file; what the answers come to is counted by model/demand.h, as it will be for the resident.
 */
#include <stdio.h>
#include <string.h>

#include "catalog/item_members.h"
#include "catalog/item_report.h"
#include "model/demand.h"

#define error(s, ...) item_say(s, ITEM_ERROR, __VA_ARGS__)

static bool decides(const struct form_field *f)
{
    for (size_t k = 0; k < f->n_choices; k++)
        if (f->choices[k].visits > 0)
            return true;
    return false;
}

/* The one field that decides where to go is always answered, with one answer. */
static void check_places(struct item_findings *s, const struct item *i)
{
    int field = demand_field(&i->form);
    const struct form_field *f = field < 0 ? NULL : &i->form.fields[field];
    char where[80];

    for (size_t k = 0; k < i->form.n_fields; k++) {
        snprintf(where, sizeof where, "form field \"%s\"", i->form.fields[k].id);
        if (decides(&i->form.fields[k]) && (int)k != field)
            error(s, "two-places", where, "\"%s\" says already where to go: ask for it in one field", f->id);
    }
    if (!f)
        return;
    snprintf(where, sizeof where, "form field \"%s\"", f->id);
    if (f->type != FIELD_CHOICE || !f->required)
        error(s, "place-open", where, "it says where to go, so one answer must be given: make it a choice, required");
    for (size_t k = 0; k < f->n_choices; k++)
        if (f->choices[k].visits < i->limit_scene_num)
            error(
                s, "visits-differ", where,
                "\"%s\" asks for %d visits, but limit_scene_num says %d whatever is answered: correct the one that is wrong",
                f->choices[k].id, f->choices[k].visits, i->limit_scene_num);
}

/* What brings somebody to an office whatever he answers; NULL: nothing but limit_scene_num. */
static const char *cause(const struct item *i, const struct demand *d, char out[400])
{
    int field = demand_field(&i->form);

    for (size_t k = 0; k < i->n_materials; k++)
        if (d->materials[k] == DEMANDED_YES) {
            snprintf(out, 400, "materials[%zu] is to be handed in by everybody", k);
            return out;
        }
    if (field < 0)
        return NULL;
    snprintf(out, 400, "every answer to \"%s\" is a place to come to", i->form.fields[field].id);
    return out;
}

/* Everybody gives exactly one of its answers. */
static bool one_answer_of_all(const struct form_field *f)
{
    return f->required && !f->locked && f->show_if.field < 0 && (f->type == FIELD_CHOICE || f->type == FIELD_YES_NO);
}

static const char *answer(const struct form_field *f, size_t k)
{
    return f->type == FIELD_YES_NO ? (k ? "no" : "yes") : f->choices[k].id;
}

/* How often one comes at least, by whichever answer to this field alone. `v` is empty, and is left so. */
static int least_of_answers(const struct item *i, size_t field, struct form_values *v)
{
    const struct form_field *f = &i->form.fields[field];
    size_t n = f->type == FIELD_YES_NO ? 2 : f->n_choices;
    int least = n ? 99 : 0;

    for (size_t k = 0; k < n; k++) {
        struct demand d;

        snprintf(v->text[field], sizeof v->text[field], "%s", answer(f, k));
        demand_of(i, v, &d);
        least = d.least < least ? d.least : least;
    }
    v->text[field][0] = 0;
    return least;
}

/* Conditions that each ask some can together ask everybody. Looked for field by field, where each resident gives exactly one
 * answer; not looked for: what only the answers to several fields cover together, several answers to one field (choices),
 * and fields that are shown to some. */
static void check_covered(struct item_findings *s, const struct item *i)
{
    struct form_values v = {.text = {{0}}};

    for (size_t k = 0; k < i->form.n_fields; k++) {
        int least = one_answer_of_all(&i->form.fields[k]) ? least_of_answers(i, k, &v) : 0;

        if (least > i->limit_scene_num) {
            error(s, "visits-differ", "limit_scene_num",
                  "it is %d, but whatever is answered to \"%s\", there is something to hand in or a place to come to: "
                  "write %d, or say with need_if or visits of whom that is not asked",
                  i->limit_scene_num, i->form.fields[k].id, least);
            return;
        }
    }
}

static void check_visits(struct item_findings *s, const struct item_file *f)
{
    const struct item *i = &f->item;
    struct demand d;
    char why[400];

    demand_of(i, NULL, &d);
    if (d.least > i->limit_scene_num && cause(i, &d, why))
        error(s, "visits-differ", "limit_scene_num",
              "it is %d, but %s: write %d, or say with need_if or visits of whom that is not asked", i->limit_scene_num, why,
              d.least);
    else
        check_covered(s, i);
    if (f->window_only && d.least == 0)
        error(s, "visits-differ", "results",
              "one is handed out at the window only, but one can do without a visit: write limit_scene_num 1, or name the "
              "other way in delivery");
    if (i->one_visit && d.most > 1)
        error(s, "visits-differ", "four_ways", "one_visit is true, but it may take %d visits: correct the one that is wrong",
              d.most);
}

/* is_not with the only choice there is */
static bool asks_nobody(const struct form *form, const struct form_condition *c)
{
    const struct form_field *f = &form->fields[c->field];

    return c->other && c->is && f->type != FIELD_YES_NO && f->n_choices == 1 && strcmp(f->choices[0].id, c->is) == 0;
}

static void check_need(struct item_findings *s, const struct item *i, size_t k)
{
    const struct item_material *m = &i->materials[k];
    char where[40];

    snprintf(where, sizeof where, "materials[%zu].need_if", k);
    item_check_condition(s, &i->form, where, &m->need_if);
    if (asks_nobody(&i->form, &m->need_if))
        error(s, "need-never", where,
              "\"%s\" has no other choice, so nobody is asked for it: take the material out, or correct is_not",
              i->form.fields[m->need_if.field].id);
    if (m->state == MATERIAL_HAVE)
        error(s, "need-contradicts", where, "it is read from the card: nobody is asked for it, so take need_if out");
    if (m->state == MATERIAL_OPTIONAL)
        error(s, "need-contradicts", where,
              "is_need 2 (not needed) and need_if contradict each other: write is_need 1 or 3, or take need_if out");
    if (!m->explain)
        error(s, "need-unsaid", where, "fill_explain is missing: say in words of whom it is asked");
}

int item_check_demand(const struct item_file *f, const struct item_report *report)
{
    struct item_findings s = {.report = report};

    if (f->item.look_up || item_is_bundle(f))
        return 0;
    check_places(&s, &f->item);
    for (size_t k = 0; k < f->item.n_materials; k++)
        if (f->item.materials[k].depends)
            check_need(&s, &f->item, k);
    if (item_file_has(f, ITEM_limit_scene_num))
        check_visits(&s, f);
    return s.errors;
}
