/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminal's devices: events of reader and printers become inputs of the session, faults become records, papers are
 * printed.
 */
#ifndef KIOSK_DEVICES_H
#define KIOSK_DEVICES_H

#include "base/loop.h"
#include "drivers/idcard/idcard.h"
#include "drivers/printer/printer.h"
#include "kiosk/port.h"

struct devices;

struct devices_events {
    bool (*card)(void *ctx, const struct identity *card); /* one was read; true: it is no resident's, and is not fed */
};

/* Since the program began. */
struct device_counts {
    int printed[PRINTER_ROLES][PRINTER_OUTCOME_UNKNOWN + 1]; /* by enum printer_outcome */
    int cards_read, cards_failed, cards_unknown;
    int unplugged[DEVICE_ROLES];
    int64_t cards, cards_since; /* read in all, over restarts too (drivers/idcard/cards.h), and since when; 0: none yet */
};

/* `data`: where devices.json may lie, and what is remembered of printers; `assets`: printer profiles. `events` is copied. On
 * failure *ret may be set: destroy it. */
int devices_create(struct loop *l, const char *data, const char *assets, const struct devices_events *events, void *ctx,
                   const struct port *port, struct devices **ret, struct err *e);
void devices_destroy(struct devices *d); /* takes NULL */

void devices_health(const struct devices *d, struct health *h); /* reader and printers; NULL: all absent */
void devices_poll(struct devices *d, bool on);
/* EFFECT_PRINT: the paper is taken over. `refused`: what must stand before it could not be recorded, so nothing is printed,
 * and the session hears so. */
void devices_print(struct devices *d, struct effect *f, bool refused);
void devices_stop(struct devices *d, enum device_role role);
/* A job of an earlier run may hang from the printer with this word. */
void devices_cut_first(struct devices *d, const char *role);

/* For technicians: what they are, in full. */
struct usb *devices_usb(const struct devices *d);
const struct idcard *devices_reader(const struct devices *d);
struct printers *devices_printers(const struct devices *d);
const struct device_counts *devices_counts(const struct devices *d);

#endif
