/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the head of the hall's answer: what is accepted ends with its first empty line, and keeps its limits.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/fleet/answer_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct answer_head h;
    char *text = malloc(size ? size : 1); /* exactly: reading beyond it is seen */

    memcpy(text, data, size);
    if (answer_head_decode(text, size, &h) == 0 &&
        (size < 4 || memmem(text, size, "\r\n\r\n", 4) != text + size - 4 || h.status < 200 || h.status > 599 ||
         h.body > ANSWER_BODY_MAX || h.next_delay_ms < 0))
        abort();
    free(text);
    return 0;
}
