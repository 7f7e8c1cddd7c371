/* SPDX-License-Identifier: Apache-2.0
 *
 * Review: everything once more, the consent, and the one button that hands the application in. Between the button and the
 * durable record nothing on the page can be touched, and no number exists.
 */
#include "base/text.h"
#include "session/internal.h"

static bool consented(struct session *s)
{
    bool needed = s->form_item->form.consent != NULL;
    s->view.form.consent_missing = needed && !s->view.form.consent;
    return !s->view.form.consent_missing;
}

void submit(struct session *s)
{
    if (!consented(s) || form_wrong(s))
        return;
    struct effect_record *r = fx_record(s, RECORD_APPLICATION, "");
    r->item = s->form_item;
    r->identity = s->identity;
    r->values = s->values;
    s->view.form.submitting = true;
}

/* From here on only the masked name and number on the receipt are needed: what was typed is forgotten at once. */
void handed_in(struct session *s, const struct input *in)
{
    s->item = s->form_item;
    forget_values(s);
    s->finished = true;
    text_copy(s->view.done.number, sizeof s->view.done.number, in->number);
    receipt_qr_text(s->view.done.number, s->config.place.terminal, s->view.done.qr);
    s->view.done.promised = in->promised;
    s->view.done.provisional = in->provisional;
    s->view.done.submitted_ms = in->now_ms;
    s->copy[ROLE_RECEIPT] = 1;
    print_paper(s, ROLE_RECEIPT);
}

static void back_to_form(struct session *s, int page, bool edited)
{
    if (page < 0 || page >= s->view.form.pages)
        return;
    s->edited = edited;
    go(s, SCREEN_FORM);
    pages_show(s, page);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK || i.kind == INTENT_PREVIOUS) {
        if (s->view.form.pages)
            back_to_form(s, s->view.form.pages - 1, false);
        else
            go(s, SCREEN_ITEM);
    } else if (i.kind == INTENT_EDIT) {
        back_to_form(s, i.a, true);
    } else if (i.kind == INTENT_CONSENT) {
        s->view.form.consent = !s->view.form.consent;
        s->view.form.consent_missing = false;
    } else if (i.kind == INTENT_SUBMIT) {
        submit(s);
    }
}

const struct state state_REVIEW = {.intent = intent, .rest = REST_FORM};
