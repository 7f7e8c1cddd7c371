/* SPDX-License-Identifier: Apache-2.0
 *
 * Review: everything once more, the consent, the signature where the item asks for one, and the one button that hands the
 * application in. Between the button and the durable record nothing on the page can be touched, and no number exists.
 */
#include <string.h>

#include "base/must.h"
#include "base/text.h"
#include "session/effects.h"
#include "session/fields.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/licences.h"
#include "session/pages.h"
#include "session/review.h"

static bool consented(struct session *s)
{
    must(s->fields.item, "consent to no form");
    bool needed = s->fields.item->form.consent != NULL;
    s->view.form.consent_missing = needed && !s->view.form.consent;
    return !s->view.form.consent_missing;
}

static bool signed_by_hand(struct session *s)
{
    must(s->view.form.signature < (int)s->fields.item->form.n_fields, "a signature in a field the form does not have");
    int field = s->view.form.signature;
    bool needed = field >= 0 && s->fields.item->form.fields[field].required;
    s->view.form.signature_missing = needed && !s->fields.values->text[field][0];
    return !s->view.form.signature_missing;
}

/* Both are asked for at once: nobody is sent back twice. */
void review_submit(struct session *s)
{
    must(s->fields.item && s->view.values == s->fields.values, "nothing is handed in");
    must(s->view.identity == s->identity, "something is handed in by nobody");
    must(s->view.visit && !s->view.reading, "something is handed in where nothing can be");
    must(!session_pending(s), "something is handed in twice");
    if (halts_item(&s->view.halts, s->fields.item)) { /* it came while the record failed */
        session_go(s, SCREEN_ITEM);
        return;
    }
    bool agreed = consented(s);
    if (!signed_by_hand(s) || !agreed || pages_show_wrong(s))
        return;
    struct effect_record *r = effects_record(s, RECORD_APPLICATION, "");
    r->item = s->fields.item;
    r->identity = s->identity;
    r->values = s->fields.values;
    s->view.form.submitting = true;
}

static void tell_number(const struct session *s, const struct input *in, struct view *v)
{
    must(in->number[0], "handed in without a number");
    must(s->fields.item, "a number for no form");
    const char *terminal = s->config.place.terminal;
    text_copy(v->done.number, sizeof v->done.number, in->number);
    receipt_qr_text(v->done.number, terminal, v->done.qr);
    v->done.promised = in->promised;
    v->done.accepted = in->accepted;
    v->done.n_parts = (int)s->fields.item->n_joined;
    memcpy(v->done.parts, in->parts, sizeof v->done.parts);
    v->done.provisional = in->provisional;
    v->done.provisional_year = in->provisional_year;
    demand_of(s->fields.item, s->fields.values, &v->done.demand);
    v->done.submitted_ms = in->now_ms;
}

bool session_foresee(const struct session *s, const struct input *in, struct view *ret)
{
    if (s->view.screen != SCREEN_REVIEW || session_pending(s) ||
        !jobs_printer_usable(s->view.health.printer[DEVICE_RECEIPT]))
        return false;
    *ret = s->view;
    ret->screen = SCREEN_SUCCESS;
    ret->can_back = false;
    ret->card.other = false;
    ret->done.print = PRINT_RUNNING;
    ret->done.copy = 1;
    tell_number(s, in, ret);
    return true;
}

/* From here on only the masked name and number on the receipt are needed: what was typed is forgotten at once. */
void review_recorded(struct session *s, const struct input *in)
{
    must(s->view.form.submitting, "a number for what was not handed in");
    must(!s->view.done.number[0], "two numbers in one visit");
    s->guide.item = s->fields.item;
    tell_number(s, in, &s->view);
    fields_forget(s);
    s->finished = true;
    s->jobs.copy[DEVICE_RECEIPT] = 1;
    jobs_print(s, DEVICE_RECEIPT);
}

static void back_to_form(struct session *s, int page, bool edited)
{
    if (page < 0 || page >= s->view.form.pages)
        return;
    s->pages.edited = edited;
    session_go(s, SCREEN_FORM);
    pages_show(s, page);
}

static void pen(struct session *s, struct intent i)
{
    must(s->view.form.signature < (int)s->fields.item->form.n_fields, "a signature in a field the form does not have");
    int field = s->view.form.signature;
    if (field < 0 || s->view.form.submitting)
        return;
    if (i.kind == INTENT_PEN_DOWN)
        ink_down(&s->fields.values->ink, ink_signature, i.a, i.b);
    else
        ink_move(&s->fields.values->ink, ink_signature, i.a, i.b);
    if (!ink_enough(&s->fields.values->ink))
        return;
    text_copy(s->fields.values->text[field], sizeof s->fields.values->text[field], FORM_SIGNED);
    s->view.form.signature_missing = false;
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK || i.kind == INTENT_PREVIOUS) {
        if (s->view.form.pages)
            back_to_form(s, s->view.form.pages - 1, false);
        else
            licences_back(s);
    } else if (i.kind == INTENT_EDIT) {
        back_to_form(s, i.a, true);
    } else if (i.kind == INTENT_CONSENT) {
        s->view.form.consent = !s->view.form.consent;
        s->view.form.consent_missing = false;
    } else if (i.kind == INTENT_PEN_DOWN || i.kind == INTENT_PEN_MOVE) {
        pen(s, i);
    } else if (i.kind == INTENT_SIGN_AGAIN) {
        fields_forget_signature(s);
    } else if (i.kind == INTENT_SUBMIT) {
        review_submit(s);
    }
}

const struct state state_REVIEW = {.intent = intent, .rest = REST_FORM};
