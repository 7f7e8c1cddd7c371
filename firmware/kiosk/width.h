/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl width: prints the ruler of a printer anew, or is told the last mark that could be read (model/width_ruler.h).
 * A width too large makes papers run off the edge, so it is taken from a technician alone.
 */
#ifndef KIOSK_WIDTH_H
#define KIOSK_WIDTH_H

#include "base/line.h"
#include "drivers/printer/printer.h"

/* Answers in JSON. `role`: a printer's word; `mark` 0: print the ruler. */
void width_request(struct printers *p, struct line *asker, const char *role, int mark);

#endif
