/* SPDX-License-Identifier: Apache-2.0
 *
 * Which attached printer gets which role, as a pure rule over what is known of each.
 *
 * printers/roles.json, where a technician must say it, one member for each role; every member that stands must match:
 *   {"receipt": {"port": "1-2", "vendor": "0fe6", "product": "811e", "profile": "xprinter-80"}, "ticket": {…}}
 * `profile` is what such a printer is driven as, whatever its vendor and product say.
 */
#ifndef DRIVERS_PRINTER_ROLES_H
#define DRIVERS_PRINTER_ROLES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "drivers/printer/printer.h"
#include "drivers/printer/profile.h"
#include "drivers/usb/usb.h"

struct roles_config {
    struct {
        bool named;
        char port[32];       /* "": any */
        int vendor, product; /* -1: any */
        char profile[40];    /* "": by vendor and product */
    } roles[PRINTER_ROLES];
};

struct roles_candidate {
    const struct usb_info *info;
    const struct profile *profile;
    int role; /* -1: none; set by roles_bind() */
};

/* `config`: folder that may hold printers/roles.json; NULL or no file: nothing is named. */
int roles_read(const char *config, struct roles_config *ret, struct err *e);
/* The profile a technician named for this printer, or NULL. */
const char *roles_profile(const struct roles_config *c, const struct usb_info *info);
/* Gives free roles to candidates without one: first as roles.json says, then by the port a role had before (`ports`, ""
 * when it had none), then by the profile's hint, then by order of ports. */
void roles_bind(const struct roles_config *c, const char *const ports[PRINTER_ROLES], struct roles_candidate *list, int n);
const char *roles_name(int role); /* "receipt", "ticket" */

#endif
