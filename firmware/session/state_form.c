/* SPDX-License-Identifier: Apache-2.0
 *
 * The form: pages of fields, back and forth without loss.
 */
#include "base/must.h"
#include "session/entry.h"
#include "session/fields.h"
#include "session/internal.h"
#include "session/licences.h"
#include "session/pages.h"
#include "session/region.h"

static void previous(struct session *s)
{
    must(s->fields.item, "a page of no form");
    s->pages.edited = false;
    if (!pages_previous(s)) {
        fields_focus(s, -1);
        licences_back(s);
    }
    s->view.card.other = false;
}

static void next(struct session *s)
{
    must(s->fields.item && s->view.values, "a form without values");
    fields_focus(s, -1);
    int wrong = fields_check_shown(s);
    bool more = s->view.form.question + 1 < s->view.form.questions; /* of the same page */
    bool last = s->view.form.page + 1 >= s->view.form.pages && !more;
    s->view.card.other = false;
    if (wrong >= 0)
        fields_focus(s, wrong);
    else if (s->pages.edited && more)
        pages_next(s);
    else if ((last || s->pages.edited) && pages_show_wrong(s))
        return;
    else if (last || s->pages.edited)
        session_go(s, SCREEN_REVIEW);
    else
        pages_next(s);
}

static void focus(struct session *s, int field)
{
    must(fields_on_page(s, field), "a field of another page has the focus");
    fields_focus(s, field);
    if (s->fields.item->form.fields[field].type == FIELD_REGION)
        region_open(s, field);
}

static void edit(struct session *s, struct intent i)
{
    if (i.kind == INTENT_FOCUS && fields_on_page(s, i.a))
        focus(s, i.a);
    else if (i.kind == INTENT_WRITTEN)
        fields_focus(s, -1);
    else if (i.kind == INTENT_CHOOSE && fields_on_page(s, i.a))
        fields_choose(s, i.a, i.b);
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
