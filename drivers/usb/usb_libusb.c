/* SPDX-License-Identifier: Apache-2.0
 *
 * libusb on the loop: its descriptors and timeouts, hotplug both ways. With usb_device.c and usb_transfer.c the only user of
 * libusb. libusb has a thread of its own for udev's events; everything here runs in the loop's.
 */
#include <signal.h>
#include <stdlib.h>

#include "base/log.h"
#include "drivers/usb/usb_internal.h"

#define DESTROY_ROUNDS 50 /* of 100 ms: cancelled transfers come back in microseconds unless the kernel is stuck */

struct usb_fd {
    struct usb_fd *next;
    int fd;
    struct loop_fd *source;
};

struct usb_listener {
    struct usb_listener *next;
    struct usb_events events;
    void *ctx;
    bool greeted; /* has heard of the devices that were there before it */
};

struct usb_plug {
    struct usb_plug *next;
    libusb_device *device; /* a reference */
    bool left;
};

/* --- coming and going ------------------------------------------------------------------------------------------------- */

static int LIBUSB_CALL on_hotplug(libusb_context *libusb, libusb_device *device, libusb_hotplug_event event, void *ctx)
{
    struct usb *u = ctx;
    struct usb_plug **at = &u->plugs, *p = usb_alloc(sizeof *p);
    p->device = libusb_ref_device(device);
    p->left = event == LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT;
    while (*at)
        at = &(*at)->next;
    *at = p;
    return 0;
}

static void arrive(struct usb *u, libusb_device *device)
{
    struct usb_device **at = &u->devices, *d;
    for (; *at; at = &(*at)->next) {
        if ((*at)->device == device) /* the first listing and a hotplug event may both report it */
            return;
    }
    d = usb_new_device(u, device);
    if (!d)
        return;
    *at = d;
    for (struct usb_listener *l = u->listeners; l; l = l->next) {
        if (l->greeted)
            l->events.arrived(l->ctx, d);
    }
}

static void leave(struct usb *u, const libusb_device *device)
{
    struct usb_device **at = &u->devices, *d;
    while (*at && (*at)->device != device)
        at = &(*at)->next;
    d = *at;
    if (!d)
        return;
    *at = d->next;
    for (struct usb_listener *l = u->listeners; l; l = l->next) {
        if (l->greeted)
            l->events.left(l->ctx, d);
    }
    usb_free_device(d);
}

static void deliver_plugs(struct usb *u)
{
    struct usb_plug *p;
    while ((p = u->plugs)) {
        /* Its transfers end first, with the bytes that were moved: they are still on their way. */
        if (p->left && !usb_abandon_device(u, p->device))
            return;
        u->plugs = p->next;
        if (p->left)
            leave(u, p->device);
        else
            arrive(u, p->device);
        libusb_unref_device(p->device);
        free(p);
    }
}

static void greet(struct usb *u)
{
    for (struct usb_listener *l = u->listeners; l; l = l->next) {
        if (l->greeted)
            continue;
        l->greeted = true;
        for (struct usb_device *d = u->devices; d; d = d->next)
            l->events.arrived(l->ctx, d);
    }
}

void usb_listen(struct usb *u, const struct usb_events *events, void *ctx)
{
    struct usb_listener **at = &u->listeners, *l = usb_alloc(sizeof *l);
    l->events = *events;
    l->ctx = ctx;
    while (*at)
        at = &(*at)->next;
    *at = l;
    loop_timer_start(u->soon, 0);
}

void usb_unlisten(struct usb *u, const void *ctx)
{
    for (struct usb_listener **at = &u->listeners, *l; (l = *at);) {
        if (l->ctx != ctx) {
            at = &l->next;
            continue;
        }
        *at = l->next;
        free(l);
    }
}

/* --- on the loop ------------------------------------------------------------------------------------------------------ */

static void deliver(struct usb *u)
{
    greet(u);
    do {
        usb_deliver_transfers(u);
        deliver_plugs(u);
    } while (u->done);
}

void usb_wake(struct usb *u)
{
    struct timeval tv;
    if (u->done)
        loop_timer_start(u->soon, 0);
    if (!libusb_pollfds_handle_timeouts(u->libusb) && libusb_get_next_timeout(u->libusb, &tv) == 1)
        loop_timer_start(u->timeouts, tv.tv_sec * 1000 + tv.tv_usec / 1000 + 1);
}

