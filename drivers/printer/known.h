/* SPDX-License-Identifier: Apache-2.0
 *
 * What is remembered of each printer across restarts: printers.json in the terminal's data folder, one entry for each device
 * by vendor, product, and serial number or, without one, port. Losing the file costs a probe, an estimate, the counts, and a
 * ruler where nobody knows the width.
 */
#ifndef DRIVERS_PRINTER_KNOWN_H
#define DRIVERS_PRINTER_KNOWN_H

#include <stdint.h>

#include "base/err.h"
#include "drivers/printer/roll.h"
#include "drivers/usb/usb.h"

#define KNOWN_MAX 16
#define KNOWN_FILE "printers.json"

struct known_printer {
    char device[12 + USB_TEXT_MAX];
    int confirm; /* enum profile_marker, as probed; -1: not yet */
    int dots;    /* how wide it prints, as a technician has read from its ruler; 0: not told */
    bool ruled;  /* it has printed its ruler */
    struct roll roll;
    int printed, unknown, retracted; /* papers, by what came of them */
    int64_t since;                   /* wall clock, ms: these two are counted from then on; 0: nothing was fed yet */
    int fed_m, fed_mm, cuts;         /* paper fed in all, and how often it was cut off */
    bool nameless;                   /* GS I was not answered: not asked again in this run; not in the file */
};

struct known;

/* `folder` NULL: nothing is read or kept. A file that cannot be read is begun anew, and logged. */
struct known *known_open(const char *folder);
void known_close(struct known *k); /* takes NULL; saves */
/* The printer's entry, made when there is none; the one longest unseen makes room. Valid until known_close(). */
struct known_printer *known_printer(struct known *k, const struct usb_info *info);
/* So much paper came out and was cut off. True when another metre is full: it is time to save. */
bool known_fed(struct known_printer *p, int mm, int64_t now_ms);
int known_save(struct known *k); /* -ERR_*: it cannot be written, and that is logged */

#endif
