/* SPDX-License-Identifier: Apache-2.0
 *
 * Commands to the reader, each with one function that takes its reply; opening (status, SAM id); and the ladder. A command
 * that fails is sent once more; then the ladder is climbed, one rung for each failure. What a rung does comes from the
 * timer, so that nothing is closed inside its own callback.
 */
#include "base/clock.h"
#include "base/log.h"
#include "drivers/idcard/idcard_internal.h"

#define ID_TRIES 3     /* known to be wrong sometimes after power-on */
#define SILENCE_MS 300 /* of a reader that has come to rest */
#define SETTLE_MS 2000 /* a SAM's own time after power-on, as the technical specification has it */

static void climb(struct idcard *r, enum card_fault why, uint8_t sw3);

/* --- commands --------------------------------------------------------------------------------------------------------- */

static void send(struct idcard *r, enum sam_command command, int timeout_ms, reply_fn *then, bool optional)
{
    r->command = command;
    r->timeout_ms = timeout_ms;
    r->then = then;
    r->optional = optional;
    r->tries = r->ladder.rung == RUNG_NONE || r->ready ? 1 : TRIES; /* on the ladder the next rung is the next try */
    sam_link_send(r->link, command, timeout_ms);
}

void idcard_send(struct idcard *r, enum sam_command command, int timeout_ms, reply_fn *then)
{
    send(r, command, timeout_ms, then, false);
}

void idcard_send_optional(struct idcard *r, enum sam_command command, int timeout_ms, reply_fn *then)
{
    send(r, command, timeout_ms, then, true);
}

static enum card_fault fault_of(int rc)
{
    return rc == -ERR_TIMEOUT                           ? CARD_FAULT_SILENT
           : rc == -ERR_STALL                           ? CARD_FAULT_STALLED
           : rc == -ERR_CHECKSUM || rc == -ERR_PROTOCOL ? CARD_FAULT_GARBLED
           : rc == -ERR_ACCESS                          ? CARD_FAULT_NO_ACCESS
           : rc == -ERR_BUSY                            ? CARD_FAULT_IN_USE
                                                        : CARD_FAULT_BROKEN_OFF;
}

static void does_its_work(struct idcard *r)
{
    if (!r->ready || r->ladder.rung == RUNG_NONE)
        return;
    r->facts.helped = ladder_word(r->ladder.rung);
    log_info("idcard", "the reader works again: %s helped", r->facts.helped);
    ladder_leave(&r->ladder);
}

/* Noise is worth another try, silence and "no such command" are not. */
static bool gives_up(const struct idcard *r, int rc)
{
    return r->optional && (rc == 0 || rc == -ERR_TIMEOUT || r->tries >= TRIES);
}

static void on_reply(void *ctx, int rc, const struct sam_reply *reply)
{
    struct idcard *r = ctx;
    uint8_t sw3 = rc == 0 ? reply->sw3 : 0;
    if (rc == -ERR_GONE)
        return; /* `left` follows */
    if (rc == 0 && reply->status == SAM_BROKEN) {
        climb(r, sam_wire_fault(sw3), sw3);
    } else if (rc == 0 && reply->status != SAM_RESEND) {
        does_its_work(r);
        r->then(r, reply);
    } else if (gives_up(r, rc)) {
        r->then(r, rc == 0 ? reply : NULL);
    } else if (r->tries++ < TRIES) {
        sam_link_send(r->link, r->command, r->timeout_ms);
    } else {
        climb(r, rc < 0 ? fault_of(rc) : sam_wire_fault(sw3), sw3);
    }
}

/* --- opening ---------------------------------------------------------------------------------------------------------- */

static void become_ready(struct idcard *r)
{
    r->ready = r->unsure = true;
    log_info("idcard", "reader %s at %s is ready, frames go %s", r->sam_id, usb_info(r->device)->port,
             sam_form_name(r->pipes.form));
    idcard_set_state(r, READER_READY);
    if (r->polling && !sam_link_busy(r->link))
        idcard_look(r);
}

/* A reader without a readable id serves all the same. */
static void take_id(struct idcard *r, const struct sam_reply *reply)
{
    bool good = reply && sam_wire_id_text(reply, r->sam_id) == 0;
    if (!good && reply && ++r->id_tries < ID_TRIES)
        idcard_send_optional(r, SAM_READ_ID, COMMAND_MS, take_id);
    else
        become_ready(r);
}

static void take_status(struct idcard *r, const struct sam_reply *reply)
{
    r->id_tries = 0;
    if (reply->status == SAM_OK)
        idcard_send_optional(r, SAM_READ_ID, COMMAND_MS, take_id);
    else
        climb(r, sam_wire_fault(reply->sw3), reply->sw3);
}

static void ask_status(struct idcard *r)
{
    idcard_send(r, SAM_STATUS, COMMAND_MS, take_status);
}

static void take_reset(struct idcard *r, const struct sam_reply *reply)
{
    ask_status(r);
}

void idcard_close(struct idcard *r)
{
    sam_link_destroy(r->link);
    usb_close(r->handle);
    r->link = NULL;
    r->handle = NULL;
    r->ready = r->settling = false;
    r->no_address = 0;
}

void idcard_open(struct idcard *r)
{
    struct err e = {0};
    int rc = usb_open(r->device, r->pipes.interface, &r->handle, &e);
    if (rc < 0) {
        log_warn("idcard", "%s", e.text);
        climb(r, fault_of(rc), 0);
        return;
    }
    r->link = sam_link_create(r->handle, &r->pipes, on_reply, r);
    ask_status(r);
}

/* --- the ladder ------------------------------------------------------------------------------------------------------- */

static void climb(struct idcard *r, enum card_fault why, uint8_t sw3)
{
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
    switch (r->ladder.rung) {
    case RUNG_DRAIN:
        sam_link_await_silence(r->link, SILENCE_MS);
        ask_status(r);
        break;
    case RUNG_RESET:
        idcard_send(r, SAM_RESET, COMMAND_MS, take_reset);
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
