/* SPDX-License-Identifier: Apache-2.0
 *
 * The form: pages of fields, back and forth without loss.
 */
#include "session/internal.h"

void form_open(struct session *s)
{
    s->view.values = s->values;
    s->edited = false;
    s->anchor = -1;
    pages_update(s);
    go(s, s->view.form.pages ? SCREEN_FORM : SCREEN_REVIEW);
    if (s->view.form.pages)
        pages_show(s, 0);
}

static void previous(struct session *s)
{
    s->edited = false;
    if (!pages_previous(s)) {
        field_focus(s, -1);
        go(s, SCREEN_ITEM);
    }
    s->view.card.other = false;
}

/* The first wrong field of all pages gets the focus; false when there is none. */
bool form_wrong(struct session *s)
{
    int wrong = -1;
    for (int p = 0; p < s->view.form.pages && wrong < 0; p++)
        wrong = fields_check_page(s, p);
    if (wrong < 0)
        return false;
    go(s, SCREEN_FORM);
    pages_show_field(s, wrong);
    field_focus(s, wrong);
    return true;
}

static void next(struct session *s)
{
    field_focus(s, -1);
    int wrong = fields_check_shown(s);
    bool more = s->view.form.question + 1 < s->view.form.questions; /* of the same page */
    bool last = s->view.form.page + 1 >= s->view.form.pages && !more;
    s->view.card.other = false;
    if (wrong >= 0)
        field_focus(s, wrong);
    else if (s->edited && more)
        pages_next(s);
    else if ((last || s->edited) && form_wrong(s))
        return;
    else if (last || s->edited)
        go(s, SCREEN_REVIEW);
    else
        pages_next(s);
}

static void focus(struct session *s, int field)
{
    field_focus(s, field);
    if (s->form_item->form.fields[field].type == FIELD_REGION)
        region_open(s, field);
}

static void edit(struct session *s, struct intent i)
{
    if (i.kind == INTENT_FOCUS && field_on_page(s, i.a))
        focus(s, i.a);
    else if (i.kind == INTENT_WRITTEN)
        field_focus(s, -1);
    else if (i.kind == INTENT_CHOOSE && field_on_page(s, i.a))
        field_choose(s, i.a, i.b);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK || i.kind == INTENT_PREVIOUS)
        previous(s);
    else if (i.kind == INTENT_NEXT)
        next(s);
    else if (!entry_intent(s, i))
        edit(s, i);
}

const struct state state_FORM = {.intent = intent, .rest = REST_FORM, .can_back = true};
