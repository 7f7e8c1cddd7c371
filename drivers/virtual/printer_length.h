/* SPDX-License-Identifier: Apache-2.0
 *
 * How long a command is. Pure: bytes in, length out.
 */
#ifndef DRIVERS_VIRTUAL_PRINTER_LENGTH_H
#define DRIVERS_VIRTUAL_PRINTER_LENGTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LENGTH_MORE 0    /* not enough bytes to tell */
#define LENGTH_UNKNOWN 2 /* prefix and code: nobody documented it */

struct command_length {
    size_t n;
    bool known, data; /* data: longer than its head, to be collected */
};

/* `c` begins with ESC, FS or GS; n is LENGTH_MORE while `len` bytes do not tell. */
struct command_length command_length(const uint8_t *c, int len);

#endif
