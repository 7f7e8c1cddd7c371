/* SPDX-License-Identifier: Apache-2.0
 *
 * See idcard.h. Each step of the reader's life is one command with one function that takes its reply:
 *
 *     open: status, SAM id            polling: find ... find, select, read, then watch until the card is lifted
 *
 * A command that fails is sent once more; then the ladder: reset the device, open it anew after a second, declare it at
 * fault and try again ever more seldom. After a read a card is no longer found until it was lifted (the reader's own
 * rule), so it is watched by asking for its newest address, which needs it in the field; an unread one by finding it.
 */
#include "drivers/idcard/idcard.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "drivers/idcard/record.h"
#include "drivers/idcard/sam_link.h"

#define POLL_MS 300 /* vendors: no faster */
#define COMMAND_MS 1000
#define READ_MS 3000
#define ADDRESS_MS 1500
#define TRIES 2
#define ID_TRIES 3 /* known to be wrong sometimes after power-on */
#define REOPEN_MS 1000
#define FAULT_RETRY_MS 5000
#define FAULT_RETRY_MAX_MS 10000
#define SETTLE_MS 100 /* after an arrival: readers that are there at start are chosen among together */
#define READERS_MAX 4

static const struct {
    uint16_t vendor, product;
} models[] = {
    {0x0400, 0xC35A}, /* SAM_V, 部标 */
};

enum card {
    CARD_NONE,
    CARD_SEEN,   /* found, not read yet */
    CARD_READ,   /* watched by its newest address */
    CARD_FAILED, /* watched by finding it */
};

struct idcard;
typedef void reply_fn(struct idcard *r, const struct sam_reply *reply);

struct idcard {
    struct loop *loop;
    struct loop_timer *timer; /* the next poll, or the next rung of the ladder */
    struct idcard_events events;
    void *ctx;
    struct bind_config config;
    struct usb_device *attached[READERS_MAX]; /* readers, with the one in use; NULL: free */
    struct loop_timer *settle;
    char port[USB_PORT_MAX]; /* of the one in use, or where it was */
    struct usb_device *device;
    struct usb_handle *handle;
    struct sam_link *link;
    struct sam_pipes pipes;
    enum idcard_state state;
    bool polling, ready; /* ready: commands may be sent */
    enum card card;
    bool told; /* that there is a card which will be lifted */
    int card_tries;
    enum sam_command command;
    reply_fn *then;
    int timeout_ms, tries, id_tries;
    int rung; /* of the ladder; 0 again when the reader does its work, not when it merely says that it is well */
    struct identity *identity;
    char sam_id[SAM_ID_TEXT_MAX];
};

static void on_reply(void *ctx, int rc, const struct sam_reply *reply);
static void poll_card(struct idcard *r);
static void climb(struct idcard *r, const char *why);

/* --- events ----------------------------------------------------------------------------------------------------------- */

static void set_state(struct idcard *r, enum idcard_state state)
{
    if (r->state == state)
        return;
    r->state = state;
    r->events.state(r->ctx, state);
}

/* Every `seen` is followed by one of read, failed, unknown, and that by `lifted`, whatever happens. */
static void tell(struct idcard *r, void (*event)(void *ctx), enum card card)
{
    r->card = card;
    if (r->polling) {
        r->told = true;
        event(r->ctx);
    }
}

static void tell_lifted(struct idcard *r)
{
    bool told = r->told;
    if (r->card == CARD_SEEN && r->polling) {
        r->events.failed(r->ctx);
        told = true;
    }
    r->card = CARD_NONE;
    r->told = false;
    r->card_tries = 0;
    if (told)
        r->events.lifted(r->ctx);
}

/* --- commands --------------------------------------------------------------------------------------------------------- */

static void send(struct idcard *r, enum sam_command command, int timeout_ms, reply_fn *then)
{
    r->command = command;
    r->timeout_ms = timeout_ms;
    r->then = then;
    r->tries = 1;
    sam_link_send(r->link, command, timeout_ms);
}

static void wait_for_next_poll(struct idcard *r)
{
    if (r->polling)
        loop_timer_start(r->timer, POLL_MS);
}

/* A reader that says so itself is beyond what resetting can do. */
static void self_test_failed(struct idcard *r, const struct sam_reply *reply)
{
    if (r->rung < 2)
        r->rung = 2;
    climb(r, sam_wire_status_text(reply->sw3));
}

static void on_reply(void *ctx, int rc, const struct sam_reply *reply)
{
    struct idcard *r = ctx;
    if (rc == -ERR_GONE)
        return; /* `left` follows */
    if (rc == 0 && reply->status == SAM_BROKEN) {
        self_test_failed(r, reply);
    } else if (rc == 0 && reply->status != SAM_RESEND) {
        if (r->ready)
            r->rung = 0;
        r->then(r, reply);
    } else if (r->tries++ < TRIES) {
        sam_link_send(r->link, r->command, r->timeout_ms);
    } else {
        climb(r, rc < 0 ? err_meaning(rc) : sam_wire_status_text(reply->sw3));
    }
}

