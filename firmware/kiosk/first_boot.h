/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk on its first boot: reads the sheet, makes the terminal's key and request, takes over what kiosk-sync brought from
 * the hall, and at the end destroys the sheet. While DATA/sheet.json lies there the first boot is not over, whatever was
 * cut.
 *
 * Of what kiosk-sync brings, the root is believed by its hash on the sheet, and terminal, hall and epoch must be those asked
 * for. Office, registration number and place are the hall's answer, which kiosk-sync carries unsigned: a kiosk-sync that is
 * taken over before the first boot could say others. The hall then refuses the records of this terminal, or shows it in
 * another place: nothing is lost, and a new sheet mends it.
 */
#ifndef KIOSK_FIRST_BOOT_H
#define KIOSK_FIRST_BOOT_H

#include "base/line.h"
#include "crypto/keys.h"
#include "kiosk/port.h"
#include "model/terminal.h"
#include "wire/peer.h"

struct first_boot;

struct first_boot_config { /* all borrowed */
    const char *data;
    const char *machine;                    /* stands before the paths of base/machine.h */
    const struct terminal_config *terminal; /* `terminal` empty: not enrolled */
    struct private_key *const *signing;     /* once it is */
};

struct first_boot_events {
    bool (*catalogue)(void *ctx);            /* is there one? */
    const struct first *(*shown)(void *ctx); /* how far the session is; NULL: there is none yet */
    int (*enrol)(void *ctx, struct err *e);  /* terminal.json is there: the terminal serves from here on */
    void (*over)(void *ctx);                 /* the first boot is: the session is to be made anew */
    void (*again)(void *ctx);                /* the program is to start anew: the terminal was enrolled by hand */
};

/* Nothing is read yet. `events` is copied. */
struct first_boot *first_boot_create(const struct first_boot_config *config, const struct first_boot_events *events,
                                     void *ctx, const struct port *port);
void first_boot_destroy(struct first_boot *f); /* takes NULL */

/* The terminal was looked for. Where the first boot is over, what follows does nothing. */
void first_boot_begin(struct first_boot *f);
void first_boot_config(struct first_boot *f, struct first *ret); /* how far it is, for a session to be made */
void first_boot_errand(struct first_boot *f, enum first_errand errand);
/* HELLO_ENROL, ENROL: kiosk-sync, or who says he is. It decides nothing but words on a page. */
void first_boot_said(struct first_boot *f, struct line *from, const struct peer_line *p);
void first_boot_gone(struct first_boot *f, const struct line *c);
void first_boot_idle(struct first_boot *f); /* no paper is on its way: what waited for that */

#endif
