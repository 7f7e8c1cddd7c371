/* SPDX-License-Identifier: Apache-2.0
 *
 * Which attached device gets which role, as a pure rule over what is known of each; and devices.json, in the terminal's data
 * folder, where a technician must say it:
 *
 *   {"reader": {"port": "1-1"}, "receipt": {"vendor": "0fe6", "product": "811e", "profile": "xprinter-80"},
 *    "ticket": {"serial": "A1B2", "roll_m": 80}}
 *
 * Each role may name class (of an interface), vendor, product, serial and port path, as `kioskctl devices` shows them; all
 * that stand must match. `profile` is what such a printer is driven as, whatever it says itself. `roll_m` is how many metres
 * the rolls have that are put into it, and may stand alone: any printer may then have the role.
 */
#ifndef DRIVERS_USB_BIND_H
#define DRIVERS_USB_BIND_H

#include <stdbool.h>

#include "base/err.h"
#include "drivers/usb/usb.h"
#include "model/device.h"

#define BIND_FILE "devices.json"
#define BIND_CANDIDATES_MAX 16

struct bind_config {
    struct bind_rule {
        bool named;
        int class_, vendor, product; /* -1: any */
        char serial[USB_TEXT_MAX];   /* "": any */
        char port[USB_PORT_MAX];
        char profile[40]; /* "": by vendor and product */
        int roll_m;       /* how long the rolls are that are put in; 0: not told */
    } roles[DEVICE_ROLES];
};

struct bind_candidate {
    const struct usb_info *info;
    unsigned can;    /* bit r: the device can do role r */
    int hint;        /* the role its model is meant for, -1: any */
    int role;        /* -1: none yet; set by bind_choose() */
    const char *why; /* this role; set with it */
};

/* `folder`: may hold devices.json; NULL or no file: nothing is named. The error names file and member. */
int bind_read(const char *folder, struct bind_config *ret, struct err *e);
/* The profile a technician named for this printer, or NULL. */
const char *bind_profile(const struct bind_config *c, const struct usb_info *info);
/* Gives free roles to candidates without one: first as devices.json says, then by the port a role had before (`ports`, ""
 * when it had none), then by hint, then by order of ports. A role that is named in the file takes no other device. */
void bind_choose(const struct bind_config *c, const char *const ports[DEVICE_ROLES], struct bind_candidate *list, int n);

#endif
