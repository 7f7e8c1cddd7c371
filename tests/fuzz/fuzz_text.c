/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as UTF-16LE: what is accepted is valid UTF-8 and goes back to the same bytes; and as UTF-8, cut and filled.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void there_and_back(const uint8_t *data, size_t len)
{
    char utf8[6 * 256 + 1];
    uint8_t back[512];
    size_t n;
    if (utf16le_to_utf8(data, len, utf8, sizeof utf8) < 0)
        return;
    if (!utf8_valid(utf8, strlen(utf8)) || utf8_to_utf16le(utf8, back, sizeof back, &n) < 0)
        abort();
    if (n != len || memcmp(back, data, len))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char text[513], out[64];
    if (len > 512)
        return 0;
    there_and_back(data, len);
    memcpy(text, data, len);
    text[len] = '\0';
    const char *const args[] = {text};
    text_fill(out, 1 + len % sizeof out, text, args, 1);
    text_copy(out, 1 + len % sizeof out, text);
    if (utf8_valid(text, strlen(text)) && !utf8_valid(out, strlen(out)))
        abort();
    (void)utf8_count(text);
    return 0;
}
