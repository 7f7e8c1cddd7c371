/* SPDX-License-Identifier: Apache-2.0
 *
 * A card: find, select, read, newest address, then watch until it is lifted. After a read a card is no longer found until it
 * was lifted (the reader's own rule), so it is watched by asking for its newest address, which needs it in the field; by
 * selecting it where a reader does not know that command; an unread one by finding it. The rule outlives us: a card that lay
 * there when the program was restarted or the reader brought back is "no card" to the reader. So the first such answer, and
 * each one about a card that was there a moment ago, is asked about in the same two ways. It is not read: whose it is, and
 * whether he is still there, nobody knows.
 */
#include "base/log.h"
#include "base/secret.h"
#include "drivers/idcard/idcard_internal.h"
#include "drivers/idcard/record.h"

#define POLL_MS 300      /* vendors: no faster */
#define NO_ADDRESS_MAX 3 /* then it is not asked about any more: each time costs the resident ADDRESS_MS */

static void wait_for_next_poll(struct idcard *r)
{
    if (r->polling)
        loop_timer_start(r->timer, POLL_MS);
}

void idcard_lose_card(struct idcard *r, enum card_fault why)
{
    bool told = r->told;
    if (r->card == CARD_SEEN && r->polling) {
        idcard_note_fault(r, why, 0);
        r->facts.unread++;
        r->events.failed(r->ctx, why);
        told = true;
    }
    r->card = CARD_NONE;
    r->told = false;
    r->card_tries = 0;
    secret_wipe(r->identity, sizeof *r->identity);
    if (told)
        r->events.lifted(r->ctx);
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

static void deliver(struct idcard *r)
{
    r->card = CARD_READ;
    if (r->polling) {
        r->told = true;
        r->facts.read++;
        r->events.read(r->ctx, r->identity);
    }
    secret_wipe(r->identity, sizeof *r->identity);
    wait_for_next_poll(r);
}

static void deliver_unknown(struct idcard *r, const struct err *e)
{
    log_warn("idcard", "card not understood: %s", e->text);
    idcard_note_fault(r, CARD_FAULT_RECORD, 0);
    r->facts.unread++;
    r->card = CARD_READ;
    r->watch = SAM_ADDRESS;
    if (r->polling) {
        r->told = true;
        r->events.unknown(r->ctx);
    }
    wait_for_next_poll(r);
}

/* Once more from the start: it may have been laid down while it was being read. */
static void card_failed(struct idcard *r, const struct sam_reply *reply)
{
    uint8_t sw3 = reply ? reply->sw3 : 0;
    enum card_fault why = reply ? sam_wire_fault(sw3) : CARD_FAULT_UNREADABLE;
    log_info("idcard", "card not read: %s", reply ? sam_wire_status_text(sw3) : "no answer");
    if (++r->card_tries < TRIES) {
        idcard_look(r);
        return;
    }
    r->card = CARD_FAILED;
    idcard_note_fault(r, why, sw3);
    r->facts.unread++;
    if (r->polling) {
        r->told = true;
        r->events.failed(r->ctx, why);
    }
    wait_for_next_poll(r);
}

/* The card is good without it: only a newest address that cannot be read as text is worth a line. */
static void take_newest(struct idcard *r, const struct sam_reply *reply)
{
    struct err e = {0};
    bool spoke = reply && reply->status != SAM_RESEND && reply->status != SAM_REFUSED;
    const uint8_t *address = spoke ? sam_wire_address(reply) : NULL;
    r->no_address = spoke ? 0 : r->no_address + 1;
    r->watch = spoke ? SAM_ADDRESS : SAM_SELECT;
    if (address && card_address_decode(address, r->identity, &e) < 0)
        log_warn("idcard", "newest address not understood: %s", e.text);
    deliver(r);
}

static void take_record(struct idcard *r, const struct sam_reply *reply)
{
    struct err e = {0};
    const uint8_t *record = reply ? sam_wire_text_record(reply) : NULL;
    if (!record) {
        card_failed(r, reply);
    } else if (card_record_decode(record, r->identity, &e) < 0) {
        deliver_unknown(r, &e);
    } else if (r->no_address < NO_ADDRESS_MAX) {
        idcard_send_optional(r, SAM_ADDRESS, ADDRESS_MS, take_newest);
    } else {
        r->watch = SAM_SELECT;
        deliver(r);
    }
}

/* Never asked for twice without finding it anew: what comes late is the record of a card that may have been changed. */
static void take_selected(struct idcard *r, const struct sam_reply *reply)
{
    if (!r->polling) /* nobody wants it any more: unread, it can be found again */
        r->card = CARD_NONE;
    else if (reply->status == SAM_OK)
        idcard_send_optional(r, SAM_READ, READ_MS, take_record);
    else
        card_failed(r, reply);
}

/* --- one from before -------------------------------------------------------------------------------------------------- */

static void found_old(struct idcard *r, enum sam_command watch)
{
    if (r->polling) { /* else it is asked again when somebody wants to know */
        log_info("idcard", "a card lies there that was read before");
        r->unsure = false;
        r->card = CARD_OLD;
        r->watch = watch;
        r->told = true;
        r->events.lies(r->ctx);
    }
    wait_for_next_poll(r);
}

static void take_old_selected(struct idcard *r, const struct sam_reply *reply)
{
    if (reply && reply->status == SAM_OK) {
        found_old(r, SAM_SELECT);
        return;
    }
    r->unsure = false;
    wait_for_next_poll(r);
}

static void take_old_address(struct idcard *r, const struct sam_reply *reply)
{
    if (reply && (reply->status == SAM_OK || reply->status == SAM_NO_ITEM))
        found_old(r, SAM_ADDRESS);
    else
        idcard_send_optional(r, SAM_SELECT, COMMAND_MS, take_old_selected);
}

/* Codes other than "found" all mean that there is no card to read: readers differ in what they say then. */
static void take_found(struct idcard *r, const struct sam_reply *reply)
{
    bool there = reply->status == SAM_FOUND;
    r->unsure = !there && (r->unsure || r->card != CARD_NONE);
    if (there && r->card == CARD_NONE && r->polling) {
        r->card = CARD_SEEN;
        r->events.seen(r->ctx);
    }
    if (there && r->card == CARD_SEEN && r->polling) {
        idcard_send(r, SAM_SELECT, COMMAND_MS, take_selected);
        return;
    }
    if (!there)
        idcard_lose_card(r, CARD_FAULT_LIFTED);
    if (r->unsure && r->polling)
        idcard_send_optional(r, SAM_ADDRESS, ADDRESS_MS, take_old_address);
    else
        wait_for_next_poll(r);
}

/* --- watching --------------------------------------------------------------------------------------------------------- */

/* An address, or that there is none, and "selected": all of it only a card can say. */
static void take_still_there(struct idcard *r, const struct sam_reply *reply)
{
    if (!reply || (reply->status != SAM_OK && reply->status != SAM_NO_ITEM))
        idcard_lose_card(r, CARD_FAULT_LIFTED);
    wait_for_next_poll(r);
}

void idcard_look(struct idcard *r)
{
    if (r->card != CARD_READ && r->card != CARD_OLD)
        idcard_send(r, SAM_FIND, COMMAND_MS, take_found);
    else
        idcard_send(r, r->watch, ADDRESS_MS, take_still_there);
}
