/* SPDX-License-Identifier: Apache-2.0
 *
 * Does what a card's presence asks for (presence.h): tells, asks the reader, waits.
 */
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "drivers/sam/sam_internal.h"

#define POLL_MS 300 /* vendors: no faster */

static void tell_read(struct sam_reader *r, const struct presence_action *a)
{
    must(r->presence.card == CARD_READ, "a card is told that was not read");
    if (a->not_understood.code)
        log_warn("idcard", "newest address not understood: %s", a->not_understood.text);
    idcard_tell_read(r->to, r->presence.identity);
    secret_wipe(r->presence.identity, sizeof *r->presence.identity);
}

static void tell_failed(struct sam_reader *r, const struct presence_action *a)
{
    idcard_note_fault(r->to, a->why, a->sw3);
    idcard_tell_failed(r->to, a->why);
}

static void tell_unknown(struct sam_reader *r, const struct presence_action *a)
{
    must(a->not_understood.code, "a card that was understood is said not to be");
    log_warn("idcard", "card not understood: %s", a->not_understood.text);
    idcard_note_fault(r->to, a->why, 0);
    idcard_tell_unknown(r->to);
}

/* True: it was something to tell, and what comes next is to be asked for. */
static bool perform(struct sam_reader *r, const struct presence_action *a)
{
    switch (a->what) {
    case PRESENCE_NOTHING:
        return false;
    case PRESENCE_REST:
        if (idcard_polls(r->to))
            loop_timer_start(r->timer, POLL_MS);
        return false;
    case PRESENCE_ASK:
        sam_reader_send(r, a->command, a->timeout_ms, a->optional);
        return false;
    case PRESENCE_SEEN:
        idcard_tell_seen(r->to);
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
        idcard_tell_lies(r->to);
        break;
    case PRESENCE_LIFTED:
        idcard_tell_lifted(r->to);
        break;
    }
    return true;
}

static void step(struct sam_reader *r, struct presence_input in)
{
    struct presence_action a;

    in.polling = idcard_polls(r->to);
    a = presence_step(&r->presence, &in);
    if (in.event == PRESENCE_ANSWERED && (a.sw3 || a.why == CARD_FAULT_UNREADABLE))
        log_info("idcard", "card not read: %s", a.sw3 ? sam_wire_status_text(a.sw3) : "no answer");
    while (perform(r, &a)) {
        in = (struct presence_input){.event = PRESENCE_TOLD, .polling = idcard_polls(r->to)};
        a = presence_step(&r->presence, &in);
    }
}

void sam_card_look(struct sam_reader *r)
{
    step(r, (struct presence_input){.event = PRESENCE_LOOK});
}

void sam_card_answered(struct sam_reader *r, const struct sam_reply *reply)
{
    step(r, (struct presence_input){.event = PRESENCE_ANSWERED, .reply = reply});
}

void sam_card_lose(struct sam_reader *r, enum card_fault why)
{
    step(r, (struct presence_input){.event = PRESENCE_LOST, .why = why});
}
