/* SPDX-License-Identifier: Apache-2.0
 *
 * The driver of readers that speak the SAM protocol (drivers/idcard/driver.h). Sends the commands that the opening and a
 * card ask for, and takes the rungs of the ladder, one for each failure. What a rung does comes from the timer, so that
 * nothing is closed inside its own callback.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "drivers/sam/sam_internal.h"

#define SILENCE_MS 300 /* of a reader that has come to rest */
#define LEAVES_MS 1000 /* a device that is gone is told to have left; else it is opened once more */
#define SETTLE_MS 2000 /* a SAM's own time after power-on, as the technical specification has it */

static void climb(struct sam_reader *r, enum card_fault why, uint8_t sw3);

/* --- commands --------------------------------------------------------------------------------------------------------- */

void sam_reader_send(struct sam_reader *r, enum sam_command command, int timeout_ms, bool optional)
{
    must(r->link, "a command to a reader that is closed");
    must(!sam_link_busy(r->link), "two commands at once");
    must(timeout_ms > 0, "a command nobody waits for");
    exchange_begin(&r->exchange, command, timeout_ms, optional, r->ladder.rung != RUNG_NONE && !r->ready);
    sam_link_send(r->link, command, timeout_ms);
}

static void does_its_work(struct sam_reader *r)
{
    if (!r->ready || r->ladder.rung == RUNG_NONE)
        return;
    idcard_note_helped(r->to, ladder_word(r->ladder.rung));
    log_info("idcard", "the reader works again: %s helped", ladder_word(r->ladder.rung));
    ladder_leave(&r->ladder);
}

/* --- opening ---------------------------------------------------------------------------------------------------------- */

static void ask_opening(struct sam_reader *r)
{
    sam_reader_send(r, opening_command(&r->opening), COMMAND_MS, opening_optional(&r->opening));
}

static void ask_status(struct sam_reader *r)
{
    opening_begin(&r->opening);
    ask_opening(r);
}

static void become_ready(struct sam_reader *r)
{
    must(r->link, "a reader is ready that is closed");
    must(!r->settling, "a reader is ready while it comes to rest");
    r->ready = true;
    presence_ready(&r->presence);
    log_info("idcard", "reader %s at %s is ready, frames go %s", r->opening.sam_id, usb_info(r->device)->port,
             sam_form_name(r->pipes.form));
    idcard_tell_state(r->to, READER_READY);
    if (idcard_polls(r->to) && !sam_link_busy(r->link))
        sam_card_look(r);
}

static void opening_answered(struct sam_reader *r, const struct sam_reply *reply)
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

static void answered(struct sam_reader *r, const struct sam_reply *reply)
{
    if (reply && reply->status != SAM_RESEND)
        does_its_work(r);
    if (r->ready)
        sam_card_answered(r, reply);
    else
        opening_answered(r, reply);
}

static void on_reply(void *ctx, int rc, const struct sam_reply *reply)
{
    struct sam_reader *r = ctx;
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

static void close_reader(struct sam_reader *r)
{
    sam_link_destroy(r->link);
    usb_close(r->handle);
    r->link = NULL;
    r->handle = NULL;
    r->ready = r->settling = false;
    presence_closed(&r->presence);
}

static void open_reader(struct sam_reader *r)
{
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

static void climb(struct sam_reader *r, enum card_fault why, uint8_t sw3)
{
    must(why != CARD_FAULT_NONE, "the ladder is climbed for nothing");
    int wait;
    if (r->ladder.rung == RUNG_NONE)
        idcard_note_trouble(r->to);
    r->ready = false;
    idcard_note_fault(r->to, why, sw3);
    enum rung rung = ladder_climb(&r->ladder, why, r->handle != NULL, clock_mono_ms(), &wait);
    log_warn("idcard", "the reader does not work: %s; next: %s", card_fault_word(why), ladder_word(rung));
    sam_card_lose(r, why);
    if (rung >= RUNG_REOPEN)
        idcard_tell_state(r->to, READER_FAULT);
    loop_timer_start(r->timer, wait);
}

static void reopen(struct sam_reader *r)
{
    close_reader(r);
    open_reader(r);
}

static void take_rung(struct sam_reader *r)
{
    must(!r->ready, "a rung is taken for a reader that works");
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

static void on_timer(void *ctx)
{
    struct sam_reader *r = ctx;
    if (r->settling) {
        r->settling = false;
        ask_status(r);
    } else if (!r->ready) {
        take_rung(r);
    } else if (idcard_polls(r->to) && !sam_link_busy(r->link)) {
        sam_card_look(r);
    }
}

/* --- for idcard.c ----------------------------------------------------------------------------------------------------- */

static enum idcard_kind kind(const struct usb_info *info)
{
    enum sam_model m = sam_model_of(info);

    return m == SAM_MODEL_NONE ? IDCARD_NONE : m == SAM_MODEL_FIRMWARE ? IDCARD_FIRMWARE : IDCARD_READER;
}

static int fits(const struct usb_info *info, struct err *e)
{
    struct sam_pipes pipes;

    return sam_pipes_choose(info, &pipes, e);
}

static void *create(struct idcard *to, struct loop *l, struct usb_device *device)
{
    struct sam_reader *r = calloc(1, sizeof *r);

    must(r, "out of memory");
    *r = (struct sam_reader){.to = to, .loop = l, .device = device};
    must(sam_pipes_choose(usb_info(device), &r->pipes, NULL) == 0, "a reader serves that does not fit");
    r->timer = loop_add_timer(l, on_timer, r);
    presence_init(&r->presence, secret_alloc(sizeof *r->presence.identity));
    return r;
}

static void begin(void *reader)
{
    open_reader(reader);
}

static void left(void *reader)
{
    struct sam_reader *r = reader;

    close_reader(r);
    sam_card_lose(r, CARD_FAULT_BROKEN_OFF);
}

static void destroy(void *reader)
{
    struct sam_reader *r = reader;

    close_reader(r);
    loop_timer_remove(r->timer);
    secret_free(r->presence.identity, sizeof *r->presence.identity);
    free(r);
}

static void poll_changed(void *reader)
{
    struct sam_reader *r = reader;

    if (!r->ready)
        return;
    if (idcard_polls(r->to))
        loop_timer_start(r->timer, 0);
    else
        loop_timer_stop(r->timer);
}

static const char *transport(const void *reader)
{
    return sam_form_name(((const struct sam_reader *)reader)->pipes.form);
}

static const char *sam_id(const void *reader)
{
    return ((const struct sam_reader *)reader)->opening.sam_id;
}

const struct idcard_driver sam_driver = {.kind = kind,
                                         .fits = fits,
                                         .create = create,
                                         .open = begin,
                                         .left = left,
                                         .destroy = destroy,
                                         .poll = poll_changed,
                                         .transport = transport,
                                         .sam_id = sam_id};
