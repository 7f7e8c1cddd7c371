/* SPDX-License-Identifier: Apache-2.0
 *
 * See bus.h. Each plugging gives a device a new address, as the kernel does.
 */
#include "drivers/virtual/bus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "drivers/virtual/bus_parts.h"
#include "drivers/virtual/usbfs_server.h"

#define ADDRESS_MAX 127
#define SETTLE_STEPS 100

/* --- plugging --------------------------------------------------------------------------------------------------------- */

static void plug(struct virtual_bus *b, struct virtual_port *p)
{
    p->address = b->last_address = b->last_address % ADDRESS_MAX + 1;
    p->device->ops->reset(p->device);
    p->host = virtual_host_create(p->device, &p->faults);
    for (struct virtual_server *s = b->servers; s; s = s->next)
        s->plugged(s, p);
}

static void unplug(struct virtual_bus *b, struct virtual_port *p)
{
    virtual_host_unplug(p->host);
    for (struct virtual_server *s = b->servers; s; s = s->next)
        s->unplugged(s, p);
    virtual_host_destroy(p->host);
    p->host = NULL;
    p->due = -1;
}

void virtual_bus_reset_hub(struct virtual_bus *b)
{
    bool was[BUS_PORTS_MAX];
    for (int i = 0; i < b->n_ports; i++) {
        was[i] = b->ports[i].host != NULL;
        if (was[i])
            unplug(b, &b->ports[i]);
    }
    for (int i = 0; i < b->n_ports; i++) {
        if (was[i])
            plug(b, &b->ports[i]);
    }
    for (int i = 0; i < b->n_ports; i++)
        virtual_bus_run(b, &b->ports[i]);
}

/* --- time ------------------------------------------------------------------------------------------------------------- */

static void set_timer(struct virtual_bus *b)
{
    int64_t first = -1, now = clock_mono_ms();
    for (int i = 0; i < b->n_ports; i++) {
        int64_t due = b->ports[i].host ? b->ports[i].due : -1;
        if (due >= 0 && (first < 0 || due < first))
            first = due;
    }
    if (first < 0)
        loop_timer_stop(b->timer);
    else
        loop_timer_start(b->timer, first > now ? first - now : 0);
}

void virtual_bus_run(struct virtual_bus *b, struct virtual_port *p)
{
    if (p->host && !virtual_host_run(p->host, clock_mono_ms(), &p->due))
        unplug(b, p);
    for (struct virtual_server *s = b->servers; s && p->host; s = s->next)
        s->ran(s, p);
    set_timer(b);
}

void virtual_bus_next_frame(struct virtual_bus *b, struct virtual_port *p)
{
    int64_t frame = clock_mono_ms() + 1;
    if (p->due < 0 || p->due > frame)
        p->due = frame;
    set_timer(b);
}

static void on_timer(void *ctx)
{
    struct virtual_bus *b = ctx;
    int64_t now = clock_mono_ms();
    for (int i = 0; i < b->n_ports; i++) {
        if (b->ports[i].host && b->ports[i].due >= 0 && b->ports[i].due <= now)
            virtual_bus_run(b, &b->ports[i]);
    }
    set_timer(b);
}

/* --- the bus ---------------------------------------------------------------------------------------------------------- */

struct virtual_bus *virtual_bus_bare(struct loop *l)
{
    struct virtual_bus *b = calloc(1, sizeof *b);
    must(b, "out of memory");
    b->loop = l;
    b->timer = loop_add_timer(l, on_timer, b);
    return b;
}

struct virtual_bus *virtual_bus_create(struct loop *l, const char *path, struct err *e)
{
    struct virtual_bus *b = virtual_bus_bare(l);
    if (usbfs_server_start(b, path, e) < 0) {
        virtual_bus_destroy(b);
        return NULL;
    }
    return b;
}

void virtual_bus_destroy(struct virtual_bus *b)
{
    if (!b)
        return;
    for (int i = 0; i < b->n_ports; i++) {
        if (b->ports[i].host)
            unplug(b, &b->ports[i]);
        b->ports[i].device->ops->destroy(b->ports[i].device);
    }
    for (struct virtual_server *s; (s = b->servers);) {
        b->servers = s->next;
        s->destroy(s);
    }
    loop_timer_remove(b->timer);
    free(b);
}

