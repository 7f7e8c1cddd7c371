/* SPDX-License-Identifier: Apache-2.0
 *
 * The ruler: how a printer of which nobody knows how wide it prints is measured. Each of its lines is as wide as the mark at
 * its end says and ends in a bar; the last mark whose bar is there is the printer's width, whether the printer cuts off what
 * is too wide, wraps it or makes signs of it. A mark is eight dots: a millimetre on most printers.
 */
#ifndef MODEL_WIDTH_RULER_H
#define MODEL_WIDTH_RULER_H

#include "model/paper.h"

/* `ticket`: of the ticket printer. NULL: it did not fit. */
struct paper *width_ruler_compose(bool ticket);
/* Dots of a printer whose last mark is this; 0: the ruler has no such mark. */
int width_ruler_dots(int mark);

#endif
