/* SPDX-License-Identifier: Apache-2.0
 *
 * The card's rules: which one is accepted for an item, that a visit belongs to one reading, and what is said of another
 * card.
 */
#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "session/booking.h"
#include "session/card.h"
#include "session/cases.h"
#include "session/effects.h"
#include "session/fields.h"
#include "session/internal.h"
#include "session/licences.h"

#define CARD_TRIES 3

/* An errand about expired cards takes an expired card: its form has a rule on that. */
static bool takes_expired(const struct form *f)
{
    for (size_t i = 0; i < f->n_rules; i++)
        if (f->rules[i].require == RULE_CARD_EXPIRED)
            return true;
    return false;
}

/* What only the card can fill in must be there: nobody could mend it on the page. */
static bool fills_form(const struct session *s)
{
    must(s->fields.item, "the card fills no form");
    const struct form *f = &s->fields.item->form;
    for (size_t i = 0; i < f->n_fields; i++) {
        if (!f->fields[i].locked || !f->fields[i].required || !form_visible(f, s->fields.values, i))
            continue;
        if (!s->fields.values->text[i][0])
            return false;
        if (f->fields[i].type == FIELD_CITIZEN_NUMBER && !citizen_number_valid(s->fields.values->text[i]))
            return false;
    }
    return true;
}

static void trouble(struct session *s, enum card_trouble why)
{
    must(s->view.visit, "trouble with the card of nobody");
    s->view.card.trouble = why;
    session_go(s, SCREEN_TROUBLE_CARD);
}

static void refuse(struct session *s, enum card_trouble why)
{
    fields_forget(s);
    secret_wipe(s->identity, sizeof *s->identity);
    s->view.identity = NULL;
    trouble(s, why);
}

void card_go_on(struct session *s)
{
    switch (s->card.errand) {
    case CARD_FOR_ITEM:
        licences_open(s);
        break;
    case CARD_FOR_CASES:
        cases_by_card(s);
        break;
    case CARD_FOR_SPEAK:
        speak_by_card(s);
        break;
    case CARD_FOR_BOOKING:
        booking_by_card(s);
        break;
    }
}

static void remove_and_go_on(struct session *s)
{
    if (s->card.present)
        session_go(s, SCREEN_CARD_REMOVE);
    else
        card_go_on(s);
}

/* Whose cases are asked for, who says something, and who has booked, an expired card says as well: who has applied for a
 * new one has no other. */
static void judge_for_name(struct session *s, enum identity_fault fault)
{
    if (fault == IDENTITY_BAD_NUMBER)
        refuse(s, CARD_BAD_NUMBER);
    else if (fault == IDENTITY_NOT_YET && s->view.health.clock_sure)
        refuse(s, CARD_NOT_RESIDENT);
    else
        remove_and_go_on(s);
}

static void judge_for_item(struct session *s, enum identity_fault fault)
{
    must(s->guide.item, "a card is judged for no item");
    const struct item *item = s->guide.item;
    fields_forget(s);
    s->fields.item = item;
    form_prefill(&item->form, s->fields.values, s->identity);
    if (fault == IDENTITY_BAD_NUMBER)
        refuse(s, CARD_BAD_NUMBER);
    else if (fault == IDENTITY_EXPIRED && !takes_expired(&item->form))
        refuse(s, CARD_EXPIRED);
    else if ((fault == IDENTITY_NOT_YET && s->view.health.clock_sure) || !fills_form(s))
        refuse(s, CARD_NOT_RESIDENT);
    else
        remove_and_go_on(s);
}

/* The identity stands in s->identity; the item is the one of the guide page. */
static void judge(struct session *s)
{
    must(s->view.identity == s->identity, "a card is judged that was not read");
    must(s->view.visit && !s->view.reading, "a card is judged where nothing can be handed in");
    enum identity_fault fault = identity_check(s->identity, session_today(s));

    if (s->card.errand == CARD_FOR_ITEM)
        judge_for_item(s, fault);
    else
        judge_for_name(s, fault);
}

static void accept(struct session *s, const struct identity *id)
{
    must(!s->view.values, "a card takes the place of one whose form is being filled");
    s->timed_out = false;
    s->card.present = true;
    s->view.card.tries = 0;
    memcpy(s->identity, id, sizeof *s->identity);
    s->view.identity = s->identity;
    judge(s);
}

/* Of a reader at fault INPUT_HEALTH tells more, right behind this. */
static void failed(struct session *s, enum card_fault why)
{
    must(s->view.visit, "trouble with the card of nobody");
    s->view.card.tries++;
    switch (card_fault_advice(why)) {
    case CARD_ADVICE_KIND:
        trouble(s, CARD_NOT_RESIDENT);
        break;
    case CARD_ADVICE_CHIP:
        trouble(s, CARD_CHIP);
        break;
    case CARD_ADVICE_AGAIN:
    case CARD_ADVICE_READER:
        trouble(s, s->view.card.tries < CARD_TRIES ? CARD_UNREADABLE : CARD_UNREADABLE_LONG);
        break;
    }
}

