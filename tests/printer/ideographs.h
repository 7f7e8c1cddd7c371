/* SPDX-License-Identifier: Apache-2.0
 *
 * The ideographs of GB 18030-2022 at its implementation level 3: 87,887. The standard follows ISO/IEC 10646 as far as
 * Unicode 11.0, so they are what the Unicode Character Database calls Unified_Ideograph (PropList.txt) with an age of 11.0
 * or less (DerivedAge.txt); counts by block from the Unicode Standard, table 18-1, and the ages. test_ideographs.c derives
 * the same set from those files.
 */
#ifndef TESTS_PRINTER_IDEOGRAPHS_H
#define TESTS_PRINTER_IDEOGRAPHS_H

#include <stdint.h>

#define IDEOGRAPHS 87887

static const struct ideographs {
    uint32_t first, last;
    int count;
} ideographs[] = {
    {0x3400, 0x4DB5, 6582},  /* extension A, Unicode 3.0 */
    {0x4E00, 0x9FA5, 20902}, /* the first block, Unicode 1.1 */
    {0x9FA6, 0x9FBB, 22},    /* added to it in 4.1; 9FB4..9FBB were private use in GB 18030 before */
    {0x9FBC, 0x9FCC, 17},    /* 5.1, 5.2, 6.1 */
    {0x9FCD, 0x9FD5, 9},     /* 8.0 */
    {0x9FD6, 0x9FEA, 21},    /* 10.0 */
    {0x9FEB, 0x9FEF, 5},     /* 11.0: among them the names of four elements */
    {0xFA0E, 0xFA0F, 2},     /* twelve in the compatibility block that are no doubles */
    {0xFA11, 0xFA11, 1},      {0xFA13, 0xFA14, 2}, {0xFA1F, 0xFA1F, 1},       {0xFA21, 0xFA21, 1},
    {0xFA23, 0xFA24, 2},      {0xFA27, 0xFA29, 3}, {0x20000, 0x2A6D6, 42711}, /* extension B, 3.1 */
    {0x2A700, 0x2B734, 4149},                                                 /* C, 5.2 */
    {0x2B740, 0x2B81D, 222},                                                  /* D, 6.0 */
    {0x2B820, 0x2CEA1, 5762},                                                 /* E, 8.0 */
    {0x2CEB0, 0x2EBE0, 7473},                                                 /* F, 10.0 */
};
#define IDEOGRAPH_RANGES (sizeof ideographs / sizeof *ideographs)

#endif
