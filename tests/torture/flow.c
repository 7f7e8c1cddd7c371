/* SPDX-License-Identifier: Apache-2.0
 *
 * See flow.h.
 */
#include "torture/flow.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "drivers/virtual/bus_parts.h"
#include "torture/virtual_time.h"

#define STEPS_MAX 200000

struct loop *flow_loop;
struct virtual_bus *flow_bus;
struct usb *flow_usb;
static int known; /* the address at which the drivers have the device; 0: they do not */

static void arrived(void *ctx, struct usb_device *d)
{
    known = usb_info(d)->address;
}

static void left(void *ctx, struct usb_device *d)
{
    known = 0;
}

static const struct usb_events events = {arrived, left};

/* By its address: a device that left and came back is another one, also to who has heard of neither yet. */
static bool plugging_under_way(void)
{
    const struct virtual_port *p = virtual_bus_by_role(flow_bus, "device");
    return known != (p->host ? p->address : 0);
}

void flow_set_up(const struct flow_case *c, struct virtual_device *d)
{
    struct err e = {0};
    char path[64];
    snprintf(path, sizeof path, "/tmp/torture-%d", getpid());
    setenv("TONGBAN_DESK", path, 1);
    flow_loop = loop_create();
    flow_bus = virtual_bus_create(flow_loop, path, &e);
    if (flow_bus) {
        virtual_bus_add(flow_bus, "device", d);
        faults_plan(virtual_bus_faults(flow_bus, "device"), c->n, c->fault);
        flow_usb = usb_create(flow_loop, &e);
    }
    if (!flow_usb) {
        fprintf(stderr, "%s\n", e.text);
        abort();
    }
    usb_listen(flow_usb, &events, NULL);
    virtual_time_start(plugging_under_way);
}

void flow_fail(struct flow_report *r, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (!r->failure[0])
        vsnprintf(r->failure, sizeof r->failure, format, args);
    va_end(args);
}

bool flow_until(int64_t ms, bool (*fn)(void))
{
    int64_t end = clock_mono_ms() + ms, now;
    bool met = fn();
    for (int i = 0; !met && i < STEPS_MAX && (now = clock_mono_ms()) < end; i++) {
        loop_step(flow_loop, (int)(end - now));
        met = fn();
    }
    return met;
}

static bool never(void)
{
    return false;
}

void flow_pass(int64_t ms)
{
    flow_until(ms, never);
}

void flow_heal(void)
{
    virtual_bus_command(flow_bus, "device", "clear", NULL);
    virtual_bus_command(flow_bus, "device", "plug", NULL);
}
