/* SPDX-License-Identifier: Apache-2.0
 *
 * Which fields stand on which page of the form. A page takes whole groups as long as they fit, so that a short form is one
 * page and nobody turns pages for two questions each; a group longer than a page goes on to the next. Conditions decide
 * what counts, so the pages are made anew after every change; the page shown follows the field that was touched.
 */
#include <string.h>

#include "base/text.h"
#include "session/internal.h"

/* Height in half rows of a field (look.md §7): label, box, room for one message. 18 leave room for the locked fields. */
#define PAGE_UNITS 18
#define UNITS_TEXT 4
#define UNITS_CHOICE_ROW 2 /* two choices beside each other */

static bool fillable(const struct session *s, size_t field)
{
    const struct form *f = &s->form_item->form;
    return !f->fields[field].locked && form_visible(f, s->values, field);
}

static int units(const struct form_field *f)
{
    if (f->type == FIELD_CHOICE || f->type == FIELD_CHOICES)
        return UNITS_TEXT - UNITS_CHOICE_ROW + UNITS_CHOICE_ROW * (((int)f->n_choices + 1) / 2);
    return UNITS_TEXT;
}

static int group_units(const struct session *s, int group)
{
    const struct form *f = &s->form_item->form;
    int sum = 0;
    for (size_t i = 0; i < f->n_fields; i++)
        if (f->fields[i].group == group && fillable(s, i))
            sum += units(&f->fields[i]);
    return sum;
}

static void page_title(struct session *s, int page, const char *title)
{
    char *out = s->titles[page];
    size_t cap = sizeof s->titles[page];
    if (out[0])
        text_copy(out + strlen(out), cap - strlen(out), " · ");
    text_copy(out + strlen(out), cap - strlen(out), title ? title : "");
    s->view.form.groups[page].title = out;
}

static void add_page(struct session *s)
{
    int page = s->view.form.pages++;
    s->titles[page][0] = '\0';
    s->view.form.groups[page].n_fields = 0;
}

/* Puts the group's fields on pages; `used` units of the last page are taken. Returns how many are then. */
static int place_group(struct session *s, int group, int used)
{
    const struct form *f = &s->form_item->form;
    int need = group_units(s, group); /* of the whole group for its first field, then of each field */
    bool titled = false;
    for (size_t i = 0; i < f->n_fields; i++) {
        if (f->fields[i].group != group || !fillable(s, i))
            continue;
        need = titled ? units(&f->fields[i]) : need;
        bool full = used > 0 && used + need > PAGE_UNITS && s->view.form.pages < FORM_GROUPS_MAX;
        if (!s->view.form.pages || full) {
            add_page(s);
            used = 0;
        }
        int page = s->view.form.pages - 1;
        if (!titled || full)
            page_title(s, page, f->groups[group].title);
        titled = true;
        s->view.form.groups[page].fields[s->view.form.groups[page].n_fields++] = (int)i;
        used += units(&f->fields[i]);
    }
    return used;
}

static void list_locked(struct session *s)
{
    const struct form *f = &s->form_item->form;
    s->view.form.n_locked = 0;
    for (size_t i = 0; i < f->n_fields; i++)
        if (f->fields[i].locked && form_visible(f, s->values, i))
            s->view.form.locked[s->view.form.n_locked++] = (int)i;
}

static void forget_hidden(struct session *s)
{
    for (size_t i = 0; i < s->form_item->form.n_fields; i++)
        if (!fillable(s, i))
            s->view.form.faults[i].kind = FORM_OK;
    if (s->view.form.focus >= 0 && !fillable(s, (size_t)s->view.form.focus)) {
        s->view.form.focus = -1;
        s->view.form.keyboard = KEYBOARD_NONE;
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

static void show(struct session *s, int page)
{
    int last = s->view.form.pages - 1;
    page = page > last ? last : page;
    page = page < 0 ? 0 : page;
    s->view.form.page = page;
    s->view.form.title = s->view.form.pages ? s->view.form.groups[page].title : "";
    s->view.form.n_fields = s->view.form.pages ? s->view.form.groups[page].n_fields : 0;
    memcpy(s->view.form.fields, s->view.form.groups[page].fields, sizeof s->view.form.fields);
}

void pages_update(struct session *s)
{
    int used = 0;
    s->view.form.pages = 0;
    for (size_t g = 0; g < s->form_item->form.n_groups; g++)
        used = place_group(s, (int)g, used);
    list_locked(s);
    forget_hidden(s);
    int follow = s->anchor >= 0 ? pages_of_field(s, s->anchor) : -1;
    show(s, follow >= 0 ? follow : s->view.form.page);
}

void pages_show(struct session *s, int page)
{
    field_focus(s, -1);
    show(s, page);
    s->anchor = s->view.form.n_fields ? s->view.form.fields[0] : -1;
}