void virtual_bus_add_server(struct virtual_bus *b, struct virtual_server *s)
{
    s->next = b->servers;
    b->servers = s;
}

struct virtual_port *virtual_bus_by_address(struct virtual_bus *b, int address)
{
    for (int i = 0; i < b->n_ports; i++) {
        if (b->ports[i].host && b->ports[i].address == address)
            return &b->ports[i];
    }
    return NULL;
}

struct virtual_port *virtual_bus_by_role(struct virtual_bus *b, const char *role)
{
    for (int i = 0; i < b->n_ports; i++) {
        if (!strcmp(b->ports[i].role, role))
            return &b->ports[i];
    }
    return NULL;
}

void virtual_bus_add(struct virtual_bus *b, const char *role, struct virtual_device *d)
{
    if (b->n_ports == BUS_PORTS_MAX) {
        log_error("bus", "no free port for %s", role);
        d->ops->destroy(d);
        return;
    }
    struct virtual_port *p = &b->ports[b->n_ports++];
    *p = (struct virtual_port){.device = d, .due = -1};
    text_copy(p->role, sizeof p->role, role);
    snprintf(p->name, sizeof p->name, "1-%d", b->n_ports);
    plug(b, p);
    virtual_bus_run(b, p);
}

struct virtual_device *virtual_bus_find(struct virtual_bus *b, const char *role)
{
    struct virtual_port *p = virtual_bus_by_role(b, role);
    return p ? p->device : NULL;
}

bool virtual_bus_plugged(struct virtual_bus *b, const char *role)
{
    struct virtual_port *p = virtual_bus_by_role(b, role);
    return p && p->host;
}

void virtual_bus_poke(struct virtual_bus *b, const char *role)
{
    struct virtual_port *p = virtual_bus_by_role(b, role);
    if (p)
        virtual_bus_run(b, p);
}

/* --- faults ----------------------------------------------------------------------------------------------------------- */

struct virtual_faults *virtual_bus_faults(struct virtual_bus *b, const char *role)
{
    struct virtual_port *p = virtual_bus_by_role(b, role);
    return p ? &p->faults : NULL;
}

/* "transfer N FAULT", "transfers". */
static int command_faults(struct virtual_port *p, const char *words, struct buf *reply)
{
    unsigned n;
    char word[16];
    enum virtual_fault fault;
    int end = 0;
    if (!strcmp(words, "transfers"))
        return buf_addf(reply, "{\"transfers\":%u,\"fault\":\"%s\",\"happened\":%s}", p->faults.counted,
                        faults_name(p->faults.fault), p->faults.happened ? "true" : "false");
    if (sscanf(words, "transfer %u %15s%n", &n, word, &end) != 2 || words[end] || n == 0 || !faults_parse(word, &fault))
        return -ERR_INVALID;
    faults_plan(&p->faults, n, fault);
    return 0;
}

int virtual_bus_command(struct virtual_bus *b, const char *role, const char *words, struct buf *reply)
{
    struct virtual_port *p = virtual_bus_by_role(b, role);
    int rc = 0;
    if (!p)
        return -ERR_NOTFOUND;
    if (!strcmp(words, "clear"))
        faults_plan(&p->faults, 0, FAULT_NONE);
    if (!strcmp(words, "unplug") || !strcmp(words, "plug")) {
        if (p->host && words[0] == 'u')
            unplug(b, p);
        else if (!p->host && words[0] == 'p')
            plug(b, p);
    } else if (!strncmp(words, "transfer", 8)) {
        rc = command_faults(p, words, reply);
    } else {
        rc = p->device->ops->command(p->device, words, reply);
    }
    virtual_bus_run(b, p);
    return rc;
}

static bool is_quiet(const struct virtual_bus *b)
{
    for (int i = 0; i < b->n_ports; i++) {
        if (b->ports[i].host && virtual_host_busy(b->ports[i].host))
            return false;
    }
    return true;
}

void virtual_bus_settle(struct virtual_bus *b)
{
    for (int i = 0; i < SETTLE_STEPS && !is_quiet(b); i++)
        loop_step(b->loop, 1);
    for (int i = 0; i < 3; i++)
        loop_step(b->loop, 1);
}
