/* SPDX-License-Identifier: Apache-2.0
 *
 * Does what a card's presence asks for (presence.h): tells, asks the reader, waits.
 */
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "drivers/idcard/idcard_internal.h"

#define POLL_MS 300 /* vendors: no faster */

static void tell_read(struct idcard *r, const struct presence_action *a)
{
    must(r->presence.card == CARD_READ, "a card is told that was not read");
    if (a->not_understood.code)
        log_warn("idcard", "newest address not understood: %s", a->not_understood.text);
    if (r->polling) {
        r->facts.read++;
        r->events.read(r->ctx, r->presence.identity);
    }
    secret_wipe(r->presence.identity, sizeof *r->presence.identity);
}

static void tell_failed(struct idcard *r, const struct presence_action *a)
{
    idcard_note_fault(r, a->why, a->sw3);
    r->facts.unread++;
    if (r->polling)
        r->events.failed(r->ctx, a->why);
}

static void tell_unknown(struct idcard *r, const struct presence_action *a)
{
    must(a->not_understood.code, "a card that was understood is said not to be");
    log_warn("idcard", "card not understood: %s", a->not_understood.text);
    idcard_note_fault(r, a->why, 0);
    r->facts.unread++;
    if (r->polling)
        r->events.unknown(r->ctx);
}

/* True: it was something to tell, and what comes next is to be asked for. */
static bool perform(struct idcard *r, const struct presence_action *a)
{
    switch (a->what) {
    case PRESENCE_NOTHING:
        return false;
    case PRESENCE_REST:
        if (r->polling)
            loop_timer_start(r->timer, POLL_MS);
        return false;
    case PRESENCE_ASK:
        idcard_send(r, a->command, a->timeout_ms, a->optional);
        return false;
    case PRESENCE_SEEN:
        r->events.seen(r->ctx);
        break;
    case PRESENCE_READ:
        tell_read(r, a);
        break;
    case PRESENCE_FAILED:
        tell_failed(r, a);
        break;
    case PRESENCE_UNKNOWN:
        tell_unknown(r, a);
        break;
    case PRESENCE_LIES:
        log_info("idcard", "a card lies there that was read before");
        r->events.lies(r->ctx);
        break;
    case PRESENCE_LIFTED:
        r->events.lifted(r->ctx);
        break;
    }
    return true;
}

static void step(struct idcard *r, struct presence_input in)
{
    struct presence_action a;

    in.polling = r->polling;
    a = presence_step(&r->presence, &in);
    if (in.event == PRESENCE_ANSWERED && (a.sw3 || a.why == CARD_FAULT_UNREADABLE))
        log_info("idcard", "card not read: %s", a.sw3 ? sam_wire_status_text(a.sw3) : "no answer");
    while (perform(r, &a)) {
        in = (struct presence_input){.event = PRESENCE_TOLD, .polling = r->polling};
        a = presence_step(&r->presence, &in);
    }
}

void idcard_look(struct idcard *r)
{
    step(r, (struct presence_input){.event = PRESENCE_LOOK});
}

void idcard_answered(struct idcard *r, const struct sam_reply *reply)
{
    step(r, (struct presence_input){.event = PRESENCE_ANSWERED, .reply = reply});
}

void idcard_lose_card(struct idcard *r, enum card_fault why)
{
    step(r, (struct presence_input){.event = PRESENCE_LOST, .why = why});
}
