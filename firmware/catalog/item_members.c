/* SPDX-License-Identifier: Apache-2.0
 *
 * Joins the members of a bundle, and says where they do not fit together. A finding names the member and the remedy.
 */
#include "catalog/item_members.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "catalog/item_report.h"
#include "model/demand.h"

#define error(s, ...) item_say(s, ITEM_ERROR, __VA_ARGS__)

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void check_member(struct item_findings *s, const struct item_file *f, const struct item_file *m, const char *where)
{
    if (item_is_bundle(m))
        error(s, "member-bundle", where, "%s is a bundle itself: name its members instead", m->item.task_code);
    else if (m->item.look_up || m->item.newer || !item_file_has(m, ITEM_form))
        error(s, "member-no-form", where, "%s is only looked up: a member needs a form", m->item.task_code);
    else if (!m->item.is_service_terminals && f->item.is_service_terminals)
        error(s, "member-not-here", where,
              "%s is not done at terminals now: take it out, or set the bundle's task_state to suspended",
              m->item.task_code);
}

static bool leads(const struct item_file *f, const struct item_file *m)
{
    return f->dept_code && m->dept_code ? strcmp(f->dept_code, m->dept_code) == 0
                                        : same(f->item.dept_name, m->item.dept_name);
}

static void check_members(struct item_findings *s, const struct item_file *f, struct item_file *const *members, size_t n)
{
    bool led = false;
    char where[40];

    for (size_t i = 0; i < n; i++) {
        snprintf(where, sizeof where, "members[%zu]", i);
        check_member(s, f, members[i], where);
        led |= leads(f, members[i]);
        for (size_t k = 0; k < i; k++)
            if (strcmp(members[k]->item.task_code, members[i]->item.task_code) == 0)
                error(s, "member-twice", where, "%s stands twice: take one out", members[i]->item.task_code);
    }
    if (!led)
        error(s, "lead-no-member", "dept",
              "the lead department has none of the members: name the department of one of them");
}

/* --- the form --- */

struct joining {
    struct item_findings *s;
    struct item *to;
    const struct item *from;
    int field[FORM_FIELDS_MAX]; /* where each field of the member stands in the bundle; -1: it does not fit */
};

static struct form_condition moved(const struct joining *j, struct form_condition c)
{
    if (c.field >= 0)
        c.field = j->field[c.field];
    return c;
}

static bool same_condition(struct form_condition a, struct form_condition b)
{
    return a.field == b.field && a.other == b.other && same(a.is, b.is);
}

static bool same_choices(const struct form_field *a, const struct form_field *b)
{
    if (a->n_choices != b->n_choices)
        return false;
    for (size_t i = 0; i < a->n_choices; i++)
        if (strcmp(a->choices[i].id, b->choices[i].id) || a->choices[i].visits != b->choices[i].visits)
            return false;
    return true;
}

/* In what two members ask one question differently; NULL: in nothing that counts. */
static const char *difference(const struct form_field *a, const struct form_field *b)
{
    return a->type != b->type                                      ? "type"
           : !same(a->source, b->source) || a->locked != b->locked ? "source and locked"
           : a->min != b->min || a->max != b->max                  ? "min and max"
           : !same_choices(a, b)                                   ? "choices"
           : !same_condition(a->show_if, b->show_if)               ? "show_if"
                                                                   : NULL;
}

static void share_field(struct joining *j, struct form_field *to, const struct form_field *from)
{
    const char *what = difference(to, from);

    if (what)
        error(
            j->s, "field-differs", "members",
            "%s asks for \"%s\" with another %s than a member before it: one question must be asked alike, or have two ids",
            j->from->task_code, from->id, what);
    to->required |= from->required;
    to->mask |= from->mask;
}

