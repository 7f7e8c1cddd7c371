/* SPDX-License-Identifier: Apache-2.0
 *
 * Which fields stand on which page of the form: a page is a group with at least one field to fill in. Conditions decide what
 * counts, so the pages are made anew after every change, and the page shown follows the field that was touched.
 */
#include <string.h>

#include "base/must.h"
#include "session/entry.h"
#include "session/fields.h"
#include "session/internal.h"
#include "session/pages.h"

/* A signature is written on the review page, under everything it is about. */
static bool fillable(const struct session *s, size_t field)
{
    must(field < s->fields.item->form.n_fields, "a field the form does not have");
    const struct form *f = &s->fields.item->form;
    return !f->fields[field].locked && f->fields[field].type != FIELD_SIGNATURE && form_visible(f, s->fields.values, field);
}

/* Adds the group's page, if there is anything to fill in. */
static void place_group(struct session *s, int group)
{
    must(s->view.form.pages < FORM_GROUPS_MAX, "more pages than the form has groups");
    const struct form *f = &s->fields.item->form;
    int page = s->view.form.pages, n = 0;
    for (size_t i = 0; i < f->n_fields; i++)
        if (f->fields[i].group == group && fillable(s, i))
            s->view.form.groups[page].fields[n++] = (int)i;
    s->view.form.groups[page].n_fields = n;
    s->view.form.groups[page].group = group;
    s->view.form.pages += n > 0;
}

static void list_locked(struct session *s)
{
    must(s->fields.item->form.n_fields <= FORM_FIELDS_MAX, "a form with more fields than there is room for");
    const struct form *f = &s->fields.item->form;
    s->view.form.n_locked = 0;
    for (size_t i = 0; i < f->n_fields; i++)
        if (f->fields[i].locked && form_visible(f, s->fields.values, i))
            s->view.form.locked[s->view.form.n_locked++] = (int)i;
}

static void find_signature(struct session *s)
{
    must(s->fields.item, "a signature under no form");
    const struct form *f = &s->fields.item->form;
    s->view.form.signature = -1;
    for (size_t i = 0; i < f->n_fields; i++)
        if (f->fields[i].type == FIELD_SIGNATURE && form_visible(f, s->fields.values, i))
            s->view.form.signature = (int)i;
}

static void forget_hidden(struct session *s)
{
    for (size_t i = 0; i < s->fields.item->form.n_fields; i++)
        if (!fillable(s, i))
            s->view.form.faults[i].kind = FORM_OK;
    if (s->view.form.focus >= 0 && !fillable(s, (size_t)s->view.form.focus)) {
        s->view.form.focus = -1;
        entry_close(s);
    }
}

int pages_of_field(const struct session *s, int field)
{
    for (int p = 0; p < s->view.form.pages; p++)
        for (int i = 0; i < s->view.form.groups[p].n_fields; i++)
            if (s->view.form.groups[p].fields[i] == field)
                return p;
    return -1;
}

static int clamp(int value, int n)
{
    return value >= n ? n - 1 : value < 0 ? 0 : value;
}

/* Large text asks one question a page; the pages of the form stay what they are. */
static bool one_by_one(const struct session *s)
{
    return s->view.settings.size >= SIZE_LARGER;
}

static void show(struct session *s, int page, int question)
{
    must(page < FORM_GROUPS_MAX, "a page the form does not have");
    must(s->view.form.pages >= 0 && s->view.form.pages <= FORM_GROUPS_MAX, "more pages than the form has groups");
    s->view.form.page = page = clamp(page, s->view.form.pages ? s->view.form.pages : 1);
    int n = s->view.form.pages ? s->view.form.groups[page].n_fields : 0;

    s->view.form.n_fields = n;
    s->view.form.question = s->view.form.questions = 0;
    memcpy(s->view.form.fields, s->view.form.groups[page].fields, sizeof s->view.form.fields);
    if (!one_by_one(s) || !n)
        return;
    s->view.form.question = clamp(question, n);
    s->view.form.questions = n;
    s->view.form.fields[0] = s->view.form.groups[page].fields[s->view.form.question];
    s->view.form.n_fields = 1;
}

