/* SPDX-License-Identifier: Apache-2.0
 *
 * See idcard.h. Which of the attached devices is the reader, and what happens when it comes or goes; what it speaks is its
 * driver's.
 */
#include "drivers/idcard/idcard.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "drivers/idcard/driver.h"

#define READERS_MAX 8
#define SETTLE_MS 100 /* after an arrival: readers that are there at start are chosen among together */

struct attached {
    struct usb_device *device;
    const struct idcard_driver *driver;
};

struct idcard {
    struct loop *loop;
    struct usb *usb;
    struct idcard_events events;
    void *ctx;
    struct attached readers[READERS_MAX]; /* in the order they came */
    int n_readers;
    struct bind_config config;
    struct loop_timer *settle;
    char port[USB_PORT_MAX]; /* of the one that worked last */
    struct attached use;     /* the one in use; device NULL: none */
    void *reader;            /* its driver's own */
    const char *why;         /* it was chosen */
    enum reader_health state;
    bool polling;
    struct idcard_facts facts;
};

#define DRIVER(name) extern const struct idcard_driver name##_driver;
#include "drivers/idcard/drivers.def"
#undef DRIVER

static const struct idcard_driver *const drivers[] = {
#define DRIVER(name) &name##_driver,
#include "drivers/idcard/drivers.def"
#undef DRIVER
};

/* Whose it is; NULL: no reader that anybody knows. */
static const struct idcard_driver *driver_of(const struct usb_info *info)
{
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++)
        if (drivers[i]->kind(info) != IDCARD_NONE)
            return drivers[i];
    return NULL;
}

/* --- what drivers tell ------------------------------------------------------------------------------------------------ */

bool idcard_polls(const struct idcard *r)
{
    return r->polling;
}

void idcard_tell_state(struct idcard *r, enum reader_health state)
{
    if (state == READER_READY)
        text_copy(r->port, sizeof r->port, usb_info(r->use.device)->port);
    if (r->state == state)
        return;
    r->state = state;
    r->events.state(r->ctx, state);
}

void idcard_tell_seen(struct idcard *r)
{
    r->events.seen(r->ctx);
}

void idcard_tell_read(struct idcard *r, const struct identity *card)
{
    if (!r->polling)
        return;
    r->facts.read++;
    r->events.read(r->ctx, card);
}

void idcard_tell_failed(struct idcard *r, enum card_fault why)
{
    r->facts.unread++;
    if (r->polling)
        r->events.failed(r->ctx, why);
}

void idcard_tell_unknown(struct idcard *r)
{
    r->facts.unread++;
    if (r->polling)
        r->events.unknown(r->ctx);
}

void idcard_tell_lies(struct idcard *r)
{
    r->events.lies(r->ctx);
}

void idcard_tell_lifted(struct idcard *r)
{
    r->events.lifted(r->ctx);
}

void idcard_note_fault(struct idcard *r, enum card_fault why, uint8_t code)
{
    r->facts.fault = why;
    r->facts.code = code;
    r->facts.fault_at_ms = clock_wall_ms();
}

void idcard_note_trouble(struct idcard *r)
{
    r->facts.faults++;
}

void idcard_note_helped(struct idcard *r, const char *what)
{
    r->facts.helped = what;
}

/* --- which one -------------------------------------------------------------------------------------------------------- */

/* Of the attached readers the one to use, of those that can be spoken to, and by which rule; NULL when there is none, and
 * why. */
static const struct attached *choose(const struct idcard *r, const char **ret_rule, enum card_fault *ret_why)
{
    must(r->n_readers >= 0 && r->n_readers <= READERS_MAX, "more readers than there is room for");
    const char *ports[DEVICE_ROLES] = {"", "", r->port};
    struct bind_candidate list[READERS_MAX];
    const struct attached *of[READERS_MAX];
    int n = 0;
    *ret_why = CARD_FAULT_NONE;
    for (int i = 0; i < r->n_readers; i++) {
        const struct attached *a = &r->readers[i];
        const struct usb_info *info = usb_info(a->device);
        bool firmware = a->driver->kind(info) == IDCARD_FIRMWARE, can = !firmware && a->driver->fits(info, NULL) == 0;
        if (!can && (*ret_why == CARD_FAULT_NONE || !firmware))
            *ret_why = firmware ? CARD_FAULT_FIRMWARE : CARD_FAULT_PIPES;
        of[n] = a;
        if (can)
            list[n++] = (struct bind_candidate){.info = info, .can = 1U << DEVICE_READER, .hint = -1, .role = -1};
    }
    bind_choose(&r->config, ports, list, n);
    for (int i = 0; i < n; i++) {
        if (list[i].role != DEVICE_READER)
            continue;
        log_info("idcard", "the reader at %s serves (%s)", list[i].info->port, list[i].why);
        *ret_rule = list[i].why;
        return of[i];
    }
    return NULL;
}

