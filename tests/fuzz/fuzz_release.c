/* SPDX-License-Identifier: Apache-2.0
 *
 * Any text as the four signs that somebody of the hall types, and as the code that somebody at the terminal does.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/release.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t secret[RELEASE_SECRET_LEN] = {1};
    char typed[32] = "", signs[RELEASE_SIGNS + 1], code[RELEASE_DIGITS + 1];

    memcpy(typed, data, size < sizeof typed ? size : sizeof typed - 1);
    if (release_signs_read(typed, signs) && strlen(signs) != RELEASE_SIGNS)
        abort();
    release_code(secret, "t-1", 3, "KM47", code);
    size_t digits = 0;
    for (const char *p = typed; *p; p++)
        digits += *p != ' ';
    if (release_fits(secret, "t-1", 3, "KM47", typed) && digits != RELEASE_DIGITS)
        abort();
    return 0;
}