/* --- opening ---------------------------------------------------------------------------------------------------------- */

static void become_ready(struct idcard *r)
{
    r->ready = true;
    log_info("idcard", "reader %s at %s is ready, frames go %s", r->sam_id, usb_info(r->device)->port, r->pipes.name);
    set_state(r, IDCARD_READY);
    if (r->polling && !sam_link_busy(r->link))
        poll_card(r);
}

/* A reader without a readable id serves all the same. */
static void take_id(struct idcard *r, const struct sam_reply *reply)
{
    if (sam_wire_id_text(reply, r->sam_id) < 0 && ++r->id_tries < ID_TRIES)
        send(r, SAM_READ_ID, COMMAND_MS, take_id);
    else
        become_ready(r);
}

static void take_status(struct idcard *r, const struct sam_reply *reply)
{
    r->id_tries = 0;
    if (reply->status == SAM_OK)
        send(r, SAM_READ_ID, COMMAND_MS, take_id);
    else
        climb(r, sam_wire_status_text(reply->sw3));
}

static void close_reader(struct idcard *r)
{
    sam_link_destroy(r->link);
    usb_close(r->handle);
    r->link = NULL;
    r->handle = NULL;
    r->ready = false;
}

static void open_reader(struct idcard *r)
{
    struct err e = {0};
    if (usb_open(r->device, r->pipes.interface, &r->handle, &e) < 0) {
        if (r->rung < 1)
            r->rung = 1; /* there is nothing to reset */
        climb(r, e.text);
        return;
    }
    r->link = sam_link_create(r->handle, &r->pipes, on_reply, r);
    send(r, SAM_STATUS, COMMAND_MS, take_status);
}

/* --- the ladder ------------------------------------------------------------------------------------------------------- */

/* One rung up: what is done comes from the timer, so that nothing is closed inside its own callback. */
static void climb(struct idcard *r, const char *why)
{
    r->ready = false;
    r->rung++;
    log_warn("idcard", "the reader does not work (%s), step %d", why, r->rung);
    tell_lifted(r);
    int64_t wait = 0;
    if (r->rung == 2)
        wait = REOPEN_MS;
    if (r->rung > 2) {
        wait = (int64_t)FAULT_RETRY_MS * (r->rung - 2);
        set_state(r, IDCARD_FAULT);
    }
    loop_timer_start(r->timer, wait < FAULT_RETRY_MAX_MS ? wait : FAULT_RETRY_MAX_MS);
}

static void take_rung(struct idcard *r)
{
    if (r->rung == 1 && usb_reset(r->handle) == 0) {
        send(r, SAM_STATUS, COMMAND_MS, take_status);
        return;
    }
    close_reader(r);
    open_reader(r);
}

static void on_timer(void *ctx)
{
    struct idcard *r = ctx;
    if (!r->device)
        return;
    if (!r->ready)
        take_rung(r);
    else if (r->polling && !sam_link_busy(r->link))
        poll_card(r);
}

/* --- a card ----------------------------------------------------------------------------------------------------------- */

static void deliver(struct idcard *r, const uint8_t *record)
{
    struct err e = {0};
    int rc = card_record_decode(record, r->identity, &e);
    if (rc < 0)
        log_warn("idcard", "card not understood: %s", e.text);
    r->card = CARD_READ;
    if (r->polling) {
        r->told = true;
        if (rc < 0)
            r->events.unknown(r->ctx);
        else
            r->events.read(r->ctx, r->identity);
    }
    secret_wipe(r->identity, sizeof *r->identity);
    wait_for_next_poll(r);
}

/* Once more from the start: it may have been laid down while it was being read. */
static void card_failed(struct idcard *r, const struct sam_reply *reply)
{
    log_info("idcard", "card not read: %s", sam_wire_status_text(reply->sw3));
    if (++r->card_tries < TRIES) {
        poll_card(r);
        return;
    }
    tell(r, r->events.failed, CARD_FAILED);
    wait_for_next_poll(r);
}

static void take_record(struct idcard *r, const struct sam_reply *reply)
{
    const uint8_t *record = sam_wire_text_record(reply);
    if (record)
        deliver(r, record);
    else
        card_failed(r, reply);
}

static void take_selected(struct idcard *r, const struct sam_reply *reply)
{
    if (!r->polling) /* nobody wants it any more: unread, it can be found again */
        r->card = CARD_NONE;
    else if (reply->status == SAM_OK)
        send(r, SAM_READ, READ_MS, take_record);
    else
        card_failed(r, reply);
}

/* Codes other than "found" all mean that there is no card to read: readers differ in what they say then. */
static void take_found(struct idcard *r, const struct sam_reply *reply)
{
    bool there = reply->status == SAM_FOUND;
    if (there && r->card == CARD_NONE && r->polling) {
        r->card = CARD_SEEN;
        r->events.seen(r->ctx);
    }
    if (there && r->card == CARD_SEEN && r->polling) {
        send(r, SAM_SELECT, COMMAND_MS, take_selected);
        return;
    }
    if (!there)
        tell_lifted(r);
    wait_for_next_poll(r);
}

