/* SPDX-License-Identifier: Apache-2.0
 *
 * See capture.h.
 */
#include "kiosk/capture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "drivers/capture/conversation_wire.h"
#include "drivers/capture/mask.h"

#define LINE_MAX_LEN (2 * CONVERSATION_BYTES_MAX + 128)

struct capture {
    struct loop *loop;
    const struct devices *devices;
    struct capturing *now; /* NULL: none runs */
};

/* One that runs: secret memory. */
struct capturing {
    struct capture *capture;
    struct line *asker;
    struct loop_timer *timer;
    int role;
    bool personal;
    int64_t since;
    char port[USB_PORT_MAX]; /* of the device: when it comes back there, the capture goes on */
    struct mask mask;
    struct conversation_transfer transfer; /* secret memory, with the rest */
};

static void find_port(void *ctx, const struct usb_device *d)
{
    struct capturing *c = ctx;
    struct printer_about about;
    bool is = c->role == DEVICE_READER
                  ? idcard_device(devices_reader(c->capture->devices)) == d
                  : printers_about(devices_printers(c->capture->devices), d, &about) && about.role == c->role;

    if (!is)
        return;
    text_copy(c->port, sizeof c->port, usb_info(d)->port);
    line_sendf(c->asker, "tongban-conversation 1 %s %04x:%04x %s", device_word(c->role), usb_info(d)->vendor,
               usb_info(d)->product, c->personal ? "personal" : "masked");
    for (int i = 0; i < usb_info(d)->n_interfaces; i++) {
        const struct usb_interface *f = &usb_info(d)->interfaces[i];
        char text[256];
        int n = snprintf(text, sizeof text, "interface %d %d %02x %02x %02x", f->number, f->alternate, f->class_,
                         f->subclass, f->protocol);

        for (int k = 0; k < f->n_endpoints && n < (int)sizeof text - 16; k++)
            n += snprintf(text + n, sizeof text - (size_t)n, " %02x:%d:%d", f->endpoints[k].address, f->endpoints[k].type,
                          f->endpoints[k].max_packet);
        line_send(c->asker, text);
    }
}

static void on_transfer(void *ctx, const struct usb_tapped *t)
{
    struct capturing *c = ctx;
    struct conversation_transfer *out = &c->transfer;
    struct buf line;

    if (strcmp(usb_info(t->device)->port, c->port) != 0 || t->len > sizeof out->data)
        return;
    bool in = t->setup ? t->setup[0] & 0x80 : t->endpoint & 0x80;
    out->ms = clock_mono_ms() - c->since;
    out->direction = t->setup ? '=' : in ? '<' : '>';
    out->endpoint = t->endpoint;
    if (t->setup)
        memcpy(out->setup, t->setup, sizeof out->setup);
    out->failed = t->rc < 0 ? err_name(t->rc) : "";
    out->len = t->len;
    memcpy(out->data, t->data, t->len);
    if (!c->personal && !t->setup)
        (in ? mask_from_device : mask_to_device)(&c->mask, out->data, out->len);
    buf_init(&line, LINE_MAX_LEN);
    conversation_put(&line, out);
    line_send(c->asker, buf_str(&line));
    buf_finish(&line);
    secret_wipe(out->data, out->len);
}

static void stop(struct capture *c)
{
    if (!c->now)
        return;
    usb_tap(devices_usb(c->devices), NULL, NULL);
    loop_timer_remove(c->now->timer);
    secret_free(c->now, sizeof *c->now);
    c->now = NULL;
}

static void end(void *ctx)
{
    struct capturing *r = ctx;

    line_send(r->asker, "end");
    stop(r->capture);
}

/* A user who may open the socket need not be a technician. */
static bool is_root(const struct line *c)
{
    struct ucred who;
    socklen_t len = sizeof who;

    return getsockopt(line_fd(c), SOL_SOCKET, SO_PEERCRED, &who, &len) == 0 && who.uid == 0;
}

static const char *start(struct capture *c, struct line *asker, int role, int seconds, bool personal, bool is_sync)
{
    if (c->now)
        return "error another capture runs";
    if (personal && (is_sync || !is_root(asker)))
        return "error with personal data only root may capture";
    struct capturing *r = c->now = secret_alloc(sizeof *r);
    *r = (struct capturing){.capture = c, .asker = asker, .role = role, .personal = personal, .since = clock_mono_ms()};
    mask_init(&r->mask, role != DEVICE_READER);
    usb_each(devices_usb(c->devices), find_port, r);
    if (!*r->port) {
        stop(c);
        return "error no device has this role";
    }
    r->timer = loop_add_timer(c->loop, end, r);
    loop_timer_start(r->timer, seconds * INT64_C(1000));
    usb_tap(devices_usb(c->devices), on_transfer, r);
    log_warn("kiosk", "a technician captures what the %s at %s says%s", device_word(role), r->port,
             personal ? ", with personal data" : "");
    return NULL;
}

void capture_request(struct capture *c, struct line *asker, const char *role, int seconds, const char *option, bool is_sync)
{
    enum device_role which = device_by_word(role);
    const char *refused = "error capture reader|receipt|ticket SECONDS [with-personal-data]";

    if (which < DEVICE_ROLES && (!*option || !strcmp(option, "with-personal-data")))
        refused = start(c, asker, which, seconds, *option, is_sync);
    if (refused)
        line_send(asker, refused);
}

void capture_gone(struct capture *c, const struct line *asker)
{
    if (c->now && c->now->asker == asker)
        stop(c);
}

struct capture *capture_create(struct loop *l, const struct devices *d)
{
    struct capture *c = calloc(1, sizeof *c);

    must(c, "out of memory");
    *c = (struct capture){.loop = l, .devices = d};
    return c;
}

void capture_destroy(struct capture *c)
{
    if (!c)
        return;
    stop(c);
    free(c);
}
