/* SPDX-License-Identifier: Apache-2.0
 *
 * Sends the commands that the opening and a card ask for, and takes the rungs of the ladder, one for each failure. What a
 * rung does comes from the timer, so that nothing is closed inside its own callback.
 */
#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "drivers/idcard/idcard_internal.h"

#define SILENCE_MS 300 /* of a reader that has come to rest */
#define LEAVES_MS 1000 /* a device that is gone is told to have left; else it is opened once more */
#define SETTLE_MS 2000 /* a SAM's own time after power-on, as the technical specification has it */

static void climb(struct idcard *r, enum card_fault why, uint8_t sw3);

/* --- commands --------------------------------------------------------------------------------------------------------- */

void idcard_send(struct idcard *r, enum sam_command command, int timeout_ms, bool optional)
{
    must(r->link, "a command to a reader that is closed");
    must(!sam_link_busy(r->link), "two commands at once");
    must(timeout_ms > 0, "a command nobody waits for");
    exchange_begin(&r->exchange, command, timeout_ms, optional, r->ladder.rung != RUNG_NONE && !r->ready);
    sam_link_send(r->link, command, timeout_ms);
}

static void does_its_work(struct idcard *r)
{
    if (!r->ready || r->ladder.rung == RUNG_NONE)
        return;
    r->facts.helped = ladder_word(r->ladder.rung);
    log_info("idcard", "the reader works again: %s helped", r->facts.helped);
    ladder_leave(&r->ladder);
}

/* --- opening ---------------------------------------------------------------------------------------------------------- */

static void ask_opening(struct idcard *r)
{
    idcard_send(r, opening_command(&r->opening), COMMAND_MS, opening_optional(&r->opening));
}

static void ask_status(struct idcard *r)
{
    opening_begin(&r->opening);
    ask_opening(r);
}

static void become_ready(struct idcard *r)
{
    must(r->link && r->device, "a reader is ready that is closed");
    must(!r->settling, "a reader is ready while it comes to rest");
    r->ready = true;
    text_copy(r->port, sizeof r->port, usb_info(r->device)->port);
    presence_ready(&r->presence);
    log_info("idcard", "reader %s at %s is ready, frames go %s", r->opening.sam_id, usb_info(r->device)->port,
             sam_form_name(r->pipes.form));
    idcard_set_state(r, READER_READY);
    if (r->polling && !sam_link_busy(r->link))
        idcard_look(r);
}

static void opening_answered(struct idcard *r, const struct sam_reply *reply)
{
    must(!r->ready, "a reader is opened that works");
    switch (opening_step(&r->opening, reply)) {
    case OPENING_ASK:
        ask_opening(r);
        break;
    case OPENING_READY:
        become_ready(r);
        break;
    case OPENING_BROKEN:
        climb(r, sam_wire_fault(reply->sw3), reply->sw3);
        break;
    }
}

static void answered(struct idcard *r, const struct sam_reply *reply)
{
    if (reply && reply->status != SAM_RESEND)
        does_its_work(r);
    if (r->ready)
        idcard_answered(r, reply);
    else
        opening_answered(r, reply);
}

static void on_reply(void *ctx, int rc, const struct sam_reply *reply)
{
    struct idcard *r = ctx;
    enum card_fault why;

    switch (exchange_step(&r->exchange, rc, reply, &why)) {
    case EXCHANGE_ANSWERED:
        answered(r, reply);
        break;
    case EXCHANGE_UNANSWERED:
        answered(r, NULL);
        break;
    case EXCHANGE_AGAIN:
        sam_link_send(r->link, r->exchange.command, r->exchange.timeout_ms);
        break;
    case EXCHANGE_BROKEN:
        climb(r, why, rc == 0 ? reply->sw3 : 0);
        break;
    case EXCHANGE_GONE:
        break; /* `left` follows */
    }
}

void idcard_close(struct idcard *r)
{
    sam_link_destroy(r->link);
    usb_close(r->handle);
    r->link = NULL;
    r->handle = NULL;
    r->ready = r->settling = false;
    presence_closed(&r->presence);
}

void idcard_open(struct idcard *r)
{
    must(r->device, "no reader is opened");
    must(!r->link && !r->handle, "a reader is opened twice");
    struct err e = {0};
    int rc = usb_open(r->device, r->pipes.interface, &r->handle, &e);
    if (rc == -ERR_GONE && !r->leaving) { /* no fault: several that leave at once are told one after the other */
        r->leaving = true;
        loop_timer_start(r->timer, LEAVES_MS);
        return;
    }
    if (rc < 0) {
        log_warn("idcard", "%s", e.text);
        climb(r, exchange_fault(rc), 0);
        return;
    }
    r->leaving = false;
    r->link = sam_link_create(r->handle, &r->pipes, on_reply, r);
    ask_status(r);
}

/* --- the ladder ------------------------------------------------------------------------------------------------------- */

static void climb(struct idcard *r, enum card_fault why, uint8_t sw3)
{
    must(why != CARD_FAULT_NONE, "the ladder is climbed for nothing");
    int wait;
    if (r->ladder.rung == RUNG_NONE)
        r->facts.faults++;
    r->ready = false;
    idcard_note_fault(r, why, sw3);
    enum rung rung = ladder_climb(&r->ladder, why, r->handle != NULL, clock_mono_ms(), &wait);
    log_warn("idcard", "the reader does not work: %s; next: %s", card_fault_word(why), ladder_word(rung));
    idcard_lose_card(r, why);
    if (rung >= RUNG_REOPEN)
        idcard_set_state(r, READER_FAULT);
    loop_timer_start(r->timer, wait);
}

static void reopen(struct idcard *r)
{
    idcard_close(r);
    idcard_open(r);
}

static void take_rung(struct idcard *r)
{
    must(!r->ready, "a rung is taken for a reader that works");
    must(r->device, "a rung is taken for no reader");
    switch (r->ladder.rung) {
    case RUNG_DRAIN:
        sam_link_await_silence(r->link, SILENCE_MS);
        ask_status(r);
        break;
    case RUNG_RESET:
        opening_reset(&r->opening);
        ask_opening(r);
        break;
    case RUNG_CLEAR_HALT:
        sam_link_clear_halts(r->link);
        ask_status(r);
        break;
    case RUNG_REENUMERATE:
        if (usb_reset(r->handle) == 0) {
            r->settling = true;
            loop_timer_start(r->timer, SETTLE_MS);
            break;
        }
        reopen(r); /* it came back as another device, which hotplug tells too, or it cannot be reset */
        break;
    case RUNG_NONE:
    case RUNG_REOPEN:
    case RUNGS:
        reopen(r);
        break;
    }
}

void idcard_on_timer(void *ctx)
{
    struct idcard *r = ctx;
    if (!r->device)
        return;
    if (r->settling) {
        r->settling = false;
        ask_status(r);
    } else if (!r->ready) {
        take_rung(r);
    } else if (r->polling && !sam_link_busy(r->link)) {
        idcard_look(r);
    }
}