/* What needs no card any more. */
static bool has_card(struct session *s)
{
    if (!s->view.identity)
        return false;
    if (s->card.errand == CARD_FOR_ITEM && s->fields.item == s->guide.item)
        licences_open(s);
    else
        judge(s);
    return true;
}

void card_begin(struct session *s, enum card_errand errand)
{
    bool item = errand == CARD_FOR_ITEM;

    must(!item || s->guide.item, "an errand without an item");
    must(s->view.visit && !s->view.reading, "an errand where nothing can be handed in");
    s->card.errand = errand;
    s->view.card.cases = errand == CARD_FOR_CASES;
    s->view.card.booking = errand == CARD_FOR_BOOKING;
    if (!s->view.health.storage && item) {
        s->view.storage.before = true;
        s->storage_from = SCREEN_ITEM;
        session_go(s, SCREEN_TROUBLE_STORAGE);
    } else if (has_card(s)) {
        return;
    } else if (s->view.health.reader != READER_READY) {
        session_go(s, SCREEN_TROUBLE_READER);
    } else if (s->card.present && s->card.offered) {
        s->card.offered = false;
        trouble(s, CARD_UNREADABLE); /* it has to be laid down anew */
    } else {
        session_go(s, SCREEN_CARD_WAITING);
    }
}

void card_back(struct session *s)
{
    effects_poll(s, false);
    switch (s->card.errand) {
    case CARD_FOR_ITEM:
        session_go(s, SCREEN_ITEM);
        break;
    case CARD_FOR_CASES:
        session_go(s, SCREEN_HOME);
        break;
    case CARD_FOR_SPEAK:
        session_go(s, SCREEN_SPEAK_WHO);
        break;
    case CARD_FOR_BOOKING:
        booking_card_back(s);
        break;
    }
}

static void reader_changed(struct session *s)
{
    bool ready = s->view.health.reader == READER_READY;
    if (ready && s->base == SCREEN_TROUBLE_READER) {
        s->card.poll = false; /* the reader that came back was told nothing yet */
        session_go(s, SCREEN_CARD_WAITING);
    } else if (!ready && s->base != SCREEN_TROUBLE_READER) {
        session_go(s, SCREEN_TROUBLE_READER);
    }
}

void card_wait(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_HEALTH) {
        reader_changed(s);
    } else if (s->view.health.reader != READER_READY) {
        return; /* what was still on its way when the reader went */
    } else if (in->kind == INPUT_CARD_SEEN) {
        s->timed_out = false; /* whoever lays a card down is there */
        session_go(s, SCREEN_CARD_READING);
    } else if (in->kind == INPUT_CARD_READ && in->identity) {
        accept(s, in->identity);
    } else if (in->kind == INPUT_CARD_FAILED && s->base != SCREEN_TROUBLE_CARD) {
        failed(s, in->card_fault);
    } else if (in->kind == INPUT_CARD_UNKNOWN) {
        trouble(s, CARD_NOT_RESIDENT);
    }
}

/* The visit has its card: the same one says nothing new, any other is ignored, and the resident is told so. */
static void notice(struct session *s, const struct input *in)
{
    must(s->view.identity == s->identity, "a second card without a first");
    if (in->kind == INPUT_CARD_OTHER || in->kind == INPUT_CARD_UNKNOWN)
        s->view.card.other = true;
    else if (in->kind == INPUT_CARD_READ)
        s->view.card.other = !in->identity || !identity_same(in->identity, s->identity);
}

void card_early(struct session *s, const struct input *in)
{
    must(in->identity, "a card that was read is none");
    must(!s->view.identity, "a visit with two cards");
    memcpy(s->identity, in->identity, sizeof *s->identity);
    s->view.identity = s->identity;
    s->card.offered = false;
}

/* Whatever page it is: said, and said again until it is taken. */
void card_left(struct session *s)
{
    s->view.card.remind = true;
    s->view.card.calls++;
    effects_timer(s, TIMER_LEFT, CARD_CALLED_AGAIN);
}

void card_gone(struct session *s)
{
    s->card.offered = s->card.present = s->view.card.remind = s->view.card.other = false;
    effects_timer(s, TIMER_LEFT, 0);
    effects_poll(s, s->card.poll_wanted);
}

void card_input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_CARD_LIFTED) {
        card_gone(s);
    } else if (in->kind != INPUT_CARD_FAILED) {
        if (!s->card.present)
            effects_timer(s, TIMER_LEFT, CARD_LEFT_LYING);
        s->card.present = true;
    }
    if (s->view.identity)
        notice(s, in);
    session_input(s, in);
    if (in->kind == INPUT_CARD_READ && s->card.offered && s->view.visit && !s->view.identity)
        card_early(s, in); /* the screen was touched while it was read */
}