static void join_field(struct joining *j, size_t i, bool *new_group)
{
    struct form *form = &j->to->form;
    struct form_field f = j->from->form.fields[i];
    int at = form_field_by_id(form, f.id);

    f.show_if = moved(j, f.show_if);
    j->field[i] = at;
    if (at >= 0) {
        share_field(j, &form->fields[at], &f);
        return;
    }
    if (form->n_fields == FORM_FIELDS_MAX || (*new_group && form->n_groups == FORM_GROUPS_MAX))
        return;
    if (*new_group)
        form->groups[form->n_groups++] = j->from->form.groups[f.group];
    *new_group = false;
    f.group = (int)form->n_groups - 1;
    j->field[i] = (int)form->n_fields;
    form->fields[form->n_fields++] = f;
}

static bool has_rule(const struct form *form, const struct form_rule *r)
{
    for (size_t i = 0; i < form->n_rules; i++) {
        const struct form_rule *old = &form->rules[i];

        if (old->require == r->require && old->age == r->age && old->n_any == r->n_any &&
            same_condition(old->when, r->when) && same_condition(old->other, r->other) &&
            memcmp(old->any, r->any, r->n_any * sizeof *r->any) == 0)
            return true;
    }
    return false;
}

static void join_rule(struct joining *j, const struct form_rule *from)
{
    struct form *form = &j->to->form;
    struct form_rule r = *from;

    r.when = moved(j, r.when);
    r.other = moved(j, r.other);
    for (size_t i = 0; i < r.n_any; i++)
        r.any[i] = j->field[r.any[i]];
    if (has_rule(form, &r))
        return;
    if (form->n_rules == FORM_RULES_MAX)
        error(j->s, "rules-too-many", "members", "the forms together have more than %d rules", FORM_RULES_MAX);
    else
        form->rules[form->n_rules++] = r;
}

/* A group of a member keeps what nobody before it asks. */
static void join_form(struct joining *j)
{
    const struct form *from = &j->from->form;
    bool new_group = true, fits = true;
    size_t errors = (size_t)j->s->errors;

    for (size_t i = 0; i < from->n_fields; i++) {
        new_group |= i > 0 && from->fields[i].group != from->fields[i - 1].group;
        join_field(j, i, &new_group);
        fits &= j->field[i] >= 0;
    }
    if (!fits)
        error(j->s, "form-too-long", "members",
              "with %s the form has more than %d fields or %d groups: take a member out, or let members share questions",
              j->from->task_code, FORM_FIELDS_MAX, FORM_GROUPS_MAX);
    for (size_t i = 0; (size_t)j->s->errors == errors && i < from->n_rules; i++)
        join_rule(j, &from->rules[i]);
}

static void check_form(struct item_findings *s, const struct form *form)
{
    int places = 0, signatures = 0;

    for (size_t i = 0; i < form->n_fields; i++) {
        int visits = 0;

        for (size_t k = 0; k < form->fields[i].n_choices; k++)
            visits |= form->fields[i].choices[k].visits;
        places += visits > 0;
        signatures += form->fields[i].type == FIELD_SIGNATURE;
    }
    if (places > 1)
        error(s, "two-places", "members", "two of them ask where to go: in a bundle one may");
    if (signatures > 1)
        error(s, "signatures", "members", "they ask for %d signatures: one is enough, give the field one id", signatures);
}

/* --- what else they say --- */

#define FULL(s, what) error(s, "list-too-long", "members", "together they have more than %d " what, ITEM_LIST_MAX)

/* Of two that want one paper the stricter counts. */
static void share_material(struct item_material *to, const struct item_material *from)
{
    if (from->state == MATERIAL_BRING || to->state == MATERIAL_OPTIONAL) {
        bool depends = to->depends && from->depends;

        *to = *from;
        to->depends = depends;
    } else if (!from->depends && from->state != MATERIAL_OPTIONAL) {
        to->depends = false;
    }
}

