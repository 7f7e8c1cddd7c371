/* SPDX-License-Identifier: Apache-2.0
 *
 * See licences.h. A question has a serial: what comes for an earlier one, or after the page was left, is let go.
 */
#include "session/licences.h"

#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "session/effects.h"
#include "session/internal.h"

void licences_create(struct session *s)
{
    s->licences.known = secret_alloc(sizeof *s->licences.known);
}

void licences_destroy(struct session *s)
{
    secret_free(s->licences.known, sizeof *s->licences.known);
}

void licences_anew(struct session *s)
{
    secret_wipe(s->licences.known, sizeof *s->licences.known);
    memset(&s->view.licences, 0, sizeof s->view.licences);
    s->licences.item = NULL;
    s->licences.serial++;
}

void licences_forget(struct session *s)
{
    licences_anew(s);
}

/* --- the way there and back --- */

static bool wanted(const struct item *item)
{
    for (size_t i = 0; i < item->n_materials; i++)
        if (my_licence_wanted(&item->materials[i]))
            return true;
    return false;
}

void licences_open(struct session *s)
{
    must(s->fields.item && s->view.identity, "licences for no item or of nobody");
    if (!wanted(s->fields.item)) {
        pages_open(s);
        return;
    }
    s->view.values = s->fields.values;
    session_go(s, SCREEN_LICENCES);
}

void licences_back(struct session *s)
{
    must(s->fields.item, "back from no form");
    session_go(s, wanted(s->fields.item) ? SCREEN_LICENCES : SCREEN_ITEM);
}

/* --- question and answer --- */

void licences_ask(struct session *s)
{
    must(s->view.visit && !s->view.reading, "a question of nobody");
    licences_anew(s);
    s->licences.item = s->fields.item;
    s->view.licences.asking = ASKED_WAITING;
    effects_ask(s, QUESTION_LICENCES);
    effects_timer(s, TIMER_PAGE, ASK_LIMIT);
}

static void refused(struct session *s, enum ask_reason why, bool silent)
{
    must(why > ASK_ANSWERED && why < ASK_REASONS, "refused for no reason there is");
    s->view.licences.asking = ASKED_REFUSED;
    s->view.licences.why = why;
    s->view.licences.silent = silent;
    s->licences.serial++;
}

static const struct my_licence *held(const struct session *s, size_t i)
{
    const struct item_material *m = &s->fields.item->materials[i];
    const struct my_licence *l = s->view.licences.known && my_licence_wanted(m)
                                     ? my_licence_of(s->view.licences.known, m->licence_kind)
                                     : NULL;

    return l && l->state == MY_LICENCE_HELD ? l : NULL;
}

/* What was chosen before, of what is not held any more, does not count. */
static void known(struct session *s, const struct my_licences *m)
{
    struct form_licences *chosen = &s->fields.values->licences;

    must(m->n >= 0 && m->n <= ITEM_LIST_MAX, "more licences than there is room for");
    memcpy(s->licences.known, m, sizeof *m);
    s->view.licences.known = s->licences.known;
    s->view.licences.asking = ASKED_KNOWN;
    for (size_t i = 0; i < s->fields.item->n_materials; i++)
        if (!held(s, i)) {
            chosen->use &= ~(UINT32_C(1) << i);
            chosen->bring &= ~(UINT32_C(1) << i);
        }
}

void licences_answer(struct session *s, const struct input *in)
{
    if (s->view.licences.asking != ASKED_WAITING)
        return;
    if (in->kind == INPUT_TIMER && in->timer == TIMER_PAGE) {
        refused(s, ASK_HALL_AWAY, true);
    } else if (in->kind == INPUT_ASKED && in->asked.serial == s->licences.serial) {
        effects_timer(s, TIMER_PAGE, 0);
        if (in->asked.licences)
            known(s, in->asked.licences);
        else
            refused(s, in->asked.why, false);
    }
}

/* --- what is chosen --- */

/* As with any answer: consent and signature were given to the old content. */
static void changed(struct session *s)
{
    s->fields.values->licences.at = s->view.now_ms;
    s->fields.typed = true;
    s->view.form.consent = false;
    fields_forget_signature(s);
}

void licences_choose(struct session *s, int material, bool use)
{
    struct form_licences *chosen = &s->fields.values->licences;

    if (material < 0 || (size_t)material >= s->fields.item->n_materials || !held(s, (size_t)material))
        return;
    uint32_t bit = UINT32_C(1) << material;

    chosen->use = use ? chosen->use | bit : chosen->use & ~bit;
    chosen->bring = use ? chosen->bring & ~bit : chosen->bring | bit;
    s->view.licences.missing &= !licences_chosen(s);
    changed(s);
}

void licences_bring_all(struct session *s)
{
    for (size_t i = 0; i < s->fields.item->n_materials; i++)
        licences_choose(s, (int)i, false);
}

bool licences_chosen(const struct session *s)
{
    const struct form_licences *chosen = &s->fields.values->licences;

    for (size_t i = 0; i < s->fields.item->n_materials; i++)
        if (held(s, i) && !((chosen->use | chosen->bring) >> i & 1))
            return false;
    return true;
}
