/* SPDX-License-Identifier: Apache-2.0
 *
 * A form at work: what is shown, what the card fills in, what is wrong.
 */
#include "model/form.h"

#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "model/form_type.h"

int form_type_by_name(const char *name)
{
    static const char *const names[] = {
#define FIELD_TYPE(NAME, word, keyboard, room, most, take, check, show, mask, level) [FIELD_##NAME] = word,
#include "model/form_type.def"
#undef FIELD_TYPE
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0)
            return (int)i;
    }
    return -1;
}

int form_field_by_id(const struct form *f, const char *id)
{
    for (size_t i = 0; i < f->n_fields; i++) {
        if (strcmp(f->fields[i].id, id) == 0)
            return (int)i;
    }
    return -1;
}

/* Whether `word` is one of the words of `list`. */
static bool among(const char *list, const char *word)
{
    size_t len = strlen(word);
    while (*list) {
        size_t n = strcspn(list, " ");
        if (n == len && memcmp(list, word, len) == 0)
            return true;
        list += n;
        list += strspn(list, " ");
    }
    return false;
}

static bool value_is(const struct form *f, const struct form_values *v, const struct form_condition *c)
{
    const char *value = v->text[c->field];
    if (!c->is)
        return !form_value_empty(value);
    if (c->other && form_value_empty(value))
        return false;
    return (f->fields[c->field].type == FIELD_CHOICES ? among(value, c->is) : strcmp(value, c->is) == 0) != c->other;
}

static bool field_known(const struct form *f, int field)
{
    return field >= 0 && (size_t)field < f->n_fields;
}

/* Walks up the chain of conditions, at most once past each field: a circle of conditions hides its fields. */
bool form_visible(const struct form *f, const struct form_values *v, size_t field)
{
    for (size_t steps = 0; steps <= f->n_fields; steps++) {
        if (field >= f->n_fields)
            return false;
        const struct form_condition *c = &f->fields[field].show_if;
        if (c->field < 0)
            return true;
        if (!field_known(f, c->field) || !value_is(f, v, c))
            return false;
        field = (size_t)c->field;
    }
    return false;
}

bool form_holds(const struct form *f, const struct form_values *v, const struct form_condition *c)
{
    if (c->field < 0)
        return true;
    return field_known(f, c->field) && form_visible(f, v, (size_t)c->field) && value_is(f, v, c);
}

/* What was taken over from the card and left as it is needs no check: a card may hold what nobody could type. */
static bool as_on_card(const struct form_field *field, const char *value, const struct identity *id)
{
    char card[FORM_VALUE_MAX + 1];
    if (field->locked)
        return true;
    if (!field->source || !id)
        return false;
    form_source_value(field, id, card, sizeof card);
    bool same = card[0] && strcmp(card, value) == 0;
    secret_wipe(card, sizeof card);
    return same;
}

struct form_fault form_check(const struct form *f, const struct form_values *v, size_t field, const struct identity *id,
                             struct date today)
{
    struct form_fault fault = {.kind = FORM_OK};
    if (field >= f->n_fields)
        return fault;
    const struct form_field *it = &f->fields[field];
    const char *value = v->text[field];
    if (!as_on_card(it, value, id)) {
        if (!form_value_empty(value))
            fault = form_type_check(it, value, today);
        else if (it->required)
            fault.kind = FORM_EMPTY;
    }
    return fault.kind == FORM_OK ? form_rules_check(f, v, field, id, today) : fault;
}

void form_prefill(const struct form *f, struct form_values *v, const struct identity *id)
{
    for (size_t i = 0; i < f->n_fields; i++) {
        if (!f->fields[i].source)
            continue;
        secret_wipe(v->text[i], sizeof v->text[i]);
        form_source_value(&f->fields[i], id, v->text[i], sizeof v->text[i]);
    }
}
