/* SPDX-License-Identifier: Apache-2.0
 *
 * What the terminal's devices are for and how they are: one list for drivers, session, screens, journal and tools.
 */
#ifndef MODEL_DEVICE_H
#define MODEL_DEVICE_H

#include <stdbool.h>

enum device_role {
#define DEVICE(name, word) DEVICE_##name,
#define PRINTER_IS(name, word)
#define READER_IS(name, word)
#include "model/device.def"
#undef DEVICE
    DEVICE_ROLES,
};
#define PRINTER_ROLES DEVICE_READER /* the roles below this one print */

enum printer_health {
#define DEVICE(name, word)
#undef PRINTER_IS
#define PRINTER_IS(name, word) PRINTER_##name,
#include "model/device.def"
#undef PRINTER_IS
};

enum reader_health {
#define PRINTER_IS(name, word)
#undef READER_IS
#define READER_IS(name, word) READER_##name,
#include "model/device.def"
#undef DEVICE
#undef PRINTER_IS
#undef READER_IS
};

/* What a printer's sensors say of its paper, also while its cover is open and nothing can be printed. */
struct printer_senses {
    bool told; /* it answers: the rest holds */
    bool open, out, low;
};

bool printer_senses_same(const struct printer_senses *a, const struct printer_senses *b);

/* Their words; static. */
const char *device_word(enum device_role role);
const char *printer_word(enum printer_health h);
const char *reader_word(enum reader_health h);
/* The role with this word, DEVICE_ROLES when there is none. */
enum device_role device_by_word(const char *word);

#endif
