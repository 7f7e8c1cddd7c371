/* SPDX-License-Identifier: Apache-2.0
 *
 * The guide page of an item: all of the truth before the button.
 */
#include "session/internal.h"

#define ITEM_PAGES 2

void item_answer(struct session *s, const struct input *in)
{
    s->item_asked = false;
    if (in->item && in->item->newer) {
        s->item = in->item;
        newer_item(s);
    } else if (in->item) {
        s->item_from = s->base;
        s->item = in->item;
        s->view.item.page = 0;
        s->view.item.pages = ITEM_PAGES;
        go(s, SCREEN_ITEM);
    } else if (s->base == SCREEN_BROWSE) { /* a newer catalogue has it no more: show what there is */
        fx_browse(s, s->view.browse.theme, 0);
    } else if (s->base == SCREEN_SEARCH) {
        find_again(s);
    } else {
        fx_simple(s, EFFECT_HOME);
    }
}

/* The values kept belong to one item; another one's page must not see them. */
static void enter(struct session *s)
{
    s->view.values = s->form_item == s->item && s->typed ? s->values : NULL;
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK && s->view.item.page > 0)
        s->view.item.page--;
    else if (i.kind == INTENT_BACK)
        go(s, s->item_from);
    else if (i.kind == INTENT_PAGE && i.a >= 0 && i.a < s->view.item.pages)
        s->view.item.page = i.a;
    else if (i.kind == INTENT_APPLY && s->item->terminal && !s->view.reading && !s->view.health.no_applications)
        card_begin(s);
}

const struct state state_ITEM = {.enter = enter, .intent = intent, .rest = REST_FORM, .can_back = true};
