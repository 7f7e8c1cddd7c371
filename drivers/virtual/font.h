/* SPDX-License-Identifier: Apache-2.0
 *
 * The virtual printer's own font: cells of 24 dots' height, 24 or 12 wide, drawn by FreeType from whatever Chinese font the
 * machine has. Without one a cell is a box, and only pictures suffer.
 */
#ifndef DRIVERS_VIRTUAL_FONT_H
#define DRIVERS_VIRTUAL_FONT_H

#include <stdint.h>

#define FONT_CELL 24

/* 24 rows, bit 31 the leftmost dot. */
struct font_cell {
    uint32_t rows[FONT_CELL];
};
/* Never fails. Cells are kept for the life of the program. */
const struct font_cell *font_cell(uint32_t cp);

#endif
