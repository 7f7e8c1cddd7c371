/* SPDX-License-Identifier: Apache-2.0
 *
 * See idcard.h. Which of the attached devices is the reader, and what happens when it comes or goes.
 */
#include "drivers/idcard/idcard.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "drivers/idcard/idcard_internal.h"

#define SETTLE_MS 100 /* after an arrival: readers that are there at start are chosen among together */

void idcard_set_state(struct idcard *r, enum reader_health state)
{
    if (r->state == state)
        return;
    r->state = state;
    r->events.state(r->ctx, state);
}

void idcard_note_fault(struct idcard *r, enum card_fault why, uint8_t sw3)
{
    r->facts.fault = why;
    r->facts.sw3 = sw3;
    r->facts.fault_at_ms = clock_wall_ms();
}

/* --- which one -------------------------------------------------------------------------------------------------------- */

/* Of the attached readers the one to use, of those that can be spoken to, and by which rule; NULL when there is none, and
 * why. */
static struct usb_device *choose(const struct idcard *r, struct sam_pipes *ret_pipes, const char **ret_rule,
                                 enum card_fault *ret_why)
{
    must(r->n_readers >= 0 && r->n_readers <= READERS_MAX, "more readers than there is room for");
    const char *ports[DEVICE_ROLES] = {"", "", r->port};
    struct bind_candidate list[READERS_MAX];
    struct usb_device *devices[READERS_MAX];
    int n = 0;
    *ret_why = CARD_FAULT_NONE;
    for (int i = 0; i < r->n_readers; i++) {
        const struct usb_info *info = usb_info(r->readers[i]);
        bool firmware = sam_model_of(info) == SAM_MODEL_FIRMWARE, can = sam_pipes_choose(info, ret_pipes, NULL) == 0;
        if (!can && (*ret_why == CARD_FAULT_NONE || !firmware))
            *ret_why = firmware ? CARD_FAULT_FIRMWARE : CARD_FAULT_PIPES;
        devices[n] = r->readers[i];
        if (can)
            list[n++] = (struct bind_candidate){.info = info, .can = 1U << DEVICE_READER, .hint = -1, .role = -1};
    }
    bind_choose(&r->config, ports, list, n);
    for (int i = 0; i < n; i++) {
        if (list[i].role != DEVICE_READER)
            continue;
        log_info("idcard", "the reader at %s serves (%s)", list[i].info->port, list[i].why);
        sam_pipes_choose(list[i].info, ret_pipes, NULL);
        *ret_rule = list[i].why;
        return devices[i];
    }
    return NULL;
}

static void use_reader(void *ctx)
{
    struct idcard *r = ctx;
    enum card_fault why;
    if (r->device)
        return;
    r->device = choose(r, &r->pipes, &r->why, &why);
    ladder_leave(&r->ladder);
    r->leaving = false;
    if (r->device) {
        idcard_open(r);
    } else if (why != CARD_FAULT_NONE) {
        idcard_note_fault(r, why, 0);
        idcard_set_state(r, READER_FAULT);
    } else {
        idcard_set_state(r, READER_ABSENT);
    }
}

/* --- coming and going ------------------------------------------------------------------------------------------------- */

static void say_what_came(const struct usb_info *info)
{
    struct sam_pipes pipes;
    struct err e = {0};
    if (sam_model_of(info) == SAM_MODEL_FIRMWARE)
        log_warn("idcard",
                 "the device at %s waits for new firmware (DFU) and is left alone; unplug it and plug it in again, and if "
                 "it comes back like this, load its firmware with the maker's tool",
                 info->port);
    else if (sam_pipes_choose(info, &pipes, &e) < 0)
        log_error("idcard", "the reader at %s is of no kind we know: %s", info->port, e.text);
}

static void on_arrived(void *ctx, struct usb_device *d)
{
    struct idcard *r = ctx;
    if (sam_model_of(usb_info(d)) == SAM_MODEL_NONE)
        return;
    if (r->n_readers == READERS_MAX) {
        log_warn("idcard", "the reader at %s is one too many and is not used", usb_info(d)->port);
        return;
    }
    say_what_came(usb_info(d));
    r->readers[r->n_readers++] = d;
    loop_timer_start(r->settle, SETTLE_MS);
}

static bool forget_reader(struct idcard *r, const struct usb_device *d)
{
    must(r->n_readers >= 0 && r->n_readers <= READERS_MAX, "more readers than there is room for");
    for (int i = 0; i < r->n_readers; i++) {
        if (r->readers[i] != d)
            continue;
        r->n_readers--;
        memmove(&r->readers[i], &r->readers[i + 1], (size_t)(r->n_readers - i) * sizeof *r->readers);
        return true;
    }
    return false;
}

static void lose_reader(struct idcard *r)
{
    must(r->device, "a reader is lost that was not in use");
    loop_timer_stop(r->timer);
    idcard_close(r);
    r->device = NULL;
    r->pipes = (struct sam_pipes){.form = SAM_WHOLE};
    r->opening.sam_id[0] = '\0';
    log_info("idcard", "the reader has been unplugged");
    idcard_lose_card(r, CARD_FAULT_BROKEN_OFF);
    idcard_set_state(r, READER_ABSENT);
}

static void on_left(void *ctx, struct usb_device *d)
{
    struct idcard *r = ctx;
    if (!forget_reader(r, d))
        return;
    if (r->device == d)
        lose_reader(r);
    loop_timer_start(r->settle, SETTLE_MS);
}

/* --- for the caller --------------------------------------------------------------------------------------------------- */

struct idcard *idcard_create(struct loop *l, struct usb *usb, const struct idcard_events *events, void *ctx)
{
    static const struct usb_events listener = {.arrived = on_arrived, .left = on_left};
    struct idcard *r = calloc(1, sizeof *r);
    must(r, "out of memory");
    *r = (struct idcard){.loop = l, .usb = usb, .events = *events, .ctx = ctx, .state = READER_ABSENT, .facts.helped = ""};
    r->timer = loop_add_timer(l, idcard_on_timer, r);
    r->settle = loop_add_timer(l, use_reader, r);
    bind_read(NULL, &r->config, NULL);
    presence_init(&r->presence, secret_alloc(sizeof *r->presence.identity));
    usb_listen(usb, &listener, r);
    return r;
}

void idcard_bind(struct idcard *r, const struct bind_config *config)
{
    must(!r->device, "a reader is chosen anew while it serves");
    r->config = *config;
}

void idcard_destroy(struct idcard *r)
{
    if (!r)
        return;
    usb_unlisten(r->usb, r);
    idcard_close(r);
    loop_timer_remove(r->timer);
    loop_timer_remove(r->settle);
    secret_free(r->presence.identity, sizeof *r->presence.identity);
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

enum reader_health idcard_get_state(const struct idcard *r)
{
    return r->state;
}

const struct usb_device *idcard_device(const struct idcard *r)
{
    return r->device;
}

const char *idcard_why(const struct idcard *r)
{
    return r->device ? r->why : "";
}

bool idcard_suits(const struct usb_info *info)
{
    enum sam_model m = sam_model_of(info);
    return m != SAM_MODEL_NONE && m != SAM_MODEL_FIRMWARE;
}

const char *idcard_transport(const struct idcard *r)
{
    return r->device ? sam_form_name(r->pipes.form) : "";
}

const char *idcard_sam_id(const struct idcard *r)
{
    return r->opening.sam_id;
}

void idcard_facts(const struct idcard *r, struct idcard_facts *ret)
{
    *ret = r->facts;
    ret->state = r->state;
    ret->readers = r->n_readers;
    if (r->device)
        ret->usb = *usb_info(r->device);
}
