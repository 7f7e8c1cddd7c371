/* SPDX-License-Identifier: Apache-2.0
 *
 * The PIN behind a staff card. A try is counted in the journal before it is compared, so that pulling the plug does not take
 * it back; kiosk.c says how long to wait after too many.
 */
#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "session/effects.h"
#include "session/internal.h"
#include "session/settings.h"
#include "session/staff.h"
#include "session/visit.h"

#define REST_STAFF_PIN 60000

struct effect_record *staff_record(struct session *s, enum record_kind kind, const char *what)
{
    struct effect_record *r = effects_record(s, kind, what);

    text_copy(r->header.staff, sizeof r->header.staff, s->view.staff.badge.id);
    return r;
}

static void forget_pin(struct session *s)
{
    secret_wipe(s->staff.pin, STAFF_DIGITS + 1);
    s->view.staff.digits = 0;
}

static void wait_for(struct session *s, int seconds)
{
    must(seconds >= 0, "a wait that is over before it began");
    s->view.staff.wait_s = seconds;
    s->staff.pin_open_at = s->view.now_ms + seconds * INT64_C(1000);
}

void staff_card(struct session *s, const struct input *in)
{
    must(in->badge, "the card of nobody");
    must(visit_at_rest(s) && !s->view.visit, "a technician takes the place of somebody");
    memset(&s->view.staff, 0, sizeof s->view.staff);
    s->view.staff.on = true;
    s->view.staff.badge = *in->badge;
    wait_for(s, in->badge->wait_s);
    s->view.staff.trouble = in->badge->expired ? STAFF_EXPIRED : STAFF_FINE;
    session_go(s, SCREEN_STAFF_PIN);
}

void staff_leave(struct session *s)
{
    must(s->view.staff.on, "a technician leaves who was not there");
    if (s->view.staff.in)
        staff_record(s, RECORD_STAFF, "leave");
    forget_pin(s);
    memset(&s->view.staff, 0, sizeof s->view.staff);
    memset(&s->view.keys, 0, sizeof s->view.keys);
    s->rest_running = 0;
    effects_timer(s, TIMER_REST, 0);
    effects_staff(s, STAFF_OVER);
    settings_reset(s);
    if (s->card.present)
        session_go(s, SCREEN_CARD_REMOVE);
    else
        visit_rest(s);
}

static bool open_for_digits(const struct session *s)
{
    return s->view.staff.wait_s == 0 && s->view.staff.trouble != STAFF_EXPIRED;
}

static void enter(struct session *s)
{
    forget_pin(s);
    s->view.keys.kind = open_for_digits(s) ? KEYBOARD_DIGITS : KEYBOARD_NONE;
    if (s->view.staff.wait_s > 0)
        effects_timer(s, TIMER_PAGE, 1000);
}

/* What is shown follows the clock, never upwards; kiosk.c keeps its own count of when a PIN may be compared. */
static void count_down(struct session *s)
{
    int64_t left = (s->staff.pin_open_at - s->view.now_ms + 999) / 1000;
    int next = s->view.staff.wait_s - 1;

    s->view.staff.wait_s = left < 0 ? 0 : left < next ? (int)left : next;
    s->view.staff.trouble = STAFF_FINE;
    enter(s);
}

static void digit(struct session *s, int c)
{
    must(s->view.staff.digits >= 0 && s->view.staff.digits <= STAFF_DIGITS, "a PIN longer than there is room for");
    if (c < '0' || c > '9' || s->view.staff.digits == STAFF_DIGITS)
        return;
    s->staff.pin[s->view.staff.digits++] = (char)c;
    s->view.staff.trouble = STAFF_FINE;
}

static void attempt(struct session *s)
{
    if (s->view.staff.digits < STAFF_DIGITS)
        return;
    staff_record(s, RECORD_STAFF, "pin");
    effects_staff(s, STAFF_CHECK_PIN);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_END || i.kind == INTENT_BACK)
        staff_leave(s);
    else if (!open_for_digits(s))
        return;
    else if (i.kind == INTENT_KEY)
        digit(s, i.a);
    else if (i.kind == INTENT_BACKSPACE && s->view.staff.digits > 0)
        s->staff.pin[--s->view.staff.digits] = '\0';
    else if (i.kind == INTENT_CLEAR)
        forget_pin(s);
    else if (i.kind == INTENT_WRITTEN || i.kind == INTENT_NEXT)
        attempt(s);
}

static void answer(struct session *s, const struct input *in)
{
    must(s->view.staff.on, "a PIN of nobody");
    wait_for(s, in->wait_s);
    if (in->right) {
        staff_record(s, RECORD_STAFF, "open");
        s->view.staff.in = true;
        s->view.staff.trouble = STAFF_FINE;
        forget_pin(s);
        s->view.keys.kind = KEYBOARD_NONE;
        session_go(s, SCREEN_TECHNICIAN);
    } else {
        s->view.staff.trouble = s->view.health.storage ? STAFF_WRONG : STAFF_UNRECORDED;
        session_go(s, SCREEN_STAFF_PIN);
    }
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_STAFF_PIN) {
        answer(s, in);
    } else if (in->kind == INPUT_TIMER && in->timer == TIMER_PAGE && s->view.staff.wait_s > 0) {
        count_down(s);
    }
}

const struct state state_STAFF_PIN = {.enter = enter, .intent = intent, .input = input, .rest = REST_STAFF_PIN};
