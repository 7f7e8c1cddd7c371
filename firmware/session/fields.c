/* SPDX-License-Identifier: Apache-2.0
 *
 * One field at a time: what its keyboard may type, when it is checked, and when a message goes. A message appears when the
 * field is left and goes as soon as it is mended, also when another field mended it.
 */
#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "session/entry.h"
#include "session/fields.h"
#include "session/internal.h"
#include "session/pages.h"

static const struct form_field *field_of(const struct session *s, int field)
{
    must(s->fields.item, "a field of no form");
    must(field >= 0 && (size_t)field < s->fields.item->form.n_fields, "a field the form does not have");
    return &s->fields.item->form.fields[field];
}

bool fields_on_page(const struct session *s, int field)
{
    must(s->view.form.n_fields >= 0 && s->view.form.n_fields <= VIEW_FIELDS_MAX, "more fields than a page has room for");
    for (int i = 0; i < s->view.form.n_fields; i++)
        if (s->view.form.fields[i] == field)
            return true;
    return false;
}

static enum keyboard_kind keyboard_of(const struct form_field *f)
{
    static const enum keyboard_kind kinds[] = {
#define FIELD_TYPE(NAME, word, keyboard, room, most, take, check, show, mask, level) [FIELD_##NAME] = KEYBOARD_##keyboard,
#include "model/form_type.def"
#undef FIELD_TYPE
    };

    return kinds[f->type];
}

static struct form_fault check(const struct session *s, int field)
{
    must(s->fields.item, "a check of no form");
    must(field >= 0 && (size_t)field < s->fields.item->form.n_fields, "a field the form does not have");
    return form_check(&s->fields.item->form, s->fields.values, (size_t)field, s->identity, session_today(s));
}

void fields_forget_signature(struct session *s)
{
    secret_wipe(&s->fields.values->ink, sizeof s->fields.values->ink);
    if (s->view.form.signature >= 0)
        secret_wipe(s->fields.values->text[s->view.form.signature], FORM_VALUE_MAX + 1);
}

void fields_forget(struct session *s)
{
    secret_wipe(s->fields.values, sizeof *s->fields.values);
    memset(&s->view.form, 0, sizeof s->view.form);
    s->view.form.focus = s->view.form.signature = s->pages.anchor = -1;
    entry_close(s);
    s->view.values = NULL;
    s->fields.item = NULL;
    s->fields.typed = s->pages.edited = false;
}

/* A value has changed: pages, messages that are mended; the consent and the signature were given to the old content. */
static void changed(struct session *s, int field)
{
    must(s->view.values == s->fields.values, "a value changes that is not being filled in");
    must(!s->view.form.submitting, "what is being handed in is changed");
    s->fields.typed = true;
    s->pages.anchor = field;
    s->view.form.consent = false;
    fields_forget_signature(s);
    pages_update(s);
    for (size_t i = 0; i < s->fields.item->form.n_fields; i++)
        if (s->view.form.faults[i].kind != FORM_OK)
            s->view.form.faults[i] = check(s, (int)i);
}

/* The keyboard's target is the field with the focus. */
static uint32_t field_takes(const struct session *s, const char *text, uint32_t cp)
{
    return form_takes(field_of(s, s->view.form.focus), text, cp);
}

static void field_changed(struct session *s)
{
    changed(s, s->view.form.focus);
}

void fields_focus(struct session *s, int field)
{
    int left = s->view.form.focus;
    enum keyboard_kind kind = field < 0 ? KEYBOARD_NONE : keyboard_of(field_of(s, field));

    if (left >= 0 && left != field)
        s->view.form.faults[left] = check(s, left);
    s->view.form.focus = field;
    if (field >= 0)
        s->pages.anchor = field;
    if (kind == KEYBOARD_NONE)
        entry_close(s);
    else
        entry_open(s, kind,
                   &(struct entry_target){s->fields.values->text[field], FORM_VALUE_MAX, form_room(field_of(s, field)),
                                          field_takes, field_changed});
}

static bool holds(const char *chosen, const char *id)
{
    size_t len = strlen(id);
    for (const char *p = chosen; len && (p = strstr(p, id)); p += len)
        if ((p == chosen || p[-1] == ' ') && (!p[len] || p[len] == ' '))
            return true;
    return false;
}

/* Several choices: the ids chosen, in the form's order, joined by spaces. */
static void toggle(const struct form_field *f, char *text, int choice)
{
    must(f->type == FIELD_CHOICES, "one choice passes for several");
    char joined[FORM_VALUE_MAX + 1] = "";
    size_t used = 0;
    for (size_t i = 0; i < f->n_choices; i++) {
        const char *id = f->choices[i].id;
        if (holds(text, id) == ((int)i == choice) || used + strlen(id) + 1 > FORM_VALUE_MAX)
            continue;
        if (used)
            joined[used++] = ' ';
        memcpy(joined + used, id, strlen(id) + 1);
        used += strlen(id);
    }
    memcpy(text, joined, sizeof joined);
    secret_wipe(joined, sizeof joined);
}

static bool is_choice(const struct form_field *f, int choice)
{
    int n = f->type == FIELD_YES_NO ? 2 : f->type == FIELD_CHOICE || f->type == FIELD_CHOICES ? (int)f->n_choices : 0;
    return choice >= 0 && choice < n;
}

void fields_set(struct session *s, int field, const char *text)
{
    must(fields_on_page(s, field) || pages_of_field(s, field) >= 0, "a value for a field nobody is asked about");
    secret_wipe(s->fields.values->text[field], FORM_VALUE_MAX + 1);
    text_copy(s->fields.values->text[field], FORM_VALUE_MAX + 1, text);
    fields_focus(s, -1);
    changed(s, field);
    s->view.form.faults[field] = check(s, field);
}

void fields_choose(struct session *s, int field, int choice)
{
    must(fields_on_page(s, field), "a choice on another page");
    const struct form_field *f = field_of(s, field);
    char *text = s->fields.values->text[field];
    if (!is_choice(f, choice))
        return;
    fields_focus(s, field);
    if (f->type == FIELD_CHOICES) {
        toggle(f, text, choice);
    } else {
        secret_wipe(text, FORM_VALUE_MAX + 1);
        text_copy(text, FORM_VALUE_MAX + 1, f->type == FIELD_YES_NO ? choice ? "no" : "yes" : f->choices[choice].id);
    }
    changed(s, field);
    if (f->type != FIELD_CHOICES) /* one touch is the whole answer */
        s->view.form.faults[field] = check(s, field);
}

static int check_list(struct session *s, const int *fields, int n)
{
    must(n >= 0 && n <= VIEW_FIELDS_MAX, "more fields than a page has room for");
    int first = -1;
    for (int i = 0; i < n; i++) {
        s->view.form.faults[fields[i]] = check(s, fields[i]);
        if (s->view.form.faults[fields[i]].kind != FORM_OK && first < 0)
            first = fields[i];
    }
    return first;
}

int fields_check_page(struct session *s, int page)
{
    must(page >= 0 && page < s->view.form.pages, "a page the form does not have");
    return check_list(s, s->view.form.groups[page].fields, s->view.form.groups[page].n_fields);
}

int fields_check_shown(struct session *s)
{
    return check_list(s, s->view.form.fields, s->view.form.n_fields);
}
