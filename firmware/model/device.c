/* SPDX-License-Identifier: Apache-2.0
 *
 * See device.h.
 */
#include "model/device.h"

#include <string.h>

static const char *const devices[DEVICE_ROLES] = {
#define DEVICE(name, word) [DEVICE_##name] = word,
#define PRINTER_IS(name, word)
#define READER_IS(name, word)
#include "model/device.def"
#undef DEVICE
};

static const char *const printers[] = {
#define DEVICE(name, word)
#undef PRINTER_IS
#define PRINTER_IS(name, word) [PRINTER_##name] = word,
#include "model/device.def"
#undef PRINTER_IS
};

static const char *const readers[] = {
#define PRINTER_IS(name, word)
#undef READER_IS
#define READER_IS(name, word) [READER_##name] = word,
#include "model/device.def"
};

const char *device_word(enum device_role role)
{
    return devices[role];
}

const char *printer_word(enum printer_health h)
{
    return printers[h];
}

const char *reader_word(enum reader_health h)
{
    return readers[h];
}

bool printer_senses_same(const struct printer_senses *a, const struct printer_senses *b)
{
    return a->told == b->told && a->open == b->open && a->out == b->out && a->low == b->low;
}

enum device_role device_by_word(const char *word)
{
    enum device_role r = DEVICE_RECEIPT;

    while (r < DEVICE_ROLES && strcmp(devices[r], word))
        r++;
    return r;
}
