/* SPDX-License-Identifier: Apache-2.0
 *
 * Receipt and ticket printers: found by interface class among the USB devices and bound to roles, one job at a time each.
 * A job's outcome is done (the printer confirmed it), not printed (no print byte was taken) or unknown: see job.h.
 */
#ifndef DRIVERS_PRINTER_H
#define DRIVERS_PRINTER_H

#include "base/loop.h"
#include "drivers/printer/roll.h"
#include "drivers/usb/bind.h"
#include "drivers/usb/usb.h"
#include "model/paper.h"

enum printer_outcome { PRINTER_DONE, PRINTER_NOT_PRINTED, PRINTER_OUTCOME_UNKNOWN };

/* The ticket between printer and hand, where the printer can tell. */
enum printer_ticket { PRINTER_TICKET_OUT, PRINTER_TICKET_TAKEN, PRINTER_TICKET_RETRACTED };

/* For technicians. The words are static. */
struct printer_facts {
    struct printer_senses senses;
    struct roll roll;    /* what was seen of the roll that is in it */
    int roll_mm;         /* how long a whole one is, as the site says; 0: it does not */
    int64_t since;       /* wall clock, ms: the next two are counted from then on, also over restarts; 0: nothing yet */
    int fed_m, cuts;     /* metres of paper, and how often they were cut off */
    const char *fault;   /* silent, power-cycle, cutter, jam, error, broken, offline; "": none */
    const char *confirm; /* "process-id", "paper-status"; "": not known yet */
    int left_mm;         /* paper left, by estimate, once it is near its end; -1: more than can be told */
    int printed, unknown, retracted;
    int dots;                                      /* how wide it prints, as far as is known */
    bool asks_width;                               /* nobody knows: a technician should read its ruler */
    const char *firmware, *maker, *model, *serial; /* its own words, "": not told; they last as long as it is attached */
};

struct printers_events {
    void (*senses)(void *ctx, int role); /* its sensors say something else, and it is as it was; NULL: nobody listens */
    void (*state)(void *ctx, int role, enum printer_health state); /* also when only the fault is another one */
    void (*progress)(void *ctx, int role, int percent, bool held); /* held: paper out or cover open in the job, waiting */
    void (*outcome)(void *ctx, int role, const char *job, enum printer_outcome outcome, enum printer_health why);
    /* `job` "": a ticket of an earlier run of the program. NULL: nobody listens. */
    void (*ticket)(void *ctx, int role, const char *job, enum printer_ticket ticket);
};

struct printers;

/* `profiles`: folder of profile files (assets/printers). `config`, copied: which device gets which role where a technician
 * says so; NULL: by profile hints and port order. `memory`: folder for what is remembered of printers (known.h); NULL: none.
 * NULL when a profile is broken. */
struct printers *printers_create(struct loop *l, struct usb *usb, const char *profiles, const struct bind_config *config,
                                 const char *memory, const struct printers_events *events, void *ctx, struct err *e);
void printers_destroy(struct printers *p); /* takes NULL; a job in flight is given up without an event */
enum printer_health printers_state(const struct printers *p, int role);
/* Starts a job: checks the printer first, then sends. `job`: four characters 0x21..0x7E. The paper is rendered at once
 * and stays the caller's. The outcome always comes, within the job's deadline (by length of paper), as an event from the
 * loop, also when there is no printer. An error means that nothing was started and no event follows; -ERR_BUSY: another
 * job runs on that role. */
int printers_print(struct printers *p, int role, const struct paper *paper, const char job[5], struct err *e);
/* A job of an earlier run of the program may hang from the printer (it was started and its outcome is not known): it is cut
 * off before the next one prints. Jobs of this run need no telling. */
void printers_cut_first(struct printers *p, int role);
/* The resident will not wait (paper out, nobody loads it): clears the printer; the outcome follows. */
void printers_stop(struct printers *p, int role);
/* Prints the ruler a printer's width is read from (model/width_ruler.h). No event follows; papers asked for meanwhile are
 * printed behind it. A printer of which nobody knows the width prints it once by itself. -ERR_NOTFOUND: no printer;
 * -ERR_BUSY. */
int printers_print_ruler(struct printers *p, int role, struct err *e);
/* The last mark somebody could read. Kept with the printer, and its papers are that wide from now on; what is under way and
 * wider will not be called done. -ERR_INVALID: no such mark; -ERR_NOTFOUND: no printer; else it could not be kept. */
int printers_tell_width(struct printers *p, int role, int mark, struct err *e);
/* A technician stands before this printer: its sensors are asked twice a second. */
void printers_watch(struct printers *p, int role, bool on);
/* A roll was put in: from now on it is counted what was fed of it. -ERR_NOTFOUND: no printer; else it counts, and is not
 * kept over a restart. */
int printers_new_roll(struct printers *p, int role, struct err *e);
/* What a technician may know of one printer. Texts are static or the profile's. */
struct printer_about {
    int role; /* -1: none */
    const char *why_role, *profile, *why_profile;
    enum printer_health state;
    const char *language; /* what it understands instead of ESC/POS, static: it has no role; "": it is a receipt printer */
    bool prints_pages;    /* of paper; else labels */
};
/* False when it is none of the printers driven. */
bool printers_about(const struct printers *p, const struct usb_device *d, struct printer_about *ret);
/* The language of a label or page printer that is attached and does nothing here; "": there is none. */
const char *printers_stranger(const struct printers *p);
/* Name of the profile in use and why ("vendor and product", "class"), "" when absent. */
const char *printers_profile(const struct printers *p, int role);
/* All zero and "" when absent; left_mm -1. */
void printers_facts(const struct printers *p, int role, struct printer_facts *ret);

#endif
