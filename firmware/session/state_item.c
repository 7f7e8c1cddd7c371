/* SPDX-License-Identifier: Apache-2.0
 *
 * The guide page of an item: all of the truth before the button.
 */
#include <string.h>

#include "base/must.h"
#include "session/card.h"
#include "session/effects.h"
#include "session/fields.h"
#include "session/guide.h"
#include "session/internal.h"
#include "session/newer.h"
#include "session/searching.h"

#define ITEM_PAGES 2

void guide_answer(struct session *s, const struct input *in)
{
    must(s->view.visit, "an item is opened for nobody");
    must(s->guide.asked, "an item that was not asked for");
    s->guide.asked = false;
    if (in->item && in->item->newer) {
        s->guide.item = in->item;
        newer_item(s);
    } else if (in->item) {
        s->guide.from = s->base;
        s->guide.item = in->item;
        s->view.item.page = 0;
        s->view.item.pages = ITEM_PAGES;
        session_go(s, SCREEN_ITEM);
    } else if (s->base == SCREEN_BROWSE) { /* a newer catalogue has it no more: show what there is */
        effects_browse(s, s->view.browse.theme, 0);
    } else if (s->base == SCREEN_SEARCH) {
        searching_again(s);
    } else {
        effects_once(s, EFFECT_HOME);
    }
}

/* Between 开始办理 and the record. */
static bool fills_in(const struct session *s)
{
    enum screen at = s->base;
    bool card = at == SCREEN_CARD_WAITING || at == SCREEN_CARD_READING || at == SCREEN_CARD_REMOVE ||
                at == SCREEN_TROUBLE_CARD || at == SCREEN_TROUBLE_READER;

    if (at == SCREEN_TROUBLE_STORAGE)
        return s->storage_from == SCREEN_REVIEW || s->storage_from == SCREEN_ITEM;
    return at == SCREEN_LICENCES || at == SCREEN_FORM || at == SCREEN_REGION || at == SCREEN_REVIEW ||
           (card && s->card.errand == CARD_FOR_ITEM);
}

/* Nothing more of it can be handed in; what is on its way to the journal is. What was typed stays as long as the visit: the
 * item may be back before that. */
void guide_halts(struct session *s, const struct halts *h)
{
    s->view.halts = *h;
    if (!s->view.visit || !s->guide.item || session_pending(s) || !fills_in(s) || !halts_item(h, s->guide.item))
        return;
    if (s->base == SCREEN_FORM)
        fields_focus(s, -1);
    memset(&s->view.region, 0, sizeof s->view.region);
    effects_poll(s, false);
    s->view.item.page = 0;
    session_go(s, SCREEN_ITEM);
}

/* The values kept belong to one item; another one's page must not see them. */
static void enter(struct session *s)
{
    must(s->guide.item && !s->guide.item->newer, "a guide page without an item");
    s->view.values = s->fields.item == s->guide.item && s->fields.typed ? s->fields.values : NULL;
}

static void intent(struct session *s, struct intent i)
{
    must(s->guide.item, "a guide page without an item");
    if (i.kind == INTENT_BACK && s->view.item.page > 0)
        s->view.item.page--;
    else if (i.kind == INTENT_BACK)
        session_go(s, s->guide.from);
    else if (i.kind == INTENT_PAGE && i.a >= 0 && i.a < s->view.item.pages)
        s->view.item.page = i.a;
    else if (i.kind == INTENT_APPLY && s->guide.item->is_service_terminals && !s->view.reading &&
             !s->view.health.no_applications && !halts_item(&s->view.halts, s->guide.item))
        card_begin(s, CARD_FOR_ITEM);
}

const struct state state_ITEM = {.enter = enter, .intent = intent, .rest = REST_FORM, .can_back = true};
