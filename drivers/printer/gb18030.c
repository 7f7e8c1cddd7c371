/* SPDX-License-Identifier: Apache-2.0
 *
 * The Hanzi of GBK that GB 2312 lacks stand in Unicode order, so only GB 2312 needs a table: it is turned round once.
 */
#include "drivers/printer/gb18030.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/text.h"

#define HANZI_FIRST 0x4E00
#define HANZI_LAST 0x9FA5
#define SYMBOLS_MAX 700
#define ZONE_3_SIZE (32 * 190) /* first byte 81..A0, second 40..7E 80..FE */

static struct {
    bool ready;
    uint16_t hanzi[HANZI_LAST - HANZI_FIRST + 1]; /* code by code point */
    struct {
        uint16_t cp, code;
    } symbols[SYMBOLS_MAX];
    size_t n_symbols;
} table;

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
        else if (table.n_symbols < SYMBOLS_MAX) {
            table.symbols[table.n_symbols].cp = (uint16_t)cp;
            table.symbols[table.n_symbols++].code = code;
        }
    }
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

static void make_table(void)
{
    unsigned rank = 0;

#define ROW(first, row) take_row(first, row);
#include "drivers/printer/gb18030_rows.inc"
#undef ROW
    for (size_t i = 0; i < sizeof table.hanzi / sizeof *table.hanzi; i++)
        if (!table.hanzi[i])
            table.hanzi[i] = code_of_rank(rank++);
    table.ready = true;
}

uint16_t gb18030_code(uint32_t cp, enum gb_range range)
{
    uint16_t code = 0;

    if (range == GB_NONE)
        return 0;
    if (!table.ready)
        make_table();
    if (cp >= HANZI_FIRST && cp <= HANZI_LAST)
        code = table.hanzi[cp - HANZI_FIRST];
    for (size_t i = 0; !code && i < table.n_symbols; i++)
        if (table.symbols[i].cp == cp)
            code = table.symbols[i].code;
    if (range == GB_2312 && ((code >> 8) < 0xA1 || (code & 0xFF) < 0xA1))
        return 0;
    return code;
}
