/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl record: the conversation with one device, as lines on the asker's connection. What is personal is masked here,
 * before it leaves the process; unmasked it goes only to root, who could read it out of this process anyway, and never to a
 * connection of kiosk-sync.
 */
#include "kiosk/kiosk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "drivers/capture/conversation_wire.h"
#include "drivers/capture/mask.h"

#define LINE_MAX_LEN (2 * CONVERSATION_BYTES_MAX + 128)
#define SECONDS_MAX 3600

struct kiosk_capture {
    struct kiosk *kiosk;
    struct line *asker;
    struct loop_timer *timer;
    int role;
    bool personal;
    int64_t since;
    char port[USB_PORT_MAX]; /* of the device: when it comes back there, the recording goes on */
    struct mask mask;
    struct conversation_transfer transfer; /* secret memory, with the rest */
};

static void find_port(void *ctx, const struct usb_device *d)
{
    struct kiosk_capture *c = ctx;
    struct printer_about about;
    bool is = c->role == DEVICE_READER ? idcard_device(c->kiosk->idcard) == d
                                       : printers_about(c->kiosk->printers, d, &about) && about.role == c->role;

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
    struct kiosk_capture *c = ctx;
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

static void end(void *ctx)
{
    struct kiosk *k = ((struct kiosk_capture *)ctx)->kiosk;

    line_send(k->capture->asker, "end");
    kiosk_capture_close(k);
}

/* A user who may open the socket need not be a technician. */
static bool is_root(const struct line *c)
{
    struct ucred who;
    socklen_t len = sizeof who;

    return getsockopt(line_fd(c), SOL_SOCKET, SO_PEERCRED, &who, &len) == 0 && who.uid == 0;
}

static const char *start(struct kiosk *k, struct line *c, int role, int seconds, bool personal)
{
    if (k->capture)
        return "error another recording runs";
    if (personal && (!is_root(c) || c == k->sync))
        return "error with personal data only root may record";
    struct kiosk_capture *r = k->capture = secret_alloc(sizeof *r);
    *r = (struct kiosk_capture){.kiosk = k, .asker = c, .role = role, .personal = personal, .since = clock_mono_ms()};
    mask_init(&r->mask, role != DEVICE_READER);
    usb_each(k->usb, find_port, r);
    if (!*r->port) {
        kiosk_capture_close(k);
        return "error no device has this role";
    }
    r->timer = loop_add_timer(k->loop, end, r);
    loop_timer_start(r->timer, seconds * INT64_C(1000));
    usb_tap(k->usb, on_transfer, r);
    log_warn("kiosk", "a technician records what the %s at %s says%s", device_word(role), r->port,
             personal ? ", with personal data" : "");
    return NULL;
}

void kiosk_capture(struct kiosk *k, struct line *c, const char *words)
{
    char role[12], personal[20] = "";
    int seconds, n = sscanf(words, "%11s %d %19s", role, &seconds, personal),
                 which = n >= 2 ? (int)device_by_word(role) : DEVICE_ROLES;
    const char *refused = "error record reader|receipt|ticket SECONDS [with-personal-data]";

    if (which < DEVICE_ROLES && seconds > 0 && seconds <= SECONDS_MAX && (n == 2 || !strcmp(personal, "with-personal-data")))
        refused = start(k, c, which, seconds, n == 3);
    if (refused)
        line_send(c, refused);
}

void kiosk_capture_gone(struct kiosk *k, const struct line *c)
{
    if (k->capture && k->capture->asker == c)
        kiosk_capture_close(k);
}

void kiosk_capture_close(struct kiosk *k)
{
    if (!k->capture)
        return;
    usb_tap(k->usb, NULL, NULL);
    loop_timer_remove(k->capture->timer);
    secret_free(k->capture, sizeof *k->capture);
    k->capture = NULL;
}
