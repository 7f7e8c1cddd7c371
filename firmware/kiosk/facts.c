/* SPDX-License-Identifier: Apache-2.0
 *
 * What kioskctl may know of the devices: what is attached, what it is used for and why, what went wrong last, how often.
 * Nothing personal is in it.
 */
#include "kiosk/kiosk.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/json.h"
#include "drivers/usb/kind.h"
#include "drivers/usb/printer_class.h"

#define ANSWER_MAX (48 * 1024)

struct report {
    const struct kiosk *k;
    const struct staff_facts *facts;
    struct jsonw w;
};

static void put_fault(struct report *l, enum device_role which)
{
    char at[CLOCK_RFC3339_LEN + 1] = "";

    if (l->facts->fault[which].at)
        clock_format_rfc3339(l->facts->fault[which].at, at);
    jsonw_str(&l->w, "last_fault", l->facts->fault[which].what);
    jsonw_str(&l->w, "last_fault_at", at);
}

static void put_identity(struct jsonw *w, const struct usb_info *i)
{
    char text[16];

    jsonw_str(w, "port", i->port);
    jsonw_str(w, "kind", usb_kind(i));
    snprintf(text, sizeof text, "%04x", i->vendor);
    jsonw_str(w, "vendor", text);
    snprintf(text, sizeof text, "%04x", i->product);
    jsonw_str(w, "product", text);
    snprintf(text, sizeof text, "%x.%02x", i->release >> 8, i->release & 0xFF); /* binary-coded decimal */
    jsonw_str(w, "release", text);
    jsonw_str(w, "maker", i->maker);
    jsonw_str(w, "model", i->model);
    jsonw_str(w, "serial", i->serial);
}

static void put_reader(struct report *l, const struct usb_device *d)
{
    bool serves = idcard_device(l->k->idcard) == d;

    jsonw_str(&l->w, "role", serves ? device_word(DEVICE_READER) : "");
    jsonw_str(&l->w, "why", serves ? idcard_why(l->k->idcard) : "waits until the reader in use leaves");
    if (!serves)
        return;
    jsonw_str(&l->w, "state", reader_word(idcard_get_state(l->k->idcard)));
    jsonw_str(&l->w, "driver", idcard_transport(l->k->idcard));
    jsonw_str(&l->w, "driver_why", "endpoints");
    jsonw_str(&l->w, "sam", idcard_sam_id(l->k->idcard));
    put_fault(l, DEVICE_READER);
}

static void put_paper(struct report *l, int role)
{
    struct printer_facts f;

    printers_facts(l->k->printers, role, &f);
    jsonw_str(&l->w, "fault", f.fault);
    jsonw_str(&l->w, "confirmation", *f.confirm ? f.confirm : "not known yet");
    if (f.left_mm >= 0)
        jsonw_int(&l->w, "paper_left_mm", f.left_mm);
    jsonw_int(&l->w, "dots", f.dots);
    jsonw_bool(&l->w, "asks_width", f.asks_width);
    jsonw_str(&l->w, "firmware", f.firmware);
    jsonw_str(&l->w, "own_maker", f.maker);
    jsonw_str(&l->w, "own_model", f.model);
    jsonw_str(&l->w, "own_serial", f.serial);
    put_fault(l, (enum device_role)role);
}

static void put_printer(struct report *l, const struct printer_about *a)
{
    jsonw_str(&l->w, "role", a->role < 0 ? "" : device_word(a->role));
    jsonw_str(&l->w, "why", a->role < 0 ? "no role is free for it" : a->why_role);
    jsonw_str(&l->w, "state", printer_word(a->state));
    jsonw_str(&l->w, "driver", a->profile);
    jsonw_str(&l->w, "driver_why", a->why_profile);
    if (a->role >= 0)
        put_paper(l, a->role);
}

/* Of the class of receipt printers, and ESC/POS would come out of it as rubbish. */
static void put_stranger(struct report *l, const struct printer_about *a)
{
    char text[80];

    snprintf(text, sizeof text, "a %s printer: it understands %s, not ESC/POS", a->prints_pages ? "page" : "label",
             a->language);
    jsonw_str(&l->w, "role", "");
    jsonw_str(&l->w, "ignored", text);
}

static void put_device(void *ctx, const struct usb_device *d)
{
    const struct usb_info *i = usb_info(d);
    struct report *l = ctx;
    struct printer_about about;
    struct usb_printer_pipes pipes;
    const char *why = "not a reader we know, not a printer";

    jsonw_obj(&l->w, NULL);
    put_identity(&l->w, i);
    if (idcard_suits(i)) {
        put_reader(l, d);
    } else if (printers_about(l->k->printers, d, &about)) {
        if (*about.language)
            put_stranger(l, &about);
        else
            put_printer(l, &about);
    } else {
        if (!usb_printer_choose(i, &pipes, &why) && usb_kind(i)[0] != 'p')
            why = "not a reader we know, not a printer";
        jsonw_str(&l->w, "role", "");
        jsonw_str(&l->w, "ignored", why);
    }
    jsonw_end(&l->w);
}

static void put_counts(struct jsonw *w, const struct printers *printers, const struct device_counts *c)
{
    struct printer_facts f;

    for (int r = 0; r < PRINTER_ROLES; r++) {
        jsonw_obj(w, device_word(r));
        jsonw_int(w, "done", c->printed[r][PRINTER_DONE]);
        jsonw_int(w, "not_printed", c->printed[r][PRINTER_NOT_PRINTED]);
        jsonw_int(w, "unknown", c->printed[r][PRINTER_OUTCOME_UNKNOWN]);
        printers_facts(printers, r, &f);
        jsonw_int(w, "retracted", f.retracted);
        jsonw_int(w, "unplugged", c->unplugged[r]);
        jsonw_end(w);
    }
    jsonw_obj(w, device_word(DEVICE_READER));
    jsonw_int(w, "read", c->cards_read);
    jsonw_int(w, "failed", c->cards_failed);
    jsonw_int(w, "unknown", c->cards_unknown);
    jsonw_int(w, "unplugged", c->unplugged[DEVICE_READER]);
    jsonw_end(w);
}

void kiosk_send_devices(struct kiosk *k, struct line *c)
{
    struct staff_facts facts;
    struct report l = {.k = k, .facts = &facts};
    struct buf b;

    kiosk_staff_facts(k, &facts);
    buf_init(&b, ANSWER_MAX);
    jsonw_init(&l.w, &b);
    jsonw_obj(&l.w, NULL);
    jsonw_arr(&l.w, "devices");
    usb_each(k->usb, put_device, &l);
    jsonw_end(&l.w);
    jsonw_obj(&l.w, "since_start");
    put_counts(&l.w, k->printers, &k->counts);
    jsonw_end(&l.w);
    jsonw_end(&l.w);
    line_send(c, buf_ok(&b) ? buf_str(&b) : "{\"error\":\"too many devices for one answer\"}");
    buf_finish(&b);
}
