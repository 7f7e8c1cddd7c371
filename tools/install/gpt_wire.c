/* SPDX-License-Identifier: Apache-2.0
 *
 * See gpt_wire.h.
 */
#include "tools/install/gpt_wire.h"

#include <string.h>

#define SECTOR 512
#define NAME_AT 56 /* of an entry: UTF-16LE */
#define NAME_SIGNS 36
#define SECTORS_MAX ((uint64_t)1 << 48)

static uint64_t le(const uint8_t *p, int bytes)
{
    uint64_t v = 0;

    for (int i = bytes; i-- > 0;)
        v = v << 8 | p[i];
    return v;
}

static int is_named(const uint8_t *entry, const char *name)
{
    size_t n = strlen(name);

    if (n > NAME_SIGNS)
        return 0;
    for (size_t i = 0; i < NAME_SIGNS; i++)
        if (le(entry + NAME_AT + 2 * i, 2) != (i < n ? (uint8_t)name[i] : 0))
            return 0;
    return 1;
}

int gpt_find(const uint8_t table[GPT_BYTES], const char *name, uint64_t *ret_at, uint64_t *ret_len)
{
    const uint8_t *head = table + SECTOR;
    uint64_t at = le(head + 72, 8), n = le(head + 80, 4), size = le(head + 84, 4);

    if (memcmp(head, "EFI PART", 8) || at < 2 || at >= GPT_BYTES / SECTOR || size < NAME_AT + 2 * NAME_SIGNS || size > 4096)
        return -ERR_INVALID;
    at *= SECTOR;
    for (uint64_t i = 0; i < n && at + size <= GPT_BYTES; i++, at += size) {
        uint64_t first = le(table + at + 32, 8), last = le(table + at + 40, 8);
        if (!is_named(table + at, name))
            continue;
        if (first > last || last >= SECTORS_MAX)
            return -ERR_INVALID;
        *ret_at = first * SECTOR;
        *ret_len = (last - first + 1) * SECTOR;
        return 0;
    }
    return -ERR_NOTFOUND;
}