static void take_address(struct idcard *r, const struct sam_reply *reply)
{
    if (reply->status != SAM_OK && reply->status != SAM_NO_ITEM)
        tell_lifted(r);
    wait_for_next_poll(r);
}

static void poll_card(struct idcard *r)
{
    if (r->card == CARD_READ)
        send(r, SAM_ADDRESS, ADDRESS_MS, take_address);
    else
        send(r, SAM_FIND, COMMAND_MS, take_found);
}

/* --- coming and going ------------------------------------------------------------------------------------------------- */

static bool is_reader(const struct usb_info *info)
{
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        if (info->vendor == models[i].vendor && info->product == models[i].product)
            return true;
    }
    return false;
}

static void use_reader(struct idcard *r, struct usb_device *d)
{
    struct err e = {0};
    r->device = d;
    r->rung = 0;
    text_copy(r->port, sizeof r->port, usb_info(d)->port);
    if (sam_pipes_choose(usb_info(d), &r->pipes, &e) < 0) {
        log_error("idcard", "the reader at %s is of no kind we know: %s", usb_info(d)->port, e.text);
        set_state(r, IDCARD_FAULT);
        return;
    }
    open_reader(r);
}

/* One reader serves; the others wait until it leaves. */
static void choose_reader(void *ctx)
{
    struct idcard *r = ctx;
    const char *ports[BIND_ROLES] = {"", "", r->port};
    struct bind_candidate list[READERS_MAX];
    struct usb_device *devices[READERS_MAX];
    int n = 0;
    if (r->device)
        return;
    for (int i = 0; i < READERS_MAX; i++) {
        if (!r->attached[i])
            continue;
        devices[n] = r->attached[i];
        list[n++] = (struct bind_candidate){
            .info = usb_info(r->attached[i]), .can = 1U << BIND_READER, .hint = -1, .role = -1};
    }
    bind_choose(&r->config, ports, list, n);
    for (int i = 0; i < n; i++) {
        if (list[i].role == BIND_READER) {
            log_info("idcard", "the reader at %s serves (%s)", list[i].info->port, list[i].why);
            use_reader(r, devices[i]);
            return;
        }
    }
}

static void on_arrived(void *ctx, struct usb_device *d)
{
    struct idcard *r = ctx;
    int i = 0;
    if (!is_reader(usb_info(d)))
        return;
    while (i < READERS_MAX && r->attached[i])
        i++;
    if (i == READERS_MAX) {
        log_warn("idcard", "the reader at %s is one too many and is not used", usb_info(d)->port);
        return;
    }
    r->attached[i] = d;
    loop_timer_start(r->settle, SETTLE_MS);
}

static void on_left(void *ctx, struct usb_device *d)
{
    struct idcard *r = ctx;
    for (int i = 0; i < READERS_MAX; i++) {
        if (r->attached[i] == d)
            r->attached[i] = NULL;
    }
    if (r->device != d)
        return;
    loop_timer_stop(r->timer);
    close_reader(r);
    r->device = NULL;
    r->pipes = (struct sam_pipes){0};
    r->sam_id[0] = '\0';
    log_info("idcard", "the reader has been unplugged");
    tell_lifted(r);
    set_state(r, IDCARD_ABSENT);
    loop_timer_start(r->settle, SETTLE_MS);
}

struct idcard *idcard_create(struct loop *l, struct usb *usb, const struct idcard_events *events, void *ctx)
{
    static const struct usb_events listener = {.arrived = on_arrived, .left = on_left};
    struct idcard *r = calloc(1, sizeof *r);
    if (!r) {
        log_error("idcard", "out of memory");
        abort();
    }
    *r = (struct idcard){.loop = l, .events = *events, .ctx = ctx};
    r->timer = loop_add_timer(l, on_timer, r);
    r->settle = loop_add_timer(l, choose_reader, r);
    bind_read(NULL, &r->config, NULL);
    r->identity = secret_alloc(sizeof *r->identity);
    usb_listen(usb, &listener, r);
    return r;
}

void idcard_bind(struct idcard *r, const struct bind_config *config)
{
    r->config = *config;
}

void idcard_destroy(struct idcard *r)
{
    if (!r)
        return;
    close_reader(r);
    loop_timer_remove(r->timer);
    loop_timer_remove(r->settle);
    secret_free(r->identity, sizeof *r->identity);
    free(r);
}

void idcard_poll(struct idcard *r, bool on)
{
    bool was = r->polling;
    r->polling = on;
    if (on && !was && r->ready)
        loop_timer_start(r->timer, 0);
    if (!on && r->ready)
        loop_timer_stop(r->timer);
}

enum idcard_state idcard_get_state(const struct idcard *r)
{
    return r->state;
}

const char *idcard_transport(const struct idcard *r)
{
    return r->pipes.name ? r->pipes.name : "";
}

const char *idcard_sam_id(const struct idcard *r)
{
    return r->sam_id;
}
