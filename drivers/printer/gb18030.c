/* SPDX-License-Identifier: Apache-2.0
 *
 * The Hanzi of GBK that GB 2312 lacks stand in Unicode order, so only GB 2312 needs a table: it is turned round once.
 */
#include "drivers/printer/gb18030.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define HANZI_FIRST 0x4E00
#define HANZI_LAST 0x9FA5
#define SYMBOLS_MAX 720
#define ZONE_3_SIZE (32 * 190) /* first byte 81..A0, second 40..7E 80..FE */

static struct {
    bool ready;
    uint16_t hanzi[HANZI_LAST - HANZI_FIRST + 1]; /* code by code point */
    struct symbol {
        uint16_t cp, code;
    } symbols[SYMBOLS_MAX]; /* by code point */
    size_t n_symbols;
} table;

static void add_symbol(uint16_t cp, uint16_t code)
{
    if (table.n_symbols == SYMBOLS_MAX)
        return;
    table.symbols[table.n_symbols].cp = cp;
    table.symbols[table.n_symbols++].code = code;
}

static void take_row(uint8_t first, const char *row)
{
    const char *p = row, *end = row + strlen(row);

    for (unsigned second = 0xA1; p < end; second++) {
        uint32_t cp = (uint32_t)utf8_next(&p, end);
        uint16_t code = (uint16_t)(first << 8 | second);

        if (cp == '.')
            continue;
        if (cp >= HANZI_FIRST && cp <= HANZI_LAST)
            table.hanzi[cp - HANZI_FIRST] = code;
        else
            add_symbol((uint16_t)cp, code);
    }
}

/* The ideographs of GBK that are in neither block: the zero, and those that came from other standards' doubles. */
static void take_others(void)
{
    static const uint16_t others[][2] = {
        {0x3007, 0xA996}, {0xF92C, 0xFD9C}, {0xF979, 0xFD9D}, {0xF995, 0xFD9E}, {0xF9E7, 0xFD9F}, {0xF9F1, 0xFDA0},
        {0xFA0C, 0xFE40}, {0xFA0D, 0xFE41}, {0xFA0E, 0xFE42}, {0xFA0F, 0xFE43}, {0xFA11, 0xFE44}, {0xFA13, 0xFE45},
        {0xFA14, 0xFE46}, {0xFA18, 0xFE47}, {0xFA1F, 0xFE48}, {0xFA20, 0xFE49}, {0xFA21, 0xFE4A}, {0xFA23, 0xFE4B},
        {0xFA24, 0xFE4C}, {0xFA27, 0xFE4D}, {0xFA28, 0xFE4E}, {0xFA29, 0xFE4F}};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        add_symbol(others[i][0], others[i][1]);
}

/* The n-th Hanzi outside GB 2312: zone 3 (8140..A0FE), then zone 4 (AA40.., second byte up to A0). */
static uint16_t code_of_rank(unsigned n)
{
    unsigned width = n < ZONE_3_SIZE ? 190 : 96;
    unsigned first = n < ZONE_3_SIZE ? 0x81 : 0xAA;
    unsigned second;

    if (n >= ZONE_3_SIZE)
        n -= ZONE_3_SIZE;
    second = 0x40 + n % width;
    if (second >= 0x7F)
        second++;
    return (uint16_t)((first + n / width) << 8 | second);
}

static int by_code_point(const void *a, const void *b)
{
    return ((const struct symbol *)a)->cp - ((const struct symbol *)b)->cp;
}

static void make_table(void)
{
    unsigned rank = 0;

#define ROW(first, row) take_row(first, row);
#include "drivers/printer/gb18030_rows.inc"
#undef ROW
    for (size_t i = 0; i < sizeof table.hanzi / sizeof *table.hanzi; i++)
        if (!table.hanzi[i])
            table.hanzi[i] = code_of_rank(rank++);
    take_others();
    qsort(table.symbols, table.n_symbols, sizeof *table.symbols, by_code_point);
    table.ready = true;
}

static uint16_t symbol_code(uint32_t cp)
{
    struct symbol key = {.cp = (uint16_t)cp};
    const struct symbol *found = NULL;

    if (cp <= 0xFFFF)
        found = bsearch(&key, table.symbols, table.n_symbols, sizeof key, by_code_point);
    return found ? found->code : 0;
}

uint16_t gb18030_code(uint32_t cp, enum gb_range range)
{
    uint16_t code;

    if (range == GB_NONE)
        return 0;
    if (!table.ready)
        make_table();
    code = cp >= HANZI_FIRST && cp <= HANZI_LAST ? table.hanzi[cp - HANZI_FIRST] : symbol_code(cp);
    if (range == GB_2312 && ((code >> 8) < 0xA1 || (code & 0xFF) < 0xA1))
        return 0;
    return code;
}
