/* SPDX-License-Identifier: Apache-2.0
 *
 * Which characters a Chinese printer's own font prints, and their two bytes: GB 2312, and the ideographs of GBK
 * (GB 18030-2022, two-byte zones 2 to 5). Everything else, also what the standard writes in four bytes, what came to its two
 * bytes after GBK, or what converters disagree about, has no code here and goes to paper as a picture.
 */
#ifndef DRIVERS_PRINTER_GB18030_H
#define DRIVERS_PRINTER_GB18030_H

#include <stdint.h>

enum gb_range { GB_NONE, GB_2312, GB_18030 }; /* what a printer's font holds */

/* Two bytes as one number (0x8140..0xFEFE), or 0 when `cp` has none within `range`. ASCII has none. */
uint16_t gb18030_code(uint32_t cp, enum gb_range range);

#endif
