/* SPDX-License-Identifier: Apache-2.0
 *
 * The review page: consent, signature, and what takes them back.
 */
#include "session/play.h"

/* A page with a mobile number, and a signature on the review page. */
static const struct item *to_sign(void)
{
    static struct item it;
    it = *item_a();
    it.form.n_rules = 0;
    it.form.n_groups = 1;
    it.form.n_fields = 2;
    it.form.fields[0] = (struct form_field){
        .id = "mobile", .label = "手机号", .type = FIELD_MOBILE, .required = true, .show_if = {.field = -1}};
    it.form.fields[1] = (struct form_field){
        .id = "sign", .label = "签名", .type = FIELD_SIGNATURE, .required = true, .show_if = {.field = -1}};
    return &it;
}

static void to_review(struct play *p)
{
    play_begin(p);
    p->item = to_sign();
    play_tap(p, INTENT_START, 0);
    play_tap(p, INTENT_ITEM, 0);
    play_tap(p, INTENT_APPLY, 0);
    play_card(p, &p->card);
    play_event(p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(p, FORM);
    CHECK_INT(p->v->form.pages, 1);
    CHECK_INT(p->v->form.n_fields, 1); /* nobody is asked to sign on the form */
    play_type(p, 0, "13800000123");
    play_tap(p, INTENT_NEXT, 0);
    CHECK_SCREEN(p, REVIEW);
    CHECK_INT(p->v->form.signature, 1);
}

static void draw(struct play *p)
{
    play_tap2(p, INTENT_PEN_DOWN, 100, 100);
    play_tap2(p, INTENT_PEN_MOVE, 300, 100);
}

TEST(without_signature_nothing_is_handed_in)
{
    struct play p;
    to_review(&p);
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK(p.v->form.consent_missing && p.v->form.signature_missing); /* both are said at once */
    play_tap(&p, INTENT_CONSENT, 0);
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(&p, REVIEW);
    draw(&p);
    CHECK(!p.v->form.signature_missing);
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(&p, SUCCESS);
    play_end(&p);
}

TEST(signing_again_begins_with_nothing)
{
    struct play p;
    to_review(&p);
    draw(&p);
    CHECK_STR(p.v->values->text[1], FORM_SIGNED);
    play_tap(&p, INTENT_SIGN_AGAIN, 0);
    CHECK_INT(p.v->values->ink.n, 0);
    CHECK_STR(p.v->values->text[1], "");
    play_tap(&p, INTENT_CONSENT, 0);
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK(p.v->form.signature_missing);
    play_end(&p);
}

TEST(what_is_changed_must_be_signed_anew)
{
    struct play p;
    to_review(&p);
    draw(&p);
    play_tap(&p, INTENT_EDIT, 0);
    play_tap(&p, INTENT_FOCUS, 0);
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, REVIEW);
    CHECK(p.v->values->ink.n > 0); /* only looked at */
    play_tap(&p, INTENT_EDIT, 0);
    play_tap(&p, INTENT_FOCUS, 0);
    play_tap(&p, INTENT_BACKSPACE, 0);
    play_tap(&p, INTENT_KEY, '4');
    play_tap(&p, INTENT_NEXT, 0);
    CHECK_SCREEN(&p, REVIEW);
    CHECK_INT(p.v->values->ink.n, 0);
    play_end(&p);
}

TEST(nothing_is_left_of_it)
{
    struct play p;
    to_review(&p);
    draw(&p);
    const struct form_values *values = p.v->values;
    play_tap(&p, INTENT_CONSENT, 0);
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(&p, SUCCESS);
    CHECK_INT(values->ink.n, 0);
    CHECK_INT(values->ink.points[1].x, 0);
    play_end(&p);
}

TEST(what_is_foreseen_comes)
{
    static struct view next;
    const struct input in = {.kind = INPUT_RECORDED,
                             .record = RECORD_APPLICATION,
                             .number = CASE_ONE,
                             .promised = {2026, 2, 2},
                             .accepted = {2026, 1, 12},
                             .provisional_year = 2026,
                             .provisional = true};
    struct play p;

    to_review(&p);
    draw(&p);
    play_tap(&p, INTENT_CONSENT, 0);
    CHECK(session_foresee(p.s, &in, &next));
    CHECK_SCREEN(&p, REVIEW);
    CHECK_STR(p.v->done.number, "");
    p.silent = true;
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK(!session_foresee(p.s, &in, &next)); /* it is being recorded */
    play_input(&p, in);
    CHECK_SCREEN(&p, SUCCESS);
    CHECK_INT(next.screen, SCREEN_SUCCESS);
    CHECK_STR(next.done.number, p.v->done.number);
    CHECK_STR(next.done.qr, p.v->done.qr);
    CHECK_MEM(&next.done.promised, &p.v->done.promised, sizeof next.done.promised);
    CHECK_INT(next.done.provisional, p.v->done.provisional);
    CHECK_INT(next.done.provisional_year, 2026);
    CHECK_INT(p.v->done.provisional_year, 2026);
    CHECK_INT(p.v->done.accepted.day, 12);
    CHECK_MEM(&next.done.accepted, &p.v->done.accepted, sizeof next.done.accepted);
    CHECK_MEM(&next.done.demand, &p.v->done.demand, sizeof next.done.demand);
    CHECK_INT(next.done.print, p.v->done.print);
    CHECK_INT(next.done.copy, p.v->done.copy);
    CHECK_INT(next.can_back, p.v->can_back);
    CHECK(next.item.item == p.v->item.item);
    CHECK(!session_foresee(p.s, &in, &next));
    play_end(&p);
}

TEST(without_paper_nothing_is_foreseen)
{
    static struct view next;
    const struct input in = {.kind = INPUT_RECORDED, .record = RECORD_APPLICATION, .number = CASE_ONE};
    struct play p;

    to_review(&p);
    CHECK(session_foresee(p.s, &in, &next));
    p.health.printer[DEVICE_RECEIPT] = PRINTER_NO_PAPER;
    play_health(&p);
    CHECK(!session_foresee(p.s, &in, &next));
    play_end(&p);
}

TEST_MAIN(T(without_signature_nothing_is_handed_in), T(signing_again_begins_with_nothing),
          T(what_is_changed_must_be_signed_anew), T(nothing_is_left_of_it), T(what_is_foreseen_comes),
          T(without_paper_nothing_is_foreseen))
