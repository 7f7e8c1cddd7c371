/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the head of a request. What is accepted lies inside the text, and its end is where the one empty line is.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tools/hall/door/http_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void inside(const char *s, const char *text, size_t size)
{
    if (s < text || s + strlen(s) > text + size)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http_head h;
    char *text = malloc(size ? size : 1); /* exactly: reading beyond it is seen */
    memcpy(text, data, size);
    if (http_head_decode(text, size, &h) == 0) {
        if (size < 4 || memcmp(data + size - 4, "\r\n\r\n", 4) || memmem(data, size - 1, "\r\n\r\n", 4))
            abort();
        inside(h.method, text, size);
        inside(h.path, text, size);
        inside(h.query, text, size);
        for (size_t i = 0; i < h.n; i++) {
            inside(h.headers[i].name, text, size);
            inside(h.headers[i].value, text, size);
        }
        char word[16];
        http_head_number(&h, "catalogue");
        http_head_word(&h, "stage", word, sizeof word);
        http_head_find(&h, "Range");
    }
    free(text);
    return 0;
}
