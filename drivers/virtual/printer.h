/* SPDX-License-Identifier: Apache-2.0
 *
 * The virtual thermal printer: what a kiosk's receipt or ticket printer does with the bytes it gets, written against the
 * ESC/POS documents and not against our encoder. It has a receive buffer, a print speed, paper, a cover and a cutter; it
 * recognises real-time commands before its parser, also inside image data, and answers a marker only when the paper has
 * moved.
 *
 * Commands (virtual_device_ops.command):
 *   paper-out, cover-open, jam, cutter, head-hot     now: the printer stops
 *   … -after LINES, … -at-cut                        when LINES lines of 32 dots more have moved; when the next cut is due
 *   paper-out-in-line                                the next line runs off the end of the roll: half of it is lost
 *   paper-low, paper-load, cover-close               near-end; a new roll: it goes on
 *   take                                             a hand takes the cut paper, or tears where there is no cutter
 *   slow MS, silent                                  each line takes MS longer; no byte comes back
 *   split, merge, stale-reply                        answers come byte by byte; only when there are several (or after
 *                                                    200 ms); an old answer ("all well") stands before the next one
 *   swallow N, die-after N                           the next N bytes vanish; it is gone after so many more
 *   power-loss                                       what it has received is forgotten, and it is gone until it is plugged
 *   clear                                            ends jam, cutter, head-hot, slow, silent, split, merge, swallow,
 *                                                    die-after and whatever was armed
 *   status                                           one line of JSON
 */
#ifndef DRIVERS_VIRTUAL_PRINTER_H
#define DRIVERS_VIRTUAL_PRINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "drivers/virtual/device.h"

/* One piece of paper. Borrowed for the call. */
struct virtual_paper {
    const uint8_t *bytes; /* everything received since the last cut */
    size_t n_bytes;
    const char *text;      /* UTF-8: each text line as it was printed; images leave none, a glyph that was sent U+FFFC */
    const char *const *qr; /* contents of QR codes, native ones and those read back from the picture */
    int n_qr;
    int width, height;   /* dots */
    int stride;          /* bytes a row */
    const uint8_t *rows; /* first row first, MSB left, 1 = black */
    bool clipped;        /* something ran off the edge of the head */
    bool cut;            /* false: the job is not finished */
};
typedef void virtual_paper_fn(void *ctx, const struct virtual_paper *paper);

/* -ERR_NOTFOUND with the names of those there are (*e) and NULL when the profile is unknown. Destroyed by its ops. */
struct virtual_device *virtual_printer_create(const char *profile, struct err *e);
/* Names of the profiles, NULL at the end, and what one is like ("" for none). */
const char *const *virtual_printer_profiles(void);
const char *virtual_printer_meaning(const char *profile);
/* fn is called at every cut, from inside out() or tick(). */
void virtual_printer_on_job(struct virtual_device *d, virtual_paper_fn *fn, void *ctx);
/* Calls fn with what has been printed since the last cut; false when nothing has. */
bool virtual_printer_unfinished(struct virtual_device *d, virtual_paper_fn *fn, void *ctx);

#endif