static int question_of_field(const struct session *s, int page, int field)
{
    must(page >= 0 && page < s->view.form.pages, "a page the form does not have");
    for (int i = 0; i < s->view.form.groups[page].n_fields; i++)
        if (s->view.form.groups[page].fields[i] == field)
            return i;
    return 0;
}

void pages_titles(struct session *s)
{
    must(s->fields.item, "titles of no form");
    const struct form *f = &item_in(s->fields.item, s->view.settings.language)->form;
    for (int p = 0; p < s->view.form.pages; p++)
        s->view.form.groups[p].title = f->groups[s->view.form.groups[p].group].title;
    s->view.form.title = s->view.form.pages ? s->view.form.groups[s->view.form.page].title : "";
}

void pages_update(struct session *s)
{
    must(s->fields.item, "pages of no form");
    must(s->pages.anchor < (int)s->fields.item->form.n_fields, "a page is kept for a field the form does not have");
    s->view.form.pages = 0;
    for (size_t g = 0; g < s->fields.item->form.n_groups && g < FORM_GROUPS_MAX; g++)
        place_group(s, (int)g);
    list_locked(s);
    find_signature(s);
    forget_hidden(s);
    int follow = s->pages.anchor >= 0 ? pages_of_field(s, s->pages.anchor) : -1;
    if (follow >= 0)
        show(s, follow, question_of_field(s, follow, s->pages.anchor));
    else
        show(s, s->view.form.page, s->view.form.question);
}

static void pages_show_question(struct session *s, int page, int question)
{
    fields_focus(s, -1);
    show(s, page, question);
    s->pages.anchor = s->view.form.n_fields ? s->view.form.fields[0] : -1;
}

void pages_show(struct session *s, int page)
{
    pages_show_question(s, page, 0);
}

static void show_field(struct session *s, int field)
{
    int page = pages_of_field(s, field);
    must(page >= 0, "a field that stands on no page");

    pages_show_question(s, page, question_of_field(s, page, field));
}

bool pages_next(struct session *s)
{
    if (s->view.form.question + 1 < s->view.form.questions)
        pages_show_question(s, s->view.form.page, s->view.form.question + 1);
    else if (s->view.form.page + 1 < s->view.form.pages)
        pages_show(s, s->view.form.page + 1);
    else
        return false;
    return true;
}

bool pages_previous(struct session *s)
{
    if (s->view.form.question > 0)
        pages_show_question(s, s->view.form.page, s->view.form.question - 1);
    else if (s->view.form.page > 0)
        pages_show_question(s, s->view.form.page - 1, FORM_FIELDS_MAX);
    else
        return false;
    return true;
}

void pages_open(struct session *s)
{
    must(s->fields.item && s->view.identity, "a form is opened for no item or nobody");
    must(s->view.visit && !s->view.reading, "a form is opened where nothing can be handed in");
    must(!s->view.form.submitting, "a form is opened while it is handed in");
    s->view.values = s->fields.values;
    s->pages.edited = false;
    s->pages.anchor = -1;
    pages_update(s);
    session_go(s, s->view.form.pages ? SCREEN_FORM : SCREEN_REVIEW);
    if (s->view.form.pages)
        pages_show(s, 0);
}

/* The first wrong field of all pages gets the focus; false when there is none. */
bool pages_show_wrong(struct session *s)
{
    int wrong = -1;
    for (int p = 0; p < s->view.form.pages && wrong < 0; p++)
        wrong = fields_check_page(s, p);
    if (wrong < 0)
        return false;
    session_go(s, SCREEN_FORM);
    show_field(s, wrong);
    fields_focus(s, wrong);
    return true;
}