static struct item_material *find_material(struct item *to, const struct item_material *m)
{
    for (size_t i = 0; i < to->n_materials; i++) {
        struct item_material *old = &to->materials[i];

        if (strcmp(old->name, m->name) == 0 && old->from_card == m->from_card &&
            (!old->depends || !m->depends || same_condition(old->need_if, m->need_if)))
            return old;
    }
    return NULL;
}

static void join_materials(struct joining *j)
{
    struct item *to = j->to;

    for (size_t i = 0; i < j->from->n_materials; i++) {
        struct item_material m = j->from->materials[i];

        m.need_if = m.depends ? moved(j, m.need_if) : m.need_if;
        struct item_material *old = find_material(to, &m);

        if (old)
            share_material(old, &m);
        else if (to->n_materials == ITEM_LIST_MAX)
            FULL(j->s, "materials");
        else
            to->materials[to->n_materials++] = m;
    }
}

static void join_laws(struct joining *j)
{
    struct item *to = j->to;

    for (size_t i = 0; i < j->from->n_laws; i++) {
        const struct item_law *law = &j->from->laws[i];
        bool there = false;

        for (size_t k = 0; k < to->n_laws; k++)
            there |= same(to->laws[k].law, law->law) && same(to->laws[k].article, law->article);
        if (!there && to->n_laws == ITEM_LIST_MAX)
            FULL(j->s, "laws");
        else if (!there)
            to->laws[to->n_laws++] = *law;
    }
}

static void join_lists(struct joining *j)
{
    const struct item *from = j->from;
    struct item *to = j->to;

    join_laws(j);
    if (to->n_fees + from->n_fees > ITEM_LIST_MAX)
        FULL(j->s, "fees");
    else
        memcpy(to->fees + to->n_fees, from->fees, from->n_fees * sizeof *from->fees);
    if (to->n_results + from->n_results > ITEM_LIST_MAX)
        FULL(j->s, "results");
    else
        memcpy(to->results + to->n_results, from->results, from->n_results * sizeof *from->results);
    if (j->s->errors)
        return;
    to->n_fees += from->n_fees;
    to->n_results += from->n_results;
    to->steps[to->n_steps++] = (struct item_step){
        .step = from->task_name, .post = from->dept_name, .phone = from->link_way, .limit = from->promise};
}

/* A week is 7 calendar days and 5 working days. */
static int weight(struct item_limit l)
{
    return l.day * (l.unit == DAY_WORKING ? 7 : 5);
}

static void join_limits(struct item *to, const struct item *from)
{
    if (weight(from->promise) > weight(to->promise) || to->promise.day < 0)
        to->promise = from->promise;
    if (weight(from->anticipate) > weight(to->anticipate) || to->anticipate.day < 0)
        to->anticipate = from->anticipate;
    if (from->limit_scene_num > to->limit_scene_num) {
        to->limit_scene_num = from->limit_scene_num;
        to->limit_scene_explain = from->limit_scene_explain;
    }
}

/* From here on the member is one of this bundle: its applicant was told the bundle's window and agreed to its words. */
static void adopt(struct item *bundle, struct item *member)
{
    member->transact_addr = bundle->transact_addr;
    member->form.consent_id = bundle->form.consent_id;
    member->form.consent = bundle->form.consent;
    bundle->joined[bundle->n_joined++] = member;
}

int item_members_join(struct item_file *f, struct item_file *const *members, size_t n, const struct item_report *report)
{
    struct item_findings s = {.report = report};

    check_members(&s, f, members, n);
    if (s.errors)
        return s.errors;
    f->item.promise = f->item.anticipate = (struct item_limit){.day = -1};
    f->item.limit_scene_num = 0;
    for (size_t i = 0; i < n; i++) {
        struct joining j = {.s = &s, .to = &f->item, .from = &members[i]->item};

        join_form(&j);
        if (s.errors)
            return s.errors;
        join_materials(&j);
        join_lists(&j);
        join_limits(j.to, j.from);
        adopt(&f->item, &members[i]->item);
    }
    check_form(&s, &f->item.form);
    return s.errors;
}