static void use_reader(void *ctx)
{
    struct idcard *r = ctx;
    enum card_fault why;
    if (r->use.device)
        return;
    const struct attached *chosen = choose(r, &r->why, &why);
    if (chosen) {
        r->use = *chosen;
        r->reader = r->use.driver->create(r, r->loop, r->use.device);
        r->use.driver->open(r->reader);
    } else if (why != CARD_FAULT_NONE) {
        idcard_note_fault(r, why, 0);
        idcard_tell_state(r, READER_FAULT);
    } else {
        idcard_tell_state(r, READER_ABSENT);
    }
}

/* --- coming and going ------------------------------------------------------------------------------------------------- */

static void say_what_came(const struct idcard_driver *driver, const struct usb_info *info)
{
    struct err e = {0};
    if (driver->kind(info) == IDCARD_FIRMWARE)
        log_warn("idcard",
                 "the device at %s waits for new firmware (DFU) and is left alone; unplug it and plug it in again, and if "
                 "it comes back like this, load its firmware with the maker's tool",
                 info->port);
    else if (driver->fits(info, &e) < 0)
        log_error("idcard", "the reader at %s is of no kind we know: %s", info->port, e.text);
}

static void on_arrived(void *ctx, struct usb_device *d)
{
    struct idcard *r = ctx;
    const struct idcard_driver *driver = driver_of(usb_info(d));
    if (!driver)
        return;
    if (r->n_readers == READERS_MAX) {
        log_warn("idcard", "the reader at %s is one too many and is not used", usb_info(d)->port);
        return;
    }
    say_what_came(driver, usb_info(d));
    r->readers[r->n_readers++] = (struct attached){d, driver};
    loop_timer_start(r->settle, SETTLE_MS);
}

static bool forget_reader(struct idcard *r, const struct usb_device *d)
{
    must(r->n_readers >= 0 && r->n_readers <= READERS_MAX, "more readers than there is room for");
    for (int i = 0; i < r->n_readers; i++) {
        if (r->readers[i].device != d)
            continue;
        r->n_readers--;
        memmove(&r->readers[i], &r->readers[i + 1], (size_t)(r->n_readers - i) * sizeof *r->readers);
        return true;
    }
    return false;
}

static void put_away(struct idcard *r)
{
    if (r->reader)
        r->use.driver->destroy(r->reader);
    r->reader = NULL;
    r->use = (struct attached){NULL, NULL};
}

static void lose_reader(struct idcard *r)
{
    must(r->reader, "a reader is lost that was not in use");
    log_info("idcard", "the reader has been unplugged");
    r->use.driver->left(r->reader);
    put_away(r);
    idcard_tell_state(r, READER_ABSENT);
}

static void on_left(void *ctx, struct usb_device *d)
{
    struct idcard *r = ctx;
    if (!forget_reader(r, d))
        return;
    if (r->use.device == d)
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
    r->settle = loop_add_timer(l, use_reader, r);
    bind_read(NULL, &r->config, NULL);
    usb_listen(usb, &listener, r);
    return r;
}

void idcard_bind(struct idcard *r, const struct bind_config *config)
{
    must(!r->use.device, "a reader is chosen anew while it serves");
    r->config = *config;
}

void idcard_destroy(struct idcard *r)
{
    if (!r)
        return;
    usb_unlisten(r->usb, r);
    put_away(r);
    loop_timer_remove(r->settle);
    free(r);
}

void idcard_poll(struct idcard *r, bool on)
{
    bool was = r->polling;
    r->polling = on;
    if (r->reader && on != was)
        r->use.driver->poll(r->reader);
}

enum reader_health idcard_get_state(const struct idcard *r)
{
    return r->state;
}

const struct usb_device *idcard_device(const struct idcard *r)
{
    return r->use.device;
}

const char *idcard_why(const struct idcard *r)
{
    return r->use.device ? r->why : "";
}

bool idcard_suits(const struct usb_info *info)
{
    const struct idcard_driver *driver = driver_of(info);
    return driver && driver->kind(info) == IDCARD_READER;
}

const char *idcard_transport(const struct idcard *r)
{
    return r->reader ? r->use.driver->transport(r->reader) : "";
}

const char *idcard_sam_id(const struct idcard *r)
{
    return r->reader ? r->use.driver->sam_id(r->reader) : "";
}

void idcard_facts(const struct idcard *r, struct idcard_facts *ret)
{
    *ret = r->facts;
    ret->state = r->state;
    ret->readers = r->n_readers;
    if (r->use.device)
        ret->usb = *usb_info(r->use.device);
}