static void pump(void *ctx)
{
    struct usb *u = ctx;
    struct timeval now = {0};
    int rc = libusb_handle_events_timeout_completed(u->libusb, &now, NULL);
    if (rc < 0 && rc != LIBUSB_ERROR_INTERRUPTED)
        log_warn("usb", "libusb: %s", libusb_strerror(rc));
    deliver(u);
    usb_wake(u);
}

static void on_fd(void *ctx, int fd, short revents)
{
    pump(ctx);
}

static void LIBUSB_CALL on_fd_added(int fd, short events, void *ctx)
{
    struct usb *u = ctx;
    struct usb_fd *f = usb_alloc(sizeof *f);
    *f = (struct usb_fd){.fd = fd, .next = u->fds, .source = loop_add_fd(u->loop, fd, events, on_fd, u)};
    u->fds = f;
}

static void LIBUSB_CALL on_fd_removed(int fd, void *ctx)
{
    struct usb *u = ctx;
    for (struct usb_fd **at = &u->fds, *f; (f = *at); at = &f->next) {
        if (f->fd != fd)
            continue;
        *at = f->next;
        loop_fd_remove(f->source);
        free(f);
        return;
    }
}

static void watch_fds(struct usb *u)
{
    const struct libusb_pollfd **fds = libusb_get_pollfds(u->libusb);
    for (int i = 0; fds && fds[i]; i++)
        on_fd_added(fds[i]->fd, fds[i]->events, u);
    libusb_free_pollfds(fds);
    libusb_set_pollfd_notifiers(u->libusb, on_fd_added, on_fd_removed, u);
}

/* libusb's thread inherits the signal mask: the process's signals must never be delivered to it. */
static int start_libusb(libusb_context **ret)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int rc = libusb_init(ret);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return rc;
}

struct usb *usb_create(struct loop *l, struct err *e)
{
    libusb_context *libusb;
    int rc = start_libusb(&libusb);
    if (rc < 0) {
        err_set(e, (enum err_code) - usb_error(rc), "start libusb: %s", libusb_strerror(rc));
        return NULL;
    }
    struct usb *u = usb_alloc(sizeof *u);
    u->loop = l;
    u->libusb = libusb;
    u->done_tail = &u->done;
    u->soon = loop_add_timer(l, pump, u);
    u->timeouts = loop_add_timer(l, pump, u);
    watch_fds(u);
    rc = libusb_hotplug_register_callback(libusb, LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
                                          LIBUSB_HOTPLUG_ENUMERATE, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
                                          LIBUSB_HOTPLUG_MATCH_ANY, on_hotplug, u, &u->hotplug);
    if (rc < 0) {
        err_set(e, (enum err_code) - usb_error(rc), "watch for USB devices: %s", libusb_strerror(rc));
        usb_destroy(u);
        return NULL;
    }
    loop_timer_start(u->soon, 0);
    return u;
}

/* Closed handles may still wait for their cancelled transfers. */
static void finish_handles(struct usb *u)
{
    for (int i = 0; u->handles && i < DESTROY_ROUNDS; i++) {
        struct timeval wait = {.tv_usec = 100000};
        libusb_handle_events_timeout_completed(u->libusb, &wait, NULL);
        usb_deliver_transfers(u);
    }
    if (u->handles)
        log_error("usb", "a device was still in use at the end");
}

void usb_destroy(struct usb *u)
{
    if (!u)
        return;
    libusb_hotplug_deregister_callback(u->libusb, u->hotplug);
    usb_deliver_transfers(u);
    finish_handles(u);
    for (struct usb_plug *p; (p = u->plugs);) {
        u->plugs = p->next;
        libusb_unref_device(p->device);
        free(p);
    }
    for (struct usb_device *d; (d = u->devices);) {
        u->devices = d->next;
        usb_free_device(d);
    }
    for (struct usb_listener *l; (l = u->listeners);) {
        u->listeners = l->next;
        free(l);
    }
    libusb_set_pollfd_notifiers(u->libusb, NULL, NULL, NULL);
    while (u->fds)
        on_fd_removed(u->fds->fd, u);
    loop_timer_remove(u->soon);
    loop_timer_remove(u->timeouts);
    libusb_exit(u->libusb);
    free(u);
}
