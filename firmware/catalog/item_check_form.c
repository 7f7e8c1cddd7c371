/* SPDX-License-Identifier: Apache-2.0
 *
 * Sense of an item's form, and which of it a terminal can take in.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "catalog/item_report.h"
#include "model/application.h"

static bool has_choice(const struct form_field *f, const char *id)
{
    if (f->type == FIELD_YES_NO)
        return strcmp(id, "yes") == 0 || strcmp(id, "no") == 0;
    for (size_t i = 0; i < f->n_choices; i++)
        if (strcmp(f->choices[i].id, id) == 0)
            return true;
    return false;
}

void item_check_condition(struct item_findings *s, const struct form *f, const char *where, const struct form_condition *c)
{
    const struct form_field *on;

    if (c->field < 0 || !c->is)
        return;
    on = &f->fields[c->field];
    if (on->type != FIELD_CHOICE && on->type != FIELD_CHOICES && on->type != FIELD_YES_NO)
        item_say(s, ITEM_ERROR, "condition-type", where, "it depends on \"%s\": only choices or a yes-no can decide",
                 on->id);
    else if (!has_choice(on, c->is))
        item_say(s, ITEM_ERROR, "condition-answer", where, "\"%s\" is no answer to \"%s\": use the id of one of its choices",
                 c->is, on->id);
}

static void check_source(struct item_findings *s, const struct form_field *f, const char *where)
{
    if (f->source && !form_source_known(f->source))
        item_say(s, ITEM_ERROR, "unknown-source", where,
                 "the source \"%s\" is unknown: the card gives name, name_latin, sex, nation, birth, address, "
                 "number, authority, valid_from, valid_to, permit and nationality",
                 f->source);
}

/* A button says what it answers (look §9), also read alone or aloud. */
static void check_answers(struct item_findings *s, const struct form_field *f, const char *where)
{
    if (f->type != FIELD_YES_NO || f->n_choices != 2)
        return;
    if (strcmp(f->choices[0].label, f->choices[1].label) == 0)
        item_say(s, ITEM_ERROR, "answers-same", where, "both answers read \"%s\"", f->choices[0].label);
    for (int i = 0; i < 2; i++)
        if (utf8_count(f->choices[i].label) < 2)
            item_say(s, ITEM_WARNING, "answer-unclear", where,
                     "the answer \"%s\" says nothing by itself: use words of the question", f->choices[i].label);
}

static void check_field(struct item_findings *s, const struct form *form, size_t i)
{
    const struct form_field *f = &form->fields[i];
    char where[80];

    snprintf(where, sizeof where, "form field \"%s\"", f->id);
    check_source(s, f, where);
    check_answers(s, f, where);
    if (f->show_if.field >= 0 && !f->show_if.is)
        item_say(s, ITEM_ERROR, "condition-empty", where, "show_if says no value: add \"is\"");
    item_check_condition(s, form, where, &f->show_if);
    if ((f->type == FIELD_CHOICE || f->type == FIELD_CHOICES) && f->n_choices < 1)
        item_say(s, ITEM_ERROR, "no-choices", where, "there is nothing to choose: add choices");
    if (f->type == FIELD_CHINESE_TEXT && f->max > FORM_VALUE_MAX / 4)
        item_say(s, ITEM_ERROR, "too-long", where, "max is above %d characters: ask for less", FORM_VALUE_MAX / 4);
}

static enum field_type type_of(const struct form *f, int field)
{
    return f->fields[field].type;
}

/* Both sides of a comparison are of a kind that compares. */
static void check_rule(struct item_findings *s, const struct form *f, const char *where, const struct form_rule *r)
{
    enum field_type mine = type_of(f, r->when.field);

    if ((r->require == RULE_FIELD_AFTER || r->require == RULE_FIELD_PAST) && mine != FIELD_DATE)
        item_say(s, ITEM_ERROR, "rule-type", where, "\"%s\" is no date: only dates come before and after",
                 f->fields[r->when.field].id);
    if (r->require == RULE_FIELD_AT_MOST && mine != FIELD_NUMBER && mine != FIELD_MONEY)
        item_say(s, ITEM_ERROR, "rule-type", where, "\"%s\" is no number and no amount", f->fields[r->when.field].id);
    if (r->require == RULE_FIELD_AFTER || r->require == RULE_FIELD_AT_MOST || r->require == RULE_FIELD_SAME ||
        r->require == RULE_FIELD_DIFFERS) {
        if (r->other.field == r->when.field)
            item_say(s, ITEM_ERROR, "rule-self", where, "\"%s\" is compared with itself", f->fields[r->when.field].id);
        else if (type_of(f, r->other.field) != mine)
            item_say(s, ITEM_ERROR, "rule-type", where, "\"%s\" and \"%s\" are of two types: they cannot be compared",
                     f->fields[r->when.field].id, f->fields[r->other.field].id);
    }
    if (f->fields[r->when.field].locked)
        item_say(s, ITEM_ERROR, "rule-locked", where,
                 "its message would stand at \"%s\", which nobody can change: name a field to fill in",
                 f->fields[r->when.field].id);
}

static void check_signatures(struct item_findings *s, const struct form *f)
{
    int n = 0;

    for (size_t i = 0; i < f->n_fields; i++)
        n += f->fields[i].type == FIELD_SIGNATURE;
    if (n > 1)
        item_say(s, ITEM_ERROR, "signatures", "form", "it asks for %d signatures: one is enough", n);
}

void item_check_form(struct item_findings *s, const struct item *item)
{
    const struct form *f = &item->form;
    bool visible = false;
    char where[40];
    size_t size;

    for (size_t i = 0; i < f->n_fields; i++) {
        visible |= f->fields[i].show_if.field < 0;
        check_field(s, f, i);
    }
    if (!visible)
        item_say(s, ITEM_ERROR, "no-field", "form", "it shows no field: add at least one that is always there");
    for (size_t i = 0; i < f->n_rules; i++) {
        snprintf(where, sizeof where, "form.rules[%zu]", i);
        item_check_condition(s, f, where, &f->rules[i].when);
        item_check_condition(s, f, where, &f->rules[i].other);
        check_rule(s, f, where, &f->rules[i]);
    }
    check_signatures(s, f);
    /* counted from a whole item only */
    size = s->errors ? 0 : application_size_max(item);
    if (size > APPLICATION_MAX)
        item_say(s, ITEM_ERROR, "too-large", "form",
                 "an application could have %zu bytes, %d fit: lower max, or ask for less", size, APPLICATION_MAX);
}

void item_fit_terminal(struct item_file *file)
{
    if (file->item.task_state && strcmp(file->item.task_state, "in-use"))
        file->item.is_service_terminals = false;
}
